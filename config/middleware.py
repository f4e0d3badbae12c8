"""Middleware of the whole service: security headers, and the switch that shuts it."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from config.pages import service_unavailable

HEADERS = {
    # No page uses any of the browser's devices; the list is what browsers know of.
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
    # With Django's Cross-Origin-Opener-Policy: no other site shares a process with our pages or
    # loads them, and they load nothing of another site's.
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeadersMiddleware:
    """Puts HEADERS on every response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        # Pages hold personal data: no browser shows them again once their reader has signed out,
        # and nothing on the way keeps them. Files say of themselves how long they keep.
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class MaintenanceMiddleware:
    """Answers every request but the health check with a 503 while MAINTENANCE is set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.MAINTENANCE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the 503 answer, or what the health check says."""
        if request.path == reverse("health"):
            return self.get_response(request)
        return service_unavailable(request)
