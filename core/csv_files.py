"""CSV files: one reader and one report of refused rows for every import, and safe cells to write.

An import reads with `records` or `batches` when its file has the columns it names and no others,
else with `read_rows`.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from math import inf
from typing import BinaryIO, NamedTuple
from unicodedata import normalize

from core.text import cleaned, is_unseen

# A function that is told how many bytes of the file have been read so far.
OnProgress = Callable[[int], None]
# A spreadsheet takes text that starts with one of these for a formula, and runs it (OWASP, "CSV
# Injection"). Some read other forms of them too, such as the full-width ones, and pass over what is
# blank before them.
_FORMULA_STARTS = ("=", "+", "-", "@", "\u2212", "\t", "\r", "\n")
# So many rows are checked and written together, so that memory does not grow with the file.
_BATCH_SIZE = 2000
# No limit to the rows of a file.
ANY_NUMBER = inf
# The codec that makes a character of each byte, and back.
_BYTES = "latin-1"
_NOT_CSV = "Line {line} is no CSV: {error}."


class RefusedFile(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A file that cannot be imported. Its text says why, for the user; no row was imported."""


@dataclass(frozen=True, order=True)
class RefusedRow:
    """A row that was not imported: the line on which it starts, from 1 on, why, and its cells."""

    line: int
    reason: str
    cells: tuple[str, ...] = field(default=(), compare=False)


@dataclass
class Report:
    """The result of an import: how many rows were added, were there already, and were refused.

    `on_refusal` is called with each refused row and its reason, when `tell` is called. `heading`
    has the names of the file's columns, once they are read.
    """

    added: int = 0
    repeated: int = 0
    refused: int = 0
    heading: tuple[str, ...] = ()
    on_refusal: Callable[[RefusedRow], None] = lambda row: None
    _untold: list[RefusedRow] = field(default_factory=list)

    def refuse(self, line: int, reason: str, cells: Iterable[str] = ()) -> None:
        """Count a refused row, and keep it until `tell` is called."""
        self.refused += 1
        self._untold.append(RefusedRow(line, reason, tuple(cells)))

    def tell(self) -> None:
        """Pass the rows refused since the last call to `on_refusal`, in the order of the file."""
        for row in sorted(self._untold):
            self.on_refusal(row)
        self._untold.clear()


class Encoding(StrEnum):
    """The encodings that can be read; each value is the name of Python's codec."""

    UTF_8 = "utf-8"
    WINDOWS_1252 = "cp1252"

    @property
    def label(self) -> str:
        """The name that messages use."""
        return "UTF-8" if self is Encoding.UTF_8 else "Windows-1252"


def encoding_of(file: BinaryIO) -> Encoding:
    """The encoding of most lines that are not ASCII alone: UTF-8 or Windows-1252.

    A line is in UTF-8 if it can be read as that: almost no Windows-1252 text with an accent can.
    Reads the file line by line, and leaves it at its start. Raises RefusedFile for UTF-16.
    """
    file.seek(0)
    first = file.readline()
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise RefusedFile("The file is in UTF-16. Save it as a CSV in UTF-8.")
    if b"\0" in first:
        raise RefusedFile("The file has NUL bytes in its heading, so it is no CSV in UTF-8.")
    marked_as_utf_8 = first.startswith(codecs.BOM_UTF8)
    file.seek(0)
    others = [_is_utf_8(line) for line in file if not line.isascii()]
    file.seek(0)
    if marked_as_utf_8 or 2 * sum(others) >= len(others):
        return Encoding.UTF_8
    return Encoding.WINDOWS_1252


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode(Encoding.UTF_8)
    except UnicodeDecodeError:
        return False
    return True


def text_of(cell: str, encoding: Encoding) -> str:
    """The text of a raw cell: that of UTF-8 if it can be, else that of the file's encoding.

    Raises UnicodeDecodeError for a byte that stands for nothing in either.
    """
    if cell.isascii():
        return cell
    read = cell.encode(_BYTES)
    return read.decode(Encoding.UTF_8 if _is_utf_8(read) else encoding)


def _in_utf_8(number: int, line: bytes) -> str:
    try:
        return line.decode(Encoding.UTF_8)
    except UnicodeDecodeError as error:
        raise RefusedFile(f"Line {number} is not UTF-8. Save the file as UTF-8.") from error


class Row(NamedTuple):
    """A row as it stands in the file; a blank line, or one of empty cells, is no row."""

    line: int  # on which it starts, from 1 on
    cells: list[str]
    read: int  # bytes of the file up to the row's end


def read_rows(file: BinaryIO, *, raw: bool = False, not_csv: str = _NOT_CSV) -> Iterator[Row]:
    """The rows of a CSV file in UTF-8, the heading among them, read as they are asked for.

    With `raw`, each character of a cell is a byte of the file, for `text_of`: then a wrong byte
    matters only in a cell that is read. Raises RefusedFile for a line that is not UTF-8, and for
    text that is not well-formed CSV: `not_csv` is the message, with `{line}` for where the row
    starts and `{error}`.
    """
    read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        for number, line in enumerate(file, start=1):
            read += len(line)
            unmarked = line.removeprefix(codecs.BOM_UTF8)
            text = unmarked.decode(_BYTES) if raw else _in_utf_8(number, unmarked)
            # Also splits at a carriage return alone, as the csv module asks for.
            yield from io.StringIO(text, newline="")

    # Strict, or a quote left open would swallow the rows after it as part of one value.
    reader = csv.reader(lines(), strict=True)
    starts_on = 1
    try:
        for cells in reader:
            if any(map(cleaned, cells)):
                yield Row(starts_on, cells, read)
            starts_on = reader.line_num + 1
    except csv.Error as error:
        raise RefusedFile(not_csv.format(line=starts_on, error=error)) from error


class Record(NamedTuple):
    """The values of a row by the names of their columns, its line, and its cells as they stand."""

    line: int
    values: dict[str, str]
    cells: list[str]


# The columns that `refused_as_csv` adds. They are passed over, so that a file of refused rows can
# be imported once it is put right.
_ADDED = ("line", "reason")


def records(
    file: BinaryIO,
    columns: tuple[str, ...],
    report: Report,
    on_progress: OnProgress,
    at_most: float,
    optional: tuple[str, ...] = (),
) -> Iterator[Record]:
    """The records of a CSV in UTF-8, one by one; the caller has the report tell of refused rows.

    The heading must name all of `columns`, may name those that are `optional`, and no others, in
    any order; the value of one that it does not name is "". A row with another number of values
    than the heading is refused. Raises RefusedFile, also for more than `at_most` rows.
    """
    all_rows = read_rows(file)
    heading = next(all_rows, Row(1, [], 0))
    report.heading = tuple(map(cleaned, heading.cells))
    names = [name for name in report.heading if name not in _ADDED]
    wrong = len(set(names)) < len(names) or not set(names) <= {*columns, *optional}
    if wrong or not set(columns) <= set(names):
        may = f" It may name {', '.join(optional)} too." if optional else ""
        raise RefusedFile(f"The first line must name the columns {', '.join(columns)}.{may}")
    return _records(_limited(all_rows, at_most), optional, report, on_progress)


def batches(
    file: BinaryIO,
    columns: tuple[str, ...],
    report: Report,
    on_progress: OnProgress,
    at_most: float,
    optional: tuple[str, ...] = (),
) -> Iterator[list[Record]]:
    """What `records` gives, in batches.

    After each batch the report tells of the rows that were refused in it.
    """
    each = records(file, columns, report, on_progress, at_most, optional)
    while batch := list(islice(each, _BATCH_SIZE)):
        yield batch
        report.tell()
    report.tell()


def _records(
    rows: Iterable[Row], optional: tuple[str, ...], report: Report, on_progress: OnProgress
) -> Iterator[Record]:
    names = report.heading
    unnamed = dict.fromkeys(optional, "")
    for line, cells, read in rows:
        on_progress(read)
        if len(cells) == len(names):
            values = dict(zip(names, map(cleaned, cells), strict=True))
            yield Record(line, unnamed | values, cells)
        else:
            why = f"It has {len(cells)} values, and there are {len(names)} columns."
            report.refuse(line, why, cells)


def _limited(rows: Iterable[Row], at_most: float) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        if number > at_most:
            raise RefusedFile(f"It has more than {at_most:,} rows. Split it into smaller files.")
        yield row


def harmless_cell(cell: str) -> str:
    """The cell, with an apostrophe before it if a spreadsheet would take it for a formula."""
    seen = next((sign for sign in cell if not (sign.isspace() or is_unseen(sign))), "")
    starts = (cell, normalize("NFKC", seen))
    return f"'{cell}" if any(text.startswith(_FORMULA_STARTS) for text in starts) else cell


def csv_parts(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The text of a CSV file, a part for so many rows, the first beginning with UTF-8's mark.

    No cell is a formula.
    """
    mark, left = "\ufeff", iter(rows)  # by the mark a spreadsheet knows UTF-8
    while batch := list(islice(left, _BATCH_SIZE)):
        text = io.StringIO()
        csv.writer(text).writerows([harmless_cell(cell) for cell in row] for row in batch)
        yield mark + text.getvalue()
        mark = ""


def refused_as_csv(heading: Iterable[str], refused: Iterable[RefusedRow]) -> str:
    """A CSV of refused rows: the line and the reason, and then the row as it stood in the file.

    Put right, it can be imported as it is.
    """
    heading = tuple(heading)
    kept = [at for at, name in enumerate(heading) if name not in _ADDED]

    def rows() -> Iterator[tuple[str, ...]]:
        yield *_ADDED, *(heading[at] for at in kept)
        for row in refused:
            cells = row.cells
            if len(cells) == len(heading):
                cells = tuple(cells[at] for at in kept)
            yield str(row.line), row.reason, *cells

    return "".join(csv_parts(rows()))
