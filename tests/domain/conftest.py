"""Connections to the test's database that know nothing of Django."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import psycopg
import pytest
from django.db import connection

from tests.domain.rows import lay


@pytest.fixture
def connect(db) -> Iterator[Callable[[], psycopg.Connection]]:
    """Opens real connections for the test; what it did not commit is rolled back after it."""
    settings = connection.get_connection_params()
    where = {key: settings[key] for key in settings if key not in ("cursor_factory", "context")}
    with ExitStack() as stack:

        def open_one() -> psycopg.Connection:
            opened = psycopg.connect(**where)
            stack.callback(opened.close)
            return opened

        yield open_one


@pytest.fixture
def world(connect) -> psycopg.Connection:
    """A connection in whose transaction the world of `rows` is laid."""
    opened = connect()
    lay(opened)
    return opened
