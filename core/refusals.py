"""Refusals: of a rule, and of the database when another change came after the check."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import DatabaseError
from django.db.models import BaseConstraint

from core.refused_rows import words_of_key


class RefusedChange(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A rule refuses the change. The message tells the user why, and what to do."""


# PostgreSQL's error codes for: a constraint violation, a refusal by one of our triggers, reversed
# bounds.
_CONFLICTS = ("23", "P0001", "22000")
# It ends one of two transactions that wait for each other, as writes that meet in an exclusion
# constraint do. Tried again, the change may be accepted.
_DEADLOCK = "40P01"


def is_conflict(error: DatabaseError) -> bool:
    """Whether a constraint or trigger refused the change, as it would refuse it again."""
    return _code(error).startswith(_CONFLICTS)


def is_refusal(error: DatabaseError) -> bool:
    """Whether a constraint, trigger or deadlock refused the change; else the database failed."""
    return is_conflict(error) or _code(error) == _DEADLOCK


def _code(error: DatabaseError) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""


def words_of(error: DatabaseError) -> str:
    """Why the database refused: the message on the constraint, or what its key means.

    A general message where there is neither.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    constraint = _constraints().get(name or "")
    if (
        constraint
        and constraint.violation_error_message != BaseConstraint.default_violation_error_message
    ):
        return str(constraint.violation_error_message)
    if key := words_of_key(error):
        return key
    return (
        f"This does not fit the other records ({name or 'refused by the database'}). They may"
        " have been changed a moment ago: look at them, then try again."
    )


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Raise RefusedChange when the database refuses a change in the block.

    Put it around the transaction, not within it.
    """
    try:
        yield
    except DatabaseError as error:
        if not is_refusal(error):
            raise
        raise RefusedChange(words_of(error)) from error


def _constraints() -> dict[str, BaseConstraint]:
    return {
        constraint.name: constraint
        for model in apps.get_models()
        for constraint in model._meta.constraints
    }
