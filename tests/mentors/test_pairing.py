"""Pairing: what it changes, and how that is said. Refusals are in test_pairing_refusals.py."""

from datetime import date

import pghistory.models
import pytest

from core.refusals import RefusedChange
from mentors.pairing.planning import pair
from tests.builders import make_mentor, make_mentorship
from tests.mentors.paired import SPRING, START, SUMMER, TODAY, World, told

pytestmark = pytest.mark.django_db

JANE_UNTIL_TODAY = ("Jane Thomas", START, TODAY, "changed")


@pytest.mark.parametrize("started_on", [START, TODAY, SUMMER])
def test_an_ect_without_a_mentor_gets_one(started_on):
    world = World()
    assert world.planned(started_on) == ()
    world.pair(started_on)
    assert told(world.ect) == [("Julie Carver", started_on, None, "")]


@pytest.mark.parametrize(
    ("started_on", "says", "becomes"),
    [
        (
            TODAY,
            ["Jane Thomas’s last day of mentoring Jason Blue will be 1 March 2026."],
            [JANE_UNTIL_TODAY, ("Julie Carver", TODAY, None, "")],
        ),
        (
            SUMMER,
            ["Jane Thomas’s last day of mentoring Jason Blue will be 20 July 2026."],
            [("Jane Thomas", START, SUMMER, "changed"), ("Julie Carver", SUMMER, None, "")],
        ),
        (
            START,
            ["Jane Thomas will no longer be shown as Jason Blue’s mentor from 1 September 2025."],
            [("Julie Carver", START, None, "")],
        ),
    ],
    ids=["today", "later", "the day it began"],
)
def test_the_mentor_before_ends_the_day_before_and_keeps_why(started_on, says, becomes):
    world = World()
    make_mentorship(world.jane, world.ect)
    assert world.planned(started_on) == tuple(says)
    world.pair(started_on)
    assert told(world.ect) == becomes


def test_one_that_never_was_is_in_the_history():
    world = World()
    removed = make_mentorship(world.jane, world.ect)
    world.pair(START)
    events = pghistory.models.Events.objects.tracks(removed)
    assert [event.pgh_label for event in events.order_by("pgh_id")] == ["insert", "delete"]


@pytest.mark.parametrize(
    ("started_on", "says", "becomes"),
    [
        (
            TODAY,
            [
                "Jane Thomas’s last day of mentoring Jason Blue will be 1 March 2026.",
                "Olu Bello will not start mentoring Jason Blue on 13 April 2026.",
            ],
            [JANE_UNTIL_TODAY, ("Julie Carver", TODAY, None, "")],
        ),
        (
            SPRING,
            ["Olu Bello will not start mentoring Jason Blue on 13 April 2026."],
            [("Jane Thomas", START, SPRING, "changed"), ("Julie Carver", SPRING, None, "")],
        ),
        (
            SUMMER,
            ["Olu Bello’s last day of mentoring Jason Blue will be 20 July 2026."],
            [
                ("Jane Thomas", START, SPRING, "changed"),
                ("Olu Bello", SPRING, SUMMER, "changed"),
                ("Julie Carver", SUMMER, None, ""),
            ],
        ),
    ],
    ids=["before it", "on its day", "after it"],
)
def test_a_change_to_come_gives_way(started_on, says, becomes):
    world = World()
    make_mentorship(world.jane, world.ect)
    world.pair(SPRING, make_mentor(name="Olu Bello", school=world.school))
    assert world.planned(started_on) == tuple(says)
    world.pair(started_on)
    assert told(world.ect) == becomes


def test_the_mentor_who_is_to_come_may_come_earlier():
    world = World()
    make_mentorship(world.jane, world.ect)
    world.pair(SUMMER)
    world.pair(TODAY)
    assert told(world.ect) == [JANE_UNTIL_TODAY, ("Julie Carver", TODAY, None, "")]
    world.pair(SUMMER)
    assert told(world.ect) == [JANE_UNTIL_TODAY, ("Julie Carver", TODAY, None, "")]


def test_a_change_to_come_is_taken_back_by_choosing_the_present_mentor_again():
    world = World()
    make_mentorship(world.mentor, world.ect)
    world.pair(SPRING, world.jane)
    assert world.planned(SPRING) == (
        "Jane Thomas will not start mentoring Jason Blue on 13 April 2026.",
    )
    world.pair(SPRING)
    assert told(world.ect) == [("Julie Carver", START, None, "")]


@pytest.mark.parametrize(
    ("of_mentor", "of_ect", "reason", "says"),
    [
        (SUMMER, None, "mentor_left", "Julie Carver’s last day at this school"),
        (None, {"finished_on": SUMMER}, "ect_left", "Jason Blue’s last day at this school"),
        (
            None,
            {"induction_finished_on": SUMMER},
            "induction_completed",
            "the last day of Jason Blue’s induction",
        ),
        (
            date(2026, 8, 1),
            {"finished_on": SUMMER},
            "ect_left",
            "Jason Blue’s last day at this school",
        ),
        (
            SUMMER,
            {"finished_on": date(2026, 8, 1)},
            "mentor_left",
            "Julie Carver’s last day at this school",
        ),
    ],
)
def test_it_ends_with_what_is_known_to_end_first(of_mentor, of_ect, reason, says):
    world = World(of_mentor={"finished_on": of_mentor}, of_ect=of_ect)
    assert world.planned(TODAY) == (
        f"Julie Carver will mentor Jason Blue until 20 July 2026, {says}.",
    )
    world.pair(TODAY)
    assert told(world.ect) == [("Julie Carver", TODAY, SUMMER, reason)]


def test_the_same_again_changes_nothing():
    world = World()
    for _ in range(2):
        pair(world.mentor, world.ect, started_on=TODAY, present=[], day=TODAY)
    assert told(world.ect) == [("Julie Carver", TODAY, None, "")]


@pytest.mark.parametrize(
    ("since", "says"),
    [
        (None, "they have no mentor now"),
        (TODAY, "they are now mentored by Jane Thomas"),
        (SUMMER, "they will be mentored by Jane Thomas from 21 July 2026"),
    ],
)
def test_what_somebody_has_changed_meanwhile_is_said(since, says):
    world = World()
    if since:
        make_mentorship(world.jane, world.ect, started_on=since)
    with pytest.raises(RefusedChange) as refused:
        pair(world.mentor, world.ect, started_on=TODAY, present=["0"], day=TODAY)
    assert str(refused.value) == (
        f"Jason Blue’s mentor was changed a moment ago: {says}. Check, then try again."
    )
