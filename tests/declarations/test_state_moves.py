"""Many declarations move to another state: planned and counted first, then moved in batches."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from declarations import state_moves
from declarations.completion import completion_facts, completion_on
from declarations.models import CompletionNotice, Declaration, StateMove, StateMoveItem
from declarations.state_moves import (
    Count,
    Outcome,
    begin,
    counts,
    forget_plans,
    go_on,
    move_batch,
    plan_filtered,
    plan_ids,
    results,
)
from declarations.states import TRANSITIONS, State
from declarations.transitions import change_state
from tests.declarations.trained import NOW, bring_to, declare, make_trained

pytestmark = pytest.mark.django_db

BY = "user 7"


def planned(to: State, *declarations: Declaration) -> StateMove:
    ids = [declaration.pk for declaration in declarations]
    return plan_ids(ids, to, by=BY, why="statement of June", now=NOW)


def done(move: StateMove) -> dict[str, tuple[str, ...]]:
    """Begin a move, run the worker's batches, and say what became of each declaration."""
    assert begin(move, NOW)
    for _ in range(9):
        move_batch(move.pk)
        if not StateMove.objects.filter(pk=move.pk, finished_at=None).exists():
            break
    return {row[0]: row[1:] for row in results(move)}


@pytest.mark.parametrize("to", [to for to in State if to != State.SUBMITTED])
@pytest.mark.parametrize("before", State)
def test_each_moves_as_the_state_machine_allows_and_is_in_the_log(before, to):
    declaration = bring_to(declare(make_trained()), before)
    move = planned(to, declaration)
    allowed = to in TRANSITIONS[before]
    foreseen = Outcome.WAITING if allowed else Outcome.REFUSED
    assert counts(move) == [Count("Ambition Institute", 2023, before, foreseen, 1)]
    outcome = done(move)[str(declaration.pk)]
    declaration.refresh_from_db()
    assert declaration.state == (to if allowed else before)
    if allowed:
        assert outcome == (before, "moved", "")
        last = declaration.state_changes.latest("pk")
        assert (last.from_state, last.to_state, last.by) == (before, to, BY)
        assert last.why == "statement of June"
    else:
        why = f"A declaration that is {before.label} cannot become {to.label}."
        assert outcome == (before, "refused", why)
    assert {each.outcome for each in counts(move)} == {Outcome(outcome[1])}


def test_it_goes_on_batch_by_batch_and_once(monkeypatch):
    monkeypatch.setattr(state_moves, "BATCH", 2)
    training = make_trained()
    types = ("started", "retained-1", "retained-2", "retained-3", "retained-4")
    declarations = [declare(training, each) for each in types]
    move = planned(State.ELIGIBLE, *declarations)
    assert begin(move, NOW)
    assert not begin(move, NOW)
    for moved in (2, 4, 5):
        move_batch(move.pk)
        assert StateMoveItem.objects.filter(move=move, outcome="moved").count() == moved
    move.refresh_from_db()
    assert move.finished_at
    move_batch(move.pk)  # one more, such as a job that was queued twice
    assert all(declaration.state_changes.count() == 2 for declaration in declarations)


def test_a_move_whose_worker_was_killed_is_queued_again():
    move = planned(State.ELIGIBLE, declare(make_trained()))
    begin(move, NOW)
    jobs = ProcrastinateJob.objects.filter(task_name="move states")
    go_on(NOW)
    assert jobs.count() == 1
    # Its worker was killed, and the queue has given the job up as stalled.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    go_on(NOW)
    assert jobs.count() == 2
    move_batch(move.pk)
    go_on(NOW)
    assert jobs.count() == 2


def test_what_changed_since_the_plan_is_refused_when_its_turn_comes():
    declaration = bring_to(declare(make_trained()), State.PAYABLE)
    move = planned(State.PAID, declaration)
    change_state(declaration, State.VOIDED, by="token 1", why="mistake", now=NOW)
    (outcome,) = done(move).values()
    assert outcome == ("voided", "refused", "A declaration that is Voided cannot become Paid.")
    assert declaration.state_changes.latest("pk").to_state == State.VOIDED


def test_a_file_may_hold_an_id_twice_and_ids_that_no_declaration_has():
    declaration, unknown = declare(make_trained()), uuid4()
    ids = [declaration.pk, unknown, declaration.pk]
    move = plan_ids(ids, State.ELIGIBLE, by=BY, why="x", now=NOW)
    assert counts(move) == [
        Count("Ambition Institute", 2023, "submitted", Outcome.WAITING, 1),
        Count("", None, "", Outcome.REFUSED, 1),
    ]
    assert done(move)[str(unknown)] == ("", "refused", "No declaration has this id.")


def test_all_that_a_list_shows_is_planned():
    first, second = declare(make_trained()), declare(make_trained(lead_provider="Teach First"))
    shown = Declaration.objects.filter(lead_provider=second.lead_provider)
    move = plan_filtered(shown, State.ELIGIBLE, by=BY, why="x", now=NOW)
    assert [*done(move)] == [str(second.pk)]
    first.refresh_from_db()
    assert first.state == State.SUBMITTED


def test_a_completion_that_stops_counting_is_taken_back():
    training = make_trained()
    declaration = declare(training, "completed")
    training.refresh_from_db()
    assert training.end_reason == "completed"
    done(planned(State.VOIDED, declaration))
    training.refresh_from_db()
    assert (training.end_reason, training.finished_on) == ("", None)
    assert CompletionNotice.objects.get(kind="taken_back").declaration == declaration
    assert completion_on(completion_facts(training.teacher_id), NOW.date()) is None


def test_providers_read_the_moment_of_the_move():
    declaration = declare(make_trained())
    Declaration.objects.filter(pk=declaration.pk).update(updated_at=NOW - timedelta(days=900))
    done(planned(State.ELIGIBLE, declaration))
    declaration.refresh_from_db()
    assert declaration.updated_at > NOW


def test_a_plan_that_is_not_confirmed_is_forgotten_after_a_day():
    declaration = declare(make_trained())
    old, begun = planned(State.ELIGIBLE, declaration), planned(State.ELIGIBLE, declaration)
    begin(begun, NOW)
    assert forget_plans(NOW + timedelta(hours=23)) == 0
    assert forget_plans(NOW + timedelta(hours=24)) == 1
    assert [*StateMove.objects.all()] == [begun]
    assert not StateMoveItem.objects.filter(move=old.pk).exists()
