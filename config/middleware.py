"""Middleware for every request: what cannot be read, security headers, and maintenance."""

import codecs
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from config.pages import bad_request, not_found, service_unavailable

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


class ReadableRequestMiddleware:
    """Refuses what no browser sends and no database takes: null characters, and other charsets.

    A client may name the charset of what it sends, also of the query. Text in some has halves of
    characters, which cannot be kept; our pages are in UTF-8, and so are the forms that they send.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            return not_found(request, Http404())
        # Django leaves out a charset that Python does not know.
        charset = request.encoding
        if charset and codecs.lookup(charset).name != "utf-8":
            return bad_request(request, BadRequest(f"The charset {charset} is not UTF-8"))
        if any("\0" in text for part in request.GET.lists() for text in (part[0], *part[1])):
            return bad_request(request, BadRequest("There is a null character in the query"))
        return self.get_response(request)


class MaintenanceMiddleware:
    """Answers every request except the health check with 503 while MAINTENANCE is set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.MAINTENANCE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == reverse("health"):
            return self.get_response(request)
        return service_unavailable(request)
