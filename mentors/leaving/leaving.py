"""Leaving a school: a tutor tells the last day, and may withdraw that until the day has passed.

With their time at the school end their mentorships and training there, and what would begin later
is deleted. Withdrawing reopens what still fits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from core.dates import in_words, years_after
from core.periods import finished_on
from core.refusals import RefusedChange
from declarations.models import Declaration, TrainingPeriod
from mentors.leaving.cut_short import Row, as_it_was, cut_short_by, reopen, rows_of
from mentors.models import Leaving, Mentorship
from mentors.people.listing import has_left
from schools.details import MOVED_ON, check_email
from schools.models import ECTAtSchool, MentorAtSchool

_LEFT = Mentorship.EndReason


@dataclass(frozen=True)
class Withdrawn:
    """What withdrawing a leaving reopened, and what it could not."""

    reopened: tuple[Row, ...]
    not_reopened: tuple[Row, ...]


def may_leave(person: MentorAtSchool | ECTAtSchool, day: date) -> bool:
    """Whether a tutor may tell on this day that this person leaves: they have not, nor told it."""
    return not has_left(person, day) and leaving_of(person) is None


def may_be_withdrawn(person: MentorAtSchool | ECTAtSchool, day: date) -> bool:
    """Whether a tutor may withdraw on this day that this person leaves: their last day is not over.

    What DfE staff have changed since is theirs to change again.
    """
    leaving = leaving_of(person)
    return (
        leaving is not None
        and not has_left(person, day)
        and leaving.finished_on == person.finished_on
    )


def leaving_of(person: MentorAtSchool | ECTAtSchool) -> Leaving | None:
    """What a tutor told of this person's leaving, if they did."""
    return getattr(person, "leaving", None)


def to_reopen(leaving: Leaving) -> list[Row]:
    """What withdrawing this is to reopen: what it cut short, and what was paired since."""
    cut = rows_of(leaving.cut_short)
    since = leaving.person.mentorships.filter(
        finished_on=leaving.finished_on, end_reason=_reason_of_mentorships(leaving.person)
    ).exclude(pk__in=[row.pk for row in cut if isinstance(row, Mentorship)])
    return [*cut, *since.select_related("mentor__teacher", "ect__teacher")]


def check_last_day(person: MentorAtSchool | ECTAtSchool, last_day: date, day: date) -> None:
    """Raise RefusedChange, with words for the field, when this cannot be their last day.

    `day` is today. It lies within their time at the school, and not more than a year ahead.
    """
    if last_day < person.started_on:
        raise RefusedChange(
            f"Last day must be on or after {in_words(person.started_on)}, when they started here"
        )
    latest = years_after(day, 1)
    if last_day > latest:
        raise RefusedChange(f"Last day must be on or before {in_words(latest)}, a year from today")
    if person.finished_on == finished_on(last_day):
        raise RefusedChange("Our records have this last day already")
    if _reported(cut_short_by(person, finished_on(last_day)).deleted):
        raise RefusedChange(
            "A lead provider has reported training that starts after this day. Enter a later day,"
            " or contact us"
        )


@transaction.atomic
def leave(
    person: MentorAtSchool | ECTAtSchool, last_day: date, *, seen: str, day: date, now: datetime
) -> Leaving:
    """End this person's time at the school with this last day, and what is cut short by it.

    `seen` is `CutShort.key` of what the tutor was shown to be cut short; `day` and `now` are today
    and this moment. Each mentorship keeps who left as the reason, each training period that they
    left. Raises RefusedChange, in words for the tutor.
    """
    person = _locked(person)
    if not may_leave(person, day):
        raise RefusedChange(
            f"Somebody has told us already that {person.teacher.name} is leaving your school"
        )
    check_last_day(person, last_day, day)
    end = finished_on(last_day)
    cut = cut_short_by(person, end)
    if cut.key != seen:
        raise RefusedChange(MOVED_ON)
    leaving = Leaving.objects.create(
        **{_role(person): person},
        finished_on=end,
        finished_on_before=person.finished_on,
        cut_short=[as_it_was(row) for row in cut.rows],
        told_at=now,
    )
    for row in cut.deleted:
        row.delete()
    for row in cut.ended:
        row.finished_on = end
        row.end_reason = _reason(row, person)
        row.save()
    # Last: the database allows no mentorship to outlast it.
    person.finished_on = end
    person.save()
    return leaving


@transaction.atomic
def withdraw(person: MentorAtSchool | ECTAtSchool, *, day: date) -> Withdrawn:
    """Undo that this person leaves; `day` is today. Reopens exactly what still fits.

    Raises RefusedChange, in words for the tutor, when it is too late or was withdrawn already, and
    when they may not stay: somebody else has their email address then, or an ECT is to start at
    another school.
    """
    person = _locked(person)
    if not may_be_withdrawn(person, day):
        raise RefusedChange(
            f"You can no longer withdraw that {person.teacher.name} is leaving. Contact us if our"
            " records are wrong"
        )
    leaving = leaving_of(person)
    person.finished_on = leaving.finished_on_before
    _check_may_stay(person)
    person.save()
    outcome = {True: [], False: []}
    for row in to_reopen(leaving):
        outcome[reopen(row, leaving.finished_on)].append(row)
    leaving.delete()
    return Withdrawn(tuple(outcome[True]), tuple(outcome[False]))


def _check_may_stay(person: MentorAtSchool | ECTAtSchool) -> None:
    name, there = person.teacher.name, (person.started_on, person.finished_on)
    try:
        check_email(type(person), person.teacher, person.email, *there)
    except RefusedChange:
        raise RefusedChange(
            f"Somebody else is to have {name}’s email address after their last day. Change it, then"
            " tell us again that they are staying"
        ) from None
    other_times = type(person).objects.filter(teacher=person.teacher).exclude(pk=person.pk)
    if isinstance(person, ECTAtSchool) and other_times.filter(period__overlap=there).exists():
        raise RefusedChange(
            f"{name} is recorded as an ECT at another school after their last day here. If they are"
            " staying, contact us"
        )


def _locked(person: MentorAtSchool | ECTAtSchool) -> MentorAtSchool | ECTAtSchool:
    """The person as they stand now; nobody pairs them or their ECTs, or tells this, meanwhile.

    ECTs first, in the order of their ids, then the mentor: as pairing does it, so that nobody waits
    for somebody who waits for them.
    """
    model = type(person)
    if model is MentorAtSchool:
        ects = ECTAtSchool.objects.filter(mentorships__mentor=person).order_by("pk")
        list(ects.select_for_update(of=("self",)))
    there = model.objects.select_related("teacher", "school").select_for_update(of=("self",))
    return there.get(pk=person.pk)


def _role(person: MentorAtSchool | ECTAtSchool) -> str:
    return "mentor" if isinstance(person, MentorAtSchool) else "ect"


def _reason(row: Row, person: MentorAtSchool | ECTAtSchool) -> str:
    if isinstance(row, TrainingPeriod):
        return TrainingPeriod.EndReason.LEFT_SCHOOL
    return _reason_of_mentorships(person)


def _reason_of_mentorships(person: MentorAtSchool | ECTAtSchool) -> str:
    return _LEFT.MENTOR_LEFT if isinstance(person, MentorAtSchool) else _LEFT.ECT_LEFT


def _reported(rows: Iterable[Row]) -> bool:
    periods = [row.pk for row in rows if isinstance(row, TrainingPeriod)]
    return bool(periods) and Declaration.objects.filter(training_period__in=periods).exists()
