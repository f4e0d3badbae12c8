"""The one place that writes what requests saw and changed, so that no page has to remember it."""

import json
from collections.abc import Iterator
from uuid import UUID

import pghistory
from django.http import HttpRequest, HttpResponse
from pghistory import config
from pghistory.middleware import HistoryMiddleware

from core.audit_log.changes import Change, changes_of, tables_written
from core.audit_log.recording import one_request, record


class AuditLogMiddleware(HistoryMiddleware):
    """Gives each request an id, has the history say it with who and where, and writes the trail.

    Stands below the middleware that knows the user. Written are: every request that changes a
    record ("changed"), every other that users and lead providers send and that is accepted
    ("sent"), and every page of records that staff open ("viewed").
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, within an id and the history's context, and write what came of it."""
        sends = request.method in config.middleware_methods()
        with (
            one_request() as made,
            tables_written() as written,  # sees statements before the history adds to them
            pghistory.context(url=request.path, request=made) as context,
        ):
            # Who sends it, and not whom it signs in or out: that has its own line.
            sender = request.user.pk if sends else None
            response = super().__call__(request)
            if request.resolver_match is None:  # no page of ours
                return response
            if changes := changes_of(context.id, written):
                # What is only asked for changes nothing, but for signing in, which says by whom.
                _write_changed(request, sender or context.metadata.get("user"), changes)
            elif sends:
                _write_sent(request, response, sender)
            elif request.method != "OPTIONS" and response.status_code == 200:
                _write_viewed(request, response)
        return response


def _write_changed(request: HttpRequest, user: int | None, changes: list[Change]) -> None:
    lines = [change.as_line() for change in changes]
    record("changed", **_who(request, user), **_where(request), changes=lines)


def _write_sent(request: HttpRequest, response: HttpResponse, user: int | None) -> None:
    # A declaration's state, for one, has a log of its own, and is not in the history.
    who = _who(request, user)
    if response.status_code < 400 and (user or "by" in who):
        record("sent", **who, **_where(request), status=response.status_code)


def _who(request: HttpRequest, user: int | None) -> dict[str, object]:
    """The user, or the API's sign-in, which no user is behind."""
    token = getattr(request, "auth", None)
    return {"user": user, **({"by": f"token {token.pk}"} if token else {})}


def _write_viewed(request: HttpRequest, response: HttpResponse) -> None:
    # Asking who it is costs open pages a query that they do without.
    if not getattr(request.resolver_match.func, "login_required", True):
        return
    if not getattr(request.user, "is_staff", False):
        return
    where, listed = _where(request), list(_listed(request, response))
    if where["ids"] or listed:
        record("viewed", user=request.user.pk, **where, **({"listed": listed} if listed else {}))


def _where(request: HttpRequest) -> dict[str, object]:
    """The page's name, and the ids in its address."""
    match = request.resolver_match
    ids = {name: str(value) for name, value in match.kwargs.items() if _is_id(str(value))}
    return {"page": match.view_name, "ids": ids}


def _is_id(text: str) -> bool:
    """Whether it is a number or a UUID: an address may also hold a secret, such as a token."""
    try:
        return text.isdecimal() or bool(UUID(text))
    except ValueError:
        return False


def _listed(request: HttpRequest, response: HttpResponse) -> Iterator[str]:
    """The ids of the records that admin's lists and its autocompletes name."""
    changelist = (getattr(response, "context_data", None) or {}).get("cl")
    if changelist is not None:
        yield from (str(row.pk) for row in changelist.result_list)
    elif request.resolver_match.view_name == "admin:autocomplete":
        model = f"{request.GET['app_label']}.{request.GET['model_name']}"
        for row in json.loads(response.content)["results"]:
            yield f"{model}.{request.GET['field_name']} {row['id']}"
