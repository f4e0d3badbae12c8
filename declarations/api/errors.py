"""What goes wrong with a request, each as the contract answers it."""

import logging

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError

from declarations.api.answers import answer, error
from declarations.models import Declaration
from declarations.refusals import RefusedDeclaration

# Seconds after which a browser or a program may try again when the service is unavailable.
RETRY_AFTER = 60
_log = logging.getLogger("django.request")


class RequestError(Exception):
    """A request that cannot be answered as it stands; says how it is answered instead."""

    def __init__(
        self, status: int, title: str, detail: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(f"{title}: {detail}")
        self.response = error(status, title, detail, headers)


class BadRequest(RequestError):  # noqa: N818 - the contract's own title
    """A request of the wrong form."""

    def __init__(self, detail: str, title: str = "Bad request") -> None:
        super().__init__(400, title, detail)


def not_found(request: HttpRequest, reason: object = None) -> HttpResponse:
    """There is no such declaration, or no such address."""
    return error(404, "Resource not found", "Nothing could be found for the provided details")


def not_allowed(allowed: str) -> HttpResponse:
    """The address does not take this method; `allowed` names those it takes."""
    detail = f"This address takes {allowed} only"
    return error(405, "Method not allowed", detail, {"Allow": allowed})


def bad_request() -> HttpResponse:
    """The request is of a kind that nobody looks into."""
    return error(400, "Bad request", "This request cannot be read")


def unavailable() -> HttpResponse:
    """The service is shut, or its database away."""
    headers = {"Retry-After": str(RETRY_AFTER)}
    return error(503, "Service unavailable", "Try again in a minute", headers)


def failed() -> HttpResponse:
    """The service made a mistake."""
    return error(500, "Internal server error", "Something went wrong. Try again later")


def answer_errors(api: NinjaAPI) -> None:
    """Have every exception that leaves one of the API's calls answered in the contract's form."""
    api.add_exception_handler(AuthenticationError, _denied)
    api.add_exception_handler(RequestError, _as_it_says)
    api.add_exception_handler(RefusedDeclaration, _refused)
    for missing in (Declaration.DoesNotExist, Http404):
        api.add_exception_handler(missing, not_found)
    api.add_exception_handler(SuspiciousOperation, lambda request, reason: bad_request())
    for away in (OperationalError, InterfaceError):
        api.add_exception_handler(away, _unavailable)
    api.add_exception_handler(Exception, _failed)


def _denied(request: HttpRequest, reason: Exception) -> HttpResponse:
    return answer({"error": "HTTP Token: Access denied"}, 401)


def _as_it_says(request: HttpRequest, reason: RequestError) -> HttpResponse:
    return reason.response


def _refused(request: HttpRequest, reason: RefusedDeclaration) -> HttpResponse:
    return error(422, reason.title, reason.detail)


def _unavailable(request: HttpRequest, reason: Exception) -> HttpResponse:
    _log.error("The database is unavailable: %s", request.path, exc_info=reason)
    return unavailable()


def _failed(request: HttpRequest, reason: Exception) -> HttpResponse:
    _log.error("Internal server error: %s", request.path, exc_info=reason)
    return failed()
