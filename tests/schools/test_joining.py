"""Who may begin in which role and from when: tables of cases."""

from datetime import date

import pytest

from schools.joining import (
    check_induction_start,
    check_start,
    obstacle,
    times_of,
)
from schools.models import ECTAtSchool, MentorAtSchool, School, Teacher
from tests.builders import make_ect, make_mentor, make_school, make_teacher
from tests.schools.refused import refused

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 15)
LAST_YEAR, NEXT_YEAR = date(2025, 9, 1), date(2026, 9, 1)
MENTOR, ECT = MentorAtSchool, ECTAtSchool
BORN = date(1990, 5, 17)


@pytest.fixture
def here() -> School:
    return make_school()


@pytest.fixture
def jane() -> Teacher:
    return make_teacher("Jane Thomas", date_of_birth=BORN)


def lay(jane: Teacher, here: School, role: str, where: str, **fields) -> None:
    """A time of hers, here or elsewhere."""
    school = here if where == "here" else make_school()
    {"mentor": make_mentor, "ect": make_ect}[role](jane, school, **fields)


HERE_ALREADY = "is already a mentor at your school"
AN_ECT = "is an ECT who has not completed induction"
ECT_ELSEWHERE = "is recorded as an ECT at another school"
A_MENTOR = "is recorded as a mentor"
COMPLETED = "The end of induction is already recorded for"


@pytest.mark.parametrize(
    ("role", "time", "title"),
    [
        # As a mentor
        (MENTOR, None, ""),
        (MENTOR, ("mentor", "here", {}), HERE_ALREADY),
        (MENTOR, ("mentor", "here", {"finished_on": NEXT_YEAR}), HERE_ALREADY),
        (MENTOR, ("mentor", "here", {"started_on": NEXT_YEAR}), "is already due to start"),
        (MENTOR, ("mentor", "here", {"finished_on": DAY}), ""),
        (MENTOR, ("mentor", "elsewhere", {}), ""),
        (MENTOR, ("ect", "here", {}), AN_ECT),
        (MENTOR, ("ect", "elsewhere", {}), AN_ECT),
        (MENTOR, ("ect", "elsewhere", {"finished_on": LAST_YEAR}), AN_ECT),
        (MENTOR, ("ect", "elsewhere", {"induction_finished_on": LAST_YEAR}), ""),
        (MENTOR, ("ect", "here", {"induction_finished_on": NEXT_YEAR}), ""),
        # As an ECT
        (ECT, None, ""),
        (ECT, ("ect", "here", {}), "is already an ECT at your school"),
        (ECT, ("ect", "here", {"finished_on": DAY}), ""),
        (ECT, ("ect", "elsewhere", {}), ECT_ELSEWHERE),
        (ECT, ("ect", "elsewhere", {"started_on": NEXT_YEAR}), ECT_ELSEWHERE),
        (ECT, ("ect", "elsewhere", {"finished_on": NEXT_YEAR}), ""),
        (ECT, ("ect", "elsewhere", {"finished_on": LAST_YEAR}), ""),
        (ECT, ("ect", "elsewhere", {"induction_finished_on": LAST_YEAR}), COMPLETED),
        (ECT, ("mentor", "here", {}), A_MENTOR),
        (ECT, ("mentor", "elsewhere", {}), A_MENTOR),
        (ECT, ("mentor", "elsewhere", {"finished_on": LAST_YEAR}), ""),
    ],
)
def test_who_cannot_be_added(here, jane, role, time, title):
    if time:
        lay(jane, here, time[0], time[1], **time[2])
    found = obstacle(role, times_of(jane), here, DAY)
    assert title in (found.title if found else "")
    assert bool(found) == bool(title)
    assert bool(found and found.here) == ("already" in title and title != COMPLETED)


@pytest.mark.parametrize(
    ("role", "time", "started_on", "why"),
    [
        (MENTOR, None, DAY, ""),
        (MENTOR, None, date(2010, 9, 1), ""),
        (MENTOR, None, date(2010, 8, 31), "Start date must be on or after 1 September 2010"),
        (MENTOR, None, date(2027, 1, 15), ""),
        (MENTOR, None, date(2027, 1, 16), "Start date must be on or before 15 January 2027"),
        (MENTOR, ("mentor", "here", {"finished_on": LAST_YEAR}), LAST_YEAR, ""),
        (
            MENTOR,
            ("mentor", "here", {"finished_on": LAST_YEAR}),
            date(2025, 8, 31),
            "Start date must be on or after 1 September 2025."
            " They were a mentor at your school until the day before",
        ),
        (MENTOR, ("mentor", "elsewhere", {"finished_on": LAST_YEAR}), date(2024, 9, 1), ""),
        (
            MENTOR,
            ("ect", "elsewhere", {"induction_finished_on": LAST_YEAR}),
            date(2025, 8, 31),
            "Start date must be on or after 1 September 2025."
            " They were an ECT until the day before",
        ),
        (ECT, ("ect", "elsewhere", {"finished_on": NEXT_YEAR}), NEXT_YEAR, ""),
        (
            ECT,
            ("ect", "elsewhere", {"finished_on": NEXT_YEAR}),
            DAY,
            "Start date must be on or after 1 September 2026."
            " They are recorded as an ECT at another school until the day before",
        ),
        (
            ECT,
            ("ect", "here", {"finished_on": LAST_YEAR}),
            date(2025, 8, 31),
            "Start date must be on or after 1 September 2025."
            " They are recorded as an ECT at your school until the day before",
        ),
        (
            ECT,
            ("mentor", "elsewhere", {"finished_on": LAST_YEAR}),
            date(2025, 8, 31),
            "Start date must be on or after 1 September 2025."
            " They are recorded as a mentor until the day before",
        ),
    ],
)
def test_from_when_they_can_start(here, jane, role, time, started_on, why):
    if time:
        lay(jane, here, time[0], time[1], **time[2])
    assert refused(check_start, role, times_of(jane), here, BORN, started_on, DAY) == why


@pytest.mark.parametrize(
    ("born_on", "started_on", "why"),
    [
        (BORN, date(2027, 1, 15), ""),
        (BORN, date(2027, 1, 16), "Induction start date must be on or before 15 January 2027"),
        (BORN, date(2010, 8, 31), "Induction start date must be on or after 1 September 2010"),
        (date(2007, 9, 1), LAST_YEAR, ""),
        (
            date(2007, 9, 2),
            LAST_YEAR,
            "Induction start date must be on or after 2 September 2025, when they became 18",
        ),
    ],
)
def test_when_induction_can_start(born_on, started_on, why):
    assert refused(check_induction_start, born_on, started_on, DAY) == why


def test_induction_is_the_persons_also_without_a_time_as_an_ect(jane):
    assert times_of(None).induction_started_on is None
    jane.induction_started_on = date(2023, 9, 4)
    assert times_of(jane).induction_started_on == date(2023, 9, 4)
    assert AN_ECT in obstacle(MENTOR, times_of(jane), make_school(), DAY).title
