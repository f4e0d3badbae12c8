"""Training that ends when a person leaves the school, and what becomes of it when they stay.

Training that a completion ended keeps that reason: when the completion is taken back, it goes on as
long as the person is at the school.
"""

from collections.abc import Iterable
from datetime import date

from declarations.models import SchoolYear, TrainingPeriod
from declarations.models.training_period import TrainingEndReason
from declarations.school_years import partnership_of
from declarations.training import why_not_trained
from mentors.models import Leaving

_ENDS = TrainingPeriod.EndReason


def reason_when_they_leave(period: TrainingPeriod) -> TrainingEndReason:
    """The reason for the end of training that leaving cuts short."""
    return _ENDS.COMPLETED if period.end_reason == _ENDS.COMPLETED else _ENDS.LEFT_SCHOOL


def begun_since(leaving: Leaving, cut_short: Iterable[TrainingPeriod]) -> list[TrainingPeriod]:
    """Training that is to end with this leaving, and is not in what it `cut_short`.

    Each has the end that it has without the leaving, not saved.
    """
    since = leaving.person.training_periods.filter(
        finished_on=leaving.finished_on,
        end_reason=_ENDS.LEFT_SCHOOL,
        withdrawn_at__isnull=True,
        deferred_at__isnull=True,
    ).exclude(pk__in=[period.pk for period in cut_short])
    periods = list(since.select_related("lead_provider"))
    for period in periods:
        period.finished_on, period.end_reason = leaving.finished_on_before, ""
    return periods


def completed_since(leaving: Leaving) -> list[TrainingPeriod]:
    """Training that a completion has ended since, and that was to end with this leaving."""
    periods = leaving.person.training_periods
    return list(periods.filter(finished_on_before_completion=leaving.finished_on))


def keep_former_ends(leaving: Leaving, cut_short: Iterable[TrainingPeriod]) -> None:
    """Set the end that training completed since gets back when the completion is taken back.

    It is the end from before the leaving.
    """
    former = {period.pk: period for period in cut_short}
    for period in completed_since(leaving):
        row = former.get(period.pk)
        period.finished_on_before_completion = (
            _end_without_completion(row) if row else leaving.finished_on_before
        )
        period.save(update_fields=["finished_on_before_completion"])


def adapt(row: TrainingPeriod, now: TrainingPeriod | None) -> bool:
    """Adapt training, as it was, to what has changed since; False if it cannot be restored.

    `now` is the row of today, or None if leaving deleted it. Does not save. The caller has locked
    the school's year.
    """
    if now is None:
        return _may_still_begin(row)
    if row.end_reason == _ENDS.COMPLETED and now.end_reason != _ENDS.COMPLETED:
        row.finished_on, row.end_reason = _end_without_completion(row), ""
    return not (now.withdrawn_at or now.deferred_at)


def _may_still_begin(row: TrainingPeriod) -> bool:
    """Whether training that is to come may begin as planned; sets the partnership of today."""
    if row.mentor_id and why_not_trained(row.teacher):
        return False
    if row.partnership_id is None:
        year = SchoolYear.objects.filter(school=row.school_id, cohort=row.cohort_id).first()
        if year is None or year.programme != SchoolYear.Programme.PROVIDER_LED:
            return False
        row.partnership = partnership_of(row.school_id, row.lead_provider_id, row.cohort_id)
    return True


def _end_without_completion(period: TrainingPeriod) -> date | None:
    completed = period.end_reason == _ENDS.COMPLETED
    return period.finished_on_before_completion if completed else period.finished_on
