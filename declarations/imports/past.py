"""What a row says of a declaration that the old service has: its id, its moment, and its state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core.cells import id_of, moment_of, one_of
from core.csv_files import Record
from core.refusals import RefusedChange
from declarations.imports.identifiers import RefusedIdentifier
from declarations.judgement import Accepted
from declarations.states import COUNTING_STATES, State, way

PAST_COLUMNS = ("declaration_id", "created_at", "state")


@dataclass(frozen=True)
class Past:
    """A declaration's id, the moment of its submission and its state; None where a row says none.

    The state is that in the old service; a declaration gets there step by step, each in its log.
    """

    declaration_id: UUID | None = None
    created_at: datetime | None = None
    state: State | None = None

    @property
    def counts(self) -> bool:
        """Whether the declaration counts, or may yet."""
        return self.state is None or self.state in COUNTING_STATES

    def steps(self, accepted: Accepted) -> tuple[State, ...]:
        """The states that the declaration passes, from its first one on."""
        first = State.SUBMITTED if self.state == State.SUBMITTED else accepted.state
        return (first, *way(first, self.state or first))

    def check(self, accepted: Accepted) -> None:
        """Raise RefusedIdentifier when it was submitted before the moment that it declares."""
        if self.created_at and self.created_at < accepted.declaration_date:
            raise RefusedIdentifier("created_at: It is before declaration_date.")


def read_past(record: Record, now: datetime) -> Past:
    """What the row says; raises RefusedIdentifier for what cannot be read or cannot be."""
    past = Past(
        _cell(record, "declaration_id", id_of),
        _cell(record, "created_at", moment_of),
        _cell(record, "state", lambda entry: State(one_of(State.values)(entry))),
    )
    if past.created_at and past.created_at > now:
        raise RefusedIdentifier("created_at: It is in the future.")
    if not past.counts and past.declaration_id is None:
        raise RefusedIdentifier(
            "declaration_id: It is empty. A declaration that does not count needs its id, so that"
            " it is imported once."
        )
    return past


def _cell(record: Record, name: str, read: Callable[[str], Any]) -> Any:
    entry = record.values[name]
    try:
        return read(entry) if entry else None
    except RefusedChange as refusal:
        raise RefusedIdentifier(f"{name}: {refusal}.") from None
