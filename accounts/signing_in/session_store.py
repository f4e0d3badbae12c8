"""Sessions, and the users signed in with them, read by compiled queries: every page needs both.

Django's own session store and user look-up compile the same two queries for each request.
"""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from accounts.models import User
from core.compiled_queries import CompiledQuery, Slot

_SESSION = CompiledQuery(
    lambda: Session.objects.filter(
        session_key=Slot("key", CharField()), expire_date__gt=Slot("now", DateTimeField())
    )
)
_USER = CompiledQuery(lambda: User.objects.filter(pk=Slot("user")).order_by())


class SessionStore(db.SessionStore):
    """Sessions as rows of the database, as Django keeps them."""

    def _get_session_from_db(self) -> Session | None:
        # A cookie may hold any bytes. PostgreSQL takes no NUL, and no key of ours has a sign.
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
