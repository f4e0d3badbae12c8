"""Finding a person by the public id in an address: only at the user's own schools."""

from datetime import date, timedelta

import pytest

from mentors.people.finding import current_row, find_person, person_at
from mentors.people.listing import one_row_per_person
from schools.models import ECTAtSchool, MentorAtSchool
from tests.builders import make_ect, make_mentor, make_school, make_tutor

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 15)
MAKE = {MentorAtSchool: make_mentor, ECTAtSchool: make_ect}
both_roles = pytest.mark.parametrize("model", MAKE)


def find(model, user, person):
    return find_person(model, user, person.school.urn, person.public_id, DAY)


@both_roles
@pytest.mark.parametrize("days", [{}, {"finished_on": DAY}], ids=["there", "left"])
def test_a_person_is_seen_at_the_users_own_school_alone(model, days):
    person, elsewhere = MAKE[model](**days), MAKE[model]()
    tutor = make_tutor(person.school)
    assert find(model, tutor, person) == person
    assert find(model, tutor, elsewhere) is None
    assert find_person(model, tutor, person.school.urn, elsewhere.public_id, DAY) is None
    assert find_person(model, tutor, elsewhere.school.urn, person.public_id, DAY) is None


def test_a_mentor_at_two_schools_is_seen_by_each_tutor_as_theirs_alone():
    here = make_mentor()
    there = make_mentor(here.teacher)
    assert find(MentorAtSchool, make_tutor(here.school), here) == here
    assert find(MentorAtSchool, make_tutor(here.school), there) is None


@both_roles
def test_an_id_of_another_school_finds_nobody_here(model):
    here = MAKE[model](finished_on=DAY)
    there = MAKE[model](here.teacher, started_on=DAY)
    tutor = make_tutor(here.school)
    assert person_at(model, here.school.urn, there.public_id, DAY) is None
    assert find_person(model, tutor, here.school.urn, there.public_id, DAY) is None


@both_roles
def test_dfe_staff_and_tutors_of_another_time_see_nobody(model):
    person = MAKE[model]()
    staff = make_tutor(person.school)
    staff.is_staff = True
    staff.save()
    assert find(model, staff, person) is None
    assert find(model, make_tutor(person.school, finished_on=DAY), person) is None


@both_roles
def test_the_person_says_whether_the_user_has_other_schools(model):
    person = MAKE[model]()
    tutor = make_tutor(person.school, "tutor@school.example")
    assert find(model, tutor, person).has_other_schools is False
    make_tutor(make_school(), "tutor@school.example")
    assert find(model, tutor, person).has_other_schools is True


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        ([(-30, -10), (-5, None)], 1),
        ([(-30, -10), (-5, 5), (10, None)], 1),
        ([(-30, -10), (10, None)], 1),
        ([(-30, -10), (10, 20), (30, None)], 1),
        ([(-30, -10), (-9, -5)], 1),
        ([(-30, 0), (0, None)], 1),
    ],
    ids=["current", "current and next", "next", "two to come", "latest", "changes today"],
)
def test_of_several_rows_the_current_one_is_shown_else_the_next_else_the_latest(days, shown):
    def on(days: int | None) -> date | None:
        return None if days is None else DAY + timedelta(days=days)

    first, *_ = rows = [make_mentor(started_on=on(days[0][0]), finished_on=on(days[0][1]))]
    rows += [
        make_mentor(first.teacher, first.school, started_on=on(start), finished_on=on(finish))
        for start, finish in days[1:]
    ]
    assert current_row(rows, DAY) == rows[shown]
    # Any of the ids leads there, and the lists' query says the same.
    for row in rows:
        assert person_at(MentorAtSchool, first.school.urn, row.public_id, DAY) == rows[shown]
    assert list(one_row_per_person(MentorAtSchool.objects.all(), DAY)) == [rows[shown]]
