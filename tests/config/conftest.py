from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client


@pytest.fixture
def fetch() -> Callable[..., HttpResponse]:
    """Return a function that gets a static file and reads it, so that the file is closed."""

    def read(client: Client, address: str, **kwargs: object) -> HttpResponse:
        response = client.get(address, **kwargs)
        for _ in response:
            pass
        return response

    return read


@pytest.fixture
def database_down(db: None) -> Iterator[None]:
    """Nothing answers where the database should be: its socket's folder does not exist."""
    working = connections["default"]
    nowhere = working.settings_dict | {"HOST": "/nonexistent", "PORT": ""}
    connections["default"] = type(working)(nowhere, "default")
    yield
    connections["default"] = working
