"""The page of a user's own sessions: where they are signed in, each with a button that ends it.

A session's key is as good as a password, so pages name a session by a hash of it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Session, User
from accounts.signing_in.session_store import SIGNED_IN_AT, SessionStore
from accounts.signing_in.sessions import BROWSER, LAST_USED, signed_in_user
from core.audit_log.recording import record

# What a browser calls itself, and how pages call it; the first that fits. Most name others too.
_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "FxiOS": "Firefox"} | {
    name: name for name in ("Chrome", "Safari")
}
_SYSTEMS = {name: name for name in ("Windows", "iPhone", "iPad", "Android")} | {
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class OpenSession:
    """A session in which the user is signed in; `name` stands for it in addresses."""

    name: str
    browser: str
    signed_in_at: datetime
    last_used_at: datetime
    is_this_one: bool


def sessions_of(user: User, this_key: str) -> list[OpenSession]:
    """The sessions in which this user is signed in now, the one used last first.

    `this_key` is the key of the session of the request.
    """
    found = [_read(row, this_key) for row in _rows(user)]
    return sorted(found, key=lambda session: session.last_used_at, reverse=True)


def end_others(user: User, this_key: str | None) -> int:
    """End every session of this user but this one, on every worker; return how many there were."""
    ended, _ = Session.objects.filter(user=user).exclude(session_key=this_key).delete()
    return ended


@require_safe
@never_cache
def list_sessions(request: HttpRequest) -> HttpResponse:
    """The page that says where the user is signed in."""
    user = signed_in_user(request)
    context = {
        "sessions": sessions_of(user, request.session.session_key or ""),
        "signed_in": True,
        "back_link": reverse("admin:index") if user.is_staff else "/",
    }
    return render(request, "accounts/sessions.html", context)


@require_POST
def end_session(request: HttpRequest, session_name: str) -> HttpResponse:
    """End one of the user's own sessions; 404 for a session of another user or one that is over."""
    user = signed_in_user(request)
    row = next((row for row in _rows(user) if _name(row) == session_name), None)
    if row is None:
        raise Http404
    row.delete()
    record("session ended", user=user.pk)
    messages.success(request, "You have signed out in the other browser")
    return redirect("sessions")


def _rows(user: User) -> list[Session]:
    return list(Session.objects.filter(user=user, expire_date__gt=timezone.now()))


def _name(row: Session) -> str:
    return salted_hmac(__name__, row.session_key, algorithm="sha256").hexdigest()


def _read(row: Session, this_key: str) -> OpenSession:
    data = SessionStore().decode(row.session_data)
    signed_in_at = data.get(SIGNED_IN_AT, 0)
    return OpenSession(
        _name(row),
        browser_in_words(data.get(BROWSER, "")),
        _moment(signed_in_at),
        _moment(data.get(LAST_USED, signed_in_at)),
        row.session_key == this_key,
    )


def browser_in_words(user_agent: str) -> str:
    """A browser as people call it, from what it calls itself: "Firefox on Windows"."""
    browser = next((word for sign, word in _BROWSERS.items() if sign in user_agent), None)
    system = next((word for sign, word in _SYSTEMS.items() if sign in user_agent), None)
    return f"{browser or 'A browser'} on {system or 'an unknown device'}"


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.get_current_timezone())
