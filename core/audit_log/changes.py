"""What a request or a command changed, as the history has it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any
from uuid import UUID

import pghistory.core
from django.db import connection

# Of an import's thousands, as many ids as a line of the log bears. The history has them all.
IDS_SHOWN = 50


@dataclass(frozen=True)
class Change:
    """Records of one model that were changed in one way."""

    model: str  # such as "schools.teacher"
    what: str  # insert, update or delete
    count: int
    ids: list[str]  # at most IDS_SHOWN of them

    def as_line(self) -> dict[str, object]:
        """As the trail writes it."""
        return asdict(self)


def changes_of(context_id: UUID, tables: set[str] | None = None) -> list[Change]:
    """The changes made within this context of the history: one query, on indexes.

    `tables` are those of the records among which to look: all, if not given; none, no query.
    """
    looked_through = {
        table: event for table, event in _tracked().items() if tables is None or table in tables
    }
    if not looked_through:
        return []
    of_one_table = """
        SELECT %s, pgh_label, count(DISTINCT pgh_obj_id),
            (array_agg(DISTINCT pgh_obj_id::text))[:{shown}]
        FROM {table} WHERE pgh_context_id = %s GROUP BY pgh_label
    """
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                of_one_table.format(shown=IDS_SHOWN, table=table)
                for _, table in looked_through.values()
            ),
            [value for label, _ in looked_through.values() for value in (label, context_id)],
        )
        return [Change(*row) for row in cursor.fetchall()]


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """Gather the tables with a history that statements of this thread may write to, within.

    Most requests write to none, and need not be asked about. No trigger of ours changes a record of
    another table, so that a statement names all that it changes.
    """
    found: set[str] = set()

    def look(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        said = str(sql)
        if not said.lstrip().startswith("SELECT"):
            found.update(table for table in _tracked() if table in said)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


@cache
def _tracked() -> dict[str, tuple[str, str]]:
    """Of each table with a history: its model's label, and the quoted table of its history."""
    return {
        model.pgh_tracked_model._meta.db_table: (
            model.pgh_tracked_model._meta.label_lower,
            connection.ops.quote_name(model._meta.db_table),
        )
        for model in pghistory.core.event_models()
    }
