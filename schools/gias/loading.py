"""Brings the schools into line with a register file: COPY into a temporary table, then one MERGE.

The MERGE goes through Django's cursor, so that the history records the user or the command; a COPY
straight into the table would lose that. The caller opens the `pghistory.context`.
"""

import os
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.db import connection, transaction

from core.csv_files import (
    Encoding,
    OnProgress,
    RefusedFile,
    RefusedRow,
    Report,
    Row,
    encoding_of,
    read_rows,
)
from schools.gias.rows import (
    INVENTED_URNS,
    Header,
    RefusedSchool,
    RegisteredSchool,
    header_of,
    registered_school,
)
from schools.models import School

_TABLE = School._meta.db_table
_FIELDS = RegisteredSchool._fields
_OTHERS = [field for field in _FIELDS if field != "urn"]


def _columns(fields: list[str] | tuple[str, ...], of: str = "") -> str:
    return ", ".join(of + field for field in fields)


# The names are those of the model's columns, never a file's.
_STAGE = f"""
    CREATE TEMPORARY TABLE gias AS SELECT {_columns(_FIELDS)} FROM {_TABLE} WITH NO DATA
"""  # noqa: S608
_COPY = f"COPY gias ({_columns(_FIELDS)}) FROM STDIN"
# Another import, or a school added in admin, waits; reading schools goes on.
_LOCK = f"LOCK TABLE {_TABLE} IN SHARE ROW EXCLUSIVE MODE"
_DISCARD_UNCHANGED = f"""
    DELETE FROM gias USING {_TABLE} AS school WHERE school.urn = gias.urn
    AND ({_columns(_OTHERS, "school.")}) IS NOT DISTINCT FROM ({_columns(_OTHERS, "gias.")})
"""  # noqa: S608
_MERGE = f"""
    WITH merged AS (
        MERGE INTO {_TABLE} AS school USING gias ON school.urn = gias.urn
        WHEN MATCHED
            THEN UPDATE SET ({_columns(_OTHERS)}) = ROW ({_columns(_OTHERS, "gias.")})
        WHEN NOT MATCHED
            THEN INSERT ({_columns(_FIELDS)}) VALUES ({_columns(_FIELDS, "gias.")})
        RETURNING merge_action() AS action
    )
    SELECT count(*) FILTER (WHERE action = 'INSERT'), count(*) FILTER (WHERE action = 'UPDATE')
    FROM merged
"""  # noqa: S608
_UNSTAGE = "DROP TABLE gias"
_NOT_CSV = (
    "The record that starts on line {line} is not well-formed CSV ({error}):"
    " a quote was left open in it or stands in the middle of a value."
)


@dataclass(frozen=True)
class Loaded:
    """The result of an import: how many schools were created, updated and left unchanged.

    `refused` has the refused rows in the file's order; `encoding` is the one the file was read in.
    """

    created: int
    updated: int
    unchanged: int
    refused: tuple[RefusedRow, ...]
    encoding: Encoding


def load(
    path: str | Path, on_progress: Callable[[int, int], None] = lambda read, size: None
) -> Loaded:
    """Create and update schools by URN from a register file; all of it, or nothing.

    `on_progress` is called for each row with the bytes read so far and the file's size. Schools
    that the file does not name stay as they are. Needs memory for the refused rows only. Raises
    RefusedFile when the file cannot be read or is not the register.
    """
    refused: list[RefusedRow] = []
    report = Report(on_refusal=refused.append)
    with _opened(path) as file, transaction.atomic(), connection.cursor() as cursor:
        encoding = encoding_of(file)
        size = os.fstat(file.fileno()).st_size
        rows = read_rows(file, raw=True, not_csv=_NOT_CSV)
        cursor.execute(_STAGE)
        with cursor.copy(_COPY) as copy:
            for school in _schools(rows, encoding, report, lambda read: on_progress(read, size)):
                copy.write_row(school)
        accepted = cursor.rowcount
        cursor.execute(_LOCK)
        cursor.execute(_DISCARD_UNCHANGED)
        unchanged = cursor.rowcount
        created = updated = 0
        if unchanged < accepted:  # a MERGE of nothing would still write a context of the history
            cursor.execute(_MERGE)
            created, updated = cursor.fetchone()
        cursor.execute(_UNSTAGE)
    report.tell()
    return Loaded(created, updated, unchanged, tuple(refused), encoding)


def _opened(path: str | Path) -> BinaryIO:
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - load closes it
    except OSError as error:
        raise RefusedFile(f"The file cannot be read: {error.strerror}.") from error
    if not file.seekable():
        file.close()
        raise RefusedFile("It is no file on disk: save what comes by a pipe first.")
    return file


def _schools(
    rows: Iterator[Row], encoding: Encoding, report: Report, on_progress: OnProgress
) -> Iterator[RegisteredSchool]:
    """The schools of the rows that can be kept; the report gets the other rows."""
    first = next(rows, None)
    if first is None:
        raise RefusedFile("The file is empty.")
    header = header_of(first, encoding)
    # The line of the file by URN, or 0: one size, however long the file is.
    lines = array("I", [0]) * INVENTED_URNS.start
    for row in _whole(rows, header):
        on_progress(row.read)
        try:
            school = registered_school(header.values(row))
            if lines[school.urn]:
                raise RefusedSchool(
                    f"URN {school.urn} is already that of line {lines[school.urn]}."
                )
        except RefusedSchool as reason:
            report.refuse(row.line, str(reason))
        else:
            lines[school.urn] = row.line
            yield school


def _whole(rows: Iterator[Row], header: Header) -> Iterator[Row]:
    """These rows; raises RefusedFile after the last one if there is none, or it was cut short."""
    last = None
    for last in rows:
        yield last
    if last is None:
        raise RefusedFile("The file has a header and no schools.")
    if len(last.cells) < header.width:
        raise RefusedFile(
            f"The file is cut short: its last record, on line {last.line}, has"
            f" {len(last.cells)} columns of {header.width}."
        )
