"""Shuts the service while operators work on it."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from config.pages import service_unavailable


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
