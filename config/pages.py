"""The pages that belong to no part of the domain: footer, health check and errors.

The error pages ask neither `request.user` nor the database, which may be what has failed. To the
programs that call the API they say it in JSON, as its contract has it.
"""

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from declarations.api import answers as api_errors

API = "api/"


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "config/accessibility.html")


@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """What cookies the service sets: their names and lifetimes come from the settings."""
    context = {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "session_lasts": lasting(settings.SESSION_COOKIE_AGE),
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "csrf_lasts": lasting(settings.CSRF_COOKIE_AGE),
    }
    return render(request, "config/cookies.html", context)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What personal data the service holds, and whom to ask about it."""
    return render(request, "config/privacy.html")


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when the database answers, else 503; for load balancers and monitors."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return HttpResponse("database unavailable", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 400 page: what came is not what a browser sends."""
    if _is_for_the_api(request):
        return api_errors.bad_request()
    return render(request, "config/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 403 page."""
    return render(request, "config/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The 403 page for a form that did not come from this browser's own session."""
    return render(request, "config/403_form.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 page: the same for what is not there and for what is not this user's."""
    return render(request, "config/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The 500 page; the 503 page when the error is that the database is not there.

    Django calls this while the exception is handled, wherever in the middleware it arose, so this
    one place sees them all.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return service_unavailable(request)
    if _is_for_the_api(request):
        return api_errors.failed()
    return render(request, "config/500.html", status=500)


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """The 503 page, which says when to try again."""
    if _is_for_the_api(request):
        return api_errors.unavailable()
    response = render(request, "config/503.html", status=503)
    response.headers["Retry-After"] = str(api_errors.RETRY_AFTER)
    return response


def _is_for_the_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(f"/{API}")


def lasting(seconds: int) -> str:
    """Return a time in words, in the largest unit that gives a whole number: "30 minutes"."""
    units = {"week": 604_800, "day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
    unit, length = next((u, n) for u, n in units.items() if seconds % n == 0)
    number = seconds // length
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
