"""Induction tutors sign in with an emailed code."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.accounts.signing_in import (
    ENTER,
    another,
    ask_for_code,
    enter,
    error_of,
    heading_of,
    make_staff,
    make_tutor,
    newest_code,
    signed_in_user,
)

pytestmark = pytest.mark.django_db

OVER = "This code can no longer be used. Get a new code and enter that one"
WRONG = "The code is not right. If we sent you several, try the others"
SENT_ALREADY = "We sent an email to this address less than a minute ago"


def test_a_tutor_signs_in_with_the_code_in_the_email(client):
    tutor = make_tutor()
    answer = ask_for_code(client, "Tutor@School.example")
    assert answer.url == ENTER
    assert heading_of(client.get(ENTER)) == "Check your email"
    assert mail.outbox[0].to == ["tutor@school.example"]
    answer = enter(client, newest_code())
    assert (answer.status_code, answer.url) == (302, "/")
    assert signed_in_user(client) == tutor.pk


def test_spaces_in_the_code_do_not_matter(client):
    tutor = make_tutor()
    ask_for_code(client)
    code = newest_code()
    enter(client, f" {code[:3]} {code[3:]} ")
    assert signed_in_user(client) == tutor.pk


def test_the_page_asked_for_is_shown_after_signing_in(client):
    make_tutor()
    answer = client.post("/sign-in?next=/cookies", {"email": "tutor@school.example"})
    answer = client.post(answer.url, {"code": newest_code()})
    assert answer.url == "/cookies"


def test_no_other_site_is_led_to_after_signing_in(client):
    make_tutor()
    answer = client.post("/sign-in?next=https://evil.example/", {"email": "tutor@school.example"})
    answer = client.post(answer.url, {"code": newest_code()})
    assert answer.url == "/"


@pytest.mark.parametrize(
    ("email", "error"),
    [
        ("", "Enter your email address"),
        ("nobody", "Enter an email address in the correct format, like name@example.com"),
    ],
)
def test_an_address_that_is_none_is_an_error(client, email, error):
    assert error_of(ask_for_code(client, email)) == error
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("", "Enter the 6-digit code"),
        ("12345", "The code must be 6 numbers, like 123456"),
        ("12345a", "The code must be 6 numbers, like 123456"),
    ],
)
def test_what_cannot_be_a_code_is_an_error_and_no_try(client, code, error):
    tutor = make_tutor()
    ask_for_code(client)
    assert error_of(enter(client, code)) == error
    enter(client, newest_code())
    assert signed_in_user(client) == tutor.pk


def test_a_code_works_for_ten_minutes(client, time_machine):
    make_tutor()
    time_machine.move_to("2026-05-01 09:00", tick=False)
    ask_for_code(client)
    time_machine.move_to("2026-05-01 09:10:01", tick=False)
    assert enter(client, newest_code()).url == "/sign-in"
    assert signed_in_user(client) is None


def test_a_code_works_to_the_end_of_its_ten_minutes(client, time_machine):
    tutor = make_tutor()
    time_machine.move_to("2026-05-01 09:00", tick=False)
    ask_for_code(client)
    time_machine.move_to("2026-05-01 09:09:59", tick=False)
    enter(client, newest_code())
    assert signed_in_user(client) == tutor.pk


def test_a_code_works_once(client):
    make_tutor()
    ask_for_code(client)
    enter(client, newest_code())
    other = Client()
    ask_for_code(other)
    unused = newest_code()
    enter(other, unused)
    client.post("/sign-out")
    ask_for_code(client)
    assert error_of(enter(client, unused)) == WRONG


def test_a_code_asked_for_elsewhere_neither_ends_another_nor_uses_up_its_tries(client):
    tutor = make_tutor()
    ask_for_code(client)
    code = newest_code()
    for _ in range(3):
        stranger = Client()
        ask_for_code(stranger)
        for _ in range(5):
            enter(stranger, another(newest_code()))
    enter(client, code)
    assert signed_in_user(client) == tutor.pk


def test_a_code_works_in_no_browser_but_the_one_that_asked_for_it(client):
    make_tutor()
    ask_for_code(client)
    first = newest_code()
    other = Client()
    ask_for_code(other)
    assert error_of(enter(other, first)) == WRONG
    assert signed_in_user(other) is None


def test_a_new_code_ends_the_older_one_of_its_browser(client, time_machine):
    tutor = make_tutor()
    time_machine.move_to("2026-05-01 09:00", tick=False)
    ask_for_code(client)
    older = newest_code()
    time_machine.move_to("2026-05-01 09:01", tick=False)
    ask_for_code(client)
    newer = newest_code()
    assert error_of(enter(client, older)) == WRONG
    enter(client, newer)
    assert signed_in_user(client) == tutor.pk


@pytest.mark.parametrize("email", ["tutor@school.example", "nobody@school.example"])
def test_asking_again_within_a_minute_sends_nothing_and_says_so(client, time_machine, email):
    make_tutor()
    time_machine.move_to("2026-05-01 09:00", tick=False)
    ask_for_code(client, email)
    time_machine.move_to("2026-05-01 09:00:59", tick=False)
    assert SENT_ALREADY in ask_for_code(client, email.upper(), follow=True).text
    assert len(mail.outbox) == 1
    assert SENT_ALREADY not in client.get(ENTER).text
    time_machine.move_to("2026-05-01 09:01", tick=False)
    assert SENT_ALREADY not in ask_for_code(client, email, follow=True).text
    assert len(mail.outbox) == 2


def test_another_address_is_sent_to_at_once(client):
    tutor = make_tutor()
    ask_for_code(client, "tuor@school.example")
    ask_for_code(client)
    enter(client, newest_code())
    assert signed_in_user(client) == tutor.pk


def test_a_code_works_only_where_one_was_asked_for(client):
    make_tutor()
    ask_for_code(client)
    assert enter(Client(), newest_code()).url == "/sign-in"


def test_five_wrong_tries_end_the_code(client):
    make_tutor()
    ask_for_code(client)
    code = newest_code()
    for _ in range(4):
        assert error_of(enter(client, another(code))) == WRONG
    assert error_of(enter(client, another(code))) == OVER
    assert enter(client, code).url == "/sign-in"
    assert signed_in_user(client) is None


def test_a_user_may_ask_again(client, time_machine):
    tutor = make_tutor()
    time_machine.move_to("2026-05-01 09:00", tick=False)
    ask_for_code(client)
    assert heading_of(client.get("/sign-in")) == "Sign in"
    time_machine.move_to("2026-05-01 09:02", tick=False)
    ask_for_code(client)
    enter(client, newest_code())
    assert signed_in_user(client) == tutor.pk


def test_an_unknown_address_sees_the_same_and_is_told_by_email(client):
    ask_for_code(client, "nobody@school.example")
    page = client.get(ENTER)
    assert heading_of(page) == "Check your email"
    assert mail.outbox[0].to == ["nobody@school.example"]
    assert mail.outbox[0].subject.startswith("You do not have an account")
    assert "ask an induction tutor of your school" in mail.outbox[0].body
    assert error_of(enter(client, "123456")) == WRONG


def test_somebody_no_longer_active_is_unknown(client):
    tutor = make_tutor()
    tutor.is_active = False
    tutor.save()
    ask_for_code(client)
    assert mail.outbox[0].subject.startswith("You do not have an account")


def test_somebody_made_inactive_after_asking_does_not_get_in(client):
    tutor = make_tutor()
    ask_for_code(client)
    tutor.is_active = False
    tutor.save()
    enter(client, newest_code())
    assert signed_in_user(client) is None


def test_staff_get_no_code_but_are_told_how_they_sign_in(client):
    make_staff("dee@education.example")
    ask_for_code(client, "dee@education.example")
    assert heading_of(client.get(ENTER)) == "Check your email"
    assert mail.outbox[0].subject.startswith("How DfE staff sign in")
    assert "/staff/sign-in" in mail.outbox[0].body


def test_a_tutor_made_staff_after_asking_does_not_get_in_by_the_code(client):
    tutor = make_tutor()
    ask_for_code(client)
    tutor.is_staff = True
    tutor.save()
    enter(client, newest_code())
    assert signed_in_user(client) is None


def test_the_code_stands_nowhere_but_in_the_email(client):
    make_tutor()
    ask_for_code(client)
    assert newest_code() not in str(dict(client.session))


def test_signing_in_changes_the_session_key_and_the_csrf_token(client):
    make_tutor()
    ask_for_code(client)
    client.get(ENTER)
    before = client.session.session_key, client.cookies["csrftoken"].value
    enter(client, newest_code())
    client.get("/")
    assert client.session.session_key != before[0]
    assert client.cookies["csrftoken"].value != before[1]
    assert not client.session.exists(before[0])


@pytest.mark.parametrize("address", ["/sign-in", "/sign-in/code", "/staff/sign-in"])
def test_a_form_of_another_site_is_refused(address):
    browser = Client(enforce_csrf_checks=True)
    make_tutor()
    ask_for_code_page = browser.get("/sign-in")
    assert ask_for_code_page.status_code == 200
    assert browser.post(address, {"email": "tutor@school.example"}).status_code == 403
    assert mail.outbox == []


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_reset_password",
        "account_email",
        "account_logout",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "account_inactive",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
    ],
)
def test_no_other_view_of_allauth_is_mounted(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)
