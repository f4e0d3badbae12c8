"""Tests lower the age at which a commit sets a moment again (core/updated_at.py)."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db.backends.utils import CursorWrapper

_Cursor = psycopg.Cursor | CursorWrapper
USUAL = "clock_timestamp() - interval '40 seconds'"
_STAMPS = """SELECT pg_get_functiondef(oid) FROM pg_proc
    WHERE prorettype = 'trigger'::regtype AND proname LIKE '%\\_stamps\\_%'"""


def stamp_before(cursor: _Cursor, oldest: str, *, usual: str = USUAL) -> None:
    """Have commits set moments before `oldest` again, an expression in SQL, instead of `usual`."""
    cursor.execute(_STAMPS)
    definitions = [definition for (definition,) in cursor.fetchall()]
    assert len(definitions) == 6
    for definition in definitions:
        assert usual in definition
        cursor.execute(definition.replace(usual, oldest))


@contextmanager
def stamped_after(cursor: _Cursor, age: str) -> Iterator[None]:
    """Within, commits set moments of this age again. For a cursor that commits each statement."""
    oldest = f"clock_timestamp() - interval '{age}'"
    stamp_before(cursor, oldest)
    try:
        yield
    finally:
        stamp_before(cursor, USUAL, usual=oldest)
