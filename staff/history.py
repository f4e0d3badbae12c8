"""History and other append-only logs: their protection, and the purge (docs/data.md)."""

from datetime import date, datetime

import pghistory.core
from django.db import connection, transaction
from django.db.models import QuerySet
from pghistory.models import Context

from core.models import Look

# django-pgtrigger lets a session list triggers to be ignored. This service never does, so the
# function that reads the list is replaced: nothing can be ignored, and triggers run faster.
_IGNORE_NOTHING = """
    CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
    AS 'SELECT false' LANGUAGE sql IMMUTABLE
"""
# An ordinary trigger does not fire in a session with the session_replication_role "replica".
_ORDINARY_TRIGGERS = """
    SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger
    WHERE tgenabled <> 'A' AND tgname ~ '(append_only|refuse_truncate)'
"""


def protect_logs(**_: object) -> None:
    """Make the append-only triggers fire in every session, whatever its settings.

    Runs after every migration, so that new logs are protected too, and after a purge. It ignores
    the arguments of post_migrate. Only the owner of the tables can run it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_IGNORE_NOTHING)
        cursor.execute(_ORDINARY_TRIGGERS)
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")


def purge_history(before: datetime) -> dict[str, int]:
    """Delete the history written before this moment, and its contexts that are no longer used.

    Returns the number of deleted rows by the label of the history's model. The append-only triggers
    are off during the transaction, which only the owner of the tables can do; raises
    ProgrammingError for any other database role. The log of declarations' states is kept, as it
    holds ids only.
    """
    with transaction.atomic():
        models = pghistory.core.event_models()
        purged = [
            _purge(model._default_manager.filter(pgh_created_at__lt=before)) for model in models
        ]
        unused = Context.objects.filter(created_at__lt=before)
        for model in models:
            with_context = model._default_manager.filter(pgh_context__isnull=False)
            unused = unused.exclude(pk__in=with_context.values("pgh_context"))
        purged.append(_purge(unused))
        protect_logs()
    return dict(purged)


def purge_looks(before: date) -> int:
    """Delete who looked at which teacher before this day; return how many rows that were.

    Raises ProgrammingError for a role that does not own the tables.
    """
    with transaction.atomic():
        _, rows = _purge(Look.objects.filter(day__lt=before))
        protect_logs()
    return rows


def _purge(rows: QuerySet) -> tuple[str, int]:
    """Delete these rows of an append-only table; return its model's label, and how many."""
    table = connection.ops.quote_name(rows.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        deleted, _ = rows.delete()
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return rows.model._meta.label, deleted
