"""Changes of a declaration's state, each with its row of the log, in one transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from declarations.models import Declaration, DeclarationStateChange
from declarations.refusals import RefusedMove
from declarations.states import MOVES, State

__all__ = ["RefusedMove", "begin", "check", "move", "move_each"]


def check(before: State, to: State) -> None:
    """Raises RefusedMove when the machine (states.MOVES) does not have this move."""
    if to not in MOVES[before]:
        raise RefusedMove(f"A declaration that is {before.label} cannot become {to.label}.")


def move(declaration: Declaration, to: State, *, by: str, why: str, now: datetime) -> None:
    """Move a declaration to another state, as it now stands in the database, and log it.

    `by` says a kind and an id ("user 12", "token 3", "command load_demo"), `why` at most 200
    characters. The instance that is passed in is brought up to date.

    Raises RefusedMove as `check` does.
    """
    with transaction.atomic():
        current = Declaration.objects.select_for_update(no_key=True).get(pk=declaration.pk)
        before = State(current.state)
        check(before, to)
        # Not before an earlier change, should the clocks of two servers differ.
        updated_at = max(now, current.updated_at)
        Declaration.objects.filter(pk=current.pk).update(state=to, updated_at=updated_at)
        DeclarationStateChange.objects.create(
            declaration=current, from_state=before, to_state=to, changed_at=now, by=by, why=why
        )
    declaration.state, declaration.updated_at = to, updated_at


def move_each(
    declarations: Iterable[Declaration], to: State, *, by: str, why: str, now: datetime
) -> list[tuple[Declaration, RefusedMove]]:
    """Move each as `move` does, in a transaction of its own; returns those refused, and why."""
    refused = []
    for declaration in declarations:
        try:
            move(declaration, to, by=by, why=why, now=now)
        except RefusedMove as refusal:
            refused.append((declaration, refusal))
    return refused


def begin(declaration: Declaration, *, by: str, why: str) -> DeclarationStateChange:
    """The log's first row for a new declaration, to be saved in the same transaction."""
    return DeclarationStateChange(
        declaration=declaration,
        to_state=declaration.state,
        changed_at=declaration.created_at,
        by=by,
        why=why,
    )
