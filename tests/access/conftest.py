from collections.abc import Callable

import pytest
from django.test import Client

from tests.access.roles import browsers_of_roles


@pytest.fixture
def browsers(db) -> dict[str, Callable[[], Client]]:
    """For each role of the tables, what opens a fresh browser that has it."""
    return browsers_of_roles()
