"""The audit log of signing in: one JSON object a line, with ids and no personal data."""

import pytest
from django.contrib.auth import logout
from django.test import Client

from tests.accounts.signing_in import (
    PASSWORD,
    accept_invitation,
    another,
    app_code,
    ask_for_code,
    enter,
    enter_password,
    make_staff,
    make_tutor,
    newest_code,
)
from tests.core.audit_lines import caught

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit_log():
    with caught() as lines:
        yield lines


def test_a_tutors_way_in_and_out(client, audit_log, rf):
    tutor = make_tutor()
    ask_for_code(client)
    code = newest_code()
    enter(client, another(code))
    enter(client, code)
    request = rf.post("/")
    request.user, request.session = tutor, client.session
    logout(request)
    assert audit_log.events() == [
        {"event": "sign-in failed", "user": tutor.pk, "by": "code"},
        {"event": "signed in", "user": tutor.pk, "by": ["code"]},
        {"event": "signed out", "user": tutor.pk},
    ]


def test_the_way_in_of_staff(client, audit_log):
    staff = make_staff()
    secret = accept_invitation(Client(), staff)
    enter_password(client, staff, "wrong")
    enter_password(client, staff)
    client.post("/staff/second-factor", {"code": "000000"})
    client.post("/staff/second-factor", {"code": app_code(secret)})
    assert audit_log.events() == [
        {"event": "invitation accepted", "user": staff.pk},
        {"event": "sign-in failed", "user": staff.pk, "by": "password"},
        {"event": "sign-in failed", "user": staff.pk, "by": "second factor"},
        {"event": "signed in", "user": staff.pk, "by": ["password", "mfa"]},
    ]


def test_a_right_password_that_is_not_enough(client, audit_log):
    staff = make_staff(password=PASSWORD)
    enter_password(client, staff)
    assert audit_log.events() == [{"event": "sign-in refused", "user": staff.pk, "by": "password"}]


def test_a_try_at_nobodys_address_has_no_user(client, audit_log):
    ask_for_code(client, "nobody@school.example")
    enter(client, "123456")
    client.post("/staff/sign-in", {"login": "nobody@school.example", "password": PASSWORD})
    assert audit_log.events() == [
        {"event": "sign-in failed", "user": None, "by": "code"},
        {"event": "sign-in failed", "user": None, "by": "password"},
    ]


def test_no_line_holds_personal_data_or_a_secret(client, audit_log):
    make_tutor()
    ask_for_code(client)
    code = newest_code()
    enter(client, another(code))
    enter(client, code)
    written = " ".join(audit_log.text)
    assert audit_log.whole()[0]["at"].endswith("+00:00")
    for secret in ("tutor", "school.example", "Toni", code, another(code), "127.0.0.1"):
        assert secret not in written
