"""Sessions, and the users signed in with them, read by compiled queries: every page needs both.

Django's own session store and user look-up compile the same two queries for each request.
"""

from datetime import UTC, datetime
from typing import Any, cast

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from accounts.models import Session, User
from core.compiled_queries import CompiledQuery, Slot

# Seconds: a session ends so long after signing in, whatever its use.
LONGEST = 12 * 3600
# When the user of a session signed in: seconds since 1970.
SIGNED_IN_AT = "signed_in_at"

_SESSION = CompiledQuery(
    lambda: Session.objects.filter(
        session_key=Slot("key", CharField()), expire_date__gt=Slot("now", DateTimeField())
    )
)
_USER = CompiledQuery(lambda: User.objects.filter(pk=Slot("user")).order_by())


class SessionStore(db.SessionStore):
    """Sessions as rows, each with its user, and with an end that no use puts off."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.user_id = data.get(SESSION_KEY)
        if SIGNED_IN_AT in data:
            ends_at = datetime.fromtimestamp(data[SIGNED_IN_AT] + LONGEST, UTC)
            row.expire_date = min(row.expire_date, ends_at)
        return row

    def _get_session_from_db(self) -> Session | None:
        # A cookie may hold any bytes. PostgreSQL refuses NUL; our keys are letters and digits.
        key = self.session_key or ""
        known = key.isascii() and key.isalnum()
        found = _SESSION.first(key=key, now=timezone.now()) if known else None
        if found is None:
            self._session_key = None
        return found


class Backend(AuthenticationBackend):
    """Knows by its id the user who is signed in; the rest is allauth's."""

    def get_user(self, user_id: int) -> User | None:
        user = _USER.first(user=int(user_id))
        return user if user and self.user_can_authenticate(user) else None
