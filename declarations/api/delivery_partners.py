"""The calls about delivery partners: list and show those who work with the provider."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from declarations.api import document
from declarations.api.answers import many, one
from declarations.api.callers import id_in_address, provider_of
from declarations.api.document import Exactly
from declarations.api.lists import check_filter, cohorts_of, keys_of_page
from declarations.claims import whole_seconds
from declarations.shown.delivery_partners import ShownDeliveryPartner, read_delivery_partners
from declarations.visibility import delivery_partners

PATH = "/v3/delivery-partners"
KIND = "delivery-partner"
router = Router()


class DeliveryPartnerAttributes(Exactly):
    """What is said of a delivery partner."""

    name: str
    cohort: list[str] = Field(description="Every year in which it works with this provider")
    created_at: datetime
    updated_at: datetime = Field(description="When what is said of it here last changed")


One, Many = document.shapes_of(KIND, DeliveryPartnerAttributes)


@router.get(
    PATH,
    summary="List delivery partners",
    response=document.list_answers(Many),
    openapi_extra=document.sorted_list(document.COHORTS),
)
def list_delivery_partners(request: HttpRequest) -> HttpResponse:
    """Those who work with the provider in any cohort."""
    check_filter(request.GET)
    provider, cohorts = provider_of(request), cohorts_of(request.GET)
    rows = delivery_partners(provider, cohorts)
    keys = keys_of_page(request, rows, KIND, cohorts)
    return many(map(_resource, read_delivery_partners(keys, provider)))


@router.get(
    f"{PATH}/{{delivery_partner_id}}",
    summary="Show a delivery partner",
    response=document.show_answers(One),
    openapi_extra=document.CALL,
)
def show_delivery_partner(request: HttpRequest, delivery_partner_id: str) -> HttpResponse:
    """One that works with the provider in any cohort."""
    check_filter(request.GET)
    provider, wanted = provider_of(request), id_in_address(delivery_partner_id)
    keys = delivery_partners(provider).filter(public_id=wanted).values_list("pk", flat=True)
    return one(map(_resource, read_delivery_partners(list(keys), provider)))


def _resource(shown: ShownDeliveryPartner) -> dict:
    partner = shown.partner
    return {
        "id": partner.public_id,
        "type": KIND,
        "attributes": {
            "name": partner.name,
            "cohort": [str(year) for year in shown.cohorts],
            "created_at": whole_seconds(partner.created_at),
            "updated_at": whole_seconds(partner.updated_at),
        },
    }
