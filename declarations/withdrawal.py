"""A lead provider withdraws a mentor, defers their training, or resumes it.

Only the provider's latest-starting training of the mentor counts. The table of refusals is the
provider contract's, in its order and words: docs/lead-provider-api.md, "Withdraw, defer, resume".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import pghistory
from django.db import models, transaction

from core.periods import finished_on, london_day
from declarations.claims import ContractRow, is_missing, refuse_by
from declarations.locks import (
    give_up_after_two_seconds,
    lock_teachers_known_by,
    lock_years_of_training,
)
from declarations.models import Course, LeadProvider, TrainingPeriod
from declarations.visibility import participants
from schools.finding import present_participant_ids
from schools.models import Teacher


@dataclass(frozen=True)
class Stop:
    """The contract's attributes of a withdrawal or deferral; each may be any JSON value.

    To resume takes no reason.
    """

    course_identifier: object = None
    reason: object = None


def withdraw(
    provider: LeadProvider, participant_id: UUID, stop: Stop, *, by: str, now: datetime
) -> TrainingPeriod:
    """Withdraw a mentor: their latest training with the provider ends today, if it still goes on.

    A deferral is cleared. `by` is a kind and an id ("token 3"). Raises Teacher.DoesNotExist when
    the provider never trained a mentor with this participant id, RefusedCall in the contract's
    words, and OperationalError when another transaction holds the teacher for over two seconds.
    """
    with transaction.atomic(), pghistory.context(by=by):
        period = _judged(_WITHDRAW, provider, participant_id, stop, now)
        period.withdrawn_at, period.withdrawn_reason = now, str(stop.reason)
        period.deferred_at, period.deferred_reason = None, ""
        _end_today(period, now)
    return period


def defer(
    provider: LeadProvider, participant_id: UUID, stop: Stop, *, by: str, now: datetime
) -> TrainingPeriod:
    """Defer a mentor's latest training with the provider: it ends today, if it still goes on.

    Takes and raises what `withdraw` does.
    """
    with transaction.atomic(), pghistory.context(by=by):
        period = _judged(_DEFER, provider, participant_id, stop, now)
        period.deferred_at, period.deferred_reason = now, str(stop.reason)
        _end_today(period, now)
    return period


def resume(
    provider: LeadProvider, participant_id: UUID, stop: Stop, *, by: str, now: datetime
) -> TrainingPeriod:
    """Resume the training of a mentor who is withdrawn or deferred: a new period from today.

    It is in the same partnership and lasts as long as the mentor is known to be at the school; the
    former one stays as it is. Takes and raises what `withdraw` does.
    """
    with transaction.atomic(), pghistory.context(by=by):
        give_up_after_two_seconds()
        # The new period moves the school's year, which is locked before teachers are.
        trained = TrainingPeriod.objects.filter(
            teacher__participant_id__in=present_participant_ids([participant_id]),
            lead_provider=provider,
            mentor__isnull=False,
            partnership__isnull=False,
        )
        lock_years_of_training(trained)
        period = _judged(_RESUME, provider, participant_id, stop, now)
        end = period.person.finished_on
        return TrainingPeriod.objects.create(
            mentor=period.mentor,
            lead_provider=provider,
            cohort_id=period.cohort_id,
            partnership_id=period.partnership_id,
            started_on=london_day(now),
            finished_on=end,
            end_reason=TrainingPeriod.EndReason.LEFT_SCHOOL if end else "",
        )


def _end_today(period: TrainingPeriod, now: datetime) -> None:
    end = finished_on(london_day(now))
    if period.finished_on is None or end < period.finished_on:
        period.finished_on = end
        period.end_reason = ""
        period.finished_on_before_completion = None
    period.save()


@dataclass(frozen=True)
class _Asked:
    """A call about a mentor's training, with all that it is judged on."""

    period: TrainingPeriod
    stop: Stop
    today: date

    def course_missing(self) -> bool:
        return self.stop.course_identifier not in Course.values

    def other_course(self) -> bool:
        return not self._of_mentor()

    def _of_mentor(self) -> bool:
        return self.stop.course_identifier == Course.MENTOR

    def reason_missing(self) -> bool:
        return is_missing(self.stop.reason)

    def deferred(self) -> bool:
        return self._of_mentor() and self.period.deferred_at is not None

    def withdrawn(self) -> bool:
        return self._of_mentor() and self.period.withdrawn_at is not None

    def not_begun(self) -> bool:
        return self._of_mentor() and self.period.started_on > self.today

    def begun_today(self) -> bool:
        return self._of_mentor() and self.period.started_on == self.today

    def active(self) -> bool:
        return self._of_mentor() and not (self.period.withdrawn_at or self.period.deferred_at)

    def in_other_training(self) -> bool:
        """Whether the new period would overlap other mentor training of theirs, at any school."""
        end = self.period.person.finished_on
        others = TrainingPeriod.objects.filter(
            teacher=self.period.teacher_id,
            mentor__isnull=False,
            period__overlap=(self.today, end if end and end > self.today else None),
        )
        return self._of_mentor() and others.exclude(pk=self.period.pk).exists()

    def ended_today(self) -> bool:
        return self._of_mentor() and self.period.finished_on == finished_on(self.today)

    def leaves(self) -> bool:
        """Whether they are gone from the school, or today is their last day there."""
        end = self.period.person.finished_on
        return self._of_mentor() and end is not None and end <= finished_on(self.today)


def _judged(
    table: Iterable[ContractRow[_Asked]],
    provider: LeadProvider,
    participant_id: UUID,
    stop: Stop,
    now: datetime,
) -> TrainingPeriod:
    """The mentor's latest training with the provider, their row locked, once no row applies."""
    give_up_after_two_seconds()
    for teacher in lock_teachers_known_by([participant_id]):
        found = participants(provider).filter(teacher=teacher.id)
        for participation in found.select_related("training_period__mentor"):
            latest = participation.training_period
            refuse_by(table, _Asked(latest, stop, london_day(now)))
            return latest
    raise Teacher.DoesNotExist


_NOT_RECOGNISED = (
    "The entered '#/{}' is not recognised for the given participant. Check details and try again."
)
_COURSE = (
    ContractRow(_Asked.course_missing, "course_identifier", "Enter a '#/course_identifier'."),
    ContractRow(
        _Asked.other_course, "course_identifier", _NOT_RECOGNISED.format("course_identifier")
    ),
)
_DEFERRED = ContractRow(
    _Asked.deferred, "participant_id", "The '#/participant_id' is already deferred."
)


def _reason(reasons: type[models.TextChoices]) -> tuple[ContractRow[_Asked], ...]:
    def not_of_the_list(asked: _Asked) -> bool:
        return asked.stop.reason not in reasons.values

    return (
        ContractRow(_Asked.reason_missing, "reason", "Enter a '#/reason'."),
        ContractRow(not_of_the_list, "reason", _NOT_RECOGNISED.format("reason")),
    )


def _to_stop(what: str) -> tuple[ContractRow[_Asked], ...]:
    return (
        ContractRow(
            _Asked.withdrawn, "participant_id", "The '#/participant_id' is already withdrawn."
        ),
        ContractRow(
            _Asked.not_begun,
            "participant_id",
            f"You cannot {what} #/participant_id. This is because they have not been training with "
            "you for at least one day.",
        ),
        ContractRow(
            _Asked.begun_today,
            "participant_id",
            "You cannot defer or withdraw this participant today. You need to try again tomorrow "
            "as the training was recently changed for this participant.",
        ),
    )


_WITHDRAW = (*_COURSE, *_reason(TrainingPeriod.WithdrawalReason), *_to_stop("withdraw"))
_DEFER = (*_COURSE, *_reason(TrainingPeriod.DeferralReason), _DEFERRED, *_to_stop("defer"))
_RESUME = (
    *_COURSE,
    ContractRow(_Asked.active, "participant_id", "The '#/participant_id' is already active."),
    ContractRow(
        _Asked.in_other_training,
        "participant_id",
        "This participant cannot be resumed because they are already active with another provider.",
    ),
    ContractRow(
        _Asked.ended_today,
        "participant_id",
        "You cannot resume a participant on the same day they were withdrawn or deferred. Resume "
        "them tomorrow or later.",
    ),
    ContractRow(
        _Asked.leaves,
        "participant_id",
        "The participant is no longer at the school. Please contact the induction tutor to "
        "resolve.",
    ),
)
