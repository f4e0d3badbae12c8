"""Puts the rows of `tables.sql` into an empty, migrated database.

Indexes and keys are dropped first and added again after the rows, which checks every row of every
table; triggers are passed by, so there is no history of this data (core/history.py).
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from accounts.models import User
from accounts.signing_in.session_store import SessionStore

SCHOOLS = 25_000
TUTORS_OF_A_TRUST = 400  # schools to one trust of 40
_ROWS = "rows of "
_MENTORS = "ARRAY(SELECT DISTINCT teacher_id FROM declarations_trainingperiod WHERE mentor_id > 0)"
# The rows that triggers would have made, in the order in which one query needs the rows of another.
_KEPT = {
    "declarations_participation": f"SELECT * FROM declarations_participations({_MENTORS})",
    "declarations_shareddeclaration": """
        (lead_provider_id, declaration_id, cohort_id, delivery_partner_id, created_at, updated_at)
        SELECT * FROM declarations_seen_of_others(ARRAY(
            SELECT DISTINCT teacher_id FROM declarations_participation))""",
    "declarations_declarationcount": """
        (lead_provider_id, cohort_id, week, number) SELECT * FROM declarations_counts()""",
    "mentors_providermentorship": """
        (lead_provider_id, mentorship_id, ect_teacher_id, mentor_teacher_id, finished_on,
            created_at, participant_id)
        SELECT * FROM mentors_providermentorships(ARRAY(
            SELECT DISTINCT ect_teacher_id FROM mentors_mentorship))""",
}
_KEEPS = "NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)"


def load(scale: float) -> dict[str, int]:
    """Load the rows, analyse them, and return how many there are of each table."""
    schools = max(round(SCHOOLS * scale), 20)
    today = timezone.localdate()
    numbers = {
        "schools": str(schools),
        "trusts": str(max(schools // TUTORS_OF_A_TRUST, 1)),
        "first_year": str(first_year(today)),
        "today": f"date '{today}'",
    }
    blocks = list(_blocks(numbers))
    tables = [name for name, _ in blocks if name]
    counts = {}
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("SET work_mem = '256MB'")
        add_again = _drop_keys(cursor, [*tables, "accounts_session"])
        for table, sql in blocks:
            if table:
                counts[table] = _insert(cursor, table, sql)
            else:
                cursor.execute(sql)
        counts["accounts_session"] = _copy_sessions(cursor)
        for statement in add_again:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM (ANALYZE, FREEZE)")
        for table, query in _KEPT.items():
            cursor.execute(f"INSERT INTO {table} {query}")
            counts[table] = cursor.rowcount
            cursor.execute(f"VACUUM (ANALYZE, FREEZE) {table}")
        cursor.execute("CHECKPOINT")
    connection.close()  # its memory and tables were for loading
    return counts


def first_year(day: date) -> int:
    """The first of the five academic years, of which this day is in the last."""
    return day.year - (5 if day.month < 9 else 4)


def _blocks(numbers: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each table's name, "" for a helper, and its SQL."""
    text = (Path(__file__).parent / "tables.sql").read_text()
    text = re.sub(r"(?<!:):([a-z_]+)", lambda found: numbers[found[1]], text)
    for block in re.split(r"^-- (?=rows of |helper$)", text, flags=re.MULTILINE)[1:]:
        heading, sql = block.split("\n", 1)
        sql = re.sub(r"^--.*$", "", sql, flags=re.MULTILINE)
        yield heading.removeprefix(_ROWS) if heading.startswith(_ROWS) else "", sql


def _insert(cursor: CursorWrapper, table: str, sql: str) -> int:
    """Make the rows, keep all their columns for later blocks, and insert those the table has."""
    made = f"rows_of_{table}"
    cursor.execute(f"CREATE TEMPORARY TABLE {made} AS {sql}")
    cursor.execute(f"ANALYZE {made}")
    cursor.execute(f"SELECT * FROM {made} LIMIT 0")
    given = {column.name for column in cursor.description}
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    values = {
        field.column: field.column if field.column in given else _empty(field)
        for field in model._meta.local_concrete_fields
        if not field.generated
        and (field.column in given or not (field.primary_key or field.has_db_default()))
    }
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM {made}"
    )
    rows = cursor.rowcount
    if isinstance(model._meta.pk, models.AutoField):
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
        )
    return rows


def _empty(field: models.Field) -> str:
    if field.null:
        return "NULL"
    if isinstance(field, models.CharField | models.TextField):
        return "''"
    return {models.BooleanField: "false", models.DateTimeField: "now()"}.get(type(field), "0")


def _drop_keys(cursor: CursorWrapper, tables: list[str]) -> list[str]:
    """Drop the tables' keys and indexes; return the statements that add them again, in order."""
    cursor.execute(
        """SELECT conrelid::regclass, quote_ident(conname), pg_get_constraintdef(oid), contype::text
           FROM pg_constraint
           WHERE (conrelid = ANY(%s::regclass[]) OR confrelid = ANY(%s::regclass[]))
               AND contype IN ('p', 'u', 'x', 'f')
           ORDER BY contype = 'f', contype = 'x', conrelid::regclass::text, conname""",
        [tables, tables],
    )
    constraints = cursor.fetchall()
    cursor.execute(
        f"""SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index
            WHERE indrelid = ANY(%s::regclass[]) AND {_KEEPS} ORDER BY indexrelid""",
        [tables],
    )
    indexes = cursor.fetchall()
    for table, name, *_ in reversed(constraints):
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    keys, foreign_keys = (
        [
            f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"
            for table, name, definition, kind in constraints
            if (kind == "f") is wanted
        ]
        for wanted in (False, True)
    )
    return [*keys, *(definition for _, definition in indexes), *foreign_keys]


def session_key(user_id: int) -> str:
    """The key of the session in which this user is signed in."""
    return f"bench{user_id:027d}"


def _copy_sessions(cursor: CursorWrapper) -> int:
    """Sign every user in. No session's last use is past, so that no page writes the session."""
    expires = timezone.now() + timedelta(days=30)
    store = SessionStore()
    user = User.objects.earliest("pk")  # all have the same password, and so the same hash
    signed_in = {
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        "last_used": expires.timestamp(),
    }
    ids = list(User.objects.order_by("pk").values_list("pk", "is_staff"))
    with cursor.copy(
        "COPY accounts_session (session_key, session_data, expire_date, user_id) FROM STDIN"
    ) as to:
        for user_id, is_staff in ids:
            data = signed_in | {SESSION_KEY: str(user_id)}
            if is_staff:
                # As allauth keeps it: without, a session may not enter admin.
                data["account_authentication_methods_user"] = str(user_id)
                data["account_authentication_methods"] = [
                    {"method": "mfa", "at": expires.timestamp()}
                ]
            to.write_row((session_key(user_id), store.encode(data), expires, user_id))
    return len(ids)
