"""The pages that belong to no app: those in the footer, files for robots, and the error pages.

The error pages use neither `request.user` nor the database, which may have failed; but the 404 page
keeps the navigation of a user who is signed in. For an address of the API they answer in JSON, as
the API's contract says.
"""

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.audit_log.recording import request_id
from declarations.api import answers as api_answers
from mentors.views.navigation import shell
from schools.access import schools_of

API = "api/"


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "config/accessibility.html")


@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """The cookies page: names and lifetimes come from the settings."""
    context = {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "session_lasts": lasting(settings.SESSION_COOKIE_AGE),
        "known_browser_cookie": settings.KNOWN_BROWSER_COOKIE_NAME,
        "known_browser_lasts": lasting(settings.KNOWN_BROWSER_COOKIE_AGE),
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "csrf_lasts": lasting(settings.CSRF_COOKIE_AGE),
    }
    return render(request, "config/cookies.html", context)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice."""
    return render(request, "config/privacy.html")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: no page is for a search engine."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Redirects to the department's own file on how to report a vulnerability."""
    return redirect(settings.SECURITY_TXT_URL)


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirects to the icon, for browsers and tools that ask for it at its usual address."""
    return redirect(static("images/favicon.ico"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 400 page: the request is not one that a browser sends."""
    if is_for_the_api(request):
        return api_answers.bad_request()
    return render(request, "config/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 403 page."""
    return render(request, "config/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The 403 page for a form without the CSRF token of this browser's session."""
    return render(request, "config/403_form.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 page: the same for a record that does not exist and one the user may not see."""
    return render(request, "config/404.html", _kept_shell(request), status=404)


def _kept_shell(request: HttpRequest) -> dict[str, object]:
    """The navigation for the 404 page, of the school in the address if the user may see it.

    Without such a school it is that of the user's only school. A user with several gets only
    "Sign out", and a person who is not signed in gets nothing.
    """
    try:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return {}
        schools = list(schools_of(user, timezone.localdate()))
    except DatabaseError:
        return {}
    for school in schools:
        if len(schools) == 1 or request.path.startswith(f"/schools/{school.urn}/"):
            return shell(school, "")
    return {"signed_in": True}


def server_error(request: HttpRequest) -> HttpResponse:
    """The 500 page; the 503 page if the error is that the database cannot be reached.

    Django calls this while it handles the exception, so `sys.exception` has it.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return service_unavailable(request)
    if is_for_the_api(request):
        return api_answers.failed()
    return render(request, "config/500.html", {"reference": request_id()}, status=500)


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """The 503 page, which says when to try again."""
    if is_for_the_api(request):
        return api_answers.unavailable()
    response = render(request, "config/503.html", status=503)
    response.headers["Retry-After"] = str(api_answers.RETRY_AFTER)
    return response


def is_for_the_api(request: HttpRequest) -> bool:
    """Whether a request is for the API, which answers everything in its contract's form."""
    return request.path_info.startswith(f"/{API}")


def lasting(seconds: int) -> str:
    """A time in words, in the largest unit that gives a whole number: "30 minutes"."""
    units = {"week": 604_800, "day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
    unit, length = next((u, n) for u, n in units.items() if seconds % n == 0)
    number = seconds // length
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
