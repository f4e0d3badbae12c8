"""The footer pages, what robots ask for, and the headers that every page carries."""

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


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/favicon.ico", "/assets/images/favicon.ico"),
        (
            "/.well-known/security.txt",
            "https://vdp.security.education.gov.uk/.well-known/security.txt",
        ),
    ],
)
def test_well_known_addresses_lead_on(client: Client, path: str, leads_to: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (302, leads_to)


def test_no_search_engine_is_to_show_a_page(client: Client) -> None:
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert client.get("/privacy").headers["X-Robots-Tag"] == "noindex, nofollow"


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
