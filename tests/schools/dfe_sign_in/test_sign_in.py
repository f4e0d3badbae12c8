"""Induction tutors sign in by DfE Sign-in, which really runs."""

import re

import pytest
from allauth.core.context import request_context
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client

from accounts.models import DfESignInIdentity, User
from accounts.signing_in import sessions
from accounts.signing_in.dfe_sign_in import users
from schools.models import School
from tests.accounts.signing_in import heading_of, make_staff, signed_in_user
from tests.builders import make_school, make_tutor
from tests.schools.dfe_sign_in.walk import EMAIL, SUBJECT, come_back, go, known_there, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(dfe) -> School:
    """A school, for which a person signs in who has no account here yet."""
    school = make_school("Priory Primary School")
    known_there(dfe, school)
    return school


def test_the_first_time_makes_a_user_who_sees_their_school(client, dfe, school):
    answer = sign_in(client, dfe)
    assert (answer.status_code, answer.url) == (302, "/")
    user = User.objects.get()
    assert (user.email, user.name) == (EMAIL, "Heather Head")
    assert not user.is_staff
    assert not user.has_usable_password()
    assert signed_in_user(client) == user.pk
    assert school.name in client.get(f"/schools/{school.urn}").text


def test_the_second_time_it_is_the_same_user(dfe, school):
    sign_in(Client(), dfe)
    browser = Client()
    sign_in(browser, dfe)
    assert signed_in_user(browser) == User.objects.get().pk


def test_two_first_sign_ins_at_once_are_one_user(client, dfe, school):
    """The other one commits after this one has looked for the identity, before it looks for the
    email address."""
    person = users.DfESignInPerson(dfe.url, SUBJECT, EMAIL, "Heather Head", school.urn)
    others = []

    def commit_the_other(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if not others and "accounts_dfesigninidentity" in sql:
            others.append(person)
            others.append(users.save_user(None, person))
        return result

    with connection.execute_wrapper(commit_the_other):
        answer = sign_in(client, dfe)
    assert (answer.status_code, answer.url) == (302, "/")
    assert signed_in_user(client) == others[1].pk
    assert User.objects.count() == DfESignInIdentity.objects.count() == 1


def test_somebody_nominated_before_is_found_by_their_email_address(client, dfe, school):
    tutor = make_tutor(make_school(), EMAIL, name="Mrs Head")
    known_there(dfe, school, email="HEAD@School.example")
    sign_in(client, dfe)
    assert signed_in_user(client) == tutor.pk
    assert User.objects.get().name == "Mrs Head"
    assert DfESignInIdentity.objects.get().subject == SUBJECT


def test_a_changed_email_address_is_followed(client, dfe, school):
    sign_in(Client(), dfe)
    known_there(dfe, school, email="New.Name@school.example")
    sign_in(client, dfe)
    assert User.objects.get().email == "new.name@school.example"
    assert signed_in_user(client) == User.objects.get().pk


def test_an_address_that_somebody_else_has_now_is_theirs(dfe, school):
    sign_in(Client(), dfe)
    other = make_tutor(school, "taken@school.example")
    known_there(dfe, school, email=other.email)
    refused(dfe, "Another account has your email address")
    assert User.objects.get(dfe_sign_in_identities__subject=SUBJECT).email == EMAIL


def test_another_account_at_dfe_sign_in_with_the_same_address_is_not_let_in(dfe, school):
    sign_in(Client(), dfe)
    known_there(dfe, school, subject="somebody-else")
    refused(dfe, "You have another DfE Sign-in account", subject="somebody-else")
    assert DfESignInIdentity.objects.count() == 1


def test_dfe_staff_are_refused(dfe, school):
    staff = make_staff(EMAIL)
    refused(dfe, "DfE staff do not use DfE Sign-in here")
    assert not staff.dfe_sign_in_identities.exists()


def test_a_tutor_who_became_staff_is_refused(dfe, school):
    sign_in(Client(), dfe)
    User.objects.update(is_staff=True)
    refused(dfe, "DfE staff do not use DfE Sign-in here")


def test_who_is_not_active_is_refused(dfe, school):
    sign_in(Client(), dfe)
    User.objects.update(is_active=False)
    refused(dfe, "Your account is closed")


def test_whoever_was_found_before_the_adapter_refuses_staff(client, rf):
    staff = make_staff()
    request = rf.get("/sign-in/dfe/done")
    request.session, request.user = client.session, AnonymousUser()
    with request_context(request):
        answer = sessions.sign_in_by_dfe_sign_in(request, staff, "")
    assert answer.url == "/sign-in"
    assert "_auth_user_id" not in request.session


@pytest.mark.parametrize(
    "claims",
    [
        {"email": None},
        {"email": "nobody"},
        {"email": f"{'a' * 250}@school.example"},
        {"email_verified": False},
        {"email_verified": "false"},
    ],
    ids=str,
)
def test_without_a_checked_email_address_nobody_gets_in(dfe, school, claims):
    known_there(dfe, school, **claims)
    refused(dfe, "DfE Sign-in did not give us your email address")
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"given_name": None, "family_name": None, "name": "H. Head"}, "H. Head"),
        ({"given_name": None, "family_name": None}, EMAIL),
        ({"given_name": "Heat\u0000her\u202e\u00a0"}, "Heather Head"),
        ({"given_name": "H" * 300}, "H" * 200),
    ],
    ids=["full name only", "no name", "what no name has", "too long"],
)
def test_what_becomes_the_name(client, dfe, school, claims, name):
    known_there(dfe, school, **claims)
    sign_in(client, dfe)
    assert User.objects.get().name == name


def test_the_page_asked_for_is_shown_afterwards(client, dfe, school):
    wanted = f"/schools/{school.urn}/mentors"
    page = BeautifulSoup(client.get(f"/sign-in?next={wanted}").content, "html.parser")
    address = page.find("a", string=re.compile("Sign in with DfE Sign-in"))["href"]
    path, _, query = address.partition("?")
    assert path == "/sign-in/dfe"
    assert sign_in(client, dfe, query=f"?{query}").url == wanted


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "\\\\evil"])
def test_no_other_site_is_led_to_afterwards(client, dfe, school, elsewhere):
    assert sign_in(client, dfe, query=f"?next={elsewhere}").url == "/"


def test_signing_in_changes_the_session_key(client, dfe, school):
    there = go(client)
    before = client.session.session_key
    come_back(client, dfe.sign_in(there, SUBJECT))
    assert client.session.session_key != before
    assert not client.session.exists(before)


def test_who_is_signed_in_is_led_to_the_service(client, dfe, school):
    sign_in(client, dfe)
    for address in ("/sign-in/dfe", "/sign-in/dfe/done?code=x&state=y"):
        assert client.get(address).url == "/"


def test_it_is_neither_offered_nor_there_without_its_settings(client):
    assert "DfE Sign-in" not in client.get("/sign-in").text
    for address in ("/sign-in/dfe", "/sign-in/dfe/done"):
        assert client.get(address).status_code == 404


def test_the_session_ends_when_it_idles(client, dfe, school, time_machine):
    time_machine.move_to("2026-05-01 09:00", tick=False)
    sign_in(client, dfe)
    assert client.get(f"/schools/{school.urn}").status_code == 200
    time_machine.move_to("2026-05-01 09:30:01", tick=False)
    assert client.get(f"/schools/{school.urn}").url.startswith("/sign-in?")


def refused(dfe, heading: str, subject: str = SUBJECT) -> None:
    """Try to sign in with a fresh browser; the page says why not, and no user is signed in."""
    browser = Client()
    answer = sign_in(browser, dfe, subject)
    assert (answer.status_code, heading_of(answer)) == (403, heading)
    assert signed_in_user(browser) is None
