"""Who trains a mentor or an ECT, as their page at a school shows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple, cast

from django.db.models import QuerySet

from core.compiled_queries import DAY, CompiledQuery, any_of
from core.periods import london_day
from declarations.models import SchoolYear, TrainingPeriod
from mentors.people.listing import latest_first
from mentors.status.training_status import TrainingStatus
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool

Programme = SchoolYear.Programme


@dataclass(frozen=True)
class TrainedBy:
    """A lead provider, and its delivery partner, which is None while it is not confirmed.

    `email` is the lead provider's address for questions of schools, or "".
    """

    lead_provider: str
    delivery_partner: str | None
    email: str = ""


class Situation(Enum):
    """What is known of a person's training at a school."""

    TRAINED = "a lead provider trains them here, or did"
    WAITING = "a lead provider is to train them here, and has yet to confirm it"
    WITHDRAWN = "the lead provider no longer trains them"
    DEFERRED = "the lead provider has paused their training"
    COMPLETED_ELSEWHERE = "they completed it, and no lead provider trained them here"
    EARLY_ROLL_OUT = "they completed it in the early roll-out, and no lead provider trains them"
    ELSEWHERE = "a lead provider trains them through another school"
    SCHOOL_LED = "the school uses no lead provider"
    NOT_REPORTED = "no lead provider has reported them"


@dataclass(frozen=True)
class Training:
    """A person's training, as their page at a school shows it.

    `here`: who trains them at this school; for COMPLETED_ELSEWHERE, who declared the completion.
    `completed_with`: who declared the completion, where that is another than `here`.
    `elsewhere`: the name of the other school, for ELSEWHERE.
    """

    situation: Situation
    here: TrainedBy | None = None
    completed_with: TrainedBy | None = None
    elsewhere: str = ""


class Period(NamedTuple):
    """A training period of a person in one role, at any school."""

    teacher: int
    school: int
    school_name: str
    started_on: date
    finished_on: date | None
    withdrawn_at: datetime | None
    deferred_at: datetime | None
    lead_provider: str
    email: str
    delivery_partner: str | None

    @property
    def trained_by(self) -> TrainedBy:
        """Who trains the person in it."""
        return TrainedBy(self.lead_provider, self.delivery_partner, self.email)

    def situation(self, day: date) -> Situation:
        """What holds of it on this day."""
        if self.withdrawn_at and london_day(self.withdrawn_at) <= day:
            return Situation.WITHDRAWN
        if self.deferred_at and london_day(self.deferred_at) <= day:
            return Situation.DEFERRED
        return Situation.TRAINED if self.delivery_partner else Situation.WAITING


def _periods_of(role: str) -> QuerySet[Any, tuple[Any, ...]]:
    periods = TrainingPeriod.objects.filter(
        any_of("teacher", "teachers"), **{f"{role}__isnull": False}
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
    MentorAtSchool: CompiledQuery(lambda: _periods_of("mentor")),
    ECTAtSchool: CompiledQuery(lambda: _periods_of("ect")),
}
_PROGRAMMES = CompiledQuery(
    lambda: (
        SchoolYear.objects.filter(any_of("school", "schools"))
        .order_by()
        .values_list("school", "programme")
        .distinct()
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
    """The training of people in one role at one school on this day, by teacher id.

    It is told from the training period at this school that began last, or one to come if none has
    begun; else from the completion; else from a training period of today at another school; else
    from the programmes of the school's years.
    """
    if not people:
        return {}
    any_person = next(iter(people))
    school, teachers = any_person.school_id, [person.teacher_id for person in people]
    of_each: dict[int, list[Period]] = {}
    for row in _PERIODS[type(any_person)].all(teachers=teachers, day=day):
        of_each.setdefault(row[0], []).append(Period._make(row))
    found = {
        teacher: training_from(of_each.get(teacher, []), school, day, statuses.get(teacher))
        for teacher in teachers
    }
    otherwise = _without_training([school])[school] if None in found.values() else None
    return {teacher: training or cast(Training, otherwise) for teacher, training in found.items()}


def training_at_schools(
    teacher: int, schools: Collection[int], day: date, status: TrainingStatus
) -> dict[int, Training]:
    """The training of one mentor on this day, as each of these schools reads it, by school id."""
    rows = _PERIODS[MentorAtSchool].all(teachers=[teacher], day=day)
    periods = [Period._make(row) for row in rows]
    otherwise = _without_training(schools)
    return {
        school: training_from(periods, school, day, status) or otherwise[school]
        for school in schools
    }


def _without_training(schools: Collection[int]) -> dict[int, Training]:
    """What the programmes of each school's years say of a person without known training."""
    of_each: dict[int, set[str]] = {school: set() for school in schools}
    for school, programme in _PROGRAMMES.all(schools=list(schools)):
        of_each[school].add(programme)
    return {
        school: Training(
            Situation.SCHOOL_LED
            if Programme.SCHOOL_LED in programmes and Programme.PROVIDER_LED not in programmes
            else Situation.NOT_REPORTED
        )
        for school, programmes in of_each.items()
    }


def training_from(
    periods: list[Period], school: int, day: date, status: TrainingStatus | None
) -> Training | None:
    """The training that these periods of one person, and a mentor's status, tell of.

    The periods are sorted by `latest_first`. None when they tell of none.
    """
    completion = status.evidence.completion if status else None
    declaration = completion.declaration if completion else None
    completed_with = (
        TrainedBy(declaration.lead_provider, declaration.delivery_partner) if declaration else None
    )
    here = next((period for period in periods if period.school == school), None)
    if here:
        by = here.trained_by
        same = completed_with is None or _names(completed_with) == _names(by)
        situation = Situation.TRAINED if completion else here.situation(day)
        return Training(situation, by, None if same else completed_with)
    if completed_with:
        return Training(Situation.COMPLETED_ELSEWHERE, completed_with)
    if completion:
        return Training(Situation.EARLY_ROLL_OUT)
    for period in periods:
        is_over = period.finished_on is not None and period.finished_on <= day
        if not is_over and period.started_on <= day:
            return Training(Situation.ELSEWHERE, elsewhere=period.school_name)
    return None


def _names(by: TrainedBy) -> tuple[str, str | None]:
    return by.lead_provider, by.delivery_partner
