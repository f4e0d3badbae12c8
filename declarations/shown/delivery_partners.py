"""The delivery partners of a provider as it reads them.

Source: docs/lead-provider-api.md, "Delivery partners".
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from declarations.models import DeliveryPartner, LeadProvider, LeadProviderDeliveryPartnership


@dataclass(frozen=True)
class ShownDeliveryPartner:
    """A delivery partner, and the years of the cohorts that it works with the provider in."""

    partner: DeliveryPartner
    cohorts: tuple[int, ...]


def read_delivery_partners(
    partner_ids: Sequence[int], provider: LeadProvider
) -> list[ShownDeliveryPartner]:
    """These delivery partners, in this order, in two queries."""
    partners = DeliveryPartner.objects.in_bulk(partner_ids)
    cohorts: dict[int, list[int]] = defaultdict(list)
    pairs = LeadProviderDeliveryPartnership.objects.filter(
        lead_provider=provider, delivery_partner__in=partner_ids
    )
    for partner_id, year in pairs.order_by("cohort__start_year").values_list(
        "delivery_partner_id", "cohort__start_year"
    ):
        cohorts[partner_id].append(year)
    return [
        ShownDeliveryPartner(partners[pk], tuple(cohorts[pk]))
        for pk in partner_ids
        if pk in partners
    ]
