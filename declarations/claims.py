"""What a lead provider claims, as it was sent, and how its values are read.

The reading follows the provider contract: docs/lead-provider-api.md.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from core.dates import LONDON, london_day

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# RFC 3339, and beside it: no offset, `+01`, `+0100`, a decimal comma.
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}([.,][0-9]+)?"
    r"(Z|[+-][0-9]{2}(:?[0-9]{2})?)?",
    re.IGNORECASE,
)


class RefusedDeclaration(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A submission or a void that the provider contract refuses, in the contract's own words.

    `title` is the attribute that is at fault, `detail` the message for the provider.
    """

    def __init__(self, title: str, detail: str) -> None:
        super().__init__(f"{title}: {detail}")
        self.title = title
        self.detail = detail


@dataclass(frozen=True)
class Claim:
    """The contract's five attributes of a declaration, with whatever value was sent."""

    participant_id: object = None
    declaration_type: object = None
    declaration_date: object = None
    course_identifier: object = None
    evidence_held: object = None


def is_missing(value: object) -> bool:
    """Whether the contract takes a value for missing: null, empty text, an object or a list."""
    return value is None or value == "" or isinstance(value, dict | list)


def read_uuid(value: object) -> UUID | None:
    """The UUID that a value is in the usual form, in upper or lower case; else None."""
    return UUID(value) if isinstance(value, str) and _UUID.fullmatch(value) else None


def read_moment(value: object) -> datetime | None:
    """The moment, in UTC, that a date-time says; London time if it has no offset; else None.

    Parts of a second beyond microseconds are cut off.
    """
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return None
    return in_utc(value.upper())


def in_utc(text: str) -> datetime | None:
    """The moment, in UTC, of an ISO 8601 date-time; None if the calendar has no such moment."""
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
