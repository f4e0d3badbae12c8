"""The secret of an authenticator app is encrypted in the database, and outlives a change of key."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.accounts.signing_in import (
    accept_invitation,
    app_code,
    enter_password,
    error_of,
    make_staff,
    signed_in_user,
)

pytestmark = pytest.mark.django_db
OLD, NEW = "the key of before " * 4, "the key of today " * 4
SECOND = "/staff/second-factor"


@pytest.fixture
def staff():
    return make_staff()


@pytest.fixture
def secret(staff, settings, time_machine):
    """The secret in the app, set up under the old key; then the key is changed."""
    time_machine.move_to("2026-05-01 08:00", tick=False)
    settings.SECRET_KEY = OLD
    found = accept_invitation(Client(), staff)
    time_machine.move_to("2026-05-01 09:00", tick=False)
    settings.SECRET_KEY = NEW
    return found


def test_the_database_does_not_have_it(secret):
    assert secret not in str(Authenticator.objects.get().data)


def test_it_is_good_after_the_key_has_changed(client, staff, secret, settings):
    settings.SECRET_KEY_FALLBACKS = [OLD]
    enter_password(client, staff)
    client.post(SECOND, {"code": app_code(secret)})
    assert signed_in_user(client) == staff.pk


def test_under_a_key_that_is_gone_no_code_is_right(client, staff, secret):
    enter_password(client, staff)
    answer = client.post(SECOND, {"code": app_code(secret)})
    expected = "The code is not right. Enter the one that the app shows at this moment"
    assert error_of(answer) == expected
    assert signed_in_user(client) is None
