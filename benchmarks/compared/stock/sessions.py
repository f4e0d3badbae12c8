"""Django's own session store, on the table that the service keeps sessions in."""

from django.contrib.sessions.backends import db

from accounts.models import Session


class SessionStore(db.SessionStore):
    """Reads a session as Django does."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session
