"""The demo data, as rows: its command makes them once, and tests have copies of them.

Loading it by the rules takes half a second, copying it a few hundredths.
"""

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from pghistory.models import Context

# What COPY writes and reads of a table, by the table with its columns.
Rows = dict[str, bytes]


def rows_of_demo() -> Rows:
    """Load the demo data into the empty database, take its rows, and undo the loading."""
    with transaction.atomic(), connection.cursor() as cursor:
        call_command("load_demo")
        rows: Rows = {}
        for table in map(_table, _models()):
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                rows[table] = b"".join(copy)
        transaction.set_rollback(True)
    return rows


def copy_in(rows: Rows) -> None:
    """Have these rows in the database, with their history; no trigger and no key looks at them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, data in rows.items():
            if data:
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(data)
        cursor.execute("SET LOCAL session_replication_role = origin")


def _models() -> list[type[Model]]:
    ours = ("accounts", "schools", "declarations", "mentors")
    return [*(m for label in ours for m in apps.get_app_config(label).get_models()), Context]


def _table(model: type[Model]) -> str:
    columns = (f.column for f in model._meta.local_concrete_fields if not f.generated)
    return f"{model._meta.db_table} ({', '.join(columns)})"
