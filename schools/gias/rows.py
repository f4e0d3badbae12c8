"""What makes a row of the register a school that can be kept. Columns and codes are GIAS's own."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from reprlib import repr as shortened
from typing import NamedTuple

from schools.gias.refusals import RefusedRowError
from schools.models import School

# Where each column of School comes from. The file's other columns are not kept.
COLUMNS = {
    "urn": "URN",
    "name": "EstablishmentName",
    "status": "EstablishmentStatus (code)",
    "establishment_type": "TypeOfEstablishment (name)",
    "phase": "PhaseOfEducation (name)",
    "local_authority": "LA (name)",
    "street": "Street",
    "town": "Town",
    "postcode": "Postcode",
    "opened_on": "OpenDate",
    "closed_on": "CloseDate",
}
# The demo's invented schools have these, so that no import can touch them.
INVENTED_URNS = range(999000, 1000000)
_REAL_URNS = range(100000, INVENTED_URNS.start)
_STATUSES = {str(status.value): status for status in School.Status}


class RegisteredSchool(NamedTuple):
    """A school as the register has it: the values of School's columns of the same names."""

    urn: int
    name: str
    status: int
    establishment_type: str
    phase: str
    local_authority: str
    street: str
    town: str
    postcode: str
    opened_on: date | None
    closed_on: date | None


def registered_school(values: Mapping[str, str]) -> RegisteredSchool:
    """The school of a row, given the row's values by GIAS's names of COLUMNS.

    Both dates are days as the register gives them: the first day open, and the day of closing.
    Raises RefusedRowError with the first fault.
    """
    school = RegisteredSchool(
        urn=_urn(values),
        name=_text(values, "name", required=True),
        status=_status(values),
        establishment_type=_text(values, "establishment_type"),
        phase=_text(values, "phase"),
        local_authority=_text(values, "local_authority"),
        street=_text(values, "street"),
        town=_text(values, "town"),
        postcode=_text(values, "postcode"),
        opened_on=_day(values, "opened_on"),
        closed_on=_day(values, "closed_on"),
    )
    if school.opened_on and school.closed_on and school.closed_on < school.opened_on:
        raise RefusedRowError("CloseDate is before OpenDate.")
    return school


def _urn(values: Mapping[str, str]) -> int:
    value = values[COLUMNS["urn"]]
    if not re.fullmatch("[0-9]{6}", value) or value.startswith("0"):
        raise RefusedRowError(f"URN {shortened(value)} is not a number of 6 digits.")
    urn = int(value)
    if urn not in _REAL_URNS:
        raise RefusedRowError(
            f"URN {urn} is one of those kept for invented schools"
            f" ({INVENTED_URNS.start} to {INVENTED_URNS[-1]})."
        )
    return urn


def _status(values: Mapping[str, str]) -> int:
    value = values[COLUMNS["status"]]
    if value not in _STATUSES:
        raise RefusedRowError(
            f"{COLUMNS['status']} {shortened(value)} is none of {', '.join(_STATUSES)}."
        )
    return _STATUSES[value].value


def _text(values: Mapping[str, str], field: str, *, required: bool = False) -> str:
    value = values[COLUMNS[field]]
    if required and not value:
        raise RefusedRowError(f"{COLUMNS[field]} is empty.")
    longest = School._meta.get_field(field).max_length
    if len(value) > longest:
        raise RefusedRowError(
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
    raise RefusedRowError(f"{COLUMNS[field]} {shortened(value)} is not a date like 31-12-2019.")
