"""What every test has."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


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
