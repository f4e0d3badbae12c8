"""What a cell of an imported file says: a day, a moment, an id, a choice, a line of text.

Each function takes the text of a cell, `cleaned` and not empty, and raises RefusedChange with words
that say how to put it right; the import adds the name of the column.
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core.periods import london_day
from core.refusals import RefusedChange
from core.text import email_of, read_uuid

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# As a spreadsheet in Britain writes it.
_BRITISH_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_LONGEST_ADDRESS = 254


def day_of(entry: str) -> date:
    """A day, written as 2026-09-01 or 1/9/2026."""
    iso, british = _ISO_DAY.fullmatch(entry), _BRITISH_DAY.fullmatch(entry)
    parts = iso.groups() if iso else british.groups()[::-1] if british else ()
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError:
        raise RefusedChange("Enter a day like 2026-09-01 or 1/9/2026") from None


def moment_of(entry: str) -> datetime:
    """A moment in ISO 8601 with its offset from UTC, such as 2026-09-01T09:30:00Z; in UTC."""
    try:
        moment = datetime.fromisoformat(entry)
        if moment.tzinfo:
            london_day(moment)  # the calendar has it in London too, and in UTC
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise RefusedChange("Enter a moment with its offset, like 2026-09-01T09:30:00Z")


def id_of(entry: str) -> UUID:
    """A UUID, with its hyphens."""
    read = read_uuid(entry)
    if read is None:
        raise RefusedChange("Enter an id like 1f6e1d5c-8f2a-4f6e-9a51-0c2b9f3a7d10")
    return read


def address_of(entry: str) -> str:
    """An email address, as it is kept."""
    address = email_of(entry)
    try:
        validate_email(address)
    except ValidationError:
        address = ""
    if not address or len(address) > _LONGEST_ADDRESS:
        raise RefusedChange("Enter an email address, like name@example.com")
    return address


def number_of(entry: str) -> int:
    """A whole number of at most 9 digits, such as a URN or a year."""
    if not re.fullmatch("[0-9]{1,9}", entry):
        raise RefusedChange("Enter a number")
    return int(entry)


def one_of(values: Iterable[str]) -> Callable[[str], str]:
    """A function that reads one of these values."""
    allowed = tuple(values)

    def read(entry: str) -> str:
        if entry not in allowed:
            raise RefusedChange(f"It must be {' or '.join(allowed)}")
        return entry

    return read


def line_of(longest: int) -> Callable[[str], str]:
    """A function that reads a line of text of at most so many characters."""

    def read(entry: str) -> str:
        if len(entry) > longest:
            raise RefusedChange(f"It must be {longest} characters or less")
        return entry

    return read
