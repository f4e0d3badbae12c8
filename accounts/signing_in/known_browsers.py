"""Browsers in which a user has signed in before: each has limits of its own.

So strangers who ask for codes or try passwords at a user's address do not keep the user out of the
browser that they sign in with. Such a browser has a signed cookie: which browser it is, and which
users have signed in with it. It proves no user, and signs none in.
"""

from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from accounts.models import User

_SALT = "accounts.signing_in.known_browsers"
# Of a shared computer, the users who signed in last; a cookie holds 4 kB.
_MOST_USERS = 20


class _Known(NamedTuple):
    browser: str
    users: list[int]


def known_browser(request: HttpRequest, user: User | None) -> str | None:
    """The name of this browser, if the user has signed in with it; else None."""
    known = _read(request)
    return known.browser if user and known and user.pk in known.users else None


def known_browser_of_any(request: HttpRequest) -> str | None:
    """The name of this browser, if any user has signed in with it; else None."""
    known = _read(request)
    return known.browser if known else None


def remember_in_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Have the browser keep that this user has signed in with it."""
    known = _read(request) or _Known(get_random_string(32), [])
    users = [user.pk, *(pk for pk in known.users if pk != user.pk)][:_MOST_USERS]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        signing.dumps([known.browser, users], salt=_SALT),
        max_age=settings.KNOWN_BROWSER_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> _Known | None:
    cookie = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, "")
    try:
        return _Known(*signing.loads(cookie, salt=_SALT, max_age=settings.KNOWN_BROWSER_COOKIE_AGE))
    except signing.BadSignature:
        return None
