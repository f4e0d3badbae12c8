"""Which records a request or a command changed, read from the history."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import Model
from pghistory.core import event_models

# An import changes thousands of records: a line of the log has this many ids, the history all.
IDS_SHOWN = 50


@dataclass(frozen=True)
class Change:
    """The records of one model that were inserted, or updated, or deleted."""

    model: str  # such as "schools.teacher"
    what: str  # insert, update or delete
    count: int
    ids: list[str]  # the first IDS_SHOWN of them

    def as_json(self) -> dict[str, object]:
        """The change as a line of the audit log has it."""
        return asdict(self)


def changes_of(context_id: UUID, tables: set[str] | None = None) -> list[Change]:
    """The changes that the history has under this context, found by one query on indexes.

    `tables` limits the search to these tables of records and those with rows that follow theirs;
    None searches all. An empty set makes no query.
    """
    if tables is not None and not tables:
        return []
    searched = _tracked()
    if tables is not None:
        tables = tables.union(*(_following().get(table, ()) for table in tables))
        searched = {table: event for table, event in searched.items() if table in tables}
    changes_of_a_table = """
        SELECT %s, pgh_label, count(DISTINCT pgh_obj_id),
            (array_agg(DISTINCT pgh_obj_id::text))[:{shown}]
        FROM {table} WHERE pgh_context_id = %s GROUP BY pgh_label
    """
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                changes_of_a_table.format(shown=IDS_SHOWN, table=table)
                for _, table in searched.values()
            ),
            [value for label, _ in searched.values() for value in (label, context_id)],
        )
        return [Change(*row) for row in cursor.fetchall()]


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """Collect the tables with a history that this thread may write to within the block.

    Yields a set that each SQL statement other than a SELECT adds to. For most requests it stays
    empty, so that they need no query of the history. A statement names every table that it changes,
    but for those with rows that follow a row of a table that it names (`ON UPDATE CASCADE`).
    """
    written: set[str] = set()

    def note_tables(
        execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        statement = str(sql)
        if not statement.lstrip().startswith("SELECT"):
            written.update(table for table in _tracked() if table in statement)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note_tables):
        yield written


@cache
def _following() -> dict[str, list[str]]:
    """For each table with rows that others follow when it is updated: the tables of the others."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE following (parent, child) AS (
                SELECT confrelid, conrelid FROM pg_constraint WHERE confupdtype = 'c'
                UNION
                SELECT parent, conrelid FROM following JOIN pg_constraint ON confrelid = child
                WHERE confupdtype = 'c'
            )
            SELECT parent::regclass::text, array_agg(child::regclass::text)
            FROM following GROUP BY parent
            """
        )
        return dict(cursor.fetchall())


@cache
def _tracked() -> dict[str, tuple[str, str]]:
    """For each table with a history: its model's label, and the quoted table of its history."""
    found = {}
    for event_model in event_models():
        model: type[Model] = cast(Any, event_model).pgh_tracked_model  # pghistory sets it
        history_table = connection.ops.quote_name(event_model._meta.db_table)
        found[model._meta.db_table] = (model._meta.label_lower, history_table)
    return found
