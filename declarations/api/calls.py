"""The calls of the API, and the token that each request needs."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI
from ninja.security import HttpBearer

from declarations.api import answers, document
from declarations.api.answers import RequestError, answer_errors
from declarations.api.document import Errors, Many, One
from declarations.api.requests import claim_of, filters_of, judged_at, page_of
from declarations.claims import read_uuid
from declarations.cursors import recall, remember
from declarations.listing import Listing, find
from declarations.models import ApiToken
from declarations.submission import submit, void
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


PATH = "/v3/participant-declarations"

api = NinjaAPI(
    title="Lead provider API",
    version="3.0.0",
    description="Lead providers send declarations of mentor training.",
    urls_namespace="lead-provider-api",
    auth=Token(),
)
answer_errors(api)


@api.post(
    PATH,
    summary="Submit a declaration",
    response={200: One, 400: Errors, 413: Errors, 422: Errors} | document.ERRORS,
    openapi_extra=document.SUBMISSION,
)
def submit_declaration(request: HttpRequest) -> HttpResponse:
    """An exact repeat of a declaration that counts is answered with that one."""
    token, now = _token(request), judged_at(request)
    claim = claim_of(request)
    declaration = submit(token.lead_provider, claim, by=_by(token), now=now)
    return _one_declaration(request, declaration.pk)


@api.get(
    PATH,
    summary="List declarations",
    response={200: Many, 400: Errors} | document.ERRORS,
    openapi_extra=document.LIST,
)
def list_declarations(request: HttpRequest) -> HttpResponse:
    """Oldest first. A page beyond the end is empty."""
    number, size = page_of(request.GET)
    filters = filters_of(request.GET)
    token, now = _token(request), timezone.now()
    listing = Listing(token.lead_provider, filters)
    rows = listing.page(number, size, recall(token, filters, number, size, now))
    if len(rows) == size:
        remember(token, filters, number, size, rows[-1].position, now)
    return answers.list_of_declarations(rows)


@api.get(
    f"{PATH}/{{declaration_id}}",
    summary="Show a declaration",
    response={200: One, 400: Errors, 404: Errors} | document.ERRORS,
    openapi_extra=document.CALL,
)
def show_declaration(request: HttpRequest, declaration_id: str) -> HttpResponse:
    """One that the provider sees."""
    return _one_declaration(request, _id(declaration_id))


@api.put(
    f"{PATH}/{{declaration_id}}/void",
    summary="Void a declaration",
    response={200: One, 400: Errors, 404: Errors, 422: Errors} | document.ERRORS,
    openapi_extra=document.CALL,
)
def void_declaration(request: HttpRequest, declaration_id: str) -> HttpResponse:
    """One of the provider's own. A paid one comes to await its clawback."""
    token, wanted = _token(request), _id(declaration_id)
    declaration = void(token.lead_provider, wanted, by=_by(token), now=judged_at(request))
    return _one_declaration(request, declaration.pk)


def _token(request: HttpRequest) -> ApiToken:
    return request.auth  # type: ignore[attr-defined]  # set by django-ninja


def _id(text: str) -> UUID:
    declaration_id = read_uuid(text)
    if declaration_id is None:
        raise Http404
    return declaration_id


def _one_declaration(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """The declaration as the provider sees it. Raises Http404 when the provider does not see it."""
    row = find(_token(request).lead_provider, declaration_id)
    if row is None:
        raise Http404
    return answers.one_declaration(row)


def _by(token: ApiToken) -> str:
    """The token as the state log names it."""
    return f"token {token.pk}"
