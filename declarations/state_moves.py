"""Moves many declarations to another state: planned, confirmed, and done by a worker in batches.

A plan holds the ids of the declarations; what it would do is counted before it is confirmed. Then a
worker moves a batch in each transaction, each declaration with its row in the state log, and has
the next batch queued with it. So a move whose worker is killed goes on where it stood, and other
jobs come in between. What cannot be moved when its turn comes is refused, with the reason.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import pghistory
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Status

from core.postgresql.deadlines import Deadlines, waiting
from declarations.completing import is_final, take_back
from declarations.models import Declaration, StateMove, StateMoveItem
from declarations.models.state_move import StateMoveOutcome as Outcome
from declarations.states import COUNTING_STATES, TRANSITIONS, State
from declarations.transitions import RefusedTransition, check_transition
from schools.models import Teacher

BATCH = 1000
# A plan that is not confirmed is forgotten after this.
_KEPT = timedelta(days=1)
# Emails go first.
_PRIORITY = -1
_PATIENT = Deadlines(silence=0, statement=60, lock=60)
_UNKNOWN = "No declaration has this id."


class Count(NamedTuple):
    """How many declarations of a lead provider, a cohort and a state are in a move.

    `outcome` is what became of them; before the move, what would.
    """

    lead_provider: str
    cohort: int | None
    state: str
    outcome: Outcome
    number: int


# --- Planning ---


def plan_filtered(
    declarations: QuerySet[Declaration], to: State, *, by: str, why: str, now: datetime
) -> StateMove:
    """A move of these declarations, not begun. `by` is a kind and an id ("user 12")."""
    move = StateMove(to_state=to, by=by, why=why, planned_at=now)
    try:
        sql, values = declarations.order_by().values_list("pk").query.sql_with_params()
    except EmptyResultSet:  # Django knows that there is none
        move.save()
        return move
    with waiting(_PATIENT), transaction.atomic(), connection.cursor() as cursor:
        move.save()
        cursor.execute(
            "INSERT INTO declarations_statemoveitem (move_id, declaration_id, from_state, outcome,"  # noqa: S608
            f" reason) SELECT DISTINCT {move.pk}, chosen.id, '', 'waiting', ''"
            f" FROM ({sql}) AS chosen (id)",
            values,
        )
    return move


def plan_ids(
    declaration_ids: Iterable[UUID], to: State, *, by: str, why: str, now: datetime
) -> StateMove:
    """A move of the declarations with these ids, not begun; unknown ids are refused later."""
    with transaction.atomic():
        move = StateMove.objects.create(to_state=to, by=by, why=why, planned_at=now)
        StateMoveItem.objects.bulk_create(
            (StateMoveItem(move=move, declaration_id=pk) for pk in dict.fromkeys(declaration_ids)),
            batch_size=BATCH,
        )
    return move


def forget_plans(now: datetime) -> int:
    """Delete the plans that were not confirmed within a day; return how many."""
    plans = StateMove.objects.filter(begun_at__isnull=True, planned_at__lte=now - _KEPT)
    ids = list(plans.values_list("pk", flat=True))
    StateMoveItem.objects.filter(move__in=ids).delete()
    return StateMove.objects.filter(pk__in=ids, begun_at__isnull=True).delete()[0]


# --- Counting ---


_COUNTS = """
    SELECT provider.name, cohort.start_year, state, outcome, count(*) FROM (
        SELECT declaration.lead_provider_id, declaration.cohort_id,
            CASE item.outcome WHEN 'waiting' THEN coalesce(declaration.state, '')
                ELSE item.from_state END AS state,
            CASE WHEN item.outcome = 'waiting' AND (declaration.state = ANY(%(can)s)) IS NOT TRUE
                THEN 'refused' ELSE item.outcome END AS outcome
        FROM declarations_statemoveitem AS item
        LEFT JOIN declarations_declaration AS declaration ON declaration.id = item.declaration_id
        WHERE item.move_id = %(move)s
    ) AS each
    LEFT JOIN declarations_leadprovider AS provider ON provider.id = lead_provider_id
    LEFT JOIN declarations_cohort AS cohort ON cohort.id = cohort_id
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""


def counts(move: StateMove) -> list[Count]:
    """What is in a move, by lead provider, cohort, state and outcome.

    Those still to be moved are "waiting", and those that could not be moved now "refused".
    """
    can = [str(state) for state in _can_become(State(move.to_state))]
    with waiting(_PATIENT), connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"can": can, "move": move.pk})
        rows = cursor.fetchall()
    return [
        Count(name or "", year, state, Outcome(outcome), number)
        for name, year, state, outcome, number in rows
    ]


def _can_become(to: State) -> list[State]:
    return [state for state, moves in TRANSITIONS.items() if to in moves]


# --- Moving ---


def begin(move: StateMove, now: datetime) -> bool:
    """Have a worker do a move that was only planned; False if it has begun already."""
    with transaction.atomic():
        begun = StateMove.objects.filter(pk=move.pk, begun_at__isnull=True).update(begun_at=now)
        if begun:
            _queue(move.pk)
    return bool(begun)


def _queue(move_id: int) -> None:
    move_batch.configure(priority=_PRIORITY).defer(move_id=move_id)


@app.task(name="move states")
def move_batch(move_id: int) -> None:
    """Move the next batch, and have the one after it queued; the move is over when none is left."""
    with waiting(_PATIENT), transaction.atomic():
        move = StateMove.objects.select_for_update().get(pk=move_id)
        if move.finished_at:
            return
        with pghistory.context(by=move.by):
            left = _move_batch(move, timezone.now())
        if left:
            _queue(move_id)
        else:
            move.finished_at = timezone.now()
            move.save(update_fields=["finished_at"])


def _move_batch(move: StateMove, now: datetime) -> bool:
    """Move a batch; whether any declaration waits still."""
    to = State(move.to_state)
    items = list(move.items.filter(outcome=Outcome.WAITING).order_by("pk")[:BATCH])
    ids = [item.declaration_id for item in items]
    # Their teachers first, as in each change of a state, and in one order, as in a merge.
    teachers = Declaration.objects.filter(pk__in=ids).order_by().values("teacher")
    list(Teacher.objects.select_for_update(no_key=True).filter(pk__in=teachers).order_by("pk"))
    locked = Declaration.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    declarations = {declaration.pk: declaration for declaration in locked}
    moved = []
    for item in items:
        declaration = declarations.get(item.declaration_id)
        item.from_state = declaration.state if declaration else ""
        item.reason = _why_not(declaration, to)
        item.outcome = Outcome.REFUSED if item.reason else Outcome.MOVED
        if declaration and not item.reason:
            moved.append(declaration)
    _write(move, [declaration.pk for declaration in moved], now)
    StateMoveItem.objects.bulk_update(items, ["from_state", "outcome", "reason"])
    for declaration in moved:
        if is_final(declaration) and _stops_counting(declaration, to):
            take_back(declaration, now)
    return len(items) == BATCH


def _why_not(declaration: Declaration | None, to: State) -> str:
    """Why this declaration is not moved, in words; "" when it is."""
    if declaration is None:
        return _UNKNOWN
    try:
        check_transition(State(declaration.state), to)
    except RefusedTransition as refused:
        return str(refused)
    return ""


def _stops_counting(declaration: Declaration, to: State) -> bool:
    return declaration.state in COUNTING_STATES and to not in COUNTING_STATES


_LOG = """
    INSERT INTO declarations_declarationstatechange (declaration_id, from_state, to_state,
        changed_at, by, why)
    SELECT id, state, %(to)s, %(now)s, %(by)s, %(why)s FROM declarations_declaration
    WHERE id = ANY(%(ids)s) ORDER BY id
"""
_MOVE = "UPDATE declarations_declaration SET state = %(to)s WHERE id = ANY(%(ids)s)"


def _write(move: StateMove, ids: list[UUID], now: datetime) -> None:
    values: dict[str, Any] = {
        "ids": ids,
        "to": move.to_state,
        "now": now,
        "by": move.by,
        "why": move.why,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOG, values)
        cursor.execute(_MOVE, values)


def go_on(now: datetime) -> None:
    """Queue the moves that are under way and whose worker was killed. `now` plays no part."""
    waiting_jobs = ProcrastinateJob.objects.filter(
        task_name=move_batch.name, status__in=[Status.TODO.value, Status.DOING.value]
    )
    queued = {args["move_id"] for args in waiting_jobs.values_list("args", flat=True)}
    under_way = StateMove.objects.filter(begun_at__isnull=False, finished_at__isnull=True)
    for move_id in under_way.values_list("pk", flat=True):
        if move_id not in queued:
            _queue(move_id)


def results(move: StateMove) -> Iterator[tuple[str, ...]]:
    """What became of each declaration: its id, the state that it had, the outcome, and why not."""
    rows = move.items.order_by("pk").values_list(
        "declaration_id", "from_state", "outcome", "reason"
    )
    for declaration_id, from_state, outcome, reason in rows.iterator(BATCH):
        yield str(declaration_id), from_state, outcome, reason
