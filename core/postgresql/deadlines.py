"""How long the service waits for the database, and who may wait longer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Deadlines:
    """Seconds; 0 means no deadline.

    `connect`: to open a connection; psycopg takes at least 2. `silence`: without an answer, then
    the client closes the connection, even if the server is stopped or cut off. `statement`, `lock`
    and `idle_in_transaction`: when the server itself ends a statement, a wait for a lock, or a
    session that leaves its transaction open.
    """

    connect: float = 2
    silence: float = 3.5
    statement: float = 3
    lock: float = 1.5
    idle_in_transaction: float = 30

    def server_settings(self) -> dict[str, int]:
        """The deadlines that the server keeps: PostgreSQL's settings, in milliseconds."""
        return {
            "statement_timeout": round(self.statement * 1000),
            "lock_timeout": round(self.lock * 1000),
            "idle_in_transaction_session_timeout": round(self.idle_in_transaction * 1000),
        }


# A query that reads all declarations may take longer than any query of a page for schools.
NATIONAL = Deadlines(silence=0, statement=20)
NO_DEADLINES = Deadlines(connect=0, silence=0, statement=0, lock=0, idle_in_transaction=0)
# An import may run for minutes, but waits for other sessions' locks for a minute only.
IMPORT = Deadlines(connect=5, silence=0, statement=0, lock=60, idle_in_transaction=0)
# While a migration waits for a table, all requests for that table wait behind it. So it gives up
# soon, and is run again.
MIGRATION = Deadlines(connect=5, silence=0, statement=0, lock=2, idle_in_transaction=0)


@contextmanager
def waiting(deadlines: Deadlines) -> Iterator[None]:
    """Within the block this thread waits for the database so long, and no less."""
    database: Any = connection
    before = database.deadlines
    database.keep(deadlines)
    try:
        yield
    finally:
        database.keep(before)
