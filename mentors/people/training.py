"""A person's training, as their page at a school shows it: told from records, without the database.

`trained_by.py` reads the records. docs/training-status.md, "Who trains them", has the rules.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from core.periods import london_day
from declarations.models import SchoolYear
from mentors.status.training_status import Status, TrainingStatus

_Programme = SchoolYear.Programme


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

    TRAINED = "a lead provider trains them here, or trained them until they completed it"
    WAITING = "a lead provider is to train them here, and has yet to confirm it"
    ENDED = "a lead provider trained them here, and does not now"
    WITHDRAWN = "the lead provider no longer trains them"
    DEFERRED = "the lead provider has paused their training"
    COMPLETED_ELSEWHERE = "they completed it, and no lead provider trained them here"
    EARLY_ROLL_OUT = "they completed it in the early roll-out, and no lead provider trains them"
    ELSEWHERE = "a lead provider trains them through another school"
    OF_YEAR = "their training has not begun, and the school uses a lead provider this year"
    SCHOOL_LED = "the school uses no lead provider"
    NOT_REPORTED = "no lead provider has reported them"


@dataclass(frozen=True)
class Training:
    """A person's training, as their page at a school shows it.

    `here`: who trains them at this school; for COMPLETED_ELSEWHERE, who declared the completion;
    for OF_YEAR, who would train them if they began today.
    `completed_with`: who declared the completion, where that is another than `here`.
    `elsewhere`: the name of another school through which they train now, where they do not here.
    `goes_on`: whether training here goes on, or is to begin; `begins_on`: its first day, if that is
    to come. `has_left`: they have left this school.
    """

    situation: Situation
    here: TrainedBy | None = None
    completed_with: TrainedBy | None = None
    elsewhere: str = ""
    goes_on: bool = False
    begins_on: date | None = None
    has_left: bool = False

    @property
    def to_ask(self) -> TrainedBy | None:
        """Who can say more about it: who declared the completion, else who trains them here."""
        return self.completed_with or self.here


class TrainingRow(NamedTuple):
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

    def is_over(self, day: date) -> bool:
        """Whether its last day is before this day."""
        return self.finished_on is not None and self.finished_on <= day

    def situation(self, day: date) -> Situation:
        """What holds of it on this day."""
        if self.withdrawn_at and london_day(self.withdrawn_at) <= day:
            return Situation.WITHDRAWN
        if self.deferred_at and london_day(self.deferred_at) <= day:
            return Situation.DEFERRED
        if self.is_over(day):
            return Situation.ENDED
        return Situation.TRAINED if self.delivery_partner else Situation.WAITING


def training_from(
    periods: list[TrainingRow], school: int, day: date, status: TrainingStatus | None
) -> Training | None:
    """One person's training at a school, from all their periods and, of a mentor, the status.

    The periods are sorted by `latest_first`. None when there is nothing to tell it from.
    """
    completion = status.evidence.completion if status else None
    declaration = completion.declaration if completion else None
    completed_with = (
        TrainedBy(declaration.lead_provider, declaration.delivery_partner, declaration.email)
        if declaration
        else None
    )
    at_school = [period for period in periods if period.school == school]
    # Of a mentor who has completed, training to come tells nothing.
    here = next(iter(at_school), None) if completion else _told_of(at_school, day)
    if here:
        by = here.trained_by
        same = completed_with is None or _names(completed_with) == _names(by)
        goes_on = not here.is_over(day)
        if completion:
            return Training(
                Situation.TRAINED, by, None if same else completed_with, goes_on=goes_on
            )
        elsewhere = "" if goes_on else _elsewhere(periods, school, day)
        return Training(
            here.situation(day),
            by,
            elsewhere=elsewhere,
            goes_on=goes_on,
            begins_on=here.started_on if here.started_on > day else None,
        )
    if completed_with:
        return Training(Situation.COMPLETED_ELSEWHERE, completed_with)
    if completion:
        return Training(Situation.EARLY_ROLL_OUT)
    elsewhere = _elsewhere(periods, school, day)
    return Training(Situation.ELSEWHERE, elsewhere=elsewhere) if elsewhere else None


def _told_of(here: list[TrainingRow], day: date) -> TrainingRow | None:
    """The period at this school that began last; where that is over, the first to come, if any."""
    to_come = [period for period in here if period.started_on > day]
    if to_come and here[0].is_over(day):
        return to_come[-1]
    return here[0] if here else None


def _elsewhere(periods: list[TrainingRow], school: int, day: date) -> str:
    """The name of another school through which a lead provider trains the person on this day."""
    for period in periods:
        if period.school != school and period.started_on <= day and not period.is_over(day):
            return period.school_name
    return ""


def _names(by: TrainedBy) -> tuple[str, str | None]:
    return by.lead_provider, by.delivery_partner


def without_training(
    programmes: Collection[str], of_year: TrainedBy | None, status: TrainingStatus | None
) -> Training:
    """The training of a person when no record tells of any.

    `programmes` are those of the school's years; `of_year` is the lead provider that the school
    uses in the academic year of today, if any. It is told only of a mentor who is yet to begin.
    """
    if of_year and is_to_begin(status):
        return Training(Situation.OF_YEAR, of_year)
    is_school_led = (
        _Programme.SCHOOL_LED in programmes and _Programme.PROVIDER_LED not in programmes
    )
    return Training(Situation.SCHOOL_LED if is_school_led else Situation.NOT_REPORTED)


def is_to_begin(status: TrainingStatus | None) -> bool:
    """Whether the page says of a mentor that their training has not started."""
    return status is not None and status.status is Status.NOT_YET_STARTED
