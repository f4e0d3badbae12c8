"""The state machine, through the one function that moves a state, and the log it leaves."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, connection

from declarations.models import Declaration, DeclarationStateChange
from declarations.states import State
from declarations.transitions import RefusedTransition, change_state, first_state_change
from tests.declarations.trained import BY, NOW, bring_to, declare, make_trained
from tests.machine import TRANSITIONS, WAYS

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def settle() -> None:
    """Check what PostgreSQL would check at the commit."""
    connection.check_constraints()


def log(declaration: Declaration) -> list[tuple]:
    rows = DeclarationStateChange.objects.filter(declaration=declaration)
    return list(rows.values_list("from_state", "to_state", "by", "why", "changed_at"))


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_every_move_is_one_of_the_machine_or_refused(before, after):
    declaration = bring_to(declare(make_trained()), before)
    logged = log(declaration)
    if (before, after) in TRANSITIONS:
        change_state(declaration, after, by="user 7", why="checked", now=LATER)
        assert log(declaration) == [*logged, (before, after, "user 7", "checked", LATER)]
        assert declaration.state == after
    else:
        with pytest.raises(RefusedTransition, match=f"{before.label} cannot become {after.label}"):
            change_state(declaration, after, by="user 7", why="checked", now=LATER)
        assert log(declaration) == logged
    in_database = Declaration.objects.get(pk=declaration.pk)
    assert in_database.state == declaration.state
    settle()


def test_a_new_declaration_begins_its_log():
    assert log(declare(make_trained())) == [
        ("", "submitted", BY, "submitted by the lead provider", NOW)
    ]


def test_a_stale_instance_is_judged_by_what_the_database_says():
    declaration = declare(make_trained())
    stale = Declaration.objects.get(pk=declaration.pk)
    bring_to(declaration, State.PAYABLE)
    with pytest.raises(RefusedTransition, match="Payable cannot become Eligible"):
        change_state(stale, State.ELIGIBLE, by=BY, why="late", now=LATER)


# --- What the database refuses in any write ---


def _row(declaration: Declaration, before: str, after: str) -> DeclarationStateChange:
    return DeclarationStateChange(
        declaration=declaration, from_state=before, to_state=after, by=BY, why="by hand"
    )


def _set(declaration: Declaration, state: str) -> None:
    Declaration.objects.filter(pk=declaration.pk).update(state=state)


def _new(declaration: Declaration) -> Declaration:
    return Declaration.objects.create(
        training_period=declaration.training_period,
        delivery_partner=declaration.delivery_partner,
        declaration_type="completed",
        declaration_date=NOW,
    )


WRITES = {
    "a change with no row": (False, lambda d: _set(d, "eligible")),
    "a change and its row": (True, lambda d: (_set(d, "eligible"), _logs(d, "submitted eligible"))),
    "the row before the change": (
        True,
        lambda d: (_logs(d, "submitted eligible"), _set(d, "eligible")),
    ),
    "a change with another's row": (
        False,
        lambda d: (_set(d, "eligible"), _logs(d, "submitted voided")),
    ),
    "two changes and two rows": (
        True,
        lambda d: (
            _set(d, "eligible"),
            _set(d, "payable"),
            _logs(d, "submitted eligible", "eligible payable"),
        ),
    ),
    "two changes and the first's row": (
        False,
        lambda d: (_set(d, "eligible"), _set(d, "payable"), _logs(d, "submitted eligible")),
    ),
    "two changes and the second's row": (
        False,
        lambda d: (_set(d, "eligible"), _set(d, "payable"), _logs(d, "eligible payable")),
    ),
    "two changes and their rows in the wrong order": (
        False,
        lambda d: (
            _set(d, "eligible"),
            _set(d, "payable"),
            _logs(d, "eligible payable", "submitted eligible"),
        ),
    ),
    "a row with no change": (False, lambda d: _logs(d, "submitted eligible")),
    "a row that follows nothing": (False, lambda d: _logs(d, "paid awaiting_clawback")),
    "a new declaration with no row": (False, _new),
    "a new declaration and its row": (
        True,
        lambda d: first_state_change(_new(d), by=BY, why="new").save(),
    ),
    "a new declaration with another state's row": (
        False,
        lambda d: _row(_new(d), "", "eligible").save(),
    ),
}


def _logs(declaration: Declaration, *moves: str) -> None:
    for each in moves:
        _row(declaration, *each.split()).save()


@pytest.mark.parametrize("name", WRITES)
def test_a_state_and_its_log_change_together_or_not_at_all(name):
    is_right, write = WRITES[name]
    declaration = declare(make_trained())
    settle()
    write(declaration)
    if is_right:
        settle()
    else:
        with pytest.raises(IntegrityError, match=r"without a row in its log|did not go from"):
            settle()
        connection.needs_rollback = True


@pytest.mark.parametrize(
    ("before", "after"), [("", "eligible"), ("submitted", "eligible"), ("submitted", "paid")]
)
def test_the_log_has_only_moves_of_the_machine_and_each_state_is_left_once(before, after):
    declaration = bring_to(declare(make_trained()), State.ELIGIBLE)
    with pytest.raises(IntegrityError, match="declarationstatechange_"):
        _row(declaration, before, after).save()


def test_the_machine_of_the_tests_reaches_every_state():
    assert set(WAYS) == set(State)
