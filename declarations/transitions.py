"""Changes the state of a declaration and writes the state log, both in one transaction."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from declarations.completing import is_final, take_back
from declarations.locks import lock_teacher_of_declaration
from declarations.models import Course, Declaration, DeclarationStateChange
from declarations.states import COUNTING_STATES, TRANSITIONS, State
from schools.models import Teacher


class RefusedTransition(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A change of state that the state machine does not allow. Its text tells the user which."""


def check_transition(before: State, to: State) -> None:
    """Raise RefusedTransition when states.TRANSITIONS does not allow this change."""
    if to not in TRANSITIONS[before]:
        raise RefusedTransition(f"A declaration that is {before.label} cannot become {to.label}.")


def change_state(
    declaration: Declaration,
    to: State,
    *,
    by: str,
    why: str,
    now: datetime,
    still_completed: bool = False,
) -> None:
    """Change a declaration's state from the one it has in the database now, and log the change.

    `by` is a kind and an id ("user 12", "token 3", "command load_demo"), `why` at most 200
    characters. The declaration that is passed in gets the new state. A final declaration that
    stops counting lets the training that it ended go on again, unless the person has
    `still_completed` by another one. Raises RefusedTransition as `check_transition` does.
    """
    with transaction.atomic():
        lock_teacher_of_declaration(declaration)
        current = Declaration.objects.select_for_update(no_key=True).get(pk=declaration.pk)
        before = State(current.state)
        check_transition(before, to)
        Declaration.objects.filter(pk=current.pk).update(state=to)
        DeclarationStateChange.objects.create(
            declaration=current, from_state=before, to_state=to, changed_at=now, by=by, why=why
        )
        stops_counting = before in COUNTING_STATES and to not in COUNTING_STATES
        if stops_counting and is_final(current) and not still_completed:
            take_back(current, now)
    declaration.state = to


def change_states(
    declarations: Iterable[Declaration], to: State, *, by: str, why: str, now: datetime
) -> list[tuple[Declaration, RefusedTransition]]:
    """Change each declaration as `change_state` does, in its own transaction.

    Returns those that were refused, each with its refusal.
    """
    refused = []
    for declaration in declarations:
        try:
            change_state(declaration, to, by=by, why=why, now=now)
        except RefusedTransition as refusal:
            refused.append((declaration, refusal))
    return refused


def make_declared_eligible(teacher: Teacher, since: date, *, by: str, now: datetime) -> None:
    """Make this mentor's declarations since a London day eligible, if they are still submitted."""
    submitted = Declaration.objects.filter(
        teacher=teacher, course_identifier=Course.MENTOR, state=State.SUBMITTED
    )
    for declaration in submitted.filter(declaration_date__date__gte=since):
        change_state(declaration, State.ELIGIBLE, by=by, why="eligible for mentor funding", now=now)


def first_state_change(declaration: Declaration, *, by: str, why: str) -> DeclarationStateChange:
    """The log's first row for a new declaration; the caller saves both in one transaction."""
    return DeclarationStateChange(
        declaration=declaration,
        to_state=declaration.state,
        changed_at=declaration.created_at,
        by=by,
        why=why,
    )
