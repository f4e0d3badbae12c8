"""What every test has."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.demo_rows import Rows, copy_in, rows_of_demo


@pytest.fixture(autouse=True)
def nothing_counted_before(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test whose writes are real the cache is emptied: its table is no model's, so the
    flush that empties the others leaves it, and rate limits would go on counting."""
    commits = "transactional_db" in request.fixturenames or "live_server" in request.fixturenames
    marker = request.node.get_closest_marker("django_db")
    if not commits and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    cache.clear()


@pytest.fixture(scope="session")
def demo_rows(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Rows:
    """The rows of the demo data; they are in no test's database yet."""
    with django_db_blocker.unblock():
        return rows_of_demo()


@pytest.fixture
def demo(demo_rows: Rows, db: None) -> None:
    """The demo data is loaded."""
    copy_in(demo_rows)
