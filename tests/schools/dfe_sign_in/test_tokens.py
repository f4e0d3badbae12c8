"""Answers that do not prove who the person is, and so sign no user in."""

import time
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.test import Client
from joserfc.jwk import OctKey

from accounts.models import User
from schools.models import InductionTutor
from tests.accounts.signing_in import heading_of, signed_in_user
from tests.builders import make_school
from tests.schools.dfe_sign_in.provider import CLIENT_ID, CLIENT_SECRET, Provider, a_key
from tests.schools.dfe_sign_in.walk import SUBJECT, come_back, go, known_there, sign_in

pytestmark = pytest.mark.django_db

NOT_BELIEVED = (400, "There is a problem with DfE Sign-in")
EXPIRED = (400, "This sign-in can no longer be used")


@pytest.fixture(autouse=True)
def known_person(dfe):
    """Who would get in, were it not for the fault."""
    known_there(dfe, make_school())


def nobody_got_in(browser: Client) -> bool:
    return (
        signed_in_user(browser) is None
        and not User.objects.exists()
        and not InductionTutor.objects.exists()
    )


def now() -> int:
    return int(time.time())


CLAIMS: dict[str, Callable[[], dict]] = {
    "wrong issuer": lambda: {"iss": "https://evil.example"},
    "no issuer": lambda: {"iss": None},
    "wrong audience": lambda: {"aud": ["another-service"]},
    "wrong audience, though we are the party": lambda: {"aud": ["another"], "azp": CLIENT_ID},
    "another service's party": lambda: {"aud": [CLIENT_ID, "another"], "azp": "another"},
    "no audience": lambda: {"aud": []},
    "wrong nonce": lambda: {"nonce": "another"},
    "no nonce": lambda: {"nonce": None},
    "expired": lambda: {"exp": now() - 61},
    "never expires": lambda: {"exp": None},
    "issued in the future": lambda: {"iat": now() + 3600},
    "not yet valid": lambda: {"nbf": now() + 3600},
    "of another access token": lambda: {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    "no subject": lambda: {"sub": ""},
    "a subject that is no text": lambda: {"sub": 7},
    "a subject beyond all length": lambda: {"sub": "s" * 256},
}


@pytest.mark.parametrize("claims", CLAIMS.values(), ids=CLAIMS)
def test_a_token_that_says_something_wrong(client, dfe, claims):
    dfe.claims = claims()
    answer = sign_in(client, dfe)
    assert (answer.status_code, heading_of(answer)) == NOT_BELIEVED
    assert nobody_got_in(client)


def unsigned(dfe: Provider) -> None:
    dfe.header = {"alg": "none"}


def unsigned_and_allowed_to_be(dfe: Provider) -> None:
    unsigned(dfe)
    dfe.document = {"id_token_signing_alg_values_supported": ["RS256", "none"]}


def signed_by_the_shared_secret(dfe: Provider) -> None:
    dfe.header = {"alg": "HS256"}
    dfe.signing = OctKey.import_key(CLIENT_SECRET.ljust(32), {"kid": "first"})
    dfe.document = {"id_token_signing_alg_values_supported": ["RS256", "HS256"]}


def signed_by_another_key(dfe: Provider) -> None:
    dfe.signing = a_key("another")


def signed_by_another_key_of_the_same_name(dfe: Provider) -> None:
    dfe.header = {"alg": "RS256", "kid": dfe.published.kid}
    dfe.signing = a_key("another")


def with_its_own_key(dfe: Provider) -> None:
    dfe.signing = a_key("another")
    dfe.header = {"alg": "RS256", "jwk": dfe.signing.as_dict(private=False)}


def changed_after_signing(dfe: Provider) -> None:
    dfe.instead["/oauth2/token"] = lambda: {
        "access_token": "a",
        "token_type": "Bearer",
        "id_token": "eyJhbGciOiJSUzI1NiIsImtpZCI6ImZpcnN0In0.e30.c2lnbmF0dXJl",
    }


def no_token_at_all(dfe: Provider) -> None:
    dfe.instead["/oauth2/token"] = lambda: {"access_token": "a", "token_type": "Bearer"}


def userinfo_of_somebody_else(dfe: Provider) -> None:
    dfe.userinfo = {"sub": "somebody-else"}


def a_document_of_another_issuer(dfe: Provider) -> None:
    dfe.document = {"issuer": "https://evil.example"}


@pytest.mark.parametrize(
    "lie",
    [
        unsigned,
        unsigned_and_allowed_to_be,
        signed_by_the_shared_secret,
        signed_by_another_key,
        signed_by_another_key_of_the_same_name,
        with_its_own_key,
        changed_after_signing,
        no_token_at_all,
        userinfo_of_somebody_else,
        a_document_of_another_issuer,
    ],
    ids=lambda lie: lie.__name__,
)
def test_what_dfe_sign_in_has_not_signed(client, dfe, lie):
    back = dfe.sign_in(go(client), SUBJECT)
    lie(dfe)
    answer = come_back(client, back)
    assert (answer.status_code, heading_of(answer)) == NOT_BELIEVED
    assert nobody_got_in(client)


def test_a_token_that_expired_within_the_difference_of_clocks_is_believed(client, dfe):
    dfe.claims = {"exp": now() - 30}
    sign_in(client, dfe)
    assert signed_in_user(client) == User.objects.get().pk


def test_the_key_may_change(dfe):
    first, second = Client(), Client()
    sign_in(first, dfe)
    dfe.rotate()
    sign_in(second, dfe)
    assert signed_in_user(first) == signed_in_user(second) == User.objects.get().pk


def test_a_key_that_was_withdrawn_is_not_believed_any_more(client, dfe):
    sign_in(Client(), dfe)
    old = dfe.signing
    dfe.rotate()
    dfe.signing = old
    assert heading_of(sign_in(client, dfe)) == NOT_BELIEVED[1]
    assert signed_in_user(client) is None


def test_an_answer_works_once(client, dfe):
    back = dfe.sign_in(go(client), SUBJECT)
    come_back(client, back)
    client.post("/sign-out")
    answer = come_back(client, back)
    assert (answer.status_code, heading_of(answer)) == EXPIRED
    assert signed_in_user(client) is None


def test_a_code_that_was_used_before_does_not_work_in_a_new_sign_in(client, dfe):
    used = dfe.sign_in(go(Client()), SUBJECT)
    other = dfe.sign_in(go(client), SUBJECT)
    answer = come_back(client, with_parts(other, code=part(used, "code")))
    assert (answer.status_code, heading_of(answer)) == EXPIRED
    assert nobody_got_in(client)


def test_an_answer_works_only_in_the_browser_that_asked(client, dfe):
    go(client)
    back = dfe.sign_in(go(Client()), SUBJECT)
    answer = come_back(client, back)
    assert (answer.status_code, heading_of(answer)) == EXPIRED
    assert nobody_got_in(client)


def test_an_answer_is_taken_for_half_an_hour(client, dfe, time_machine):
    time_machine.move_to("2026-05-01 09:00", tick=False)
    there = go(client)
    time_machine.move_to("2026-05-01 09:30:01", tick=False)
    answer = come_back(client, dfe.sign_in(there, SUBJECT))
    assert (answer.status_code, heading_of(answer)) == EXPIRED
    assert nobody_got_in(client)


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?code=x&state=x", "?error=x"])
def test_what_is_no_answer(client, dfe, query):
    answer = client.get(f"/sign-in/dfe/done{query}")
    assert (answer.status_code, heading_of(answer)) == EXPIRED


def test_who_turns_back_at_dfe_sign_in_is_told_so(client, dfe):
    go(client)
    answer = client.get("/sign-in/dfe/done?error=access_denied&error_description=<b>no</b>")
    assert (answer.status_code, heading_of(answer)) == (403, "You have not signed in")
    assert "<b>no</b>" not in answer.text


def part(address: str, name: str) -> str:
    return dict(parse_qsl(urlsplit(address).query))[name]


def with_parts(address: str, **parts: str) -> str:
    split = urlsplit(address)
    return split._replace(query=urlencode(dict(parse_qsl(split.query)) | parts)).geturl()
