"""The pages that lead to DfE Sign-in, and back from it.

They are in this app as signing in makes a user an induction tutor of a school.
"""

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit  # its public part never limits a GET
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.signing_in import audit, sessions
from accounts.signing_in.dfe_sign_in import METHOD, provider
from accounts.signing_in.dfe_sign_in.refusals import NotSignedInError
from accounts.signing_in.known_browsers import known_browser_of_any
from schools.tutors import appointed_user

View = Callable[[HttpRequest], HttpResponse]


def _for_signed_out_users(view: View) -> View:
    """Answer 404 where DfE Sign-in is not offered, redirect signed-in users, and show refusals."""

    @login_not_required
    @never_cache
    @require_GET
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not provider.is_offered():
            raise Http404
        if request.user.is_authenticated:
            return redirect(get_adapter().get_login_redirect_url(request))
        try:
            return view(request)
        except NotSignedInError as error:
            return _not_signed_in(request, error)

    return guarded


@_for_signed_out_users
def send_to_dfe_sign_in(request: HttpRequest) -> HttpResponse:
    """Send the browser to DfE Sign-in."""
    browser = known_browser_of_any(request)
    limited = ratelimit.consume_or_429(
        request,
        app="allauth.account",
        action="known_browser_dfe_sign_in" if browser else "dfe_sign_in",
        key=browser,
        limit_get=True,
    )
    if limited:
        return limited
    sessions.remember_wanted_page(request)
    return provider.begin_sign_in(request, _address("dfe-sign-in-done"))


@_for_signed_out_users
def return_from_dfe_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign the user in, at the school that they chose at DfE Sign-in."""
    completed = provider.complete_sign_in(request, _address("account_request_login_code"))
    user = appointed_user(completed.person, timezone.localdate())
    return sessions.sign_in_by_dfe_sign_in(request, user, completed.sign_out_address)


def _not_signed_in(request: HttpRequest, error: NotSignedInError) -> HttpResponse:
    audit.record("sign-in failed", user=error.user_id, by=METHOD, reason=error.reason.code)
    context = {"reason": error.reason}
    return render(request, "schools/not_signed_in.html", context, status=error.reason.status)


def _address(name: str) -> str:
    """The full address, as it is registered at DfE Sign-in."""
    return f"{settings.SERVICE_URL}{reverse(name)}"


urlpatterns = [
    path("sign-in/dfe", send_to_dfe_sign_in, name="dfe-sign-in"),
    path("sign-in/dfe/done", return_from_dfe_sign_in, name="dfe-sign-in-done"),
]
