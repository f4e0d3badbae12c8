"""The rows of the register: which columns are read, and which rows are schools that can be kept.

The names of the columns and the codes are GIAS's own.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from reprlib import repr as shortened
from typing import NamedTuple

from core.csv_files import Encoding, RefusedFile, Row, text_of
from core.text import cleaned
from schools.models import School

# For each field of School, the register's column it comes from. Other columns are not kept.
COLUMNS = {
    "urn": "URN",
    "name": "EstablishmentName",
    "status": "EstablishmentStatus (code)",
    "establishment_type": "TypeOfEstablishment (name)",
    "phase": "PhaseOfEducation (name)",
    "local_authority": "LA (name)",
    "region": "GOR (name)",
    "street": "Street",
    "town": "Town",
    "postcode": "Postcode",
    "opened_on": "OpenDate",
    "closed_on": "CloseDate",
}
# The demo's invented schools have these URNs, so that no import can touch them.
INVENTED_URNS = range(999000, 1000000)
_REAL_URNS = range(100000, INVENTED_URNS.start)
_STATUSES = {str(status.value): status for status in School.Status}
_MAX_LENGTHS = {field.name: field.max_length for field in School._meta.fields if field.max_length}


class RefusedSchool(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A row that cannot be kept as a school. Its text says why; the other rows can be kept."""


@dataclass(frozen=True)
class Header:
    """The heading of a register file: how many columns it has, and where those of COLUMNS are.

    `encoding` is that of the file, by which the values are read.
    """

    width: int
    positions: dict[str, int]  # by the name of the column
    encoding: Encoding

    def values(self, row: Row) -> dict[str, str]:
        """The row's values of COLUMNS by name, as `cleaned` leaves text.

        Raises RefusedSchool for a byte in one of them that stands for nothing in the file's
        encoding, and when the row has more or fewer columns than the heading: then it is unknown
        which value belongs to which column.
        """
        if len(row.cells) != self.width:
            raise RefusedSchool(
                f"The row has {len(row.cells)} columns, and the header {self.width}."
            )
        values = {}
        for name, at in self.positions.items():
            try:
                values[name] = cleaned(text_of(row.cells[at], self.encoding))
            except UnicodeDecodeError:
                reason = f"{name} has a byte in it that stands for no character."
                raise RefusedSchool(reason) from None
        return values


def header_of(row: Row, encoding: Encoding) -> Header:
    """The header that this row is; raises RefusedFile when it lacks a column or has it twice."""
    names = [cleaned(cell) for cell in row.cells]
    if missing := [column for column in COLUMNS.values() if column not in names]:
        raise RefusedFile(f"The file lacks these columns: {', '.join(missing)}.")
    if twice := [column for column in COLUMNS.values() if names.count(column) > 1]:
        raise RefusedFile(f"The file has these columns twice: {', '.join(twice)}.")
    positions = {column: names.index(column) for column in COLUMNS.values()}
    return Header(len(names), positions, encoding)


class RegisteredSchool(NamedTuple):
    """A school as the register has it: the values of the fields of School with the same names."""

    urn: int
    name: str
    status: int
    establishment_type: str
    phase: str
    local_authority: str
    region: str
    street: str
    town: str
    postcode: str
    opened_on: date | None
    closed_on: date | None


def registered_school(values: Mapping[str, str]) -> RegisteredSchool:
    """The school of a row; `values` are the row's by GIAS's names, as `Header.values` gives them.

    Both dates are days as the register gives them: the first day open, and the day of closing. Of a
    closed school that opens after it closes, the first day is left out: a slip there must not keep
    it open. Raises RefusedSchool with the first fault.
    """
    school = RegisteredSchool(
        urn=_urn(values),
        name=_text(values, "name", required=True),
        status=_status(values),
        establishment_type=_text(values, "establishment_type"),
        phase=_text(values, "phase"),
        local_authority=_text(values, "local_authority"),
        region=_text(values, "region"),
        street=_text(values, "street"),
        town=_text(values, "town"),
        postcode=_text(values, "postcode"),
        opened_on=_day(values, "opened_on"),
        closed_on=_day(values, "closed_on"),
    )
    if school.opened_on and school.closed_on and school.closed_on < school.opened_on:
        if school.status != School.Status.CLOSED:
            raise RefusedSchool("CloseDate is before OpenDate.")
        return school._replace(opened_on=None)
    return school


def _urn(values: Mapping[str, str]) -> int:
    value = values[COLUMNS["urn"]]
    if not re.fullmatch("[0-9]{6}", value) or value.startswith("0"):
        raise RefusedSchool(f"URN {shortened(value)} is not a number of 6 digits.")
    urn = int(value)
    if urn not in _REAL_URNS:
        raise RefusedSchool(
            f"URN {urn} is one of those kept for invented schools"
            f" ({INVENTED_URNS.start} to {INVENTED_URNS[-1]})."
        )
    return urn


def _status(values: Mapping[str, str]) -> int:
    value = values[COLUMNS["status"]]
    if value not in _STATUSES:
        raise RefusedSchool(
            f"{COLUMNS['status']} {shortened(value)} is none of {', '.join(_STATUSES)}."
        )
    return _STATUSES[value].value


def _text(values: Mapping[str, str], field: str, *, required: bool = False) -> str:
    value = values[COLUMNS[field]]
    if required and not value:
        raise RefusedSchool(f"{COLUMNS[field]} is empty.")
    longest = _MAX_LENGTHS[field]
    if len(value) > longest:
        raise RefusedSchool(
            f"{COLUMNS[field]} has {len(value)} characters, and may have {longest}."
        )
    return value


def _day(values: Mapping[str, str], field: str) -> date | None:
    value = values[COLUMNS[field]]
    if not value:
        return None
    if re.fullmatch("[0-9]{2}-[0-9]{2}-[0-9]{4}", value):
        day, month, year = map(int, value.split("-"))
        with suppress(ValueError):  # 31-02-2019
            return date(year, month, day)
    raise RefusedSchool(f"{COLUMNS[field]} {shortened(value)} is not a date like 31-12-2019.")
