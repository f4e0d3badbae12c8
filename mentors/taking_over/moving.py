"""Moves what a successor takes over from a closed school.

Declarations stay with the training that they are about.
"""

from datetime import date
from typing import Any, TypeVar

from django.db import connection, transaction

from core.periods import Period
from core.refusals import RefusedChange, refusals_in_words
from declarations.models import TrainingPeriod
from mentors.models import Mentorship
from mentors.pairing.giving_back import give_back
from mentors.taking_over.planning import TakeOver, plan_take_over
from schools.details import MOVED_ON
from schools.models import ECTAtSchool, MentorAtSchool, School

Row = TypeVar("Row", bound=Period)


def take_over(school: School, successor: School, *, seen: str, day: date) -> TakeOver:
    """Move what the plan says; `seen` is the key of the plan that the user confirmed.

    Raises RefusedChange when the plan is another one by now, or a constraint refuses it.
    """
    with refusals_in_words(), transaction.atomic(), connection.cursor() as cursor:
        list(School.objects.select_for_update().filter(pk__in=(school.pk, successor.pk)))
        planned = plan_take_over(school, successor, day)
        if planned.key != seen:
            raise RefusedChange(MOVED_ON)
        # A person's time ends before its mentorships do, and the database checks them at the end.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        _write(planned, day)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return planned


def _write(planned: TakeOver, today: date) -> None:
    day = planned.first_day
    # First the rows that end, so that no mentorship or training outlives its person.
    for row in planned.ending:
        _end(row, day)
    ended = (row for row in planned.ending if isinstance(row, Mentorship))
    going_on = give_back([row for row in ended if row.started_on >= day], today)
    ends_anew = {row.pk: row for row in going_on}
    at_successor: dict[tuple[type, int | None], Any] = {}
    for person in planned.people:
        moved = _carry(person, day, school=planned.successor)
        at_successor[type(person), person.pk] = moved
    for mentorship in planned.mentorships:
        _carry(
            ends_anew.get(mentorship.pk, mentorship),
            day,
            mentor=at_successor[MentorAtSchool, mentorship.mentor_id],
            ect=at_successor[ECTAtSchool, mentorship.ect_id],
        )
    for training, partnership in planned.trainings:
        if training.mentor_id:
            who = {"mentor": at_successor[MentorAtSchool, training.mentor_id]}
        else:
            who = {"ect": at_successor[ECTAtSchool, training.ect_id]}
        _carry(training, day, partnership=partnership, **who)
    for tutor in planned.tutors:
        _carry(tutor, day, school=planned.successor)


# Not copied: the id of its pages, and what another school told us of a last day there.
_OF_THE_CLOSED_SCHOOL = {"public_id", "reported_finished_on", "reported_by"}


def _carry(row: Row, day: date, **there: Any) -> Row:
    """The row at the successor: a new one from this day on, or the same if it begins later."""
    if row.started_on >= day:
        return _saved(row, there)
    kept = (
        field.attname
        for field in row._meta.concrete_fields
        if not (field.primary_key or field.generated or field.name in _OF_THE_CLOSED_SCHOOL)
    )
    new = type(row)(**{name: getattr(row, name) for name in kept} | {"started_on": day})
    _end(row, day)
    return _saved(new, there)


def _saved(row: Row, there: dict[str, Any]) -> Row:
    for name, value in there.items():
        setattr(row, name, value)
    row.save()
    return row


def _end(row: Period, day: date) -> None:
    """End a row on the closing day; a mentorship that begins later is deleted.

    What a deleted mentorship had cut short goes on: the caller has `give_back` see to that.
    """
    if row.started_on >= day:
        row.delete()
        return
    row.finished_on = day
    if isinstance(row, Mentorship):
        row.end_reason = Mentorship.EndReason.SCHOOL_CLOSED
    elif isinstance(row, TrainingPeriod):
        row.end_reason = TrainingPeriod.EndReason.LEFT_SCHOOL
        # What the provider said of a later day belongs to the training that goes on.
        row.withdrawn_at = row.deferred_at = row.finished_on_before_completion = None
        row.withdrawn_reason = row.deferred_reason = ""
    row.save()
