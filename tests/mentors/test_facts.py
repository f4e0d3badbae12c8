"""The facts of one teacher are read from the database, all of them and no other teacher's."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from declarations.models import RecordedCompletion
from mentors.status.facts import training_facts, training_facts_of_many
from mentors.status.training_status import MentorshipFact, TrainingFacts
from schools.models import MentorAtSchool
from tests.builders import (
    make_ect,
    make_mentor,
    make_mentorship,
    make_partnership,
    make_school,
    make_teacher,
    make_training_period,
)
from tests.mentors.declaring import declare
from tests.mentors.training_facts import EARLY_ROLL_OUT, STARTED_NOT_COMPLETED, on

pytestmark = pytest.mark.django_db


def mentor_with_everything() -> MentorAtSchool:
    mentor = make_mentor()
    make_training_period(mentor)
    declare(mentor.teacher, type_="started")
    declare(mentor.teacher, state="voided")
    declare(mentor.teacher)
    make_mentorship(
        mentor,
        make_ect(school=mentor.school),
        started_on=on("1 September 2022"),
        finished_on=on("21 July 2023"),
    )
    make_mentorship(mentor, make_ect(school=mentor.school), started_on=on("1 September 2023"))
    for kind in RecordedCompletion.Kind:
        RecordedCompletion.objects.create(teacher=mentor.teacher, kind=kind)
    return mentor


def test_somebody_of_whom_nothing_is_known_has_no_facts():
    assert training_facts(make_teacher().pk) == TrainingFacts()


def test_a_declaration_comes_with_all_that_stands_in_it():
    mentor = make_mentor()
    make_training_period(
        mentor,
        make_partnership(
            mentor.school,
            lead_provider="National Institute of Teaching",
            delivery_partner="Northamptonshire Teaching School Hub",
        ),
    )
    declaration = declare(
        mentor.teacher,
        "2023-07-29T23:30:00Z",
        state="awaiting_clawback",
        by="National Institute of Teaching",
    )

    (fact,) = training_facts(mentor.teacher_id).declarations

    assert fact.declaration_id == declaration.id
    assert fact.declaration_type == "completed"
    assert fact.declared_at == datetime(2023, 7, 29, 23, 30, tzinfo=UTC)
    assert fact.day == on("30 July 2023")
    assert fact.state == "awaiting_clawback"
    assert fact.lead_provider == "National Institute of Teaching"
    assert fact.delivery_partner == "Northamptonshire Teaching School Hub"


def test_pairings_at_every_school_count_with_their_days():
    here = make_mentor()
    there = make_mentor(here.teacher)
    first, last = on("1 September 2022"), on("1 September 2023")
    make_mentorship(here, make_ect(school=here.school), started_on=last)
    make_mentorship(
        there, make_ect(school=there.school), started_on=first, finished_on=on("21 July 2023")
    )

    assert training_facts(here.teacher_id).mentorships == (
        MentorshipFact(first, on("21 July 2023")),
        MentorshipFact(last),
    )


def test_being_mentored_is_no_pairing_as_a_mentor():
    mentor = make_mentor()
    ect = make_ect(school=mentor.school)
    make_mentorship(mentor, ect)

    assert training_facts(ect.teacher_id).mentorships == ()


def test_a_deleted_pairing_is_no_fact():
    mentor = make_mentor()
    make_mentorship(mentor, make_ect(school=mentor.school)).delete()

    assert training_facts(mentor.teacher_id).mentorships == ()


def test_completions_recorded_by_dfe_are_facts():
    teacher = make_teacher()
    for kind in (EARLY_ROLL_OUT, STARTED_NOT_COMPLETED):
        RecordedCompletion.objects.create(teacher=teacher, kind=kind)

    assert training_facts(teacher.pk).recorded == {EARLY_ROLL_OUT, STARTED_NOT_COMPLETED}


def in_any_order(facts: TrainingFacts) -> tuple[TrainingFacts, frozenset]:
    """The facts, with their declarations as a set: PostgreSQL gives these in any order."""
    return replace(facts, declarations=()), frozenset(facts.declarations)


def test_many_get_what_each_gets_alone():
    school = make_school()
    teachers = [
        mentor_with_everything().teacher,
        make_teacher(),
        make_mentor(school=school).teacher,
        mentor_with_everything().teacher,
    ]

    many = training_facts_of_many(teacher.pk for teacher in teachers)

    for teacher in teachers:
        assert in_any_order(many[teacher.pk]) == in_any_order(training_facts(teacher.pk))
    assert many.keys() == {teacher.pk for teacher in teachers}
    assert len(many[teachers[0].pk].declarations) == 3
    assert len(many[teachers[0].pk].mentorships) == 2


def test_those_who_are_not_asked_about_are_left_out():
    mentor_with_everything()
    teacher = make_teacher()

    assert training_facts_of_many([teacher.pk]) == {teacher.pk: TrainingFacts()}


def test_an_unknown_teacher_has_no_facts():
    assert training_facts(1) == TrainingFacts()


def test_one_teacher_takes_three_queries(django_assert_num_queries):
    teacher_id = mentor_with_everything().teacher_id

    with django_assert_num_queries(3):
        training_facts(teacher_id)


@pytest.mark.parametrize("how_many", [1, 6])
def test_many_teachers_take_three_queries(how_many: int, django_assert_num_queries):
    ids = [mentor_with_everything().teacher_id for _ in range(how_many)]

    with django_assert_num_queries(3):
        training_facts_of_many(ids)
