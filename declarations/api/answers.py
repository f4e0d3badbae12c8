"""The API's answers: JSON as in the contract, for errors too, and never django-ninja's own."""

import json
import logging
from collections.abc import Callable, Iterable
from uuid import UUID

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError

from core.audit_log.recording import request_id
from declarations.claims import Problem, RefusedCall, RefusedDeclaration
from declarations.models import Declaration, SchoolPartnership
from schools.models import Teacher


def answer(payload: dict, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """A response with this payload as JSON."""
    return HttpResponse(
        json.dumps(payload, default=_text),
        status=status,
        content_type="application/json; charset=utf-8",
        headers=headers,
    )


def error(
    status: int, title: str, detail: str, headers: dict[str, str] | None = None
) -> HttpResponse:
    """A response with one error, as the contract writes it."""
    return errors(status, [Problem(title, detail)], headers)


def errors(
    status: int, problems: Iterable[Problem], headers: dict[str, str] | None = None
) -> HttpResponse:
    """A response with these errors, as the contract writes them."""
    return answer({"errors": [problem._asdict() for problem in problems]}, status, headers)


def one(resources: Iterable[dict]) -> HttpResponse:
    """A response with the one resource that was found. Raises Http404 when none was."""
    for resource in resources:
        return _about([resource], answer({"data": resource}))
    raise Http404


def many(resources: Iterable[dict]) -> HttpResponse:
    """A response with a list of resources."""
    shown = [*resources]
    return _about(shown, answer({"data": shown}))


# The kinds of resources that are a person, by the id of the resource.
_PEOPLE = ("participant", "unfunded-mentor")


def _about(resources: list[dict], response: HttpResponse) -> HttpResponse:
    """The response, which says which participants it tells of, for the audit log."""
    response.participant_ids = {  # type: ignore[attr-defined]  # staff/looks reads it
        each["id"] if each["type"] in _PEOPLE else each["attributes"]["participant_id"]
        for each in resources
        if each["type"] in _PEOPLE or "participant_id" in each["attributes"]
    }
    return response


def _text(value: UUID) -> str:
    return str(value)


# When the service is unavailable, a browser or a program may try again after so many seconds.
RETRY_AFTER = 60
_log = logging.getLogger("django.request")


class RequestError(Exception):
    """Raised while a request is read, to answer it with this error."""

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
    """There is nothing with such an id that the provider sees, or no such address."""
    return error(404, "Resource not found", "Nothing could be found for the provided details")


def not_allowed(allowed: str) -> HttpResponse:
    """The address does not take this method; `allowed` names those it takes."""
    detail = f"This address takes {allowed} only"
    return error(405, "Method not allowed", detail, {"Allow": allowed})


def bad_request() -> HttpResponse:
    """The request cannot be read, so no call was made."""
    return error(400, "Bad request", "This request cannot be read")


def unavailable() -> HttpResponse:
    """The service is closed for maintenance, or cannot reach its database."""
    headers = {"Retry-After": str(RETRY_AFTER)}
    return error(503, "Service unavailable", "Try again in a minute", headers)


def failed() -> HttpResponse:
    """The service failed on this request."""
    detail = f"Something went wrong. Try again later. The reference is {request_id()}"
    return error(500, "Internal server error", detail)


def _unavailable(request: HttpRequest, reason: Exception) -> HttpResponse:
    _log.error("The database is unavailable: %s", request.path, exc_info=reason)
    return unavailable()


def _failed(request: HttpRequest, reason: Exception) -> HttpResponse:
    _log.error("Internal server error: %s", request.path, exc_info=reason)
    return failed()


_HANDLERS: dict[type[Exception], Callable[..., HttpResponse]] = {
    AuthenticationError: lambda request, reason: answer(
        {"error": "HTTP Token: Access denied"}, 401
    ),
    RequestError: lambda request, reason: reason.response,
    RefusedDeclaration: lambda request, reason: error(422, reason.title, reason.detail),
    RefusedCall: lambda request, reason: errors(422, reason.problems),
    Declaration.DoesNotExist: not_found,
    SchoolPartnership.DoesNotExist: not_found,
    Teacher.DoesNotExist: not_found,
    Http404: not_found,
    SuspiciousOperation: lambda request, reason: bad_request(),
    OperationalError: _unavailable,
    InterfaceError: _unavailable,
    Exception: _failed,
}


def answer_errors(api: NinjaAPI) -> None:
    """Have the API answer every exception that a call raises in the contract's form."""
    for exception, handler in _HANDLERS.items():
        api.add_exception_handler(exception, handler)
