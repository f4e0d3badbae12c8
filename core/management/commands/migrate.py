"""Django's `migrate`, of which a second one at the same time waits for the first."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from core.postgresql.deadlines import MIGRATION, NO_DEADLINES, waiting

_LOCK = "migrate"  # a name: PostgreSQL makes the number of the lock from it


class Command(migrate.Command):
    """`manage.py migrate`: several instances may start it at the same time."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Wait until no other migration of this database runs, then migrate."""
        with waiting(NO_DEADLINES), _only_one(options["database"]), waiting(MIGRATION):
            super().handle(*args, **options)


@contextmanager
def _only_one(alias: str) -> Iterator[None]:
    """Hold the lock of migrations; PostgreSQL frees it if this process is killed."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [_LOCK])
        try:
            yield
        finally:
            if connections[alias].is_usable():
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [_LOCK])
