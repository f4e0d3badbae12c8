"""Reads who trains mentors or ECTs, as their pages at schools show it (`training.py`)."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from core.compiled_queries import DAY, CompiledQuery, Slot, any_of
from declarations.cohort_rules import cohort_of
from declarations.models import SchoolYear, TrainingPeriod
from mentors.people.listing import has_left, latest_first
from mentors.people.training import (
    TrainedBy,
    Training,
    TrainingRow,
    is_to_begin,
    training_from,
    without_training,
)
from mentors.status.training_status import TrainingStatus
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool, RoleModel


def _periods_of(role: RoleModel) -> QuerySet[Any, tuple[Any, ...]]:
    periods = TrainingPeriod.objects.filter(
        any_of("teacher", "teachers"), **{f"{role.foreign_key}__isnull": False}
    )
    return periods.order_by(*latest_first(DAY)).values_list(
        "teacher_id",
        "school_id",
        "school__name",
        "started_on",
        "finished_on",
        "withdrawn_at",
        "deferred_at",
        "lead_provider__name",
        "lead_provider__email",
        "partnership__delivery_partner__name",
    )


_PERIODS: dict[type, CompiledQuery[tuple[Any, ...]]] = {
    MentorAtSchool: CompiledQuery(lambda: _periods_of(MentorAtSchool)),
    ECTAtSchool: CompiledQuery(lambda: _periods_of(ECTAtSchool)),
}
_PROGRAMMES = CompiledQuery(
    lambda: (
        SchoolYear.objects.filter(any_of("school", "schools"))
        .order_by()
        .values_list("school", "programme")
        .distinct()
    )
)
# The partnership that was made first counts before the lead provider that the school chose.
_OF_YEAR = CompiledQuery(
    lambda: (
        SchoolYear.objects.filter(school=Slot("school"), cohort__start_year=Slot("start_year"))
        .order_by("partnerships__created_at", "partnerships__pk")
        .values_list(
            "partnerships__lead_provider__name",
            "partnerships__delivery_partner__name",
            "partnerships__lead_provider__email",
            "lead_provider__name",
            "lead_provider__email",
        )[:1]
    )
)


def training_of(
    person: PersonAtSchool, day: date, status: TrainingStatus | None = None
) -> Training:
    """The training of one person on this day; `status` is a mentor's status of mentor training."""
    statuses = {person.teacher_id: status} if status else {}
    return training_of_many([person], day, statuses)[person.teacher_id]


def training_of_many(
    people: Collection[PersonAtSchool], day: date, statuses: Mapping[int, TrainingStatus]
) -> dict[int, Training]:
    """The training of people in one role at one school on this day, by teacher id."""
    if not people:
        return {}
    role = type(next(iter(people)))
    at = [(person.teacher_id, person.school_id) for person in people]
    told = _told(role, at, day, statuses)
    return {
        person.teacher_id: replace(
            told[person.teacher_id, person.school_id], has_left=has_left(person, day)
        )
        for person in people
    }


def training_at_schools(
    teacher: int, schools: Collection[int], day: date, status: TrainingStatus
) -> dict[int, Training]:
    """The training of one mentor on this day, as each of these schools reads it, by school id."""
    at = [(teacher, school) for school in schools]
    told = _told(MentorAtSchool, at, day, {teacher: status})
    return {school: told[teacher, school] for school in schools}


def _told(
    role: RoleModel,
    at: Collection[tuple[int, int]],
    day: date,
    statuses: Mapping[int, TrainingStatus],
) -> dict[tuple[int, int], Training]:
    """The training on this day of teachers in this role, each at a school, by both ids.

    The first of these that exists tells it: the training period at this school that began last, or
    one to come if that is over or none has begun; the completion; a training period of today at
    another school; the lead provider of the school's year, for a mentor who is yet to begin; the
    programmes of the school's years.
    """
    of_each: dict[int, list[TrainingRow]] = {}
    for row in _PERIODS[role].all(teachers=list({teacher for teacher, _ in at}), day=day):
        of_each.setdefault(row[0], []).append(TrainingRow._make(row))
    found = {
        (teacher, school): training_from(
            of_each.get(teacher, []), school, day, statuses.get(teacher)
        )
        for teacher, school in at
    }
    without = [key for key, training in found.items() if training is None]
    programmes = _programmes_of({school for _, school in without})
    to_begin = {school for teacher, school in without if is_to_begin(statuses.get(teacher))}
    of_year = {school: _of_year(school, day) for school in to_begin}
    return {
        (teacher, school): training
        or without_training(programmes[school], of_year.get(school), statuses.get(teacher))
        for (teacher, school), training in found.items()
    }


def _programmes_of(schools: Collection[int]) -> dict[int, set[str]]:
    """The programmes of each of these schools' years, by school id."""
    of_each: dict[int, set[str]] = {school: set() for school in schools}
    for school, programme in _PROGRAMMES.all(schools=list(schools)) if schools else []:
        of_each[school].add(programme)
    return of_each


def _of_year(school: int, day: date) -> TrainedBy | None:
    """Who would train the school's mentors from this day on, if that is known."""
    row = _OF_YEAR.first(school=school, start_year=cohort_of(day))
    if row is None:
        return None
    partnered, partner, email, chosen, chosen_email = row
    if partnered:
        return TrainedBy(partnered, partner, email)
    return TrainedBy(chosen, None, chosen_email) if chosen else None
