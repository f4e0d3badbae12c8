"""How a row of a file names a teacher: the TRN, as spreadsheets write it."""

from core.csv_files import Record
from core.refusals import RefusedChange
from schools.trn import trn_in_file


class RefusedIdentifier(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """What a row gives does not name one teacher. The text names the column and says why."""


def read_trn(record: Record) -> str:
    """The TRN of a row, "" where the cell is empty. Raises RefusedIdentifier for what is no TRN."""
    entry = record.values["trn"]
    try:
        return trn_in_file(entry) if entry else ""
    except RefusedChange as refusal:
        raise RefusedIdentifier(f"trn: {refusal}.{_lost_zeros(entry)}") from None


def readable_trns(records: list[Record]) -> set[str]:
    """The TRNs of these rows, without those that cannot be read."""
    found = set()
    for record in records:
        try:
            found.add(read_trn(record))
        except RefusedIdentifier:
            continue
    return found - {""}


def _lost_zeros(entry: str) -> str:
    """What a spreadsheet does to a number, said where too few digits are left to put zeros back."""
    if entry.isdigit() and len(entry) < 7:
        return f" A spreadsheet may have left them out: is it {entry.zfill(7)}?"
    return ""
