"""A provider's participants as it reads them: the mentor, and their latest training with it.

Source: docs/lead-provider-api.md, "Participants".
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Q

from declarations.completion import FundingEnd, funding_ends
from declarations.models import TrainingPeriod
from schools.models import MentorAtSchool, TeacherMerge


class ProviderTrainingStatus(StrEnum):
    """Whether the provider has stopped a mentor's training with it."""

    ACTIVE = "active"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"


class ParticipantStatus(StrEnum):
    """How a mentor's training with the provider stands on a day."""

    JOINING = "joining"
    ACTIVE = "active"
    LEAVING = "leaving"
    LEFT = "left"


class Stopped(NamedTuple):
    """Why and when the provider withdrew or deferred a mentor."""

    reason: str
    at: datetime


@dataclass(frozen=True)
class Participant:
    """A mentor, by a provider's latest training period of theirs; `funding_end` if it has ended.

    `registered_at`: when their earliest-starting time as a mentor was registered. `former_ids` are
    those of the records that were merged into theirs, in the order of the merges.
    """

    period: TrainingPeriod
    registered_at: datetime
    funding_end: FundingEnd | None
    former_ids: tuple[TeacherMerge, ...] = ()

    @property
    def training_status(self) -> ProviderTrainingStatus:
        """Active, unless the provider withdrew or deferred them."""
        if self.period.withdrawn_at:
            return ProviderTrainingStatus.WITHDRAWN
        return (
            ProviderTrainingStatus.DEFERRED
            if self.period.deferred_at
            else ProviderTrainingStatus.ACTIVE
        )

    @property
    def withdrawal(self) -> Stopped | None:
        """The provider's withdrawal, if there is one."""
        at = self.period.withdrawn_at
        return Stopped(self.period.withdrawn_reason, at) if at else None

    @property
    def deferral(self) -> Stopped | None:
        """The provider's deferral, if there is one."""
        at = self.period.deferred_at
        return Stopped(self.period.deferred_reason, at) if at else None

    @property
    def eligible_for_funding(self) -> bool | None:
        """Whether their training is funded: None while DfE has said nothing of it."""
        eligible_from = self.period.teacher.mentor_funding_eligible_from
        if eligible_from is None:
            return None if self.funding_end is None else False
        return self.funding_end is None or self.funding_end.on >= eligible_from

    def participant_status(self, day: date) -> ParticipantStatus:
        """How the training stands on this day; completed training stays active."""
        last_day = self.period.last_day
        ended = ParticipantStatus.LEAVING
        if last_day is not None and last_day <= day:
            ended = ParticipantStatus.LEFT
        if self.training_status is not ProviderTrainingStatus.ACTIVE:
            return ended
        if self.funding_end and (last_day is None or self.funding_end.on <= last_day):
            return ParticipantStatus.ACTIVE
        if last_day is not None:
            return ended
        begun = self.period.started_on <= day
        return ParticipantStatus.ACTIVE if begun else ParticipantStatus.JOINING


_STATUSES: dict[str, Callable[[], Q]] = {
    ProviderTrainingStatus.ACTIVE: lambda: Q(
        training_period__withdrawn_at__isnull=True, training_period__deferred_at__isnull=True
    ),
    ProviderTrainingStatus.DEFERRED: lambda: Q(training_period__deferred_at__isnull=False),
    ProviderTrainingStatus.WITHDRAWN: lambda: Q(training_period__withdrawn_at__isnull=False),
}


def has_training_status(status: str) -> Q:
    """The filter of participations by training status; another word than the three gives none."""
    condition = _STATUSES.get(status)
    return condition() if condition else Q(pk__in=[])


_SEPTEMBER, _JANUARY = range(6, 11), (11, 12, 1, 2)


def schedule_identifier(first_day: date) -> str:
    """The schedule of training that begins on this day."""
    if first_day.month in _SEPTEMBER:
        return "ecf-standard-september"
    return f"ecf-standard-{'january' if first_day.month in _JANUARY else 'april'}"


def read_participants(period_ids: Sequence[int]) -> list[Participant]:
    """The participants with these training periods, in this order, in five queries."""
    periods = TrainingPeriod.objects.select_related(
        "teacher", "mentor", "school", "cohort", "partnership__delivery_partner"
    ).in_bulk(period_ids)
    teachers = [period.teacher_id for period in periods.values()]
    registered, ends = _registered_at(teachers), funding_ends(teachers)
    merges: dict[int, list[TeacherMerge]] = defaultdict(list)
    for merge in TeacherMerge.objects.filter(teacher__in=teachers).order_by("merged_at", "pk"):
        merges[merge.teacher_id].append(merge)
    # What is deleted while this is read is left out.
    there = (periods[pk] for pk in period_ids if pk in periods)
    return [
        Participant(
            period,
            registered[period.teacher_id],
            ends[period.teacher_id],
            tuple(merges[period.teacher_id]),
        )
        for period in there
        if period.teacher_id in registered
    ]


def _registered_at(teacher_ids: Iterable[int]) -> dict[int, datetime]:
    times = MentorAtSchool.objects.filter(teacher__in=teacher_ids)
    earliest = times.order_by("teacher_id", "started_on", "pk").distinct("teacher_id")
    return dict(earliest.values_list("teacher_id", "created_at"))
