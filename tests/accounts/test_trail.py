"""The trail of signing in: one JSON object a line, with ids and no personal data."""

import json
import logging

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

pytestmark = pytest.mark.django_db


class Lines(logging.Handler):
    """Keeps what was written."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []

    def emit(self, entry: logging.LogRecord) -> None:
        self.text.append(self.format(entry))

    def events(self) -> list[dict]:
        return [json.loads(line) for line in self.text]


@pytest.fixture
def trail():
    lines = Lines()
    logger = logging.getLogger("trail")
    logger.addHandler(lines)
    yield lines
    logger.removeHandler(lines)


def without_time(events: list[dict]) -> list[dict]:
    return [{key: value for key, value in event.items() if key != "at"} for event in events]


def test_a_tutors_way_in_and_out(client, trail, rf):
    tutor = make_tutor()
    ask_for_code(client)
    code = newest_code()
    enter(client, another(code))
    enter(client, code)
    request = rf.post("/")
    request.user, request.session = tutor, client.session
    logout(request)
    assert without_time(trail.events()) == [
        {"event": "sign-in failed", "user": tutor.pk, "by": "code"},
        {"event": "signed in", "user": tutor.pk, "by": ["code"]},
        {"event": "signed out", "user": tutor.pk},
    ]


def test_the_way_in_of_staff(client, trail):
    staff = make_staff()
    secret = accept_invitation(Client(), staff)
    enter_password(client, staff, "wrong")
    enter_password(client, staff)
    client.post("/staff/second-factor", {"code": "000000"})
    client.post("/staff/second-factor", {"code": app_code(secret)})
    assert without_time(trail.events()) == [
        {"event": "sign-in failed", "user": staff.pk, "by": "password"},
        {"event": "sign-in failed", "user": staff.pk, "by": "second factor"},
        {"event": "signed in", "user": staff.pk, "by": ["password", "mfa"]},
    ]


def test_a_right_password_that_is_not_enough(client, trail):
    staff = make_staff(password=PASSWORD)
    enter_password(client, staff)
    assert without_time(trail.events()) == [
        {"event": "sign-in refused", "user": staff.pk, "by": "password"}
    ]


def test_a_try_at_nobodys_address_has_no_user(client, trail):
    ask_for_code(client, "nobody@school.example")
    enter(client, "123456")
    client.post("/staff/sign-in", {"login": "nobody@school.example", "password": PASSWORD})
    assert without_time(trail.events()) == [
        {"event": "sign-in failed", "user": None, "by": "code"},
        {"event": "sign-in failed", "user": None, "by": "password"},
    ]


def test_no_line_holds_personal_data_or_a_secret(client, trail):
    make_tutor()
    ask_for_code(client)
    code = newest_code()
    enter(client, another(code))
    enter(client, code)
    written = " ".join(trail.text)
    assert trail.events()[0]["at"].endswith("+00:00")
    for secret in ("tutor", "school.example", "Toni", code, another(code), "127.0.0.1"):
        assert secret not in written
