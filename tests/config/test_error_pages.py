"""The error pages: in the service's own style, and standing when the database does not."""

from collections.abc import Callable

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django.asserts import assertContains
from pytest_django.fixtures import Settings

from accounts.signing_in.views import too_many_requests
from config.pages import service_unavailable
from config.urls import *  # noqa: F403 - the handlers are names of the module too
from config.urls import urlpatterns as urls_of_the_service
from declarations.api.answers import RETRY_AFTER
from tests.declarations.client import GOOD_TYPE, PATH


@login_not_required
def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@login_not_required
def makes_no_sense(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


@login_not_required
def misuses_the_database(request: HttpRequest) -> HttpResponse:
    connection.cursor().execute("SELECT nonsense")
    return HttpResponse()


@login_not_required
def asks_the_database(request: HttpRequest) -> HttpResponse:
    connection.cursor().execute("SELECT 1")
    return HttpResponse("answered")


def needs_a_user(request: HttpRequest) -> HttpResponse:
    return HttpResponse("for you only")


urlpatterns = [
    path("api/breaks", breaks),
    path("api/asks-the-database", asks_the_database),
    *urls_of_the_service,
    path("refuses", refuses),
    path("makes-no-sense", makes_no_sense),
    path("too-many", login_not_required(too_many_requests)),
    path("unavailable", login_not_required(service_unavailable)),
    path("breaks", breaks),
    path("misuses-the-database", misuses_the_database),
    path("asks-the-database", asks_the_database),
    path("needs-a-user", needs_a_user),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor() -> Client:
    """A browser: it sees the error page, not the exception."""
    return Client(raise_request_exception=False)


def check(response: HttpResponse, status: int, heading: str) -> None:
    title = f"<title>{heading} - Manage training for early career teachers - GOV.UK</title>"
    assertContains(response, title, status_code=status)
    html = f'<h1 class="govuk-heading-l">{heading}</h1>'
    assertContains(response, html, status_code=status, html=True)
    assert "Content-Security-Policy" in response.headers


# None of these may ask the database: pytest-django fails a test that does so unasked.
def test_page_not_found(visitor: Client) -> None:
    check(visitor.get("/nothing-here"), 404, "Page not found")


def test_permission_denied(visitor: Client) -> None:
    check(visitor.get("/refuses"), 403, "You do not have permission to see this page")


def test_what_makes_no_sense(visitor: Client) -> None:
    check(visitor.get("/makes-no-sense"), 400, "We could not understand what you sent")


def test_a_host_that_is_not_ours(visitor: Client) -> None:
    answer = visitor.get("/cookies", headers={"host": "elsewhere.example"})
    check(answer, 400, "We could not understand what you sent")


def test_form_of_another_site() -> None:
    client = Client(enforce_csrf_checks=True)
    check(client.post("/refuses"), 403, "We could not accept what you sent")


def test_error_of_ours(visitor: Client) -> None:
    check(visitor.get("/breaks"), 500, "Sorry, there is a problem with the service")


@pytest.mark.django_db
def test_wrong_sql_is_an_error_of_ours(visitor: Client) -> None:
    with pytest.raises(DatabaseError):
        Client().get("/misuses-the-database")


@pytest.mark.django_db
@pytest.mark.usefixtures("database_down")
@pytest.mark.parametrize("address", ["/asks-the-database", "/needs-a-user", "/admin/"])
def test_no_database(visitor: Client, address: str) -> None:
    visitor.cookies["sessionid"] = "0123456789abcdef0123456789abcdef"
    response = visitor.get(address)
    check(response, 503, "Sorry, the service is unavailable")
    assert response.headers["Retry-After"] == str(RETRY_AFTER)


@pytest.mark.django_db
@pytest.mark.usefixtures("database_down")
def test_pages_that_ask_nothing_stand_without_a_database(visitor: Client) -> None:
    assert visitor.get("/cookies").status_code == 200
    check(visitor.get("/nothing-here"), 404, "Page not found")
    check(visitor.get("/breaks"), 500, "Sorry, there is a problem with the service")


@pytest.mark.django_db
def test_maintenance_shuts_all_but_the_health_check(
    settings: Settings, client: Client, fetch: Callable[..., HttpResponse]
) -> None:
    settings.MAINTENANCE = True
    response = client.get("/asks-the-database")
    check(response, 503, "Sorry, the service is unavailable")
    assert response.headers["Retry-After"] == str(RETRY_AFTER)
    assert client.get("/health").content == b"ok"
    assert fetch(client, "/assets/service.css").status_code == 200


class TestOfTheApi:
    """Programs that call it read JSON in the contract's form, whatever it is that goes wrong."""

    @staticmethod
    def check(response: HttpResponse, status: int, title: str) -> None:
        assert (response.status_code, response.headers["Content-Type"]) == (status, GOOD_TYPE)
        (error,) = response.json()["errors"]
        assert (error["title"], set(error)) == (title, {"title", "detail"})

    @pytest.mark.parametrize("address", [PATH, "/api/nothing-here", "/api/docs"])
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_maintenance(self, settings: Settings, client: Client, method, address) -> None:
        settings.MAINTENANCE = True
        response = client.generic(method, address)
        self.check(response, 503, "Service unavailable")
        assert response.headers["Retry-After"] == str(RETRY_AFTER)

    def test_not_found(self, visitor: Client) -> None:
        self.check(visitor.get("/api/nothing-here"), 404, "Resource not found")

    def test_error_of_ours(self, visitor: Client) -> None:
        self.check(visitor.get("/api/breaks"), 500, "Internal server error")

    @pytest.mark.django_db
    @pytest.mark.usefixtures("database_down")
    @pytest.mark.parametrize("address", ["/api/asks-the-database", PATH])
    def test_no_database(self, visitor: Client, address: str) -> None:
        visitor.cookies["sessionid"] = "0123456789abcdef0123456789abcdef"
        response = visitor.post(address, headers={"authorization": "Bearer x"})
        self.check(response, 503, "Service unavailable")
        assert response.headers["Retry-After"] == str(RETRY_AFTER)

    def test_unknown_host(self, visitor: Client, settings: Settings) -> None:
        settings.SECURE_SSL_REDIRECT = True
        response = visitor.get(PATH, headers={"host": "elsewhere.example"})
        self.check(response, 400, "Bad request")
