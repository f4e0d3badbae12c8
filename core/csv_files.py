"""CSV files: read row by row with a report of refused rows, and written safe for spreadsheets."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from math import inf
from typing import BinaryIO, NamedTuple

OnProgress = Callable[[int], None]
# A spreadsheet takes what begins so for a formula, and runs it (OWASP, "CSV Injection").
_BEGIN_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# So many rows are checked and written together: memory does not grow with the file.
_TOGETHER = 2000
# How many rows a file may have where nothing else is said.
ANY_NUMBER = inf


class RefusedFile(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A file that is no such CSV. Its text says why, for a person; nothing of it was imported."""


class RefusedRow(NamedTuple):
    """A row that was not imported: the line on which it begins, from 1 on, and why."""

    line: int
    reason: str


class Record(NamedTuple):
    """A row of the file, by its columns' names, and the line on which it begins."""

    line: int
    values: dict[str, str]


@dataclass
class Report:
    """How many rows were good and new, were there already, and were refused and why."""

    added: int = 0
    repeated: int = 0
    refused: int = 0
    on_refusal: Callable[[RefusedRow], None] = lambda row: None
    _untold: list[RefusedRow] = field(default_factory=list)

    def refuse(self, line: int, reason: str) -> None:
        """Count a refused row."""
        self.refused += 1
        self._untold.append(RefusedRow(line, reason))

    def tell(self) -> None:
        """Tell of the rows that were refused since, in the order of the file."""
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
    """The rows of a CSV in UTF-8 whose heading names these columns, in any order; so many a batch.

    A row with another number of values is refused; what was refused is told after each batch.
    `on_progress` is told the bytes read so far. Raises RefusedFile, also for more than `at_most`
    rows.
    """
    rows = _rows(file, on_progress)
    _, heading = next(rows, (1, []))
    names = [name.strip() for name in heading]
    if sorted(names) != sorted(columns):
        raise RefusedFile(f"The first line must name the columns {', '.join(columns)}.")
    good = _records(_limited(rows, at_most), names, report)
    while batch := list(islice(good, _TOGETHER)):
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
    """The cell, after an apostrophe if a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_BEGIN_A_FORMULA) else cell
