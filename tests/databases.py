"""The tests' databases: copied from a migrated one, emptied after real writes, filled anew."""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction

from staff.looks.writing import noted

# What COPY writes and reads of a table, by the table with its columns.
Rows = dict[str, bytes]

# One for each checkout, so that two on one server do not take each other's.
_TEMPLATE = f"template_mentor_training_{hashlib.md5(str(settings.BASE_DIR).encode()).hexdigest()}"


def template_database() -> str:
    """Return the name of a migrated database; make it first where migrations are new or changed.

    Copying it saves each process the 14 seconds of migrating. A process waits while another makes
    it. Its digest is written last, so that one whose making was broken off is made again.
    """
    wanted = _digest()
    with connection._nodb_cursor() as cursor:
        # Released when the connection closes, at the end of the block.
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [_TEMPLATE])
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [_TEMPLATE],
        )
        if cursor.fetchone() != (wanted,):
            _make_template()
            cursor.execute(f"COMMENT ON DATABASE {_TEMPLATE} IS '{wanted}'")
    return _TEMPLATE


def _make_template() -> None:
    name, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    connection.settings_dict["TEST"] = test | {"NAME": _TEMPLATE}
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        connection.settings_dict |= {"NAME": name, "TEST": test}
        settings.DATABASES["default"]["NAME"] = name


def _digest() -> str:
    """Of what a migrated database is made of: all apps' migrations, and our code that they use."""
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    folders.append(Path(settings.BASE_DIR) / "core")
    files = [file for folder in folders for file in sorted(folder.glob("*.py"))]
    # Groups are kept after each migration.
    others = ("schools/kept_rows.py", "staff/groups.py")
    files += [Path(settings.BASE_DIR) / name for name in others]
    return hashlib.md5(b"".join(file.read_bytes() for file in files)).hexdigest()


def all_rows() -> Rows:
    """Every row of every table, but for what the database generates and the list of migrations."""
    found: Rows = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT format('%I (%s)', table_name,
                             string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position))
               FROM information_schema.columns JOIN information_schema.tables
                    USING (table_schema, table_name)
               WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
                     AND is_generated = 'NEVER' AND table_name <> 'django_migrations'
               GROUP BY table_name"""
        )
        for (table,) in cursor.fetchall():
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                found[table] = b"".join(copy)
    return found


def rows_of_demo() -> Rows:
    """Load the demo data into the new database, take its rows, and undo the loading.

    Loading it by the rules takes half a second, copying it a few hundredths.
    """
    with transaction.atomic():
        before = all_rows()
        call_command("load_demo")
        rows = {table: data for table, data in all_rows().items() if not before[table]}
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


def start_again(rows: Rows) -> None:
    """Have these rows in the database and no others, at a tenth of the cost of Django's flush."""
    tables = {table.partition(" ")[0] for table in rows}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        # Their triggers hold even so, but for TRUNCATE, which costs more where there is nothing.
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgenabled = 'A'"
        )
        append_only = {table for (table,) in cursor.fetchall()}
        # To look whether a table is empty costs a tenth of emptying it.
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT FROM {t})" for t in tables)
        )
        filled = {table for (table,) in cursor.fetchall()}
        if to_truncate := filled & append_only:
            cursor.execute(f"TRUNCATE {', '.join(to_truncate)}")
        cursor.execute("; ".join(f"DELETE FROM {table}" for table in filled - append_only))
        copy_in(rows)
    ContentType.objects.clear_cache()
    noted.looks.clear()  # what the process knew to be in the tables is gone


def others_waiting() -> int:
    """How many other connections wait for a lock that this one holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT pid) FROM pg_locks"
            " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
        )
        return cursor.fetchone()[0]


def another_waits() -> bool:
    """Whether another connection waits for a lock that this one holds."""
    return others_waiting() > 0
