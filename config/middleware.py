"""Middleware for every request: security headers, and the answer during maintenance."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from config.pages import service_unavailable

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
