"""The calls about partnerships with schools: list, show, report and correct them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from ninja import Router
from pydantic import Field

from core.periods import london_day
from declarations.api import document
from declarations.api.answers import many, one
from declarations.api.callers import by, id_in_address, provider_of
from declarations.api.document import Exactly, text
from declarations.api.lists import (
    check_filter,
    cohorts_of,
    delivery_partner_ids_of,
    keys_of_page,
    updated_since_of,
)
from declarations.api.requests import attributes_of, judged_at
from declarations.claims import whole_seconds
from declarations.models import SchoolPartnership
from declarations.partnerships import PartnershipClaim, correct_partnership, report_partnership
from declarations.shown.partnerships import ShownPartnership, read_partnerships
from declarations.visibility import partnerships

PATH = "/v3/partnerships"
KIND = "partnership"
router = Router()


class PartnershipAttributes(Exactly):
    """What is said of a partnership."""

    cohort: str = Field(description="The year that the cohort starts")
    urn: str
    school_id: UUID
    delivery_partner_id: UUID
    delivery_partner_name: str
    induction_tutor_name: str | None
    induction_tutor_email: str | None
    participants_currently_training: int = Field(ge=0, description="Mentors and ECTs, today")
    created_at: datetime
    updated_at: datetime = Field(description="When what is said of it here last changed")


One, Many = document.shapes_of(KIND, PartnershipAttributes)


@router.get(
    PATH,
    summary="List partnerships",
    response=document.list_answers(Many),
    openapi_extra=document.sorted_list(
        document.COHORTS, document.DELIVERY_PARTNERS, document.UPDATED_SINCE
    ),
)
def list_partnerships(request: HttpRequest) -> HttpResponse:
    """The provider's own."""
    check_filter(request.GET)
    condition, asked = _filtered(request.GET)
    rows = partnerships(provider_of(request)).filter(condition)
    keys = keys_of_page(request, rows, KIND, asked)
    return many(map(_resource, read_partnerships(keys, london_day(judged_at(request)))))


def _filtered(query: QueryDict) -> tuple[Q, object]:
    """The condition on partnerships that the filters are, and what distinguishes them."""
    cohorts, partners = cohorts_of(query), delivery_partner_ids_of(query)
    since, condition = updated_since_of(query), Q()
    if cohorts is not None:
        condition &= Q(cohort__start_year__in=cohorts)
    if partners is not None:
        condition &= Q(delivery_partner__public_id__in=partners)
    if since is not None:
        condition &= Q(updated_at__gte=since)
    return condition, (cohorts, partners, since)


@router.get(
    f"{PATH}/{{partnership_id}}",
    summary="Show a partnership",
    response=document.show_answers(One),
    openapi_extra=document.CALL,
)
def show_partnership(request: HttpRequest, partnership_id: str) -> HttpResponse:
    """One of the provider's own."""
    check_filter(request.GET)
    return _one_partnership(request, _own(request, partnership_id))


@router.post(
    PATH,
    summary="Report a partnership",
    response={
        status: shape for status, shape in document.change_answers(One).items() if status != 404
    },
    openapi_extra=document.body(
        KIND,
        ("cohort", "school_id", "delivery_partner_id"),
        {
            "cohort": {"type": ["string", "integer"]},
            "school_id": text(format="uuid"),
            "delivery_partner_id": text(format="uuid"),
        },
    ),
)
def post_partnership(request: HttpRequest) -> HttpResponse:
    """Training at the school that waits for this partnership is in it from now on."""
    check_filter(request.GET)
    claim = PartnershipClaim(**attributes_of(request, PartnershipClaim.__dataclass_fields__))
    provider, now = provider_of(request), judged_at(request)
    return _one_partnership(request, report_partnership(provider, claim, by=by(request), now=now))


@router.put(
    f"{PATH}/{{partnership_id}}",
    summary="Correct a partnership’s delivery partner",
    response=document.change_answers(One),
    openapi_extra=document.body(
        KIND, ("delivery_partner_id",), {"delivery_partner_id": text(format="uuid")}
    ),
)
def put_partnership(request: HttpRequest, partnership_id: str) -> HttpResponse:
    """Declarations keep the delivery partner that they were made with."""
    check_filter(request.GET)
    own, name = _own(request, partnership_id), "delivery_partner_id"
    named = attributes_of(request, (name,))[name]
    correct_partnership(provider_of(request), own.public_id, named, by=by(request))
    return _one_partnership(request, own)


def _own(request: HttpRequest, partnership_id: str) -> SchoolPartnership:
    return partnerships(provider_of(request)).get(public_id=id_in_address(partnership_id))


def _one_partnership(request: HttpRequest, partnership: SchoolPartnership) -> HttpResponse:
    day = london_day(judged_at(request))
    return one(map(_resource, read_partnerships([partnership.pk], day)))


def _resource(shown: ShownPartnership) -> dict:
    partnership, tutor = shown.partnership, shown.tutor
    return {
        "id": partnership.public_id,
        "type": KIND,
        "attributes": {
            "cohort": str(partnership.cohort.start_year),
            "urn": str(partnership.school.urn),
            "school_id": partnership.school.public_id,
            "delivery_partner_id": partnership.delivery_partner.public_id,
            "delivery_partner_name": partnership.delivery_partner.name,
            "induction_tutor_name": tutor.shown_name if tutor else None,
            "induction_tutor_email": tutor.user.email if tutor else None,
            "participants_currently_training": shown.in_training,
            "created_at": whole_seconds(partnership.created_at),
            "updated_at": whole_seconds(partnership.updated_at),
        },
    }
