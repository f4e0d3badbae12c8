"""The rows of an imported file in a temporary table, which SQL judges and writes all at once.

An import says which columns its file has (`Column`), stages it, refuses rows by conditions in SQL,
and writes what is left by INSERT or MERGE from the table `staged`. It does so through Django's
cursor, so that the history records the user or the command; a COPY straight into a table would
lose that. No condition looks at the order of the rows, so a file means the same in any order.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple

import pghistory
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from core.csv_files import OnProgress, Record, Report, records
from core.refusals import RefusedChange


class Column(NamedTuple):
    """A column of a file: its name, PostgreSQL's type, and how its cells are read.

    `read` raises RefusedChange for a cell that it cannot read. A file must name a `required`
    column, and each row must fill it in; others may be left out, or empty, which says nothing.
    """

    name: str
    sql: str
    read: Callable[[str], Any]
    required: bool = True


class Columns(tuple[Column, ...]):
    """The columns of a file."""

    @property
    def required(self) -> tuple[str, ...]:
        """The names of those that a file must have."""
        return tuple(column.name for column in self if column.required)

    @property
    def optional(self) -> tuple[str, ...]:
        """The names of those that a file may have."""
        return tuple(column.name for column in self if not column.required)


def nothing_else(values: Mapping[str, Any]) -> None:
    """Judge a row by its cells alone: they need not fit each other."""


@dataclass(frozen=True)
class Stage:
    """The rows of a file in the table `staged`, of this transaction.

    Besides the file's columns it has `line`; `known`, for a row that says what is recorded already;
    `reason`, of a refused row; and the columns that the import adds.
    """

    cursor: CursorWrapper
    columns: Columns
    report: Report

    def fill(
        self,
        file: BinaryIO,
        on_progress: OnProgress,
        at_most: float,
        check: Callable[[Mapping[str, Any]], None] = nothing_else,
        **added: str,
    ) -> None:
        """Make the table, and read the file into it; a row that repeats another is left out.

        `check` judges the values of a row together, and raises RefusedChange. `added` are the names
        and types of further columns. Raises RefusedFile.
        """
        names = [column.name for column in self.columns]
        typed = [f"{column.name} {column.sql}" for column in self.columns]
        more = [f"{name} {sql}" for name, sql in added.items()]
        self.execute(
            "CREATE TEMPORARY TABLE staged (line integer, cells text,"
            " known boolean NOT NULL DEFAULT false, reason text,"
            f" {', '.join([*typed, *more])})"
        )
        read = records(
            file,
            self.columns.required,
            self.report,
            on_progress,
            at_most,
            self.columns.optional,
        )
        with self.cursor.copy(f"COPY staged (line, cells, {', '.join(names)}) FROM STDIN") as copy:
            for record in read:
                try:
                    values = self._read(record)
                    check(values)
                except RefusedChange as refusal:
                    self.report.refuse(record.line, f"{refusal}.", record.cells)
                else:
                    copy.write_row((record.line, json.dumps(record.cells), *values.values()))
        self.report.repeated += self.execute(
            "DELETE FROM staged USING (SELECT line, row_number() OVER (PARTITION BY"
            f" {', '.join(names)} ORDER BY line) AS nth FROM staged) AS each"
            " WHERE nth > 1 AND staged.line = each.line"
        )
        self.execute("ANALYZE staged")

    def _read(self, record: Record) -> dict[str, Any]:
        values = {}
        for name, _, read, required in self.columns:
            entry = record.values[name]
            try:
                values[name] = read(entry) if entry else None
            except RefusedChange as refusal:
                raise RefusedChange(f"{name}: {refusal}") from None
            if required and not entry:
                raise RefusedChange(f"{name}: It is empty")
        return values

    def execute(self, sql: str, **values: Any) -> int:
        """Execute a statement, and return how many rows it changed."""
        self.cursor.execute(sql, values)
        return self.cursor.rowcount

    def lock(self, *tables: str) -> None:
        """Have others who change these tables wait until the import is done; reading goes on."""
        self.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")

    def look_up(self, name: str, rows: str, where: str, *, of: str = "", reason: str = "") -> None:
        """Set the added column `name` to the id of the one of `rows` that fits.

        `rows` is a table or a query in brackets, called `found` in the condition `where`. With a
        `reason`, a row that fills in the columns `of` (one, or the first of several) and fits none
        is refused.
        """
        self.execute(f"UPDATE staged SET {name} = found.id FROM {rows} AS found WHERE {where}")
        if reason:
            self.refuse(f"{of}: {reason}", f"staged.{of} IS NOT NULL AND staged.{name} IS NULL")

    def refuse(self, reason: str, where: str, **values: Any) -> None:
        """Refuse the rows for which the condition holds, unless they are refused or known."""
        self.execute(
            "UPDATE staged SET reason = %(reason)s"
            f" WHERE reason IS NULL AND NOT known AND ({where})",
            reason=reason,
            **values,
        )

    def refuse_pairs(self, reason: str, where: str) -> None:
        """Refuse each row for which the condition holds together with a row called `other`.

        In the reason, {line} becomes the line of the other. A condition should be symmetrical, so
        that both rows are refused: which of them is right is not for an import to say.
        """
        self.execute(
            f"""
            UPDATE staged SET reason = replace(%(reason)s, '{{line}}', pair.line::text)
            FROM (
                SELECT staged.line AS of, min(other.line) AS line
                FROM staged JOIN staged AS other ON ({where})
                WHERE staged.line <> other.line AND staged.reason IS NULL AND other.reason IS NULL
                    AND NOT staged.known
                GROUP BY staged.line
            ) AS pair
            WHERE staged.line = pair.of
            """,
            reason=reason,
        )

    def know(self, where: str) -> None:
        """Mark the rows for which the condition holds as recorded already."""
        self.execute(f"UPDATE staged SET known = true WHERE reason IS NULL AND ({where})")

    def tell(self) -> None:
        """Count the rows in the report, and have it tell of the refused ones.

        Those that are left are counted as added: the import writes them.
        """
        self.cursor.execute("SELECT line, reason, cells FROM staged WHERE reason IS NOT NULL")
        for line, reason, cells in self.cursor.fetchall():
            self.report.refuse(line, reason, json.loads(cells))
        self.cursor.execute(
            "SELECT count(*) FILTER (WHERE known), count(*) FILTER (WHERE NOT known) FROM staged"
            " WHERE reason IS NULL"
        )
        known, new = self.cursor.fetchone()
        self.report.repeated += known
        self.report.added += new
        self.report.tell()
        self.execute("DELETE FROM staged WHERE reason IS NOT NULL OR known")


# PostgreSQL has no statistics of what the import before has written, nor of the rows that a trigger
# sees, and may read a table again for each row. A hash join reads each once.
_NO_LOOPS = ("enable_nestloop", "enable_mergejoin")
_NO_WHOLE_TABLES = ("enable_hashjoin", "enable_mergejoin", "enable_seqscan")


@contextmanager
def importing(*, commit: bool, by: str) -> Iterator[CursorWrapper]:
    """One transaction of an import, which is undone at its end without `commit` (a dry run).

    `by` is a kind and an id for the history.
    """
    with transaction.atomic(), pghistory.context(by=by), connection.cursor() as cursor:
        # A trigger keeps the plan of its first statement, which may have changed no row; and the
        # service's plans are for short lists, where a trigger of an import gets a long one.
        cursor.execute("DISCARD PLANS")
        cursor.execute("SET LOCAL plan_cache_mode = auto")
        cursor.execute("SET LOCAL work_mem = '64MB'")  # or each join of 100,000 rows goes to disk
        yield cursor
        # At commit all rows may be stamped in one statement (core/updated_at.py).
        read_each_table_once(cursor)
        if commit:
            _check_what_is_deferred(cursor)
        else:
            transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")


_DEFERRED = """
    SELECT string_agg(DISTINCT quote_ident(conname), ', ') FROM pg_constraint
    WHERE condeferred AND connamespace = current_schema()::regnamespace
        AND conname !~ '_stamps_'
"""


def _check_what_is_deferred(cursor: CursorWrapper) -> None:
    """Check all that is left for the end of the transaction, but leave the stamps of moments.

    For many rows the checks take seconds: after the stamps, these would make the moments older.
    Raises IntegrityError.
    """
    cursor.execute("SET LOCAL plan_cache_mode TO DEFAULT")  # one plan for the checks of all rows
    cursor.execute(_DEFERRED)
    (names,) = cursor.fetchone()
    cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE")
    cursor.execute(f"SET CONSTRAINTS {names} DEFERRED")


def read_each_table_once(cursor: CursorWrapper) -> None:
    """Plan all statements anew, to the end of the transaction: they write many rows at once."""
    cursor.execute("DISCARD PLANS")
    _switch_off(cursor, _NO_LOOPS)


@contextmanager
def each_by_its_key() -> Iterator[None]:
    """Queries within look each record up by its key, and read no table as a whole."""
    with connection.cursor() as cursor:
        _switch_off(cursor, _NO_WHOLE_TABLES)
        yield
        for plan in _NO_WHOLE_TABLES:
            cursor.execute(f"SET LOCAL {plan} TO DEFAULT")


def _switch_off(cursor: CursorWrapper, plans: tuple[str, ...]) -> None:
    for plan in plans:
        cursor.execute(f"SET LOCAL {plan} = off")


@contextmanager
def staging(columns: Columns, report: Report, *, commit: bool, by: str) -> Iterator[Stage]:
    """One transaction of an import, with a stage; `commit` and `by` as for `importing`."""
    with importing(commit=commit, by=by) as cursor:
        _switch_off(cursor, _NO_LOOPS)
        stage = Stage(cursor, columns, report)
        yield stage
        stage.execute("DROP TABLE staged")
