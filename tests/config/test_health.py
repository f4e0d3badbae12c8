"""The health checks: what they ask, and that every monitor reaches them."""

import pytest
from django.db import connection
from django.test import Client

from config import health

CHECKS = ["/health", "/health/live"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", CHECKS)
def test_ok(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response.headers["Cache-Control"]
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("path", CHECKS)
def test_for_any_host_and_over_plain_http_and_during_maintenance(client, settings, path) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.MAINTENANCE = True
    assert client.get(path, headers={"host": "10.0.0.7:8000"}).status_code == 200


@pytest.mark.usefixtures("database_down")
def test_without_a_database_the_process_lives_and_is_not_ready(client: Client) -> None:
    response = client.get("/health")
    assert (response.status_code, response.content) == (503, b"database unavailable")
    assert client.get("/health/live").status_code == 200


@pytest.mark.django_db
def test_a_database_may_be_ahead_of_the_release_and_not_behind(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) SELECT 'a', 'b', now()")
        assert client.get("/health").status_code == 200
        cursor.execute("DELETE FROM django_migrations WHERE app = 'mentors'")
    response = client.get("/health")
    assert (response.status_code, response.content) == (503, b"migrations missing")


@pytest.mark.django_db
def test_not_ready_without_the_collected_static_files(client: Client, monkeypatch) -> None:
    class Storage:
        hashed_files: dict = {}  # noqa: RUF012

    monkeypatch.setattr(health, "staticfiles_storage", Storage())
    response = client.get("/health")
    assert (response.status_code, response.content) == (503, b"static files missing")
