"""What the logs have of each request: its line, its id, and a warning for an unknown host."""

import json
import logging
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from tests.builders import make_school, make_tutor
from tests.core.audit_lines import Lines, caught


def breaks(request: HttpRequest) -> HttpResponse:
    raise ValueError("a fault of ours")


breaks.login_required = False
handler500 = "config.pages.server_error"
urlpatterns = [
    path("breaks", breaks),
    path("api/breaks", breaks),
    path("", include("config.urls")),
]


@pytest.fixture
def lines() -> Iterator[Lines]:
    logger = logging.getLogger("access")
    before = logger.level
    logger.setLevel("INFO")
    with caught("access") as lines:
        yield lines
    logger.setLevel(before)


@pytest.mark.django_db
def test_a_line_for_each_request(client: Client, lines: Lines) -> None:
    school = make_school()
    tutor = make_tutor(school)
    client.force_login(tutor)
    response = client.get(f"/schools/{school.urn}/mentors", {"search": "Jane"})
    (line,) = lines.whole()
    assert line["request"] == response.headers["X-Request-ID"]
    assert line["ms"] >= line["database"]["ms"] > 0
    assert line["database"]["rounds"] > 2
    assert {k: line[k] for k in ("event", "user", "method", "page", "status")} == {
        "event": "request",
        "user": tutor.pk,
        "method": "GET",
        "page": "mentors",
        "status": 200,
    }
    assert "Jane" not in lines.text[0]


def test_a_line_of_what_is_not_there_has_no_address(client: Client, lines: Lines) -> None:
    client.get("/Jane")
    (line,) = lines.whole()
    assert (line["page"], line["status"], line["user"]) == ("", 404, None)
    assert "Jane" not in lines.text[0]


def test_health_checks_have_no_line(client: Client, lines: Lines) -> None:
    client.get("/health/live")
    assert lines.text == []


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        ("6f1e0a52-c3d4-4b7e-9a1b-2c3d4e5f6071", True),
        ("Root=1-67891233.abcdef", False),
        ("", False),
        ("x" * 65, False),
        ('" onload="', False),
    ],
)
def test_the_id_that_a_proxy_gave_is_taken(client: Client, given: str, is_taken: bool) -> None:
    response = client.get("/privacy", headers={"x-request-id": given})
    assert (response.headers["X-Request-ID"] == given) is is_taken
    assert response.headers["X-Request-ID"]


@pytest.mark.urls(__name__)
def test_a_fault_shows_the_reference_by_which_the_log_has_it() -> None:
    client = Client(raise_request_exception=False)
    with caught(None) as log:
        page, answer = client.get("/breaks"), client.get("/api/breaks")
    assert f"<strong>{page.headers['X-Request-ID']}</strong>" in page.content.decode()
    assert answer.json()["errors"][0]["detail"].endswith(answer.headers["X-Request-ID"])
    assert any("Internal Server Error" in text for text in log.text)


def test_an_unknown_host_is_a_warning_without_a_traceback(client: Client) -> None:
    entries: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = entries.append
    logging.getLogger().addHandler(handler)
    try:
        assert client.get("/privacy", headers={"host": "elsewhere.example"}).status_code == 400
    finally:
        logging.getLogger().removeHandler(handler)
    (entry,) = entries
    assert (entry.levelname, entry.exc_info) == ("WARNING", None)
    assert "elsewhere.example" in entry.getMessage()
    json.dumps(entry.getMessage())
