"""Reads CSV files row by row and reports refused rows; makes cells safe for spreadsheets."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from math import inf
from typing import BinaryIO, NamedTuple

OnProgress = Callable[[int], None]
# A spreadsheet runs a cell that begins with one of these as a formula (OWASP, "CSV Injection").
_BEGIN_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# How many rows are checked and written together, so that memory does not grow with the file.
_BATCH_SIZE = 2000
# For `at_most`: the file may have any number of rows.
ANY_NUMBER = inf


class RefusedFile(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """The file is not such a CSV. The message tells the user why. None of it is imported."""


class RefusedRow(NamedTuple):
    """A row that was not imported: the line where it begins, counted from 1, and why."""

    line: int
    reason: str


class Record(NamedTuple):
    """A row of the file: its values by column, and the line where it begins, counted from 1."""

    line: int
    values: dict[str, str]


@dataclass
class Report:
    """How many rows an import added, found already there, and refused.

    `on_refusal` is called with each refused row, in the order of the file.
    """

    added: int = 0
    repeated: int = 0
    refused: int = 0
    on_refusal: Callable[[RefusedRow], None] = lambda row: None
    _untold: list[RefusedRow] = field(default_factory=list)

    def refuse(self, line: int, reason: str) -> None:
        """Count the row that begins on this line as refused; `tell` reports it."""
        self.refused += 1
        self._untold.append(RefusedRow(line, reason))

    def tell(self) -> None:
        """Call `on_refusal` with each row refused since the last call, in the file's order."""
        for row in sorted(self._untold):
            self.on_refusal(row)
        self._untold.clear()


def batches(
    file: BinaryIO,
    columns: tuple[str, ...],
    report: Report,
    on_progress: OnProgress,
    at_most: float,
) -> Iterator[list[Record]]:
    """Yield the rows of a UTF-8 CSV, up to 2,000 at a time.

    The first line must name exactly these columns, in any order. A row with more or fewer values
    is refused in the report, which tells of refused rows after each batch. `on_progress` is called
    with the number of bytes read so far. Raises RefusedFile when the file cannot be read as such a
    CSV, or has more than `at_most` rows.
    """
    rows = _rows(file, on_progress)
    _, heading = next(rows, (1, []))
    names = [name.strip() for name in heading]
    if sorted(names) != sorted(columns):
        raise RefusedFile(f"The first line must name the columns {', '.join(columns)}.")
    good = _records(_limited(rows, at_most), names, report)
    while batch := list(islice(good, _BATCH_SIZE)):
        yield batch
        report.tell()
    report.tell()


def _records(
    rows: Iterator[tuple[int, list[str]]], names: list[str], report: Report
) -> Iterator[Record]:
    for line, values in rows:
        if len(values) == len(names):
            yield Record(line, dict(zip(names, map(str.strip, values), strict=True)))
        else:
            report.refuse(line, f"It has {len(values)} values, and there are {len(names)} columns.")


def _limited(
    rows: Iterator[tuple[int, list[str]]], at_most: float
) -> Iterator[tuple[int, list[str]]]:
    filled = (row for row in rows if row[1])
    for number, row in enumerate(filled, start=1):
        if number > at_most:
            raise RefusedFile(f"It has more than {at_most:,} rows. Split it into smaller files.")
        yield row


def _rows(file: BinaryIO, on_progress: OnProgress) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(_lines(file, on_progress), strict=True)
    begins = 1
    try:
        for row in rows:
            yield begins, row
            begins = rows.line_num + 1
    except csv.Error as error:
        raise RefusedFile(f"Line {begins} is no CSV: {error}.") from error


def _lines(file: BinaryIO, on_progress: OnProgress) -> Iterator[str]:
    read = 0
    for number, line in enumerate(file, start=1):
        read += len(line)
        on_progress(read)
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise RefusedFile(f"Line {number} is not UTF-8. Save the file as UTF-8.") from error


def harmless(cell: str) -> str:
    """The cell, with an apostrophe put before it if a spreadsheet would run it as a formula."""
    return f"'{cell}" if cell.startswith(_BEGIN_A_FORMULA) else cell
