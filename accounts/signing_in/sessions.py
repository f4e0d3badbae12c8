"""Signed-in sessions: when they end, which may enter admin, and what DfE Sign-in adds to them."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User
from accounts.signing_in.dfe_sign_in import METHOD
from accounts.signing_in.session_store import SIGNED_IN_AT

# Seconds. A session may end this much early, never late.
WRITTEN_EVERY = 60
LAST_USED = "last_used"
# What the browser of a session calls itself, as it said when the user signed in.
BROWSER = "browser"
_LONGEST_NAME = 300

_NEXT = "dfe_sign_in_next"
_SIGN_OUT = "dfe_sign_in_sign_out"


class SignedInRequest(HttpRequest):
    """A request with a signed-in user, as LoginRequiredMiddleware guarantees it for every view."""

    user: User


class IdleSessionMiddleware:
    """Writes when a signed-in session was last used; each such write puts off the session's end.

    It must come below SessionMiddleware, which saves the session after it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        # After a failure the database may not answer, and the session is not saved.
        if response.status_code < 500 and session.accessed and SESSION_KEY in session:
            now = timezone.now().timestamp()
            if now - session.get(LAST_USED, 0) >= WRITTEN_EVERY:
                session[LAST_USED] = now
        return response


def note_sign_in(request: HttpRequest, **_: object) -> None:
    """Keep in the session when the user signed in, and with which browser.

    It receives Django's signal that a user signed in, whichever way.
    """
    request.session[SIGNED_IN_AT] = timezone.now().timestamp()
    request.session[BROWSER] = request.headers.get("User-Agent", "")[:_LONGEST_NAME]


def signed_in_user(request: HttpRequest) -> User:
    """The user who is signed in; raises PermissionDenied when no user is."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def may_enter_admin(request: HttpRequest) -> bool:
    """Whether this session may see admin at all; permissions decide what it sees there."""
    user = request.user
    if not (user.is_active and user.is_staff):
        return False
    records = get_authentication_records(request, user)
    return any(record["method"] == "mfa" for record in records)


def remember_wanted_page(request: HttpRequest) -> None:
    """Keep the page that the user asked for until DfE Sign-in sends them back.

    A page of another site is not kept.
    """
    request.session[_NEXT] = get_next_redirect_url(request)


def sign_in_by_dfe_sign_in(
    request: HttpRequest, user: User, dfe_sign_out_address: str
) -> HttpResponse:
    """Sign this user in, unless the adapter refuses them.

    Returns a redirect: to the page that they asked for, or to one that says why they are refused.
    `dfe_sign_out_address` ends their session at DfE Sign-in; "" if it offers none.
    """
    wanted = request.session.pop(_NEXT, None)
    record_authentication(request, user, method=METHOD)
    response = perform_login(request, Login(user=user, redirect_url=wanted))
    if request.user.is_authenticated:
        request.session[_SIGN_OUT] = dfe_sign_out_address
    return response


def dfe_sign_out_address(request: HttpRequest) -> str:
    """The address that ends this user's session at DfE Sign-in; "" if there is none."""
    return request.session.get(_SIGN_OUT, "")
