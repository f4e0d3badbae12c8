"""What the database refused, in words: for the race in which a check passed and then did not."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import DatabaseError
from django.db.models import BaseConstraint


class RefusedChange(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A change that a rule refuses. Its text says why, and what to do, to the person who asked."""


# Of PostgreSQL's error classes: integrity constraint violation, our triggers' refusals, and the
# deadlock by which it ends one of two writes that meet in an exclusion constraint.
_REFUSALS = ("23", "P0001", "22000", "40P01")


def is_refusal(error: DatabaseError) -> bool:
    """Whether the database refused what was asked, rather than failed at it."""
    return (getattr(error.__cause__, "sqlstate", None) or "").startswith(_REFUSALS)


def words_of(error: DatabaseError) -> str:
    """The message of the constraint that refused, as its model states it, else one that helps."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    constraint = _constraints().get(name or "")
    if (
        constraint
        and constraint.violation_error_message != BaseConstraint.default_violation_error_message
    ):
        return str(constraint.violation_error_message)
    return (
        f"This does not fit the other records ({name or 'refused by the database'}). Somebody may"
        " have changed them a moment ago: look at them, then try again."
    )


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Raise RefusedChange for what the database refuses: somebody else may have been quicker.

    Stands around the transaction, not within it.
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
