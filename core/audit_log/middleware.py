"""Writes what each request saw and changed to the audit log, so that no view has to do it."""

import json
import re
from collections.abc import Iterator
from uuid import UUID

import pghistory
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from pghistory import config
from pghistory.middleware import HistoryMiddleware

from core.audit_log.changes import Change, changes_of, tables_written
from core.audit_log.recording import one_request_id, record

# An id in an address that admin or the API keeps as text: a number that PostgreSQL could have given
# out, or a UUID as it is usually written.
_ID = re.compile(r"[0-9]{1,19}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


class AuditLogMiddleware(HistoryMiddleware):
    """Gives the history the request's id, user and address, and writes one line.

    It must come after the middleware that sets `request.user`. The line is one of these:

    - "changed": the request changed a record.
    - "sent": the request of a user or lead provider was accepted and changed no record.
    - "viewed": a member of DfE staff opened a page of records.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sends = request.method in config.middleware_methods()
        with (
            one_request_id() as request_id,
            tables_written() as written,  # sees statements before the history adds to them
            pghistory.context(url=request.path, request=request_id) as context,
        ):
            # The user before the view runs, which may sign a user in or out: that is another event.
            sender = request.user.pk if sends else None
            response = super().__call__(request)
            match = request.resolver_match
            if match is None:  # the address is none of ours
                return response
            if changes := changes_of(context.id, written):
                # Of GET requests, only signing in changes records; it tells the history its user.
                _write_changed(request, match, sender or context.metadata.get("user"), changes)
            elif sends:
                _write_sent(request, match, response, sender)
            elif request.method != "OPTIONS" and response.status_code == 200:
                _write_viewed(request, match, response)
        return response


def _write_changed(
    request: HttpRequest, match: ResolverMatch, user: int | None, changes: list[Change]
) -> None:
    lines = [change.as_json() for change in changes]
    record("changed", user=user, **_token(request), **_page(match), changes=lines)


def _write_sent(
    request: HttpRequest, match: ResolverMatch, response: HttpResponse, user: int | None
) -> None:
    token = _token(request)
    if response.status_code < 400 and (user or token):
        record("sent", user=user, **token, **_page(match), status=response.status_code)


def _write_viewed(request: HttpRequest, match: ResolverMatch, response: HttpResponse) -> None:
    # Pages open to all show no records: reading their user would cost a query.
    if not getattr(match.func, "login_required", True):
        return
    if not getattr(request.user, "is_staff", False):
        return
    page, listed = _page(match), list(_listed(request, match, response))
    if page["ids"] or listed:
        record("viewed", user=request.user.pk, **page, **({"listed": listed} if listed else {}))


def _token(request: HttpRequest) -> dict[str, object]:
    """The API token of a lead provider's request, which has no user."""
    token = getattr(request, "auth", None)
    return {"by": f"token {token.pk}"} if token else {}


def _page(match: ResolverMatch) -> dict[str, object]:
    """The name of the page, and the ids in its address."""
    ids = {name: str(value) for name, value in match.kwargs.items() if _is_id(name, value)}
    return {"page": match.view_name, "ids": ids}


def _is_id(name: str, value: object) -> bool:
    """Whether a part of an address is an id. Other parts may be secrets, such as a token.

    The converters `int` and `uuid` give values of their own types. Admin's `object_id` and the
    API's `declaration_id` are text, which is an id only if it looks like one.
    """
    if isinstance(value, int | UUID):
        return True
    return name.endswith("_id") and _ID.fullmatch(str(value)) is not None


def _listed(request: HttpRequest, match: ResolverMatch, response: HttpResponse) -> Iterator[str]:
    """The ids of the records that admin's lists, its search and its autocompletes show."""
    context = getattr(response, "context_data", None) or {}
    if "cl" in context:
        yield from (str(row.pk) for row in context["cl"].result_list)
    elif "listed" in context:
        yield from (f"{row._meta.label_lower} {row.pk}" for row in context["listed"])
    elif match.view_name == "admin:autocomplete":
        model = f"{request.GET['app_label']}.{request.GET['model_name']}"
        for row in json.loads(response.content)["results"]:
            yield f"{model}.{request.GET['field_name']} {row['id']}"
