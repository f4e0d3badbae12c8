"""Signing out ends the session here, and offers to end the one at DfE Sign-in."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.accounts.signing_in import heading_of, signed_in_user
from tests.builders import make_school, make_tutor
from tests.schools.dfe_sign_in.provider import read
from tests.schools.dfe_sign_in.walk import SUBJECT, known_there, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_person(dfe):
    known_there(dfe, make_school())


def test_it_leads_to_the_end_of_the_session_at_dfe_sign_in(client, dfe):
    sign_in(client, dfe)
    answer = client.post("/sign-out")
    assert heading_of(answer) == "You have signed out of this service"
    assert signed_in_user(client) is None
    page = BeautifulSoup(answer.content, "html.parser")
    link = page.find("a", string=lambda text: text and "Sign out of DfE Sign-in" in text)
    address = urlsplit(link["href"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{dfe.url}/oauth2/end_session"
    said = parse_qs(address.query)
    assert read(said["id_token_hint"][0])["sub"] == SUBJECT
    assert said["post_logout_redirect_uri"] == ["http://localhost:8000/sign-in"]


def test_nothing_of_it_is_left_in_the_browser_s_session(client, dfe):
    sign_in(client, dfe)
    client.post("/sign-out")
    assert dict(client.session) == {}


def test_only_a_form_of_ours_signs_out(dfe):
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, dfe)
    assert browser.post("/sign-out").status_code == 403
    assert browser.get("/sign-out").status_code == 405
    assert signed_in_user(browser)


def test_where_dfe_sign_in_has_no_such_end_it_leads_to_signing_in(client, dfe):
    dfe.leave_out_of_document = {"end_session_endpoint"}
    sign_in(client, dfe)
    assert client.post("/sign-out").url == "/sign-in?signed-out"


def test_who_came_in_another_way_is_not_sent_there(client, dfe):
    client.force_login(make_tutor(make_school()))
    assert client.post("/sign-out").url == "/sign-in?signed-out"
