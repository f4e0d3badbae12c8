"""What the tests of signing in share."""

import pytest


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """A hash that costs nothing: it is Django's to choose a good one, and slow by design."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
