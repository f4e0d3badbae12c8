"""Connections to the test's database that know nothing of Django."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import psycopg
import pytest
from django.db import connection

from tests.domain.rows import lay


def open_connection() -> psycopg.Connection:
    settings = connection.get_connection_params()
    of_django = ("cursor_factory", "context")
    return psycopg.connect(**{key: settings[key] for key in settings if key not in of_django})


@pytest.fixture
def connect(db) -> Iterator[Callable[[], psycopg.Connection]]:
    """Opens real connections for the test; what it did not commit is rolled back after it."""
    with ExitStack() as stack:

        def open_one() -> psycopg.Connection:
            opened = open_connection()
            stack.callback(opened.close)
            return opened

        yield open_one


@pytest.fixture(scope="module")
def laid(django_db_setup) -> Iterator[psycopg.Connection]:
    """A connection in whose transaction, which is never committed, the world of `rows` is laid."""
    with closing(open_connection()) as opened:
        lay(opened)
        yield opened


@pytest.fixture
def world(laid, db) -> Iterator[psycopg.Connection]:
    """That connection; what the test does is undone after it.

    With `db`, so that the tests' database is made when no other test is run. Not for a module whose
    tests write through Django too: they would wait for the same keys.
    """
    with laid.transaction(force_rollback=True):
        # Those that may wait do; said here, so that the rollback undoes what the test says of it.
        laid.execute("SET CONSTRAINTS ALL DEFERRED")
        yield laid
