"""The tokens of the API: made, known again, revoked. A secret is shown once and never kept."""

import hashlib
import secrets
from datetime import datetime

import pghistory

from declarations.models import ApiToken, LeadProvider


def make_token(provider: LeadProvider, *, by: str, now: datetime) -> tuple[ApiToken, str]:
    """Make a token for this provider; returns it with its secret, which nothing can show again."""
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
    """Refuse the token from now on. One that is revoked already stays so since when it was."""
    with pghistory.context(by=by):
        ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now)
    token.refresh_from_db(fields=["revoked_at"])


def _hash(secret: str) -> str:
    # A secret of 256 random bits cannot be guessed, so a plain hash is enough.
    return hashlib.sha256(secret.encode()).hexdigest()
