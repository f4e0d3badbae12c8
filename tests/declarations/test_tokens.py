"""Tokens: made by a command and shown once, kept as a hash, revocable, and limited in their use."""

import hashlib
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from declarations import tokens
from declarations.models import ApiToken, RequestWindow
from declarations.tokens import make_token, revoke, token_of
from tests.declarations.client import DENIED, PATH, Provider
from tests.declarations.trained import NOW, provider

pytestmark = pytest.mark.django_db


def test_the_command_shows_a_token_that_works():
    lead_provider = provider()
    out, err = StringIO(), StringIO()
    call_command("create_api_token", "Ambition Institute", stdout=out, stderr=err)
    secret = out.getvalue().strip()
    assert token_of(secret).lead_provider == lead_provider
    assert secret not in err.getvalue()
    assert token_of(secret).events.get().pgh_context.metadata["by"] == "command create_api_token"


def test_the_command_names_the_providers_there_are():
    provider("UCL")
    with pytest.raises(CommandError, match=r"No lead provider is 'UCL Institute'\. There are: UCL"):
        call_command("create_api_token", "UCL Institute")
    assert not ApiToken.objects.exists()


def test_the_secret_is_kept_nowhere():
    token, secret = make_token(provider(), by="user 1", now=NOW)
    assert len(secret) == 43
    assert token.digest == hashlib.sha256(secret.encode()).hexdigest()
    with connection.cursor() as cursor:
        for table in ("declarations_apitoken", "declarations_apitokenevent", "pghistory_context"):
            cursor.execute(f"SELECT row::text FROM {table} AS row")
            assert secret not in str(cursor.fetchall())
        cursor.execute("SELECT row::text FROM declarations_apitokenevent AS row")
        assert token.digest not in str(cursor.fetchall())


def test_a_revoked_token_is_refused_at_once_and_others_are_not():
    client, other = Provider(provider()), Provider(provider())
    assert client.get()[0] == 200
    revoke(client.token, by="user 1", now=NOW)
    assert client.get() == (401, DENIED)
    assert other.get()[0] == 200
    revoke(client.token, by="user 2", now=NOW + timedelta(days=1))
    client.token.refresh_from_db()
    assert client.token.revoked_at == NOW


@pytest.fixture
def three_requests(monkeypatch):
    monkeypatch.setattr(tokens, "REQUESTS", 3)


def test_the_limit_is_the_contracts():
    assert (1000, timedelta(minutes=5)) == (tokens.REQUESTS, tokens.WINDOW)


def test_requests_are_counted_by_token_and_refused_until_the_window_is_over(three_requests):
    client, other = Provider(provider()), Provider(provider())
    with time_machine.travel(NOW, tick=False) as clock:
        for path in (PATH, f"{PATH}/x", PATH):
            assert client.send("GET", path)[0] in (200, 404)
        clock.shift(timedelta(minutes=1, microseconds=1))
        for method, path in (("GET", PATH), ("POST", PATH), ("PUT", f"{PATH}/x/void")):
            response = client.raw(method, path)
            assert (response.status_code, response.headers["Retry-After"]) == (429, "240")
            (error,) = response.json()["errors"]
            assert error["title"] == "Too many requests"
        assert other.get()[0] == 200
        clock.shift(timedelta(seconds=239))
        assert client.raw("GET").headers["Retry-After"] == "1"
        clock.shift(timedelta(seconds=1))
        assert [client.get()[0] for _ in range(4)] == [200, 200, 200, 429]
        clock.shift(timedelta(days=-1))  # the clock was wrong
        assert client.get()[0] == 200


def test_a_thousand_requests_are_answered_and_the_next_is_not():
    token, _ = make_token(provider(), by="user 1", now=NOW)
    assert {tokens.count_request(token, NOW) for _ in range(1000)} == {None}
    assert tokens.count_request(token, NOW + timedelta(seconds=299)) == 1
    assert RequestWindow.objects.get().requests == 1001


def test_requests_without_a_token_count_for_nobody(three_requests):
    client = Provider(provider())
    for _ in range(5):
        unknown = {"authorization": "Bearer x"}
        assert client.send("GET", headers=unknown) == (401, DENIED)
    assert not RequestWindow.objects.exists()
