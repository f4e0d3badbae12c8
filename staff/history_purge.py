"""Purging history that is past its time: the one way it can be taken away (docs/data.md)."""

from datetime import datetime

import pghistory.core
from django.db import connection, transaction
from pghistory.models import Context

from staff.append_only import hold_append_only


def purge_history(before: datetime) -> dict[str, int]:
    """Delete every row of history written before this moment, and what nothing refers to any more.

    Returns how many rows went, by the label of the history's model. Only the owner of the tables
    can do this: it switches off the triggers that keep history append-only, in the same transaction
    that switches them on again. Raises ProgrammingError for anybody else. Declarations' state
    changes stay: they hold ids only.
    """
    purged = {}
    with transaction.atomic(), connection.cursor() as cursor:
        models = pghistory.core.event_models()
        for model in models:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            purged[model._meta.label], _ = model.objects.filter(pgh_created_at__lt=before).delete()
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        contexts = connection.ops.quote_name(Context._meta.db_table)
        cursor.execute(f"ALTER TABLE {contexts} DISABLE TRIGGER USER")
        orphans = Context.objects.filter(created_at__lt=before)
        for model in models:
            used = model.objects.filter(pgh_context__isnull=False).values("pgh_context")
            orphans = orphans.exclude(pk__in=used)
        purged[Context._meta.label], _ = orphans.delete()
        cursor.execute(f"ALTER TABLE {contexts} ENABLE TRIGGER USER")
        hold_append_only()
    return purged
