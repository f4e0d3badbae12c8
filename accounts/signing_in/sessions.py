"""What a session may do: it ends when idle, and only one with a second factor enters admin."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

# Seconds. A session may end this much early, never late.
WRITTEN_EVERY = 60
LAST_USED = "last_used"


class IdleSessionMiddleware:
    """Notes when a signed-in session was last used; saving it puts off its end.

    Stands below SessionMiddleware, which saves what changed on the way out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then note the use; a session that nobody has read is left alone."""
        response = self.get_response(request)
        session = request.session
        if session.accessed and SESSION_KEY in session:
            now = timezone.now().timestamp()
            if now - session.get(LAST_USED, 0) >= WRITTEN_EVERY:
                session[LAST_USED] = now
        return response


def may_enter_admin(request: HttpRequest) -> bool:
    """Return whether this session may see admin at all; permissions decide about the rest."""
    user = request.user
    if not (user.is_active and user.is_staff):
        return False
    records = get_authentication_records(request, user)
    return any(record["method"] == "mfa" for record in records)
