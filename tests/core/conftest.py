"""Connections that know nothing of Django, as the tests of constraints have them."""

import psycopg
import pytest

from tests.domain.conftest import connect
from tests.domain.rows import lay

__all__ = ["connect"]


@pytest.fixture
def world(connect) -> psycopg.Connection:
    """A connection in whose transaction the world of `rows` is laid, for this test alone."""
    opened = connect()
    lay(opened)
    return opened
