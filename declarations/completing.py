"""What a final declaration does to the training that it is about, and what taking it back does.

It ends the declaring provider's training period, if that goes on. When it stops counting, the
period goes on again as long as it would have, where the mentor's time at the school and their other
training allow. Each leaves a notice, in the caller's transaction, from which emails are sent later.

Source: docs/lead-provider-api.md, "What a completion does".
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from core.periods import london_day
from declarations.models import CompletionNotice, Course, Declaration, TrainingPeriod

EndReason = TrainingPeriod.EndReason
_FIELDS = ("finished_on", "end_reason", "finished_on_before_completion")


class FinalDeclaration(NamedTuple):
    """A final declaration of mentor training that is made in this transaction.

    One that is no news leaves no notice, so that schools get no email about it.
    """

    declaration_id: UUID
    training_period_id: int
    teacher_id: int
    declared_at: datetime
    is_news: bool = True


# The last day is the one that is declared, or the day after the first one if that is later.
_FINISHED_ON = "greatest(made.declared_on, period.started_on + 1) + 1"
_END = f"""
    UPDATE declarations_trainingperiod AS period
    SET finished_on = {_FINISHED_ON}, finished_on_before_completion = period.finished_on,
        end_reason = %(completed)s
    FROM unnest(%(ids)s::bigint[], %(days)s::date[]) AS made (id, declared_on)
    WHERE period.id = made.id AND period.period @> %(today)s::date
        AND (period.finished_on IS NULL OR {_FINISHED_ON} < period.finished_on)
"""  # noqa: S608


def is_final(declaration: Declaration) -> bool:
    """Whether a declaration completes mentor training while it counts."""
    return (
        declaration.declaration_type == Declaration.Type.COMPLETED
        and declaration.course_identifier == Course.MENTOR
    )


def complete(declarations: Iterable[FinalDeclaration], now: datetime) -> None:
    """End the training that each of these is about, if it goes on at `now`; leave their notices.

    The caller has locked the teachers, and makes the declarations in this transaction.
    """
    made = list(declarations)
    if not made:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _END,
            {
                "completed": EndReason.COMPLETED.value,
                "ids": [each.training_period_id for each in made],
                "days": [london_day(each.declared_at) for each in made],
                "today": london_day(now),
            },
        )
    CompletionNotice.objects.bulk_create(
        CompletionNotice(
            teacher_id=each.teacher_id,
            kind=CompletionNotice.Kind.COMPLETED,
            declaration_id=each.declaration_id,
            noticed_at=now,
        )
        for each in made
        if each.is_news
    )


def take_back(declaration: Declaration, now: datetime) -> None:
    """Let the training that this final declaration ended go on again, and leave a notice.

    The declaration has stopped counting in this transaction, and its teacher is locked. Training
    that the provider has withdrawn or deferred since stays ended.
    """
    period = TrainingPeriod.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=declaration.training_period_id
    )
    stopped = period.withdrawn_at or period.deferred_at
    if period.end_reason == EndReason.COMPLETED and not stopped:
        _go_on(period)
    CompletionNotice.objects.create(
        teacher_id=declaration.teacher_id,
        kind=CompletionNotice.Kind.TAKEN_BACK,
        declaration=declaration,
        noticed_at=now,
    )


def _go_on(period: TrainingPeriod) -> None:
    end, left_on = period.finished_on_before_completion, period.person.finished_on
    later = (
        TrainingPeriod.objects.filter(
            teacher=period.teacher_id, mentor__isnull=False, started_on__gte=period.finished_on
        )
        .order_by("started_on")
        .values_list("started_on", flat=True)
        .first()
    )
    period.finished_on = _earliest(end, left_on, later)
    left = period.finished_on is not None and period.finished_on == left_on
    period.end_reason = EndReason.LEFT_SCHOOL if left else ""
    period.finished_on_before_completion = None
    period.save(update_fields=_FIELDS)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
