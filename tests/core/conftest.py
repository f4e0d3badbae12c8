"""Connections that know nothing of Django, as the tests of constraints have them."""

from tests.domain.conftest import connect, world

__all__ = ["connect", "world"]
