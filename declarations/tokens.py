"""The API's tokens: making, finding and revoking one, and the limit of its requests."""

import hashlib
import math
import secrets
from datetime import datetime, timedelta

import pghistory
from django.db import connection

from declarations.models import ApiToken, LeadProvider, RequestWindow


def make_token(provider: LeadProvider, *, by: str, now: datetime) -> tuple[ApiToken, str]:
    """Make a token for this provider. Returns it and its secret, which is not kept.

    `by` is a kind and an id for the history: "user 12".
    """
    secret = secrets.token_urlsafe(32)
    with pghistory.context(by=by):
        token = ApiToken.objects.create(
            lead_provider=provider, digest=_hash(secret), created_at=now
        )
    return token, secret


def token_of(secret: str) -> ApiToken | None:
    """The token with this secret, with its lead provider; None if unknown or revoked."""
    valid = ApiToken.objects.filter(revoked_at__isnull=True).select_related("lead_provider")
    return valid.filter(digest=_hash(secret)).first()


def revoke(token: ApiToken, *, by: str, now: datetime) -> None:
    """Revoke the token at the moment `now`; one that is revoked already keeps its moment."""
    with pghistory.context(by=by):
        ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now)
    token.refresh_from_db(fields=["revoked_at"])


def _hash(secret: str) -> str:
    # A secret of 256 random bits cannot be guessed, so a plain hash is enough.
    return hashlib.sha256(secret.encode()).hexdigest()


# The limit: so many requests in a window, which starts with a request.
REQUESTS = 1000
WINDOW = timedelta(minutes=5)

# A window that starts in the future comes from a clock that was wrong, so a new one starts.
_COUNT = """
    INSERT INTO declarations_requestwindow AS old (token_id, started_at, requests)
    VALUES (%(token)s, %(now)s, 1)
    ON CONFLICT (token_id) DO UPDATE SET
        started_at = CASE
            WHEN old.started_at > %(over)s AND old.started_at <= %(now)s THEN old.started_at
            ELSE EXCLUDED.started_at
        END,
        requests = CASE
            WHEN old.started_at > %(over)s AND old.started_at <= %(now)s THEN old.requests + 1
            ELSE 1
        END
    RETURNING started_at, requests
"""


def forget_old_windows(now: datetime) -> None:
    """Delete the windows that are over: the next request of their token starts a new one."""
    RequestWindow.objects.filter(started_at__lte=now - WINDOW).delete()


def count_request(token: ApiToken, now: datetime) -> int | None:
    """Count a request at the moment `now`; if it is over the limit, return the seconds to wait."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"token": token.pk, "now": now, "over": now - WINDOW})
        started_at, requests = cursor.fetchone()
    if requests <= REQUESTS:
        return None
    return max(1, math.ceil((started_at + WINDOW - now).total_seconds()))
