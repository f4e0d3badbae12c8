"""Pairing: making a mentor the mentor of an ECT from a day on, instead of any other mentor.

The rules are in docs/journeys.md, "Pairing": an ECT has one mentor on any day, both are at the
school on every day, and mentoring ends with induction. A mentorship that has begun is kept, with
its end and the reason; one that is still to come is deleted when another mentor replaces it. Pages
show what `plan` returns before `pair` does it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import transaction

from core.bounds import latest
from core.periods import in_words, last_day
from core.refusals import RefusedChange
from declarations.locks import lock_years_of_training
from declarations.models import TrainingPeriod
from mentors.models import Mentorship
from mentors.models.mentorship import MentorshipEndReason
from mentors.pairing.training import training_planned_with
from schools.closing import check_open, why_no_pairing
from schools.models import ECTAtSchool, MentorAtSchool, Person

_ENDS = Mentorship.EndReason


class Bound(NamedTuple):
    """The first or the last day on which a mentorship may begin, and the reason in words."""

    day: date
    why: str


class End(NamedTuple):
    """The end of a mentorship: the first day without it, and the reason as a value and in words."""

    finished_on: date
    reason: MentorshipEndReason
    why: str


@dataclass(frozen=True)
class Plan:
    """A mentor is to mentor an ECT from `started_on` on; this is what changes in the records.

    `kept`: a mentorship with the same mentor that was to end on that day; it continues instead of a
    new one. `cut`: the ECT's mentorship on that day, which will end the day before. `removed`:
    mentorships that would begin on that day or later, which are deleted, and `training` that was
    chosen with them. `end`: the end of the new mentorship, if the records foresee one.
    """

    mentor: MentorAtSchool
    ect: ECTAtSchool
    started_on: date
    kept: Mentorship | None
    cut: Mentorship | None
    removed: tuple[Mentorship, ...]
    training: tuple[TrainingPeriod, ...]
    end: End | None

    def in_words(self, day: date) -> tuple[str, ...]:
        """What else changes, one sentence each, for a reader on this day."""
        ect = self.ect.teacher.name
        said = []
        if self.cut:
            until = in_words(last_day(self.started_on))
            said.append(f"{_mentor_of(self.cut)}’s last day of mentoring {ect} will be {until}.")
        for mentorship in self.removed:
            name, since = _mentor_of(mentorship), in_words(mentorship.started_on)
            said.append(
                f"{name} will not start mentoring {ect} on {since}."
                if mentorship.started_on > day
                else f"{name} will no longer be shown as {ect}’s mentor from {since}."
            )
        for period in self.training:
            since = in_words(period.started_on)
            said.append(
                f"{period.teacher.name}’s training with {period.lead_provider}, which was to begin"
                f" on {since}, will be deleted."
            )
        if self.end:
            until = in_words(last_day(self.end.finished_on))
            said.append(
                f"{self.mentor.teacher.name} will mentor {ect} until {until}, {self.end.why}."
            )
        return tuple(said)


def plan(mentor: MentorAtSchool, ect: ECTAtSchool, *, started_on: date, day: date) -> Plan:
    """What would change if this mentor were paired with this ECT from `started_on` on.

    `day` is today. Raises RefusedChange when they cannot be paired from that day.
    """
    return _plan(mentor, ect, _mentorships_of(ect), started_on, day)


def first_day(mentor: MentorAtSchool, ect: ECTAtSchool, day: date) -> Bound:
    """The first day from which this mentor may mentor this ECT, if they are paired on `day`."""
    return _first_day(mentor, ect, _mentorships_of(ect), day)


def present_of(ect: ECTAtSchool, day: date) -> list[str]:
    """The ids of an ECT's mentorships that go on on this day or are to come.

    A page sends them with its form, so that `pair` can tell whether they have changed since.
    """
    return _present(_mentorships_of(ect), day)


@transaction.atomic
def pair(
    mentor: MentorAtSchool, ect: ECTAtSchool, *, started_on: date, present: list[str], day: date
) -> None:
    """Pair this mentor with this ECT from `started_on` on, as `plan` says; `day` is today.

    `present` is what `present_of` returned for the page that the user confirmed. Raises
    RefusedChange when that has changed since, or when they cannot be paired from that day. Does
    nothing when this mentor mentors the ECT on that day already.
    """
    lock_years_of_training(training_planned_with(_mentorships_of(ect), day))
    # The ECT's row comes next: of two requests for one ECT, the second waits for the first.
    ect = _lock(ECTAtSchool, ect.pk)
    mentor = _lock(MentorAtSchool, mentor.pk)
    mentorships = _mentorships_of(ect)
    if _with_mentor_on(mentorships, mentor, started_on):
        return
    if _present(mentorships, day) != present:
        raise RefusedChange(_changed_in_words(ect, mentorships, day))
    planned = _plan(mentor, ect, mentorships, started_on, day)
    for row in (*planned.training, *planned.removed):
        row.delete()
    if planned.cut:
        planned.cut.finished_on = started_on
        planned.cut.end_reason = _ENDS.CHANGED
        planned.cut.save()
    mentorship = planned.kept or Mentorship(mentor=mentor, ect=ect, started_on=started_on)
    set_known_end(mentorship)
    mentorship.save()


def set_known_end(mentorship: Mentorship) -> None:
    """Set the end and end reason that the records foresee, or none; does not save.

    A mentorship ends with the ECT's induction, or when either of the two leaves the school.
    """
    end = _end_of(mentorship.mentor, mentorship.ect)
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
    end = _end_of(mentor, ect)
    last = Bound(last_day(end.finished_on), end.why) if end else Bound(date.max, "")
    _refuse_unless_between(max(_starts(mentor, ect, day), key=_day_of), started_on, last)


def _plan(
    mentor: MentorAtSchool,
    ect: ECTAtSchool,
    mentorships: list[Mentorship],
    started_on: date,
    day: date,
) -> Plan:
    if reason := why_no_pairing(ect.school, day):
        raise RefusedChange(reason)
    end = _end_of(mentor, ect)
    if end and end.finished_on <= day:
        cannot = f"{mentor.teacher.name} cannot mentor {ect.teacher.name} now"
        raise RefusedChange(f"{cannot}: {in_words(last_day(end.finished_on))} was {end.why}")
    refuse_outside(mentor, ect, started_on, day)
    in_a_year = Bound(latest(day), "a year from today")
    _refuse_unless_between(_first_day(mentor, ect, mentorships, day), started_on, in_a_year)
    if already := _with_mentor_on(mentorships, mentor, started_on):
        the_day_before = in_words(last_day(already.started_on))
        raise RefusedChange(
            f"Start date must be on or before {the_day_before}: from the day after it"
            f" {mentor.teacher.name} is already {ect.teacher.name}’s mentor"
        )
    removed = tuple(row for row in mentorships if row.started_on >= started_on)
    of_others = [row for row in removed if row.mentor_id != mentor.pk]
    return Plan(
        mentor=mentor,
        ect=ect,
        started_on=started_on,
        kept=next(
            (
                row
                for row in mentorships
                if row.mentor_id == mentor.pk and day < started_on == row.finished_on
            ),
            None,
        ),
        cut=next(
            (
                row
                for row in mentorships
                if row.started_on < started_on and row.includes(started_on)
            ),
            None,
        ),
        removed=removed,
        training=tuple(training_planned_with(of_others, day)),
        end=end,
    )


def _refuse_unless_between(first: Bound, started_on: date, last: Bound) -> None:
    if started_on < first.day:
        raise RefusedChange(f"Start date must be on or after {in_words(first.day)}, {first.why}")
    if started_on > last.day:
        raise RefusedChange(f"Start date must be on or before {in_words(last.day)}, {last.why}")


def _first_day(
    mentor: MentorAtSchool, ect: ECTAtSchool, mentorships: list[Mentorship], day: date
) -> Bound:
    """Not before both are at the school, and not before the ECT's latest mentorship."""
    bounds = _starts(mentor, ect, day)
    begun = [mentorship for mentorship in mentorships if mentorship.started_on <= day]
    if begun:
        latest, name = begun[-1], ect.teacher.name
        is_over, is_same_mentor = not latest.includes(day), latest.mentor_id == mentor.pk
        if latest.finished_on and is_over:
            why = f"the day after {_mentor_of(latest)} stopped mentoring {name}"
            bounds.append(Bound(latest.finished_on, why))
        elif latest.finished_on and is_same_mentor:
            why = f"the day {_mentor_of(latest)} is to stop mentoring {name}"
            bounds.append(Bound(latest.finished_on, why))
        else:
            why = f"the day {_mentor_of(latest)} started mentoring {name}"
            bounds.append(Bound(latest.started_on, why))
    return max(bounds, key=_day_of)


def _day_of(bound: Bound) -> date:
    return bound.day


def _starts(mentor: MentorAtSchool, ect: ECTAtSchool, day: date) -> list[Bound]:
    return [
        Bound(
            person.started_on,
            f"the day {person.teacher.name}"
            f" {'starts' if person.started_on > day else 'started'} at this school",
        )
        for person in (mentor, ect)
    ]


def _end_of(mentor: MentorAtSchool, ect: ECTAtSchool) -> End | None:
    """The earliest end that the records foresee for a mentorship of these two."""
    induction = f"the last day of {ect.teacher.name}’s induction"
    ect_leaves = f"{ect.teacher.name}’s last day at this school"
    mentor_leaves = f"{mentor.teacher.name}’s last day at this school"
    foreseen = (
        (ect.teacher.induction_finished_on, _ENDS.INDUCTION_COMPLETED, induction),
        (ect.finished_on, _ENDS.ECT_LEFT, ect_leaves),
        (mentor.finished_on, _ENDS.MENTOR_LEFT, mentor_leaves),
    )
    ends = [End(finished_on, reason, why) for finished_on, reason, why in foreseen if finished_on]
    return min(ends, key=lambda end: end.finished_on, default=None)


def _mentorships_of(ect: ECTAtSchool) -> list[Mentorship]:
    """All of the ECT's mentorships, past and to come, in the order of their days."""
    return list(ect.mentorships.select_related("mentor__teacher").order_by("started_on"))


def _present(mentorships: Iterable[Mentorship], day: date) -> list[str]:
    return [str(mentorship.pk) for mentorship in _not_over(mentorships, day)]


def _not_over(mentorships: Iterable[Mentorship], day: date) -> list[Mentorship]:
    return [row for row in mentorships if not row.is_over(day)]


def _with_mentor_on(
    mentorships: Iterable[Mentorship], mentor: MentorAtSchool, day: date
) -> Mentorship | None:
    """The mentorship with this mentor that includes this day."""
    with_mentor = (row for row in mentorships if row.mentor_teacher_id == mentor.teacher_id)
    return next((row for row in with_mentor if row.includes(day)), None)


def _changed_in_words(ect: ECTAtSchool, mentorships: Iterable[Mentorship], day: date) -> str:
    said = [
        f"they are now mentored by {_mentor_of(row)}"
        if row.started_on <= day
        else f"they will be mentored by {_mentor_of(row)} from {in_words(row.started_on)}"
        for row in _not_over(mentorships, day)
    ]
    now = ", and ".join(said) or "they have no mentor now"
    name = ect.teacher.name
    return f"{name}’s mentor was changed a moment ago: {now}. Check, then try again."


def _mentor_of(mentorship: Mentorship) -> str:
    return mentorship.mentor.teacher.name


def _lock(model: type[Person], pk: int) -> Person:
    people = model._default_manager.select_related("teacher", "school")
    return people.select_for_update(of=("self",), no_key=True).get(pk=pk)
