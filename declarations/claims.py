"""A lead provider's claim: the values that were sent, and how each is read.

The reading follows the provider contract: docs/lead-provider-api.md.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, NamedTuple, TypeVar

from core.periods import LONDON, london_day

# RFC 3339; no offset, `+01`, `+0100` and a decimal comma are taken too.
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}([.,][0-9]+)?"
    r"(Z|[+-][0-9]{2}(:?[0-9]{2})?)?",
    re.IGNORECASE,
)


class RefusedDeclaration(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A submission or a void that the provider contract refuses, in the contract's own words.

    `title` is the attribute at fault, `detail` the message for the provider.
    """

    def __init__(self, title: str, detail: str) -> None:
        super().__init__(f"{title}: {detail}")
        self.title = title
        self.detail = detail


def closed_cohort(cohort: int) -> str:
    """The message to a provider about a cohort, given by its year, that is closed for payment."""
    return (
        f"You cannot submit or void declarations for the {cohort} cohort. The funding contract "
        "for this cohort has ended. Get in touch if you need to discuss this with us."
    )


class Problem(NamedTuple):
    """One error of an answer: the attribute at fault, and the message for the provider."""

    title: str
    detail: str


class RefusedCall(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A call, other than about declarations, that the provider contract refuses.

    `problems` are all that the answer tells, at most one of each attribute, in their order.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{title}: {detail}" for title, detail in problems))
        self.problems = problems


# A row may ask only for what two calls have in common: then both of their tables can have it.
Asked = TypeVar("Asked", contravariant=True)
Call = TypeVar("Call")


class ContractRow(NamedTuple, Generic[Asked]):
    """A row of the contract's tables: when it applies to what is asked, and its words."""

    applies: Callable[[Asked], bool]
    title: str
    detail: str


def refuse_by(table: Iterable[ContractRow[Call]], asked: Call) -> None:
    """Raise RefusedCall with the first row of each title that applies, if any does."""
    found: dict[str, Problem] = {}
    for row in table:
        if row.title not in found and row.applies(asked):
            found[row.title] = Problem(row.title, row.detail)
    if found:
        raise RefusedCall(tuple(found.values()))


@dataclass(frozen=True)
class Claim:
    """The contract's five attributes of a declaration; each may be any value that JSON can hold."""

    participant_id: object = None
    declaration_type: object = None
    declaration_date: object = None
    course_identifier: object = None
    evidence_held: object = None


def is_missing(value: object) -> bool:
    """Whether the contract counts a value as missing: null, empty text, an object or a list."""
    return value is None or value == "" or isinstance(value, dict | list)


def read_moment(value: object) -> datetime | None:
    """The moment, in UTC, of a date-time as the contract takes it; None for any other value.

    Without an offset it is London time. Parts of a second beyond microseconds are cut off.
    """
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return None
    return in_utc(value.upper())


def in_utc(text: str) -> datetime | None:
    """The moment, in UTC, of an ISO 8601 date-time; None if no calendar has it, as 30 February.

    None too for a moment with a London day outside the years 1 to 9999.
    """
    try:
        moment = datetime.fromisoformat(text)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC)
        london_day(moment)
    except (ValueError, OverflowError):
        return None
    return moment


def whole_seconds(moment: datetime) -> str:
    """A moment as the contract writes it: UTC, whole seconds, ending in Z."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
