"""The calls about declarations."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from pydantic import Field

from declarations.api import document
from declarations.api.answers import many, one
from declarations.api.callers import by, caller, id_in_address, provider_of
from declarations.api.document import Errors, Exactly, parameter, text
from declarations.api.lists import filters_of, page_of
from declarations.api.requests import claim_of, judged_at
from declarations.claims import whole_seconds
from declarations.cursors import recall, remember
from declarations.list_parts import Position
from declarations.listing import ListedDeclaration, Listing, find
from declarations.models import Course, Declaration
from declarations.submission import submit, void

PATH = "/v3/participant-declarations"
KIND = "participant-declaration"
router = Router()


class DeclarationAttributes(Exactly):
    """What is said of a declaration. Date-times are in UTC, in whole seconds."""

    participant_id: UUID = Field(description="The mentor")
    declaration_type: Literal[tuple(Declaration.Type.values)]  # type: ignore[valid-type]
    declaration_date: datetime
    course_identifier: Literal["ecf-mentor"]
    state: Literal[
        "submitted",
        "eligible",
        "payable",
        "paid",
        "voided",
        "awaiting-clawback",
        "clawed-back",
    ]
    updated_at: datetime = Field(description="When the declaration last changed")
    created_at: datetime
    delivery_partner_id: UUID = Field(description="The partner on the day of submission")
    statement_id: None
    clawback_statement_id: None
    ineligible_for_funding_reason: None
    mentor_id: None
    uplift_paid: Literal[False]
    evidence_held: Literal[tuple(Declaration.Evidence.values)] | None  # type: ignore[valid-type]
    lead_provider_name: str = Field(description="The provider that submitted it")


One, Many = document.shapes_of(KIND, DeclarationAttributes)
_SUBMISSION = document.body(
    KIND,
    ("participant_id", "declaration_type", "declaration_date", "course_identifier"),
    {
        "participant_id": text(format="uuid"),
        "declaration_type": text(enum=Declaration.Type.values),
        "declaration_date": text(format="date-time"),
        "course_identifier": text(enum=["ecf-mentor"]),
        "evidence_held": {
            "type": ["string", "null"],
            "enum": [*Declaration.Evidence.values, None],
        },
    },
)
_LIST = document.CALL | {
    "parameters": [
        *document.PAGES,
        document.COHORTS,
        parameter("filter[participant_id]", "Participants, with commas"),
        document.DELIVERY_PARTNERS,
        document.UPDATED_SINCE,
    ]
}


@router.post(
    PATH,
    summary="Submit a declaration",
    response={200: One, 400: Errors, 413: Errors, 422: Errors} | document.ERRORS,
    openapi_extra=_SUBMISSION,
)
def submit_declaration(request: HttpRequest) -> HttpResponse:
    """An exact repeat of a declaration that counts is answered with that one."""
    now, claim = judged_at(request), claim_of(request)
    declaration = submit(provider_of(request), claim, by=by(request), now=now)
    return _one_declaration(request, declaration.pk)


@router.get(
    PATH, summary="List declarations", response=document.list_answers(Many), openapi_extra=_LIST
)
def list_declarations(request: HttpRequest) -> HttpResponse:
    """Oldest first. A page beyond the end is empty."""
    number, size = page_of(request.GET)
    filters = filters_of(request.GET)
    token, now = caller(request), timezone.now()
    listing = Listing(token.lead_provider, filters)
    after = recall(token, filters, number, size, now)
    rows = listing.page(number, size, Position(*after) if after else None)
    if rows:
        remember(token, filters, number, size, rows[-1].position, now)
    return many(map(_resource, rows))


@router.get(
    f"{PATH}/{{declaration_id}}",
    summary="Show a declaration",
    response=document.show_answers(One),
    openapi_extra=document.CALL,
)
def show_declaration(request: HttpRequest, declaration_id: str) -> HttpResponse:
    """One that the provider sees."""
    return _one_declaration(request, id_in_address(declaration_id))


@router.put(
    f"{PATH}/{{declaration_id}}/void",
    summary="Void a declaration",
    response=document.show_answers(One) | {422: Errors},
    openapi_extra=document.CALL,
)
def void_declaration(request: HttpRequest, declaration_id: str) -> HttpResponse:
    """One of the provider's own. A paid one comes to await its clawback."""
    wanted, now = id_in_address(declaration_id), judged_at(request)
    declaration = void(provider_of(request), wanted, by=by(request), now=now)
    return _one_declaration(request, declaration.pk)


def _one_declaration(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """The declaration as the provider sees it. Raises Http404 when the provider does not see it."""
    row = find(provider_of(request), declaration_id)
    return one([_resource(row)] if row else [])


def _resource(row: ListedDeclaration) -> dict:
    return {
        "id": row.id,
        "type": KIND,
        "attributes": {
            "participant_id": row.participant_id,
            "declaration_type": row.declaration_type,
            "declaration_date": whole_seconds(row.declaration_date),
            "course_identifier": Course.MENTOR,
            "state": row.state.replace("_", "-"),
            "updated_at": whole_seconds(row.updated_at),
            "created_at": whole_seconds(row.created_at),
            "delivery_partner_id": row.delivery_partner_id,
            "statement_id": None,
            "clawback_statement_id": None,
            "ineligible_for_funding_reason": None,
            "mentor_id": None,
            "uplift_paid": False,
            "evidence_held": row.evidence_held or None,
            "lead_provider_name": row.lead_provider_name,
        },
    }
