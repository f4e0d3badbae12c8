"""Who makes a call: the token that each request needs, and what a call is about."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from core.text import read_uuid
from declarations.api.answers import RequestError
from declarations.models import ApiToken, LeadProvider
from declarations.tokens import count_request, token_of


class Token(HttpBearer):
    """Finds the lead provider's token, and counts the token's requests.

    django-ninja keeps what `authenticate` returns as `request.auth`.
    """

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token with this secret, which is None if it is unknown or revoked.

        Raises RequestError (429) after too many requests.
        """
        api_token = token_of(token)
        if api_token and (wait := count_request(api_token, timezone.now())):
            detail = f"Too many requests for this token. Try again in {wait} seconds"
            raise RequestError(429, "Too many requests", detail, {"Retry-After": str(wait)})
        return api_token


def caller(request: HttpRequest) -> ApiToken:
    """The token of a request that was let in."""
    return request.auth  # type: ignore[attr-defined]  # set by django-ninja


def provider_of(request: HttpRequest) -> LeadProvider:
    """The lead provider that makes the call."""
    return caller(request).lead_provider


def by(request: HttpRequest) -> str:
    """The caller as logs and the history name it."""
    return f"token {caller(request).pk}"


def id_in_address(text: str) -> UUID:
    """The id in an address. Raises Http404 for text that is no UUID."""
    found = read_uuid(text)
    if found is None:
        raise Http404
    return found
