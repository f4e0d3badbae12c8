"""What a lead provider sees (docs/lead-provider-api.md, "Who sees what").

- Declarations: its own. About a mentor that it ever trained, also what any other provider declared,
  while that counts and, once this provider's own latest training period has ended, is dated on or
  before its last day.
- Participants: the mentors that it ever trained or is to train, each by its own latest training
  period. Past, withdrawn and completed ones stay.
- Partnerships: its own.
- Schools: all that are eligible, and those with any provider's partnership in the cohort.
- Delivery partners: those who work with it in any cohort.

No provider sees training that waits for a partnership.
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from declarations.models import (
    Cohort,
    Declaration,
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    Participation,
    SchoolPartnership,
    SharedDeclaration,
)
from declarations.models.declaration import DeclarationQuerySet
from declarations.partnerships import ELIGIBLE_STATUSES
from schools.models import School


def own(provider: LeadProvider) -> DeclarationQuerySet:
    """The provider's own declarations."""
    return Declaration.objects.filter(lead_provider=provider)


def seen(provider: LeadProvider) -> DeclarationQuerySet:
    """The declarations that the provider sees: its own, and others' as triggers keep them.

    For a few teachers or ids: each other provider's declaration is looked for by itself. Listing
    has both in an order.
    """
    shared = SharedDeclaration.objects.filter(declaration=OuterRef("pk"), lead_provider=provider)
    # For a plain EXISTS PostgreSQL may read all that the provider sees of others first.
    declarations = Declaration.objects.alias(shared_by=Subquery(shared.values("pk")[:1]))
    return declarations.filter(Q(lead_provider=provider) | Q(shared_by__isnull=False))


def participants(provider: LeadProvider) -> QuerySet[Participation]:
    """The participants of a provider, by its latest-starting training period of each."""
    return Participation.objects.filter(lead_provider=provider).order_by()


def partnerships(provider: LeadProvider) -> QuerySet[SchoolPartnership]:
    """The partnerships of schools with this provider."""
    return SchoolPartnership.objects.filter(lead_provider=provider).order_by()


def schools(cohort: Cohort) -> QuerySet[School]:
    """The schools that every provider sees in a cohort."""
    with_partnership = SchoolPartnership.objects.filter(
        school_year__school=OuterRef("pk"), school_year__cohort=cohort
    )
    eligible = Q(status__in=ELIGIBLE_STATUSES)
    return School.objects.filter(eligible | Exists(with_partnership.order_by())).order_by()


def delivery_partners(
    provider: LeadProvider, cohorts: Collection[int] | None = None
) -> QuerySet[DeliveryPartner]:
    """The delivery partners who work with this provider, in one of these years if given."""
    pairs = LeadProviderDeliveryPartnership.objects.filter(lead_provider=provider)
    if cohorts is not None:
        pairs = pairs.filter(cohort__start_year__in=cohorts)
    return DeliveryPartner.objects.filter(
        pk__in=pairs.order_by().values("delivery_partner")
    ).order_by()
