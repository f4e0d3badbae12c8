"""Leaving a school: an induction tutor records a person's last day, and may withdraw that.

Recording it ends the person's mentorships and training at the school, and deletes those that would
begin later; what a deleted mentorship had cut short goes on again. Until the last day is over,
withdrawing it restores what still fits the records.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from core.bounds import latest
from core.periods import finished_on, in_words
from core.refusals import RefusedChange
from declarations.locks import lock_teacher, lock_years_of_training
from declarations.models import Declaration, TrainingPeriod
from mentors.leaving.cut_short import (
    CutShort,
    CutShortRow,
    cut_short_by,
    restore,
    rows_from,
    snapshot_of,
)
from mentors.leaving.training import (
    begun_since,
    completed_since,
    keep_former_ends,
    reason_when_they_leave,
)
from mentors.models import Leaving, Mentorship
from mentors.pairing.giving_back import give_back, goes_on_without
from mentors.people.listing import has_left
from schools.details import MOVED_ON, check_email
from schools.models import ECTAtSchool, MentorAtSchool, PersonAtSchool


@dataclass(frozen=True)
class WithdrawnLeaving:
    """The rows that withdrawing a leaving reopened, and those that it could not."""

    reopened: tuple[CutShortRow, ...]
    not_reopened: tuple[CutShortRow, ...]


def may_leave(person: PersonAtSchool, day: date) -> bool:
    """Whether a last day may be recorded for this person: not left, and no leaving recorded."""
    return not has_left(person, day) and leaving_of(person) is None


def check_may_leave(person: PersonAtSchool, day: date) -> None:
    """Raise RefusedChange, in words, unless `may_leave`."""
    if not may_leave(person, day):
        name, school = person.teacher.name, person.school.name
        raise RefusedChange(f"We have already been told that {name} is leaving {school}")


def may_be_withdrawn(person: PersonAtSchool, day: date) -> bool:
    """Whether a tutor may withdraw this person's leaving: until the last day is over.

    Not when DfE staff have changed the last day since; then only staff can.
    """
    leaving = leaving_of(person)
    return (
        leaving is not None
        and not has_left(person, day)
        and leaving.finished_on == person.finished_on
    )


def leaving_of(person: PersonAtSchool) -> Leaving | None:
    """The leaving that a tutor recorded for this person, or None."""
    return getattr(person, "leaving", None)


def to_reopen(leaving: Leaving) -> list[CutShortRow]:
    """The rows that withdrawing this leaving tries to restore.

    They are the rows that it cut short, but for training completed since, and the mentorships and
    training that began since and end with it.
    """
    cut_short = rows_from(leaving.cut_short)
    since = leaving.person.mentorships.filter(
        finished_on=leaving.finished_on, end_reason=_reason_of_mentorships(leaving.person)
    ).exclude(pk__in=[row.pk for row in cut_short if isinstance(row, Mentorship)])
    completed = completed_since(leaving)
    return [
        *(row for row in cut_short if row not in completed),
        *since.select_related("mentor__teacher", "ect__teacher"),
        *begun_since(leaving, _training_in(cut_short)),
    ]


def check_last_day(person: PersonAtSchool, last_day: date, day: date) -> None:
    """Raise RefusedChange, in words for the form's field, if this cannot be their last day.

    `day` is today. The last day is on or after the first day at the school, at most a year ahead,
    and not before training that a lead provider has declared about.
    """
    if last_day < person.started_on:
        raise RefusedChange(
            f"Last day must be on or after {in_words(person.started_on)}, when they started here"
        )
    if last_day > latest(day):
        in_a_year = in_words(latest(day))
        raise RefusedChange(f"Last day must be on or before {in_a_year}, a year from today")
    end = finished_on(last_day)  # not above: the last of all days has no day after it
    if person.finished_on == end:
        raise RefusedChange("Our records have this last day already")
    if _reported(cut_short_by(person, end, day).deleted):
        raise RefusedChange(
            "A lead provider has reported training that starts after this day. Enter a later day,"
            f" or contact us at {settings.SUPPORT_EMAIL}"
        )


@transaction.atomic
def leave(
    person: PersonAtSchool, last_day: date, *, seen: str, day: date, now: datetime
) -> Leaving:
    """Record this last day, end the person's time at the school, and cut short what goes on longer.

    `seen` is the `CutShort.key` of what the page showed; `day` is today and `now` this moment.
    Mentorships and training periods keep the leaving as the reason for their end. Raises
    RefusedChange, in words for the tutor.
    """
    lock_years_of_training(person.training_periods.all())
    person = lock_person(person)
    check_may_leave(person, day)
    check_last_day(person, last_day, day)
    end = finished_on(last_day)
    cut = cut_short_by(person, end, day)
    if cut.key != seen:
        raise RefusedChange(MOVED_ON)
    leaving = Leaving.objects.create(
        **{person.foreign_key: person},
        finished_on=end,
        finished_on_before=person.finished_on,
        cut_short=[_snapshot(row, cut, day) for row in cut.rows],
        told_at=now,
    )
    for row in cut.deleted:
        row.delete()
    for row in cut.ended:
        row.finished_on = end
        row.end_reason = _reason(row, person)
        row.save()
    # The person comes last, as the database refuses a mentorship that goes on longer.
    person.finished_on = end
    person.save()
    give_back(cut.mentorships_deleted, day)
    return leaving


@transaction.atomic
def withdraw_leaving(person: PersonAtSchool, *, day: date) -> WithdrawnLeaving:
    """Withdraw this person's leaving and restore what still fits the records; `day` is today.

    Raises RefusedChange, in words for the tutor, when the last day is over, when the leaving was
    withdrawn already, and when the person cannot stay: another person is to have the email address,
    or an ECT is to start at another school.
    """
    if told := leaving_of(person):
        lock_years_of_training(_training_in(rows_from(told.cut_short)))
    person = lock_person(person)
    leaving = leaving_of(person)
    if leaving is None or not may_be_withdrawn(person, day):
        raise RefusedChange(
            f"You can no longer withdraw that {person.teacher.name} is leaving. If our records are"
            f" wrong, contact us at {settings.SUPPORT_EMAIL}"
        )
    person.finished_on = leaving.finished_on_before
    _check_may_stay(person)
    person.save()
    reopened: list[CutShortRow] = []
    not_reopened: list[CutShortRow] = []
    cuts = _to_cut_again(leaving)
    for row in to_reopen(leaving):
        cut = cuts.get(row.pk) if isinstance(row, Mentorship) else None
        if _has_its_mentorship(row, person, reopened) and restore(row, leaving.finished_on, cut):
            reopened.append(row)
        else:
            not_reopened.append(row)
    keep_former_ends(leaving, _training_in(rows_from(leaving.cut_short)))
    leaving.delete()
    return WithdrawnLeaving(tuple(reopened), tuple(not_reopened))


def _snapshot(row: CutShortRow, cut: CutShort, day: date) -> dict[str, Any]:
    """A row that is cut short; of a deleted mentorship also what goes on again without it."""
    snapshot = snapshot_of(row)
    deleted = next((each for each in cut.mentorships_deleted if each == row), None)
    if deleted and (going_on := goes_on_without(deleted, day, cut.mentorship_ids)):
        snapshot["gave_back"] = snapshot_of(Mentorship.objects.get(pk=going_on.pk))
    return snapshot


def _to_cut_again(leaving: Leaving) -> dict[int, CutShortRow]:
    """The mentorships that went on when another was deleted, as they were, by the other's id."""
    return {
        snapshot["values"]["id"]: rows_from([snapshot["gave_back"]])[0]
        for snapshot in leaving.cut_short
        if "gave_back" in snapshot
    }


def _has_its_mentorship(
    row: CutShortRow, person: PersonAtSchool, restored: Iterable[CutShortRow]
) -> bool:
    """False for training of an ECT's mentor whose mentorship is not restored; else True."""
    if isinstance(row, Mentorship) or row.teacher_id == person.teacher_id:
        return True
    mentorships = (each for each in restored if isinstance(each, Mentorship))
    return any(each.mentor_id == row.mentor_id for each in mentorships)


def _check_may_stay(person: PersonAtSchool) -> None:
    name, period = person.teacher.name, (person.started_on, person.finished_on)
    try:
        check_email(type(person), person.teacher, person.email, *period)
    except RefusedChange:
        raise RefusedChange(
            f"Another person is to have {name}’s email address after their last day. Change it,"
            " then tell us again that they are staying"
        ) from None
    others = ECTAtSchool.objects.filter(teacher=person.teacher).exclude(pk=person.pk)
    if isinstance(person, ECTAtSchool) and others.filter(period__overlap=period).exists():
        raise RefusedChange(
            f"{name} is recorded as an ECT at another school after their last day here. If they are"
            f" staying, contact us at {settings.SUPPORT_EMAIL}"
        )


def lock_person(person: PersonAtSchool) -> PersonAtSchool:
    """Lock the person's row, a mentor's ECTs, the teacher and the training; read the person again.

    Pairing and leaving wait for these locks. ECTs are locked first, by id, then the mentor, and the
    teacher before the training: the order of pairing and of providers' calls, so that two
    transactions do not wait for each other. A transaction that holds the teacher can begin training
    of the person, so the training is read after that lock. It is locked so that no row is saved
    which another transaction deletes; the caller has locked its years. Raises RefusedChange when
    the person's row has been deleted meanwhile.
    """
    if isinstance(person, MentorAtSchool):
        ects = ECTAtSchool.objects.filter(mentorships__mentor=person).order_by("pk")
        list(ects.select_for_update(of=("self",), no_key=True))
    people = type(person)._default_manager.select_related("teacher", "school")
    locked = people.select_for_update(of=("self",), no_key=True).filter(pk=person.pk).first()
    if locked is None:
        raise RefusedChange(MOVED_ON)
    lock_teacher(person.teacher_id)
    list(person.training_periods.order_by("pk").select_for_update(no_key=True))
    return locked


def _reason(row: CutShortRow, person: PersonAtSchool) -> str:
    if isinstance(row, TrainingPeriod):
        return reason_when_they_leave(row)
    return _reason_of_mentorships(person)


def _reason_of_mentorships(person: PersonAtSchool) -> str:
    if isinstance(person, MentorAtSchool):
        return Mentorship.EndReason.MENTOR_LEFT
    return Mentorship.EndReason.ECT_LEFT


def _training_in(rows: Iterable[CutShortRow]) -> list[TrainingPeriod]:
    return [row for row in rows if isinstance(row, TrainingPeriod)]


def _reported(rows: Iterable[CutShortRow]) -> bool:
    periods = _training_in(rows)
    return bool(periods) and Declaration.objects.filter(training_period__in=periods).exists()
