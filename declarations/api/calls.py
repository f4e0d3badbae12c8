"""Who sends a request, and how often."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI
from ninja.security import HttpBearer

from core.dates import london_day
from declarations.api import answers, document
from declarations.api.answers import RequestError, answer_errors
from declarations.api.document import Errors, Many, One
from declarations.api.requests import claim_of, filters_of, judged_at, page_of
from declarations.claims import read_uuid
from declarations.cursors import recall, remember
from declarations.listing import Listing, Row, find
from declarations.models import ApiToken
from declarations.submission import submit, void
from declarations.tokens import count_request, token_of


class Token(HttpBearer):
    """Knows the lead provider by its token, and counts the token's requests."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token with this secret; None if it is unknown or revoked."""
        known = token_of(token)
        if known and (wait := count_request(known, timezone.now())):
            detail = f"Too many requests for this token. Try again in {wait} seconds"
            raise RequestError(429, "Too many requests", detail, {"Retry-After": str(wait)})
        return known


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
    now = judged_at(request)
    claim = claim_of(request)
    declaration = submit(request.auth.lead_provider, claim, by=_by(request.auth), now=now)
    return answers.one(_found(request, declaration.pk))


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
    token, now = request.auth, timezone.now()
    listing = Listing(token.lead_provider, filters, london_day(judged_at(request)))
    rows = listing.page(number, size, recall(token, filters, number, size, now))
    if len(rows) == size:
        remember(token, filters, number, size, rows[-1].place, now)
    return answers.many(rows)


@api.get(
    f"{PATH}/{{declaration_id}}",
    summary="Show a declaration",
    response={200: One, 400: Errors, 404: Errors} | document.ERRORS,
    openapi_extra=document.CALL,
)
def show_declaration(request: HttpRequest, declaration_id: str) -> HttpResponse:
    """One that the provider sees."""
    return answers.one(_found(request, _known(declaration_id)))


@api.put(
    f"{PATH}/{{declaration_id}}/void",
    summary="Void a declaration",
    response={200: One, 400: Errors, 404: Errors, 422: Errors} | document.ERRORS,
    openapi_extra=document.CALL,
)
def void_declaration(request: HttpRequest, declaration_id: str) -> HttpResponse:
    """One of the provider's own. A paid one comes to await its clawback."""
    provider, by = request.auth.lead_provider, _by(request.auth)
    declaration = void(provider, _known(declaration_id), by=by, now=judged_at(request))
    return answers.one(_found(request, declaration.pk))


def _known(declaration_id: str) -> UUID:
    known = read_uuid(declaration_id)
    if known is None:
        raise Http404
    return known


def _found(request: HttpRequest, declaration_id: UUID) -> Row:
    row = find(request.auth.lead_provider, declaration_id, london_day(judged_at(request)))
    if row is None:
        raise Http404
    return row


def _by(token: ApiToken) -> str:
    """Who, as the log of states has it."""
    return f"token {token.pk}"
