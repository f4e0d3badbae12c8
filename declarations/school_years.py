"""A school's year, its partnerships, and the training that waits for one of them.

Training is in the school's partnership with its provider in its cohort as soon as there is one. For
that, each writer locks the year first (docs/domain.md, "When two people are at it at once").
"""

from declarations.locks import lock_teachers_of_training
from declarations.models import (
    DeliveryPartner,
    LeadProvider,
    SchoolPartnership,
    SchoolYear,
    TrainingPeriod,
)


def partnership_of(
    school_id: int, lead_provider_id: int, cohort_id: int
) -> SchoolPartnership | None:
    """The partnership for new training with this provider: the one made first, or None."""
    return (
        SchoolPartnership.objects.filter(
            school=school_id, lead_provider=lead_provider_id, cohort=cohort_id
        )
        .order_by("created_at", "pk")
        .first()
    )


def take_in_waiting(partnership: SchoolPartnership) -> int:
    """Put the training that waits for this partnership in it; return how many periods.

    Those of the same school, provider and cohort, with their days as they are, past ones too. The
    caller has locked the school's year.
    """
    waiting = TrainingPeriod.objects.filter(
        school=partnership.school_id,
        lead_provider=partnership.lead_provider_id,
        cohort=partnership.cohort_id,
        partnership__isnull=True,
    )
    lock_teachers_of_training(waiting)
    return waiting.update(partnership=partnership)


def make_provider_led(year: SchoolYear) -> None:
    """Make this year, which the caller has locked, provider-led."""
    if year.programme != SchoolYear.Programme.PROVIDER_LED:
        year.programme = SchoolYear.Programme.PROVIDER_LED
        year.save(update_fields=["programme"])


def open_partnership(
    year: SchoolYear, provider: LeadProvider, partner: DeliveryPartner
) -> SchoolPartnership:
    """Make a partnership in this year, which the caller has locked, and take in what waits for it.

    The year becomes provider-led. The database refuses a pair that does not work together.
    """
    make_provider_led(year)
    partnership = SchoolPartnership.objects.create(
        school_year=year, lead_provider=provider, delivery_partner=partner
    )
    take_in_waiting(partnership)
    return partnership
