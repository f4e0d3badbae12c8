"""A provider's partnerships with schools as it reads them.

Source: docs/lead-provider-api.md, "Partnerships".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q

from core.periods import london_day
from declarations.models import SchoolPartnership, TrainingPeriod
from declarations.shown.schools import days_to_notice, tutors_in_office
from schools.models import InductionTutor


@dataclass(frozen=True)
class ShownPartnership:
    """A partnership, the school's tutor if there is one, and how many people it trains on a day."""

    partnership: SchoolPartnership
    tutor: InductionTutor | None
    in_training: int


def read_partnerships(partnership_ids: Sequence[int], day: date) -> list[ShownPartnership]:
    """These partnerships on this day, in this order, in three queries."""
    partnerships = SchoolPartnership.objects.select_related(
        "school", "cohort", "delivery_partner"
    ).in_bulk(partnership_ids)
    tutors = tutors_in_office({each.school_id for each in partnerships.values()}, day)
    # Training of mentors and ECTs that goes on, without what the provider stopped today.
    goes_on = TrainingPeriod.objects.on(day).filter(
        partnership__in=partnership_ids, withdrawn_at__isnull=True, deferred_at__isnull=True
    )
    counts = goes_on.order_by().values_list("partnership").annotate(Count("pk"))
    in_training = dict(counts)
    return [
        ShownPartnership(each, tutors.get(each.school_id), in_training.get(each.pk, 0))
        for each in (partnerships[pk] for pk in partnership_ids if pk in partnerships)
    ]


def count_in_training(now: datetime) -> None:
    """Stamp as changed the partnerships that have other people in training as of today.

    A training period began today, or had its last day yesterday; or on a day since this was last
    done. The service does it nightly.
    """
    today = london_day(now)
    last = SchoolPartnership.objects.aggregate(day=Max("counted_on"))["day"]
    days = days_to_notice(last, today)
    changed = TrainingPeriod.objects.filter(
        Q(started_on__range=days) | Q(finished_on__range=days), partnership__isnull=False
    )
    SchoolPartnership.objects.filter(pk__in=changed.order_by().values("partnership")).exclude(
        counted_on=today
    ).update(counted_on=today)
