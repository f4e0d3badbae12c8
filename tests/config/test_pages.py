"""The footer pages, the health check, and the headers that every page carries."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from pytest_django.asserts import assertContains
from pytest_django.fixtures import Settings

from config.pages import lasting


@pytest.mark.parametrize(
    ("path", "heading", "says"),
    [
        ("/accessibility", "Accessibility statement", "no formal audit has been done yet"),
        ("/cookies", "Cookies", "We use 3 cookies"),
        ("/privacy", "Privacy notice", "teacher reference number (TRN) and date of birth"),
    ],
)
def test_footer_page_is_open_to_all(client: Client, path: str, heading: str, says: str) -> None:
    response = client.get(path)
    assertContains(response, f'<h1 class="govuk-heading-l">{heading}</h1>', html=True)
    assertContains(response, says)
    assert not response.cookies
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/accessibility", "/privacy"])
def test_page_says_whom_to_ask(client: Client, path: str) -> None:
    assertContains(client.get(path), f'href="mailto:{settings.SUPPORT_EMAIL}"')


def test_cookies_page_tells_the_names_and_lifetimes_in_force(
    client: Client, settings: Settings
) -> None:
    settings.SESSION_COOKIE_NAME = "__Host-session"
    settings.SESSION_COOKIE_AGE = 1800
    response = client.get("/cookies")
    row = r"{}</th>\s*<td[^>]*>[^<]*</td>\s*<td[^>]*>{}</td>"
    html = response.content.decode()
    assert re.search(row.format("__Host-session", "30 minutes"), html)
    assert re.search(row.format(settings.CSRF_COOKIE_NAME, "52 weeks"), html)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (90, "90 seconds"),
        (60, "1 minute"),
        (1800, "30 minutes"),
        (3600, "1 hour"),
        (86_400, "1 day"),
        (1_209_600, "2 weeks"),
    ],
)
def test_time_in_words(seconds: int, words: str) -> None:
    assert lasting(seconds) == words


@pytest.mark.django_db
def test_health_is_ok_while_the_database_answers(client: Client) -> None:
    response = client.get("/health")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response.headers["Cache-Control"]
    assert client.post("/health").status_code == 405


@pytest.mark.usefixtures("database_down")
def test_health_is_503_while_it_does_not(client: Client) -> None:
    response = client.get("/health")
    assert (response.status_code, response.content) == (503, b"database unavailable")


def test_only_the_official_inline_script_may_run(client: Client) -> None:
    response = client.get("/cookies")
    policy = response.headers["Content-Security-Policy"]
    nonce = re.search(r"script-src 'self' 'nonce-([^']+)'", policy)[1]
    html = response.content.decode()
    assert re.findall(r"<script(.*?)>", html) == [
        f' nonce="{nonce}"',
        ' type="module" src="/assets/service.js"',
    ]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "style=" not in html
    assert nonce not in client.get("/cookies").headers["Content-Security-Policy"]


def test_nothing_is_loaded_from_another_host(
    client: Client, fetch: Callable[..., HttpResponse]
) -> None:
    html = client.get("/cookies").content.decode()
    loaded = re.findall(r'(?:<link[^>]*href|src)="([^"]*)"', html)
    assert len(loaded) == 8
    assert all(address.startswith("/assets/") for address in loaded)
    for address in loaded:
        assert fetch(client, address).status_code == 200, address
