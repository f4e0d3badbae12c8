"""What people see when DfE Sign-in is down, slow or does not make sense: a page, never a fault."""

import logging
import time

import pytest
from django.test import Client

from accounts.models import User
from accounts.signing_in.dfe_sign_in import provider as ours
from tests.accounts.signing_in import heading_of, signed_in_user
from tests.builders import make_school
from tests.schools.dfe_sign_in.walk import SUBJECT, come_back, go, known_there

pytestmark = pytest.mark.django_db

DISCOVERY = "/.well-known/openid-configuration"
UNREACHABLE = (503, "DfE Sign-in is not available")

# What a path answers that should answer with a JSON object.
NONSENSE = {
    "an error": lambda: ("sorry", 500),
    "an error in JSON": lambda: ({"message": "sorry"}, 502),
    "a page": lambda: "<h1>Maintenance</h1>",
    "nothing": lambda: "",
    "a list": list,
    "null": lambda: ("null", {"Content-Type": "application/json"}),
    "an empty object": dict,
    "too deep": lambda: ("[" * 100_000, {"Content-Type": "application/json"}),
    "no text": lambda: (b"\xff\xfe\x00", {"Content-Type": "application/json"}),
}


@pytest.fixture
def known_person(dfe) -> None:
    known_there(dfe, make_school())


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_a_discovery_document_that_is_none(client, dfe, nonsense):
    dfe.instead[DISCOVERY] = nonsense
    answer = client.get("/sign-in/dfe")
    assert (answer.status_code, heading_of(answer)) == UNREACHABLE


@pytest.mark.parametrize("nonsense", ["an error", "a page", "a list", "an empty object"])
@pytest.mark.parametrize("path", [DISCOVERY, "/oauth2/token", "/jwks", "/userinfo"])
def test_an_answer_that_is_none_on_the_way_back(client, dfe, known_person, path, nonsense):
    back = dfe.sign_in(go(client), SUBJECT)
    dfe.instead[path] = NONSENSE[nonsense]
    answer = come_back(client, back)
    assert answer.status_code in (400, 503)
    assert heading_of(answer) in (UNREACHABLE[1], "There is a problem with DfE Sign-in")
    assert signed_in_user(client) is None
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "document",
    [
        {"authorization_endpoint": None},
        {"authorization_endpoint": 7},
        {"issuer": ["a", "list"]},
    ],
    ids=str,
)
def test_a_discovery_document_of_another_shape(client, dfe, document):
    dfe.document = document
    assert client.get("/sign-in/dfe").status_code in (400, 503)


@pytest.mark.parametrize(
    "document",
    [
        {"token_endpoint": None},
        {"token_endpoint": "not an address"},
        {"jwks_uri": None},
        {"jwks_uri": "ftp://dfe.example"},
        {"userinfo_endpoint": None},
        {"end_session_endpoint": None},
    ],
    ids=str,
)
def test_a_discovery_document_of_another_shape_on_the_way_back(client, dfe, known_person, document):
    back = dfe.sign_in(go(client), SUBJECT)
    dfe.document = document
    answer = come_back(client, back)
    assert (answer.status_code, heading_of(answer)) == UNREACHABLE
    assert signed_in_user(client) is None


def test_nobody_answers(client, dfe, settings):
    settings.DFE_SIGN_IN_ISSUER = "http://127.0.0.1:1"
    answer = client.get("/sign-in/dfe")
    assert (answer.status_code, heading_of(answer)) == UNREACHABLE
    assert heading_of(client.get("/sign-in")) == "Sign in"


def test_a_slow_answer_is_waited_for_so_long_and_no_longer(client, dfe, monkeypatch):
    assert sum(ours.TIMEOUTS) * 5 <= 30
    monkeypatch.setattr(ours, "TIMEOUTS", (2, 0.2))
    dfe.instead[DISCOVERY] = lambda: time.sleep(0.6) or {}
    answer = client.get("/sign-in/dfe")
    assert (answer.status_code, heading_of(answer)) == UNREACHABLE


def test_after_a_fault_the_same_person_gets_in(dfe, known_person):
    browser = Client()
    back = dfe.sign_in(go(browser), SUBJECT)
    dfe.instead["/oauth2/token"] = lambda: ("sorry", 500)
    assert come_back(browser, back).status_code == 503
    dfe.be_honest()
    assert come_back(browser, dfe.sign_in(go(browser), SUBJECT)).url == "/"
    assert signed_in_user(browser) == User.objects.get().pk


def test_what_was_not_understood_is_logged_by_its_kind_and_without_secrets(
    client, dfe, known_person, caplog
):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("authlib").setLevel(logging.INFO)  # as the settings have it
    back = dfe.sign_in(go(client), SUBJECT)
    dfe.claims = {"nonce": "a-nonce-that-is-wrong"}
    come_back(client, back)
    assert "an ID token was refused: InvalidClaimError" in caplog.text
    ours_only = [entry for entry in caplog.records if entry.name != "werkzeug"]
    written = " ".join(entry.getMessage() for entry in ours_only)
    # ".eyJ" is in every token, and never by chance in what is random in an address.
    for secret in (".eyJ", "a-nonce", "of-the-test-alone", "head@school", "Heather", "verifier"):
        assert secret not in written
