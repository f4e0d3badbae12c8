"""The service as it runs, started once for all tests that ask for it."""

from collections.abc import Iterator

import pytest

from tests.declarations.server import Server, serving


@pytest.fixture(scope="session")
def server(django_db_setup, django_db_blocker) -> Iterator[Server]:
    """Four processes of the service on the database of the tests; use with `transactional_db`."""
    with django_db_blocker.unblock():
        started = serving()
    with started as running:
        yield running
