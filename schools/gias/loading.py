"""Brings the schools into line with a register file: COPY into a temporary table, then one MERGE.

The MERGE goes through Django's cursor, so that the history has who did it: a COPY straight into
the table would lose that (the caller opens the `pghistory.context`).
"""

import os
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.db import connection, transaction

from schools.gias.encoding import Encoding, encoding_of
from schools.gias.records import read_register
from schools.gias.refusals import RefusedFileError, RefusedRow, RefusedRowError
from schools.gias.rows import COLUMNS, INVENTED_URNS, RegisteredSchool, registered_school
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


@dataclass(frozen=True)
class Report:
    """What an import did: how many schools it created, updated and found as they were; the rows
    it refused, in the file's order; and the encoding in which it read the file."""

    created: int
    updated: int
    unchanged: int
    refused: tuple[RefusedRow, ...]
    encoding: Encoding


def _say_nothing(read: int, size: int) -> None:
    pass


def load(path: str | Path, on_progress: Callable[[int, int], None] = _say_nothing) -> Report:
    """Create and update schools by URN from a register file; all of it, or nothing.

    `on_progress` is told, row by row, the bytes read so far and the file's size. Schools that the
    file does not name stay as they are. Needs memory for the refused rows only. Raises
    RefusedFileError when the file cannot be read or is not the register.
    """
    with _opened(path) as file, transaction.atomic(), connection.cursor() as cursor:
        encoding = encoding_of(file)
        refused: list[RefusedRow] = []
        cursor.execute(_STAGE)
        with cursor.copy(_COPY) as copy:
            for school in _schools(file, encoding, refused, on_progress):
                copy.write_row(school)
        accepted = cursor.rowcount
        cursor.execute(_LOCK)
        cursor.execute(_DISCARD_UNCHANGED)
        unchanged = cursor.rowcount
        created = updated = 0
        if unchanged < accepted:  # else the MERGE's triggers would write that somebody did nothing
            cursor.execute(_MERGE)
            created, updated = cursor.fetchone()
        cursor.execute(_UNSTAGE)
    return Report(created, updated, unchanged, tuple(refused), encoding)


def _opened(path: str | Path) -> BinaryIO:
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - load closes it
    except OSError as error:
        raise RefusedFileError(f"The file cannot be read: {error.strerror}.") from error
    if not file.seekable():
        file.close()
        raise RefusedFileError("It is no file on disk: save what comes by a pipe first.")
    return file


def _schools(
    file: BinaryIO,
    encoding: Encoding,
    refused: list[RefusedRow],
    on_progress: Callable[[int, int], None],
) -> Iterator[RegisteredSchool]:
    """The schools of the rows that can be kept; adds the other rows to `refused`."""
    size = os.fstat(file.fileno()).st_size
    header, records = read_register(file, encoding, COLUMNS.values())
    # Of each URN, the line that has it, or 0: one size for every file.
    lines = array("I", [0]) * INVENTED_URNS.start
    for record in records:
        on_progress(file.tell(), size)
        try:
            school = registered_school(header.values(record.cells))
            if lines[school.urn]:
                raise RefusedRowError(
                    f"URN {school.urn} is already that of line {lines[school.urn]}."
                )
        except RefusedRowError as reason:
            refused.append(RefusedRow(record.line, str(reason)))
        else:
            lines[school.urn] = record.line
            yield school
