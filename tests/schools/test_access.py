"""Which schools a user may see."""

from datetime import date

import pytest

from schools.access import find_school, schools_of
from schools.models import InductionTutor
from tests.builders import make_ect, make_mentor, make_school, make_tutor

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("day", "seen"),
    [
        (date(2025, 8, 31), False),
        (date(2025, 9, 1), True),
        (date(2026, 1, 14), True),
        (date(2026, 1, 15), False),
    ],
    ids=["the day before", "the first day", "the last day", "the day after"],
)
def test_a_school_is_seen_on_the_days_of_an_appointment(day, seen):
    school = make_school()
    tutor = make_tutor(school, started_on=date(2025, 9, 1), finished_on=DAY)
    assert list(schools_of(tutor, day)) == ([school] if seen else [])
    assert find_school(tutor, school.urn, day) == (school if seen else None)
    assert find_school(make_tutor(make_school()), school.urn, day) is None


def test_schools_come_by_name_and_once_however_somebody_was_appointed():
    second, first = make_school("St Bede"), make_school("All Saints")
    tutor = make_tutor(second, "tutor@school.example")
    make_tutor(first, "tutor@school.example")
    InductionTutor.objects.create(
        user=tutor, school=first, started_on=DAY, source=InductionTutor.Source.DFE_SIGN_IN
    )
    assert list(schools_of(tutor, DAY)) == [first, second]


def test_who_has_become_dfe_staff_sees_schools_in_admin_only():
    mentor, ect = make_mentor(), make_ect()
    tutor = make_tutor(mentor.school, "dee@school.example")
    make_tutor(ect.school, "dee@school.example")
    tutor.is_staff = True
    tutor.save()
    assert not schools_of(tutor, DAY)
    assert find_school(tutor, ect.school.urn, DAY) is None


@pytest.mark.parametrize(
    ("also", "has_others"),
    [
        (None, False),
        ({}, True),
        ({"finished_on": DAY}, False),
        ({"started_on": date(2026, 1, 16)}, False),
    ],
    ids=["no other", "another", "one left yesterday", "one from tomorrow"],
)
def test_what_is_found_says_whether_there_are_other_schools(also, has_others):
    school = make_school()
    tutor = make_tutor(school, "tutor@school.example")
    if also is not None:
        make_tutor(make_school("Z"), "tutor@school.example", **also)
    found = [schools_of(tutor, DAY)[0], find_school(tutor, school.urn, DAY)]
    assert [one.has_other_schools for one in found] == [has_others] * 2
