"""A date asked as GOV.UK asks it: day, month and year in three inputs.

Messages follow the design system's "Date input" and "Error message" pages.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.text import capfirst

PARTS = ("day", "month", "year")
MONTH_NUMBERS = {
    str(name).lower(): number for names in (MONTHS, MONTHS_3) for number, name in names.items()
}


class DateInputs(forms.MultiWidget):
    """Three text inputs, named after the field: `last_day-day`, `-month` and `-year`."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({f"-{part}": forms.TextInput() for part in PARTS}, attrs)
        self.widgets_names = [f"-{part}" for part in PARTS]

    def decompress(self, value: date | None) -> list[str]:
        """Return what stands in the three inputs for a date."""
        return ["", "", ""] if value is None else [str(getattr(value, part)) for part in PARTS]


class DateField(forms.Field):
    """A date. Cleans to a `datetime.date`, or None when empty and not required.

    `name` is what messages call it, such as "last day"; by default the label. A month may also be
    entered by its name. The ValidationError's params name the inputs at fault in `parts`.
    """

    widget = DateInputs
    default_error_messages: ClassVar[dict[str, str]] = {
        "incomplete": "%(name)s must include a %(missing)s",
        "invalid": "%(name)s must be a real date",
        "invalid_year": "Year must include 4 numbers",
    }

    def __init__(self, *, name: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.name = name or str(self.label)
        if "required" not in (kwargs.get("error_messages") or {}):
            self.error_messages["required"] = f"Enter {self.name[:1].lower()}{self.name[1:]}"

    def to_python(self, value: date | Sequence[str | None] | None) -> date | None:
        """Return the date of the three entries; raise ValidationError saying what is wrong."""
        if value is None or isinstance(value, date):
            return value
        entries = {part: (entry or "").strip() for part, entry in zip(PARTS, value, strict=True)}
        missing = [part for part in PARTS if not entries[part]]
        if len(missing) == len(PARTS):
            return None
        if missing:
            raise self._error("incomplete", missing)
        return self._date_of(entries)

    def _date_of(self, entries: dict[str, str]) -> date:
        day = _whole_number(entries["day"])
        month = MONTH_NUMBERS.get(entries["month"].lower()) or _whole_number(entries["month"])
        year = _whole_number(entries["year"])
        sound = {"day": 1 <= day <= 31, "month": 1 <= month <= 12, "year": year >= 0}
        if faulty := [part for part in PARTS if not sound[part]]:
            raise self._error("invalid", faulty)
        if len(entries["year"]) != 4:
            raise self._error("invalid_year", ["year"])
        try:
            return date(year, month, day)
        except ValueError:
            raise self._error("invalid", PARTS) from None

    def _error(self, code: str, parts: Sequence[str]) -> ValidationError:
        params = {
            "name": capfirst(self.name),
            "missing": " and ".join(parts),
            "parts": tuple(parts),
        }
        return ValidationError(self.error_messages[code], code=code, params=params)


def _whole_number(entry: str) -> int:
    """The number that the digits spell, or -1."""
    return int(entry) if entry.isascii() and entry.isdigit() else -1
