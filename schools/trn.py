"""The teacher reference number (TRN): 7 digits, leading zeros included, as people write it."""

import re
import unicodedata
from typing import Any

from core.forms import TextField, at_its_field
from core.model_fields import LineModelField
from core.refusals import RefusedChange
from core.text import cleaned

_DIGITS = re.compile("[0-9]{7}")
# What stands before it: the name of the number, the RP of older papers (RP12/34567), the apostrophe
# by which a spreadsheet keeps zeros, and other signs.
_BEFORE = re.compile(
    r"[\W_]*((TRN|teacher reference number|number|No|DfE|RP)[\W_]*)*", re.IGNORECASE
)
_AFTER = re.compile(r"[\W_]*\Z")
_BETWEEN = re.compile(r"[^\w.]|_")


def trn_of(entry: str) -> str:
    """The TRN in what a person wrote: 7 digits, leading zeros included.

    Takes `RP12/34567`, `12-34567`, `TRN No. 123 4567`, `"1234567"`, `1,234,567`, full-width digits,
    and characters that no reader can see. A full stop between digits is refused: a spreadsheet
    makes 123456.0 of a number. Raises RefusedChange, which says how to put it right.
    """
    text = unicodedata.normalize("NFKC", cleaned(entry))
    trn = _BETWEEN.sub("", _AFTER.sub("", _BEFORE.sub("", text, count=1)))
    if _DIGITS.fullmatch(trn):
        return trn
    if re.fullmatch("[0-9]+", trn):
        raise RefusedChange("TRN must be 7 digits. Include any zeros at the start, like 0123456")
    raise RefusedChange("TRN must be digits only, like 0123456")


# What a spreadsheet leaves of a TRN has four digits at least: fewer are taken for a slip.
_FROM_A_NUMBER = re.compile("[0-9]{4,7}")


def trn_in_file(entry: str) -> str:
    """The TRN in a cell of a file, as `trn_of` reads it, with the zeros that a spreadsheet ate.

    A spreadsheet takes a TRN for a number, and 0012345 becomes 12345.
    """
    if _FROM_A_NUMBER.fullmatch(entry):
        return entry.zfill(7)
    return trn_of(entry)


def as_searched(text: str) -> str:
    """What is searched for: the 7 digits where the text is a TRN, else the cleaned text."""
    try:
        return trn_of(text)
    except RefusedChange:
        return cleaned(text)


class TRNField(TextField):
    """A question for a TRN. Cleans to its 7 digits."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["max_length"] = 50
        super().__init__(**kwargs)
        self.error_messages |= {
            "required": "Enter their TRN",
            "max_length": "TRN must be 7 digits, like 0123456",
        }

    def clean(self, value: str | None) -> str:
        entry = super().clean(value)
        with at_its_field():
            return trn_of(entry) if entry else entry


class TRNModelField(LineModelField):
    """A teacher's TRN, which staff may enter as `trn_of` reads it."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**kwargs | {"form_class": TRNField})
