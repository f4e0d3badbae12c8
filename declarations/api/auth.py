"""Who sends a request, and how often."""

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from declarations.api.errors import RequestError
from declarations.models import ApiToken
from declarations.rate_limit import count_request
from declarations.tokens import token_of


class Token(HttpBearer):
    """Knows the lead provider by its token, and counts the token's requests."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token with this secret; None if it is unknown or revoked."""
        known = token_of(token)
        if known and (wait := count_request(known, timezone.now())):
            detail = f"Too many requests for this token. Try again in {wait} seconds"
            raise RequestError(429, "Too many requests", detail, {"Retry-After": str(wait)})
        return known
