"""A mentor's training that was chosen with a planned pairing, and goes when that is undone."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from core.history import events_of
from core.periods import not_over
from declarations.models import TrainingPeriod
from mentors.models import Mentorship


def training_planned_with(mentorships: Iterable[Mentorship], day: date) -> list[TrainingPeriod]:
    """The training that goes with these mentorships, if they are undone; `day` is today.

    It was chosen when the mentor was paired (history has both in one transaction), has not begun,
    and no lead provider has declared about it. Where the mentor has another mentorship that is not
    over, it stays. Training may begin later than the mentorship, after a last day elsewhere.
    """
    gone = [mentorship for mentorship in mentorships if mentorship.started_on > day]
    return [
        period
        for mentorship in gone
        for period in _planned_with(mentorship, day)
        if not _mentors_besides(mentorship, gone, day)
    ]


def _planned_with(mentorship: Mentorship, day: date) -> QuerySet[TrainingPeriod]:
    planned = TrainingPeriod.objects.filter(
        mentor=mentorship.mentor_id, started_on__gt=day, declarations__isnull=True
    ).select_related("teacher", "lead_provider")
    if not planned:
        return planned
    made = events_of(Mentorship).filter(pgh_label="insert", pgh_obj=mentorship.pk)
    made_with = events_of(TrainingPeriod).filter(
        pgh_label="insert", pgh_created_at__in=made.values("pgh_created_at")
    )
    return planned.filter(pk__in=made_with.filter(pgh_obj__in=planned).values("pgh_obj"))


def _mentors_besides(mentorship: Mentorship, gone: list[Mentorship], day: date) -> bool:
    others = Mentorship.objects.filter(not_over(day), mentor=mentorship.mentor_id)
    return others.exclude(pk__in=[row.pk for row in gone]).exists()
