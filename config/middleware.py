"""Middleware for every request: log line and metrics, headers, health checks and maintenance.

It also refuses requests that cannot be read.
"""

import codecs
import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import BadRequest, MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse

from config import health, metrics
from config.pages import bad_request, is_for_the_api, not_found, service_unavailable
from core.audit_log.recording import one_request_id
from core.postgresql.base import tally

access = logging.getLogger("access")

# Any other method is counted as "other": a client may send any word, and each would get a count of
# its own.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

HEADERS = {
    # No page uses any of these features of a browser.
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "autoplay",
            "camera",
            "display-capture",
            "encrypted-media",
            "fullscreen",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "screen-wake-lock",
            "usb",
            "xr-spatial-tracking",
        )
    ),
    # No search engine shows a page of ours.
    "X-Robots-Tag": "noindex, nofollow",
    # With Django's Cross-Origin-Opener-Policy: no other site shares a browser process with our
    # pages or loads them, and our pages load nothing from another site.
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeadersMiddleware:
    """Puts HEADERS on every response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        # Pages hold personal data: neither a browser nor a proxy may keep them, so that none shows
        # a page again after its user has signed out. Static files have a Cache-Control already.
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class HealthMiddleware:
    """Answers the health checks: for any host, over plain HTTP, and during maintenance."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        check = health.CHECKS.get(request.path_info)
        return check(request) if check else self.get_response(request)


class ReadableRequestMiddleware:
    """Refuses what no browser sends and no database takes: null characters, and other charsets.

    Null characters in a call of the API are left to the API: its contract says how it answers
    values of a wrong form.

    A client may name the charset of what it sends, also of the query. In some charsets a text can
    hold half a character, which cannot be kept. Our pages are in UTF-8, and so are the forms that
    they send.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for_the_api = is_for_the_api(request)
        if "\0" in request.path_info and not for_the_api:
            return not_found(request, Http404())
        # Django leaves out a charset that Python does not know.
        charset = request.encoding
        if charset and codecs.lookup(charset).name != "utf-8":
            return bad_request(request, BadRequest(f"The charset {charset} is not UTF-8"))
        if not for_the_api and any(
            "\0" in text for name, values in request.GET.lists() for text in (name, *values)
        ):
            return bad_request(request, BadRequest("There is a null character in the query"))
        return self.get_response(request)


class MaintenanceMiddleware:
    """Answers every request with 503 while MAINTENANCE is set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.MAINTENANCE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return service_unavailable(request)


class RequestMiddleware:
    """Gives a request its id, and writes one line about it and its metrics when it is answered.

    The line names the page and no address: an address may hold what a user typed. `user` is known
    only if the page asked for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.observe = metrics.observer() if settings.METRICS_PORT else None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began, rounds, waited = time.perf_counter(), tally.rounds, tally.seconds
        with one_request_id(request.META.get("HTTP_X_REQUEST_ID", "")) as request_id:
            response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        # Django would write a second line for each error, without the id.
        response._has_been_logged = True  # type: ignore[attr-defined]
        if health.is_check(request):
            return response
        seconds, rounds = time.perf_counter() - began, tally.rounds - rounds
        match = request.resolver_match
        page = match.view_name if match else ""
        method = request.method if request.method in _METHODS else "other"
        if self.observe:
            self.observe(method, page, response.status_code, seconds, rounds)
        if access.isEnabledFor(logging.INFO):
            user = getattr(request, "_cached_user", None)
            line = {
                "at": _now(),
                "event": "request",
                "request": request_id,
                "user": user.pk if user else None,
                "method": method,
                "page": page,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
                "database": {"rounds": rounds, "ms": round((tally.seconds - waited) * 1000, 1)},
            }
            access.info(json.dumps(line))
        return response


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
