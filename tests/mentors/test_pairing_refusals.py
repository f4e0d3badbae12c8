"""Pairing: from which days it is refused, and in which words."""

from datetime import date

import pytest

from tests.builders import make_mentor, make_mentorship
from tests.mentors.paired import SPRING, START, SUMMER, TODAY, World

pytestmark = pytest.mark.django_db

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
            "on or before 20 July 2026, Julie Carver’s last day at this school",
        ),
        (
            {},
            {"finished_on": SUMMER},
            SUMMER,
            "on or before 20 July 2026, Jason Blue’s last day at this school",
        ),
        (
            {},
            {"induction_finished_on": SUMMER},
            SUMMER,
            "on or before 20 July 2026, the last day of Jason Blue’s induction",
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
        ({"finished_on": TODAY}, {}, "Julie Carver’s last day at this school"),
        ({}, {"finished_on": TODAY}, "Jason Blue’s last day at this school"),
        ({}, {"induction_finished_on": TODAY}, "the last day of Jason Blue’s induction"),
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
    assert world.refusal(TODAY) == "Jason Blue cannot mentor themself. Choose another person."
    world.mentor = make_mentor()
    assert world.refusal(TODAY) == "A mentor and their ECT must be at the same school."


def test_the_present_mentor_begins_again_not_before_they_were_to_stop():
    world = World()
    make_mentorship(world.mentor, world.ect)
    world.pair(SPRING, world.jane)
    assert world.refusal(TODAY) == (
        "Start date must be on or after 13 April 2026, the day Julie Carver is to stop mentoring"
        " Jason Blue"
    )


def test_who_is_to_mentor_them_by_then_can_only_begin_earlier():
    world = World()
    world.pair(TODAY, world.jane)
    world.pair(SPRING)
    assert world.refusal(SUMMER) == (
        "Start date must be on or before 12 April 2026: from the day after it Julie Carver is"
        " already Jason Blue’s mentor"
    )
