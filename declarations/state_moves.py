"""Moves many declarations to another state: planned, confirmed, and done by a worker in batches.

A plan holds the ids of the declarations; what it would do is counted before it is confirmed. Then a
worker moves a batch in each transaction, each declaration with its row in the state log, and has
the next batch queued with it. So a move goes on where it stood when its worker is killed, and other
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
from declarations.completing import take_back
from declarations.locks import lock_teachers_of_declarations
from declarations.models import Course, Declaration, StateMove, StateMoveItem
from declarations.models.state_move import StateMoveOutcome as Outcome
from declarations.states import COUNTING_STATES, TRANSITIONS, State
from declarations.transitions import RefusedTransition, check_transition

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

    @property
    def state_in_words(self) -> str:
        """The name of the state; "" where no declaration has the id."""
        return State(self.state).label if self.state else ""


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
    return [state for state, possible in TRANSITIONS.items() if to in possible]


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
    """Move a batch; return whether more may wait."""
    to = State(move.to_state)
    waiting_items = move.items.filter(outcome=Outcome.WAITING).order_by("pk")
    items = list(waiting_items.values_list("pk", "declaration_id")[:BATCH])
    ids = [declaration_id for _, declaration_id in items]
    # Their teachers first, as in each change of a state.
    lock_teachers_of_declarations(ids)
    declarations = Declaration.objects.select_for_update(no_key=True).filter(pk__in=ids)
    list(declarations.order_by("pk").values_list("pk"))
    taken_back = [
        declaration
        for declaration in _final(ids)
        if to in TRANSITIONS[State(declaration.state)] and _stops_counting(declaration, to)
    ]
    _write(move, [pk for pk, _ in items], ids, now)
    for declaration in taken_back:
        take_back(declaration, now)
    return len(items) == BATCH


def _final(ids: list[UUID]) -> QuerySet[Declaration]:
    """Those of these declarations that complete mentor training while they count."""
    return Declaration.objects.final().filter(pk__in=ids, course_identifier=Course.MENTOR)


def _stops_counting(declaration: Declaration, to: State) -> bool:
    return declaration.state in COUNTING_STATES and to not in COUNTING_STATES


def _why_not(before: State | None, to: State) -> str:
    """Why a declaration in this state is not moved, in words; "" when it is.

    `before` is None for an id that no declaration has.
    """
    if before is None:
        return _UNKNOWN
    try:
        check_transition(before, to)
    except RefusedTransition as refused:
        return str(refused)
    return ""


# `said` has for each state, and for none, why a declaration in it is not moved.
_JUDGE = """
    UPDATE declarations_statemoveitem AS item
    SET from_state = said.state, reason = said.reason,
        outcome = CASE said.reason WHEN '' THEN 'moved' ELSE 'refused' END
    FROM unnest(%(items)s::bigint[], %(ids)s::uuid[]) AS batch (id, declaration_id)
    LEFT JOIN (SELECT id, state FROM declarations_declaration WHERE id = ANY(%(ids)s))
        AS declaration ON declaration.id = batch.declaration_id
    JOIN unnest(%(states)s::text[], %(reasons)s::text[]) AS said (state, reason)
        ON said.state = coalesce(declaration.state, '')
    WHERE item.id = batch.id AND item.id = ANY(%(items)s)
    RETURNING item.declaration_id, item.outcome
"""
_LOG = """
    INSERT INTO declarations_declarationstatechange (declaration_id, from_state, to_state,
        changed_at, by, why)
    SELECT id, state, %(to)s, %(now)s, %(by)s, %(why)s FROM declarations_declaration
    WHERE id = ANY(%(moved)s) ORDER BY id
"""
_MOVE = "UPDATE declarations_declaration SET state = %(to)s WHERE id = ANY(%(moved)s)"


def _write(move: StateMove, items: list[int], ids: list[UUID], now: datetime) -> None:
    """Say of each item what becomes of it, log the moves, and make them, in three statements."""
    to = State(move.to_state)
    why_not = {"": _why_not(None, to)} | {str(state): _why_not(state, to) for state in State}
    values: dict[str, Any] = {
        "items": items,
        "ids": ids,
        "states": list(why_not),
        "reasons": list(why_not.values()),
        "to": move.to_state,
        "by": move.by,
        "why": move.why,
        "now": now,
    }
    with connection.cursor() as cursor:
        # A trigger keeps the plan of its first statement, which may have changed a row or two.
        cursor.execute("DISCARD PLANS")
        cursor.execute(_JUDGE, values)
        values["moved"] = [pk for pk, outcome in cursor.fetchall() if outcome == Outcome.MOVED]
        cursor.execute(_LOG, values)
        cursor.execute(_MOVE, values)


def go_on(now: datetime) -> None:
    """Queue the moves that are under way and have lost their worker. `now` plays no part."""
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
    with transaction.atomic():  # so that a pooler gives all of the cursor by one connection
        for declaration_id, from_state, outcome, reason in rows.iterator(BATCH):
            yield str(declaration_id), from_state, outcome, reason
