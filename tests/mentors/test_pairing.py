"""Pairing: what it changes, from which days it is refused, and in which words."""

from datetime import date

import pghistory.models
import pytest

from accounts.refusals import RefusedChange
from mentors.models import Mentorship
from mentors.pairing import pair, plan, present_of
from schools.models import ECTAtSchool, MentorAtSchool
from tests.builders import make_ect, make_mentor, make_mentorship, make_school

pytestmark = pytest.mark.django_db

TODAY, START = date(2026, 3, 2), date(2025, 9, 1)
SPRING, SUMMER = date(2026, 4, 13), date(2026, 7, 21)


class World:
    """A school with two mentors and an ECT, all there since START."""

    def __init__(self, *, of_mentor=None, of_ect=None) -> None:
        self.school = make_school()
        there = {"school": self.school, "started_on": START}
        self.jane = make_mentor(name="Jane Thomas", **there)
        self.mentor = make_mentor(name="Julie Carver", **there | (of_mentor or {}))
        self.ect = make_ect(name="Jason Blue", **there | (of_ect or {}))

    def pair(self, started_on: date, mentor: MentorAtSchool | None = None) -> None:
        present = present_of(self.ect, TODAY)
        pair(mentor or self.mentor, self.ect, started_on=started_on, present=present, day=TODAY)

    def refusal(self, started_on: date) -> str:
        before = told(self.ect)
        with pytest.raises(RefusedChange) as refused:
            self.pair(started_on)
        assert told(self.ect) == before
        return str(refused.value)

    def planned(self, started_on: date) -> tuple[str, ...]:
        return plan(self.mentor, self.ect, started_on=started_on, day=TODAY).in_words(TODAY)


def told(ect: ECTAtSchool) -> list[tuple[str, date, date | None, str]]:
    rows = Mentorship.objects.filter(ect=ect).order_by("started_on")
    return list(rows.values_list("mentor_teacher__name", "started_on", "finished_on", "end_reason"))


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
            ["Jane Thomas's last day of mentoring Jason Blue will be 1 March 2026."],
            [JANE_UNTIL_TODAY, ("Julie Carver", TODAY, None, "")],
        ),
        (
            SUMMER,
            ["Jane Thomas's last day of mentoring Jason Blue will be 20 July 2026."],
            [("Jane Thomas", START, SUMMER, "changed"), ("Julie Carver", SUMMER, None, "")],
        ),
        (
            START,
            ["Jane Thomas will no longer be shown as Jason Blue's mentor from 1 September 2025."],
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
                "Jane Thomas's last day of mentoring Jason Blue will be 1 March 2026.",
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
            ["Olu Bello's last day of mentoring Jason Blue will be 20 July 2026."],
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


@pytest.mark.parametrize(
    ("of_mentor", "of_ect", "reason", "says"),
    [
        (SUMMER, None, "mentor_left", "Julie Carver's last day at this school"),
        (None, {"finished_on": SUMMER}, "ect_left", "Jason Blue's last day at this school"),
        (
            None,
            {"induction_finished_on": SUMMER},
            "induction_completed",
            "the last day of Jason Blue's induction",
        ),
        (
            date(2026, 8, 1),
            {"finished_on": SUMMER},
            "ect_left",
            "Jason Blue's last day at this school",
        ),
        (
            SUMMER,
            {"finished_on": date(2026, 8, 1)},
            "mentor_left",
            "Julie Carver's last day at this school",
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


IN_FUTURE, YESTERDAY = date(2026, 9, 1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("of_mentor", "of_ect", "started_on", "says"),
    [
        (
            {},
            {},
            date(2025, 8, 31),
            "on or after 1 September 2025, the day Julie Carver started at this school",
        ),
        (
            {"started_on": IN_FUTURE},
            {},
            TODAY,
            "on or after 1 September 2026, the day Julie Carver starts at this school",
        ),
        (
            {},
            {"started_on": TODAY},
            YESTERDAY,
            "on or after 2 March 2026, the day Jason Blue started at this school",
        ),
        (
            {"finished_on": SUMMER},
            {},
            SUMMER,
            "on or before 20 July 2026, Julie Carver's last day at this school",
        ),
        (
            {},
            {"finished_on": SUMMER},
            SUMMER,
            "on or before 20 July 2026, Jason Blue's last day at this school",
        ),
        (
            {},
            {"induction_finished_on": SUMMER},
            SUMMER,
            "on or before 20 July 2026, the last day of Jason Blue's induction",
        ),
        ({}, {}, date(2027, 3, 3), "on or before 2 March 2027, a year from today"),
        ({}, {}, date.max, "on or before 2 March 2027, a year from today"),
        (
            {},
            {},
            date.min,
            "on or after 1 September 2025, the day Julie Carver started at this school",
        ),
    ],
)
def test_a_day_on_which_they_cannot_be_paired_is_refused(of_mentor, of_ect, started_on, says):
    assert World(of_mentor=of_mentor, of_ect=of_ect).refusal(started_on) == (
        f"Start date must be {says}"
    )


@pytest.mark.parametrize(
    ("of_mentor", "of_ect", "says"),
    [
        ({"finished_on": TODAY}, {}, "Julie Carver's last day at this school"),
        ({}, {"finished_on": TODAY}, "Jason Blue's last day at this school"),
        ({}, {"induction_finished_on": TODAY}, "the last day of Jason Blue's induction"),
    ],
)
def test_what_would_be_over_by_now_is_not_begun_in_the_past(of_mentor, of_ect, says):
    refusal = World(of_mentor=of_mentor, of_ect=of_ect).refusal(START)
    assert refusal == f"Julie Carver cannot mentor Jason Blue now: 1 March 2026 was {says}"


def test_not_before_the_present_mentorship_began():
    world = World()
    make_mentorship(world.jane, world.ect, started_on=TODAY)
    assert world.refusal(YESTERDAY) == (
        "Start date must be on or after 2 March 2026, the day Jane Thomas started mentoring"
        " Jason Blue"
    )


def test_not_before_the_one_before_was_over():
    world = World()
    make_mentorship(world.jane, world.ect, finished_on=TODAY)
    assert world.refusal(YESTERDAY) == (
        "Start date must be on or after 2 March 2026, the day after Jane Thomas stopped"
        " mentoring Jason Blue"
    )


def test_nobody_mentors_themself_or_somebody_elsewhere():
    world = World()
    world.mentor = make_mentor(world.ect.teacher, world.school)
    assert world.refusal(TODAY) == "Jason Blue cannot mentor themself. Choose somebody else."
    world.mentor = make_mentor()
    assert world.refusal(TODAY) == "A mentor and their ECT must be at the same school."


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
        pair(world.mentor, world.ect, started_on=TODAY, present=["1"], day=TODAY)
    assert str(refused.value) == (
        f"Jason Blue's mentor was changed a moment ago: {says}. Check, then try again."
    )
