"""What a request or a command changed, as the history has it."""

from dataclasses import asdict, dataclass
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


def changes_of(context_id: UUID) -> list[Change]:
    """The changes that were made within this context of the history: one query, on indexes."""
    tables = [
        (model.pgh_tracked_model._meta.label_lower, connection.ops.quote_name(model._meta.db_table))
        for model in pghistory.core.event_models()
    ]
    of_one_table = """
        SELECT %s, pgh_label, count(DISTINCT pgh_obj_id),
            (array_agg(DISTINCT pgh_obj_id::text))[:{shown}]
        FROM {table} WHERE pgh_context_id = %s GROUP BY pgh_label
    """
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(of_one_table.format(shown=IDS_SHOWN, table=t) for _, t in tables),
            [value for label, _ in tables for value in (label, context_id)],
        )
        return [Change(*row) for row in cursor.fetchall()]
