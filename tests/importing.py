"""Importing a file of rows, for the tests of each import."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import NamedTuple

from core.csv_files import RefusedRow, Report

NOW = datetime(2026, 9, 15, 9, 30, tzinfo=UTC)


class Result(NamedTuple):
    """What came of a file: the rows added, there already and refused, and the reasons by line."""

    added: int
    repeated: int
    refused: int
    reasons: dict[int, str]


def file_of(*rows: dict) -> BytesIO:
    """A CSV with the columns that any of the rows has."""
    text = StringIO()
    columns = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(text, list(columns), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return BytesIO(text.getvalue().encode())


def imported(do: Callable[..., None], *rows: dict, commit: bool = True) -> Result:
    """Import the rows; the first is on line 2."""
    refused: list[RefusedRow] = []
    report = Report(on_refusal=refused.append)
    do(file_of(*rows), report, commit=commit, by="user 1", now=NOW)
    reasons = {row.line: row.reason for row in refused}
    return Result(report.added, report.repeated, report.refused, reasons)


def reason(do: Callable[..., None], *rows: dict) -> str:
    """Why the last row is refused, "" when it is not."""
    return imported(do, *rows).reasons.get(len(rows) + 1, "")
