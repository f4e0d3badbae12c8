"""The end of a teacher's induction, which ends their mentorships, whichever school they are at."""

from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from core.periods import not_over
from declarations.locks import lock_years_of_training
from declarations.models import TrainingPeriod
from mentors.models import Mentorship
from mentors.pairing.days import set_known_end
from mentors.pairing.giving_back import give_back
from mentors.pairing.training import training_planned_with
from schools.models import ECTAtSchool, Teacher


class AfterInduction(NamedTuple):
    """The mentorships that got another end with the end of induction, and the deleted ones.

    `training` is deleted too: mentors were to begin it with these mentorships.
    """

    moved: tuple[Mentorship, ...]
    deleted: tuple[Mentorship, ...]
    training: tuple[TrainingPeriod, ...] = ()


@transaction.atomic
def record_induction_end(teacher: Teacher, before: date | None, *, day: date) -> AfterInduction:
    """Save a teacher with a new end of induction, or without one, and adapt the mentorships.

    `before` is the end that was recorded until now (the first day after induction), or None; `day`
    is today. Mentoring ends with induction (docs/journeys.md): a mentorship as an ECT that goes on
    longer is ended, and one that begins later is deleted; what that had cut short goes on. A
    mentorship that the former end of induction had ended gets the end that the records foresee now.
    """
    lock_years_of_training(training_planned_with(teacher.mentorships_as_ect.all(), day))
    # Pairing locks the ECT's row first, and so waits until this transaction is over.
    ects = ECTAtSchool.objects.filter(teacher=teacher).order_by("pk")
    list(ects.select_for_update(no_key=True))
    end = teacher.induction_finished_on
    affected = Q(end_reason=Mentorship.EndReason.INDUCTION_COMPLETED, finished_on=before)
    if end:
        affected |= not_over(end)
    mentorships = list(
        teacher.mentorships_as_ect.filter(affected).select_related(
            "mentor__teacher", "ect__teacher"
        )
    )
    deleted = tuple(row for row in mentorships if end and row.started_on >= end)
    moved = tuple(row for row in mentorships if row not in deleted)
    training = tuple(training_planned_with(deleted, day))
    for row in (*training, *deleted):
        row.delete()
    # The database refuses a mentorship that goes on after induction, at every moment.
    is_later = before is not None and (end is None or end > before)
    if is_later:
        teacher.save()
    for mentorship in moved:
        mentorship.ect.teacher = teacher
        set_known_end(mentorship)
        mentorship.save()
    if not is_later:
        teacher.save()
    return AfterInduction((*moved, *give_back(deleted, day)), deleted, training)
