"""The one place that writes what requests saw and changed, so that no page has to remember it."""

import json
from collections.abc import Callable, Iterator
from uuid import UUID

import pghistory
from django.http import HttpRequest, HttpResponse
from pghistory import config
from pghistory.middleware import HistoryMiddleware

from accounts.trail.changes import changes_of
from accounts.trail.lines import one_request, record, request_id


class TrailMiddleware(HistoryMiddleware):
    """Gives each request an id, has the history say it with who and where, and writes the trail.

    Stands below the middleware that knows the user. Written are: every page of records that staff
    open ("viewed"), and of what users and lead providers send: every request that changes a record
    ("changed"), and every other that is accepted ("sent").
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = get_response
        super().__init__(self._answer_and_write)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, within an id and the history's context."""
        with one_request():
            return super().__call__(request)

    def get_context(self, request: HttpRequest) -> dict[str, object]:
        """Who, where, and in which request."""
        return {**super().get_context(request), "request": request_id()}

    def _answer_and_write(self, request: HttpRequest) -> HttpResponse:
        may_change = request.method in config.middleware_methods()
        # Who sends it, and not whom it signs in or out: that has its own line.
        sender = request.user.pk if may_change else None
        response = self._answer(request)
        if request.resolver_match is None:  # no page of ours
            return response
        if may_change:
            _write_sent(request, response, sender)
        elif (
            request.method != "OPTIONS"
            and response.status_code == 200
            and getattr(
                # Asking who it is costs open pages a query that they do without.
                request.resolver_match.func,
                "login_required",
                True,
            )
        ):
            _write_viewed(request, response)
        return response


def _write_sent(request: HttpRequest, response: HttpResponse, user: int | None) -> None:
    # The API's sign-in, which no user is behind.
    token = getattr(request, "auth", None)
    if user is None and token is None:
        return
    who = {"user": user, **({"by": f"token {token.pk}"} if token else {})}
    with pghistory.context() as context:
        changes = [change.as_line() for change in changes_of(context.id)]
    if changes:
        record("changed", **who, **_where(request), changes=changes)
    elif response.status_code < 400:
        # A declaration's state, for one, has a log of its own, and is not in the history.
        record("sent", **who, **_where(request), status=response.status_code)


def _write_viewed(request: HttpRequest, response: HttpResponse) -> None:
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
