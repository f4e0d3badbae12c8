"""Who sees which person and partnership: a table of situations, each seen by three providers.

Declarations are in test_visibility.py; schools, which all see alike, in test_api_schools.py.
"""

from collections.abc import Callable
from datetime import date

import pytest

from declarations.visibility import delivery_partners, participants, partnerships
from mentors.pairing.unfunded import unfunded_mentors
from schools.models import MentorAtSchool
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_pair,
    make_partnership,
    make_training_period,
    make_waiting,
)
from tests.declarations.trained import NOW, declare, make_trained, provider

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_as_found_anew")]
US, THEM, THIRD = "Ambition Institute", "Teach First", "UCL"
TODAY = NOW.date()
PAST, TO_COME = date(2024, 9, 1), date(2027, 9, 1)


def trained(by: str, **fields) -> Callable[[MentorAtSchool], object]:
    return lambda mentor: make_trained(2023, by, mentor=mentor, **fields)


def completed(by: str) -> Callable[[MentorAtSchool], object]:
    return lambda mentor: declare(make_trained(2023, by, mentor=mentor), "completed")


def paired_with_ect_of(by: str) -> Callable[[MentorAtSchool], object]:
    def make(mentor: MentorAtSchool) -> None:
        ect = make_ect(school=mentor.school)
        make_training_period(ect, make_partnership(mentor.school, 2023, by))
        make_mentorship(mentor, ect)

    return make


STOPPED = {"finished_on": PAST, "withdrawn_at": NOW, "withdrawn_reason": "other"}
# What happened to a mentor; who has them as a participant; who has them as an unfunded mentor.
CASES: list[tuple[list, set, set]] = [
    ([], set(), set()),
    ([trained(US)], {US}, set()),
    ([trained(US, finished_on=PAST)], {US}, set()),
    ([trained(US, started_on=TO_COME)], {US}, set()),
    ([trained(US, **STOPPED)], {US}, set()),
    ([completed(US)], {US}, set()),
    ([lambda mentor: make_waiting(mentor, US)], set(), set()),
    ([trained(US, finished_on=PAST), trained(THEM, started_on=PAST)], {US, THEM}, set()),
    (
        [trained(US, finished_on=PAST), lambda m: make_waiting(m, THEM, started_on=PAST)],
        {US},
        set(),
    ),
    ([lambda m: make_training_period(make_ect(m.teacher))], set(), set()),
    ([paired_with_ect_of(US)], set(), {US}),
    ([paired_with_ect_of(US), trained(US)], {US}, set()),
    ([paired_with_ect_of(US), trained(US, finished_on=PAST)], {US}, set()),
    ([paired_with_ect_of(US), trained(THEM)], {THEM}, {US}),
    ([paired_with_ect_of(US), paired_with_ect_of(THEM)], set(), {US, THEM}),
    ([paired_with_ect_of(US), lambda mentor: make_waiting(mentor, US)], set(), {US}),
]


@pytest.mark.parametrize(("happened", "trains", "unfunded"), CASES)
def test_who_sees_a_mentor(happened, trains, unfunded):
    mentor = make_mentor()
    for each in happened:
        each(mentor)
    for name in (US, THEM, THIRD):
        people = participants(provider(name)).filter(teacher=mentor.teacher_id)
        assert people.count() == (name in trains), name
        others = unfunded_mentors(provider(name), TODAY).filter(mentor_teacher=mentor.teacher_id)
        assert others.count() == (name in unfunded), name


def test_of_several_periods_the_latest_starting_one_is_the_participants():
    first = make_trained(2022, US, finished_on=PAST)
    second = make_trained(2023, US, mentor=first.mentor, started_on=PAST, finished_on=TODAY)
    same_day = make_trained(2024, US, teacher=first.teacher, started_on=PAST)
    assert participants(provider(US)).get().training_period == same_day
    assert same_day.pk > second.pk


def test_partnerships_and_delivery_partners_are_its_own():
    ours = make_partnership(make_mentor().school, 2023, US, "A")
    theirs = make_partnership(make_mentor().school, 2023, THEM, "B")
    make_pair(US, "C", 2021)
    assert list(partnerships(provider(US))) == [ours]
    assert list(partnerships(provider(THEM))) == [theirs]
    names = [each.name for each in delivery_partners(provider(US)).order_by("name")]
    assert names == ["A", "C"]
    assert [each.name for each in delivery_partners(provider(US), (2021,))] == ["C"]
    assert not delivery_partners(provider(THIRD)).exists()
