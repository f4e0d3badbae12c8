from collections.abc import Callable

import pytest
from django.test import Client

from tests.access.roles import browsers_of_roles


@pytest.fixture(scope="module")
def browsers_of_module(built_once) -> dict[str, Callable[[], Client]]:
    return built_once(browsers_of_roles)


@pytest.fixture
def browsers(db, browsers_of_module) -> dict[str, Callable[[], Client]]:
    """For each role of the tables, what opens a fresh browser that has it."""
    return browsers_of_module
