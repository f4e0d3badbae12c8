"""A declaration's state starts and moves only along the machine of the design."""

from itertools import product

import pytest

from declarations.states import State
from tests.domain.refusals import refusal, run, trigger, who_refused
from tests.domain.rows import both, declare, insert, move, update
from tests.domain.valid_rows import DECLARATION
from tests.machine import TRANSITIONS, WAYS

LABEL = "declarations.Declaration"


def test_the_states_are_those_of_the_design():
    assert set(State.values) == set(WAYS)


@pytest.mark.parametrize("state", WAYS)
def test_a_declaration_starts_submitted_or_eligible(state, world):
    if state in ("submitted", "eligible"):
        run(world, declare(state=state))
    else:
        starts = trigger(LABEL, "starts_submitted_or_eligible")
        assert who_refused(refusal(world, insert("declaration", state=state))) == starts


@pytest.mark.parametrize(("before", "after"), list(product(WAYS, WAYS)))
def test_a_state_moves_along_the_machine_or_stays(before, after, world):
    if before == after:
        run(world, both(move(*WAYS[before]), update("declaration", DECLARATION, state=after)))
    elif (before, after) in TRANSITIONS:
        run(world, move(*WAYS[before], after))
    else:
        run(world, move(*WAYS[before]))
        refused = refusal(world, update("declaration", DECLARATION, state=after))
        assert who_refused(refused) == trigger(LABEL, "state_machine")


def test_the_log_takes_only_moves_of_the_machine(connect):
    # By its check alone, over rows that are in no table.
    ((condition,),) = connect().execute(
        "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint "
        "WHERE conname = 'declarationstatechange_states'"
    )
    states = ", ".join(f"('{state}'::varchar)" for state in ("", *WAYS))
    taken = connect().execute(
        f"SELECT * FROM (VALUES {states}) AS a (from_state), (VALUES {states}) AS b (to_state) "
        f"WHERE {condition}"
    )
    assert set(taken) == TRANSITIONS | {("", "submitted"), ("", "eligible")}


def test_many_rows_at_once_move_along_the_machine_too(world):
    run(world, both(move("eligible"), declare(state="submitted")))
    everything = "UPDATE declarations_declaration SET state = 'payable'"
    assert who_refused(refusal(world, everything)) == trigger(LABEL, "state_machine")
