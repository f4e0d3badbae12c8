"""What holds append-only logs against those who would switch their triggers off.

Kept by one function after every migration, so that a new log is held too, and again after a purge.
"""

from django.db import connection

# django-pgtrigger lets any session name triggers to be ignored. No code of ours does, so nobody
# can, and a trigger's call is spared the question.
_NOTHING_IS_IGNORED = """
    CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
    AS 'SELECT false' LANGUAGE sql IMMUTABLE
"""
# An ordinary trigger is silent where session_replication_role is "replica".
_NOT_ALWAYS = """
    SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger
    WHERE tgenabled <> 'A' AND tgname ~ '(append_only|refuse_truncate)'
"""


def hold_append_only(**_: object) -> None:
    """Have append-only triggers always fire; takes and ignores what post_migrate sends.

    Only the owner of the tables can, who migrates and purges.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NOTHING_IS_IGNORED)
        cursor.execute(_NOT_ALWAYS)
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")
