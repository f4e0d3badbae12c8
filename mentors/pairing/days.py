"""The days on which a mentor can mentor an ECT: the first, the last and the end that is known.

Each says its reason in words, for the page that asks for a day and for the refusal of one.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from core.periods import in_words, last_day
from core.refusals import RefusedChange
from mentors.models import Mentorship
from mentors.models.mentorship import MentorshipEndReason
from schools.closing import check_open
from schools.models import ECTAtSchool, MentorAtSchool


class Bound(NamedTuple):
    """The first or the last day on which a mentorship may begin, and the reason in words."""

    day: date
    why: str


class End(NamedTuple):
    """The end of a mentorship: the first day without it, and the reason as a value and in words."""

    finished_on: date
    reason: MentorshipEndReason
    why: str


def known_end(mentor: MentorAtSchool, ect: ECTAtSchool) -> End | None:
    """The earliest end that the records foresee for a mentorship of these two.

    A mentorship ends with the ECT's induction, or when either of the two leaves the school.
    """
    reasons = Mentorship.EndReason
    induction = f"the last day of {ect.teacher.name}’s induction"
    ect_leaves = f"{ect.teacher.name}’s last day at this school"
    mentor_leaves = f"{mentor.teacher.name}’s last day at this school"
    foreseen = (
        (ect.teacher.induction_finished_on, reasons.INDUCTION_COMPLETED, induction),
        (ect.finished_on, reasons.ECT_LEFT, ect_leaves),
        (mentor.finished_on, reasons.MENTOR_LEFT, mentor_leaves),
    )
    ends = [End(finished_on, reason, why) for finished_on, reason, why in foreseen if finished_on]
    return min(ends, key=lambda end: end.finished_on, default=None)


def set_known_end(mentorship: Mentorship) -> None:
    """Set the end and end reason that the records foresee, or none; does not save."""
    end = known_end(mentorship.mentor, mentorship.ect)
    mentorship.finished_on = end.finished_on if end else None
    mentorship.end_reason = end.reason if end else ""


def refuse_outside(mentor: MentorAtSchool, ect: ECTAtSchool, started_on: date, day: date) -> None:
    """Raise RefusedChange unless both are at the school, and induction goes on, on `started_on`.

    The school is open on that day, too. `day` is today.
    """
    if mentor.teacher_id == ect.teacher_id:
        raise RefusedChange(f"{ect.teacher.name} cannot mentor themself. Choose another person.")
    if mentor.school_id != ect.school_id:
        raise RefusedChange("A mentor and their ECT must be at the same school.")
    check_open("Start date", mentor.school, started_on)
    end = known_end(mentor, ect)
    last = Bound(last_day(end.finished_on), end.why) if end else Bound(date.max, "")
    refuse_unless_between(_latest(_starts(mentor, ect, day)), started_on, last)


def refuse_unless_between(first: Bound, started_on: date, last: Bound) -> None:
    """Raise RefusedChange unless a mentorship begins on one of these days; both are included."""
    if started_on < first.day:
        raise RefusedChange(f"Start date must be on or after {in_words(first.day)}, {first.why}")
    if started_on > last.day:
        raise RefusedChange(f"Start date must be on or before {in_words(last.day)}, {last.why}")


def first_day_after(
    mentorships: Iterable[Mentorship], mentor: MentorAtSchool, ect: ECTAtSchool, day: date
) -> Bound:
    """The first day from which this mentor may mentor this ECT, if they are paired on `day`.

    Not before both are at the school, and not before the ECT's latest mentorship. `mentorships` are
    all of the ECT's, in the order of their days.
    """
    bounds = _starts(mentor, ect, day)
    begun = [mentorship for mentorship in mentorships if mentorship.started_on <= day]
    if begun:
        latest, name = begun[-1], ect.teacher.name
        former = latest.mentor.teacher.name
        is_over, is_same_mentor = not latest.includes(day), latest.mentor_id == mentor.pk
        if latest.finished_on and is_over:
            why = f"the day after {former} stopped mentoring {name}"
            bounds.append(Bound(latest.finished_on, why))
        elif latest.finished_on and is_same_mentor:
            why = f"the day {former} is to stop mentoring {name}"
            bounds.append(Bound(latest.finished_on, why))
        else:
            why = f"the day {former} started mentoring {name}"
            bounds.append(Bound(latest.started_on, why))
    return _latest(bounds)


def _starts(mentor: MentorAtSchool, ect: ECTAtSchool, day: date) -> list[Bound]:
    return [
        Bound(
            person.started_on,
            f"the day {person.teacher.name}"
            f" {'starts' if person.started_on > day else 'started'} at this school",
        )
        for person in (mentor, ect)
    ]


def _latest(bounds: Iterable[Bound]) -> Bound:
    return max(bounds, key=lambda bound: bound.day)
