"""What is served under /assets/, in the demo and in production."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, override_settings
from pytest_django.fixtures import Settings

SERVED = {
    "govuk-frontend.min.css": "text/css",
    "govuk-frontend.min.js": "text/javascript",
    "service.css": "text/css",
    "service.js": "text/javascript",
    "fonts/light-94a07e06a1-v2.woff2": "font/woff2",
    "images/favicon.svg": "image/svg+xml",
    "manifest.json": "application/json",
    "admin/css/base.css": "text/css",
}


@pytest.mark.parametrize("name", SERVED)
def test_file_is_served_without_collecting(
    client: Client, fetch: Callable[..., HttpResponse], name: str
) -> None:
    response = fetch(client, f"/assets/{name}")
    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == SERVED[name]
    assert "Access-Control-Allow-Origin" not in response.headers


def test_rest_of_the_npm_package_is_not_served(client: Client) -> None:
    for name in ("template.njk", "components/input/fixtures.json", "all.mjs"):
        assert finders.find(name) is None
        assert client.get(f"/assets/{name}").status_code == 404


def as_in_production(root: Path) -> dict[str, object]:
    """The settings by which files are collected into this folder, and are served from it."""
    files = {"BACKEND": "config.static_files.HashedFiles"}
    return {"STATIC_ROOT": root, "STORAGES": django_settings.STORAGES | {"staticfiles": files}}


@pytest.fixture(scope="module")
def collected_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where production's collectstatic put everything."""
    root = tmp_path_factory.mktemp("collected")
    with override_settings(**as_in_production(root)):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


@pytest.fixture
def collected(settings: Settings, collected_once: Path) -> Path:
    """That folder; the settings are those by which it was filled."""
    for name, value in as_in_production(collected_once).items():
        setattr(settings, name, value)
    return collected_once


def test_production_serves_files_by_the_hash_of_their_content(
    collected: Path, settings: Settings, fetch: Callable[..., HttpResponse]
) -> None:
    settings.WHITENOISE_USE_FINDERS = False
    client = Client()
    css = staticfiles_storage.url("govuk-frontend.min.css")
    assert re.fullmatch(r"/assets/govuk-frontend\.min\.[0-9a-f]{12}\.css", css)
    response = fetch(client, css, headers={"accept-encoding": "gzip"})
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Content-Encoding"] == "gzip"

    fonts = re.findall(r"url\(\"?([^)\"]+woff2)", (collected / css[8:]).read_text())
    assert len(fonts) == 2
    script = (collected / staticfiles_storage.stored_name("service.js")).read_text()
    imported = re.search(r"from \"\./(govuk-frontend\.min\.[0-9a-f]{12}\.js)\"", script)[1]
    for address in (*fonts, f"/assets/{imported}"):
        assert re.search(r"\.[0-9a-f]{12}\.", address)
        served = fetch(client, address if address.startswith("/") else f"/assets/{address}")
        assert served.status_code == 200, address
        assert "immutable" in served.headers["Cache-Control"], address


def test_only_what_is_served_is_collected(collected: Path) -> None:
    names = {path.relative_to(collected).parts[0] for path in collected.iterdir()}
    plain = {re.sub(r"\.[0-9a-f]{12}\.", ".", name.removesuffix(".gz")) for name in names}
    assert plain == {
        "account",
        "admin",
        "fonts",
        "govuk-frontend.min.css",
        "govuk-frontend.min.css.map",
        "govuk-frontend.min.js",
        "govuk-frontend.min.js.map",
        "images",
        "kept-choice.js",
        "manifest.json",
        "mfa",
        "ninja",
        "passkey.js",
        "service.css",
        "service.js",
        "staff.css",
        "staff.js",
        "staticfiles.json",
    }
