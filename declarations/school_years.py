"""A school's year, its partnerships, and the training that waits for one of them.

Training is in the school's partnership with its provider in its cohort as soon as there is one. For
that, each writer locks the year first (docs/domain.md, "When two people are at it at once").
"""

from django.db.models import QuerySet

from declarations.models import (
    DeliveryPartner,
    LeadProvider,
    SchoolPartnership,
    SchoolYear,
    TrainingPeriod,
)
from schools.models import Teacher


def lock_school_year(school_id: int, cohort_id: int) -> SchoolYear:
    """The school's year, locked until the end of the transaction; made, undecided, if absent.

    Each writer that reports a partnership, adds training or changes the programme locks it first,
    and teachers after it: so that no training waits for a partnership that is there.
    """
    SchoolYear.objects.bulk_create(
        [SchoolYear(school_id=school_id, cohort_id=cohort_id)], ignore_conflicts=True
    )
    years = SchoolYear.objects.select_for_update(no_key=True, of=("self",))
    return years.select_related("school", "cohort").get(school=school_id, cohort=cohort_id)


def partnership_of(
    school_id: int, lead_provider_id: int, cohort_id: int
) -> SchoolPartnership | None:
    """The partnership in which new training with this provider is: the first made; or None."""
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
    lock_teachers_of(waiting)
    return waiting.update(partnership=partnership)


def lock_teachers_of(periods: QuerySet[TrainingPeriod]) -> None:
    """Lock the teachers of this training in one order, as others do before their training."""
    of_them = Teacher.objects.filter(training_periods__in=periods).order_by("pk")
    list(of_them.select_for_update(no_key=True, of=("self",)).values_list("pk"))


def open_partnership(
    year: SchoolYear, provider: LeadProvider, partner: DeliveryPartner
) -> SchoolPartnership:
    """Make a partnership in this year, which the caller has locked, and take in what waits for it.

    The year becomes provider-led. The database refuses a pair that does not work together.
    """
    if year.programme != SchoolYear.Programme.PROVIDER_LED:
        year.programme = SchoolYear.Programme.PROVIDER_LED
        year.save(update_fields=["programme"])
    partnership = SchoolPartnership.objects.create(
        school_year=year, lead_provider=provider, delivery_partner=partner
    )
    take_in_waiting(partnership)
    return partnership
