"""The records of a register file: CSV whose first record names the columns."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from schools.gias.encoding import Encoding
from schools.gias.refusals import RefusedFileError, RefusedRowError


@dataclass(frozen=True)
class Header:
    """How many columns the file has, and where those that are wanted stand among them."""

    width: int
    positions: dict[str, int]

    def values(self, cells: Sequence[str]) -> dict[str, str]:
        """The wanted columns of a record by name, spaces tidied (none around, one between words).

        Raises RefusedRowError when the record has not as many columns as the header: then nobody
        can say which value belongs where.
        """
        if len(cells) != self.width:
            raise RefusedRowError(f"The row has {len(cells)} columns, and the header {self.width}.")
        return {name: " ".join(cells[at].split()) for name, at in self.positions.items()}


@dataclass(frozen=True)
class Record:
    """A record and the line of the file on which it starts (from 1)."""

    line: int
    cells: list[str]


def read_register(
    file: BinaryIO, encoding: Encoding, columns: Iterable[str]
) -> tuple[Header, Iterator[Record]]:
    """The header, which has all of these columns, and the records under it, read as asked for.

    Raises RefusedFileError, at once or while the records are read, for a file that is empty, lacks
    a column, is not well-formed CSV, holds no record, or was cut short in its last one.
    """
    records = _records(_lines(file, encoding))
    first = next(records, None)
    if first is None:
        raise RefusedFileError("The file is empty.")
    header = _header(first.cells, columns)
    return header, _whole(records, header)


def _lines(file: BinaryIO, encoding: Encoding) -> Iterator[str]:
    text = io.TextIOWrapper(file, encoding, newline="")
    try:
        yield from text
    finally:
        if not file.closed:
            text.detach()  # the file is the caller's to close


def _header(cells: list[str], columns: Iterable[str]) -> Header:
    names = [cell.strip() for cell in cells]
    if missing := [column for column in columns if column not in names]:
        raise RefusedFileError(f"The file lacks these columns: {', '.join(missing)}.")
    if twice := [column for column in columns if names.count(column) > 1]:
        raise RefusedFileError(f"The file has these columns twice: {', '.join(twice)}.")
    return Header(len(names), {column: names.index(column) for column in columns})


def _records(lines: Iterable[str]) -> Iterator[Record]:
    # Strict, or a quote left open swallows the schools after it as part of one value.
    reader = csv.reader(lines, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise RefusedFileError(
                f"The record that starts on line {line} is not well-formed CSV ({error}):"
                " a quote was left open in it or stands in the middle of a value."
            ) from error
        if cells:  # a blank line is none
            yield Record(line, cells)


def _whole(records: Iterator[Record], header: Header) -> Iterator[Record]:
    last = None
    for last in records:
        yield last
    if last is None:
        raise RefusedFileError("The file has a header and no schools.")
    if len(last.cells) < header.width:
        raise RefusedFileError(
            f"The file is cut short: its last record, on line {last.line}, has"
            f" {len(last.cells)} columns of {header.width}."
        )
