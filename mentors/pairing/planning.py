"""Pairing: from a day on one mentor mentors one ECT, in the place of whoever did.

The rules (docs/journeys.md, "Pairing"): one mentor on any day, both at the school on every day,
none after induction. What has begun is kept and says when and why it ended; what was still to come
gives way. Pages show what `plan` says before `pair` does it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction

from core.dates import in_words, years_after
from core.periods import last_day
from core.refusals import RefusedChange
from mentors.models import Mentorship
from schools.models import ECTAtSchool, MentorAtSchool

_ENDS = Mentorship.EndReason
_DAY = timedelta(days=1)


class Bound(NamedTuple):
    """The first or the last day on which a mentorship may begin, and why it is that."""

    day: date
    why: str


class End(NamedTuple):
    """What ends a mentorship: the first day without it, the reason kept, and that in words."""

    finished_on: date | None
    reason: str
    why: str


_NO_END = End(None, "", "")


@dataclass(frozen=True)
class Plan:
    """That a mentor is to mentor an ECT from a day on, and what that changes.

    `kept` is with this mentor and was to end on that day: it goes on, and no new one begins. `cut`
    goes on until the day before. `removed` would begin that day or later, and never do. `end` is
    what will end it, as far as that is known.
    """

    mentor: MentorAtSchool
    ect: ECTAtSchool
    started_on: date
    kept: Mentorship | None
    cut: Mentorship | None
    removed: tuple[Mentorship, ...]
    end: End

    def in_words(self, day: date) -> tuple[str, ...]:
        """What else changes or will come to pass, a sentence each, as said on this day."""
        ect = self.ect.teacher.name
        said = []
        if self.cut:
            until = in_words(self.started_on - _DAY)
            said.append(f"{_mentor_of(self.cut)}'s last day of mentoring {ect} will be {until}.")
        for pairing in self.removed:
            name, since = _mentor_of(pairing), in_words(pairing.started_on)
            said.append(
                f"{name} will not start mentoring {ect} on {since}."
                if pairing.started_on > day
                else f"{name} will no longer be shown as {ect}'s mentor from {since}."
            )
        if self.end.finished_on:
            until = in_words(self.end.finished_on - _DAY)
            said.append(
                f"{self.mentor.teacher.name} will mentor {ect} until {until}, {self.end.why}."
            )
        return tuple(said)


def plan(mentor: MentorAtSchool, ect: ECTAtSchool, *, started_on: date, day: date) -> Plan:
    """What changes when this mentor mentors this ECT from `started_on` on, as things stand.

    `day` is today. Raises RefusedChange when they cannot be paired from that day.
    """
    return _plan(mentor, ect, _pairings_of(ect), started_on, day)


def first_day(mentor: MentorAtSchool, ect: ECTAtSchool, day: date) -> Bound:
    """The first day from which this mentor may mentor this ECT, as seen on `day`."""
    return _first_day(mentor, ect, _pairings_of(ect), day)


def present_of(ect: ECTAtSchool, day: date) -> list[str]:
    """The ids of an ECT's mentorships that are not over on this day: what `pair` compares."""
    return _present(_pairings_of(ect), day)


@transaction.atomic
def pair(
    mentor: MentorAtSchool, ect: ECTAtSchool, *, started_on: date, present: list[str], day: date
) -> None:
    """Make this mentor the ECT's from `started_on` on, as `plan` says; `day` is today.

    `present` is what `present_of` gave when the person who asks saw who mentors the ECT. Raises
    RefusedChange when it is something else now, or when they cannot be paired from that day.
    Changes nothing when the mentor mentors the ECT on that day already.
    """
    # The ECT's row first: of two who pair them at once, the second waits and sees what was done.
    ect = _locked(ECTAtSchool, ect.pk)
    mentor = _locked(MentorAtSchool, mentor.pk)
    pairings = _pairings_of(ect)
    if _already(pairings, mentor, started_on):
        return
    if _present(pairings, day) != present:
        raise RefusedChange(_changed_in_words(ect, pairings, day))
    planned = _plan(mentor, ect, pairings, started_on, day)
    for pairing in planned.removed:
        pairing.delete()
    if planned.cut:
        planned.cut.finished_on = started_on
        planned.cut.end_reason = _ENDS.CHANGED
        planned.cut.save()
    pairing = planned.kept or Mentorship(mentor=mentor, ect=ect, started_on=started_on)
    pairing.finished_on, pairing.end_reason = planned.end.finished_on, planned.end.reason
    pairing.save()


def end_of(mentor: MentorAtSchool, ect: ECTAtSchool) -> End:
    """What ends a mentorship of these two, as far as that is known, if no other mentor does."""
    return min(_known_ends(mentor, ect), key=_first_day_without, default=_NO_END)


def refuse_outside(mentor: MentorAtSchool, ect: ECTAtSchool, started_on: date, day: date) -> None:
    """Raise RefusedChange unless both are there on that day, and induction is not completed."""
    if mentor.teacher_id == ect.teacher_id:
        raise RefusedChange(f"{ect.teacher.name} cannot mentor themself. Choose somebody else.")
    if mentor.school_id != ect.school_id:
        raise RefusedChange("A mentor and their ECT must be at the same school.")
    _refuse_unless(
        started_on,
        max(_starts(mentor, ect, day), key=_day_of),
        min(_last_days(mentor, ect), key=_day_of),
    )


def _plan(
    mentor: MentorAtSchool,
    ect: ECTAtSchool,
    pairings: list[Mentorship],
    started_on: date,
    day: date,
) -> Plan:
    end = end_of(mentor, ect)
    if end.finished_on and end.finished_on <= day:
        two = f"{mentor.teacher.name} cannot mentor {ect.teacher.name} now"
        raise RefusedChange(f"{two}: {in_words(last_day(end.finished_on))} was {end.why}")
    refuse_outside(mentor, ect, started_on, day)
    ahead = Bound(years_after(day, 1), "a year from today")
    _refuse_unless(started_on, _first_day(mentor, ect, pairings, day), ahead)
    if already := _already(pairings, mentor, started_on):
        since = in_words(already.started_on)
        raise RefusedChange(
            f"Start date must be before {since}: from that day {mentor.teacher.name} is already"
            f" {ect.teacher.name}'s mentor"
        )
    return Plan(
        mentor=mentor,
        ect=ect,
        started_on=started_on,
        kept=next(
            (p for p in pairings if p.mentor_id == mentor.pk and day < started_on == p.finished_on),
            None,
        ),
        cut=next(
            (p for p in pairings if p.started_on < started_on and p.includes(started_on)), None
        ),
        removed=tuple(p for p in pairings if p.started_on >= started_on),
        end=end,
    )


def _refuse_unless(started_on: date, first: Bound, last: Bound) -> None:
    if started_on < first.day:
        raise RefusedChange(f"Start date must be on or after {in_words(first.day)}, {first.why}")
    if started_on > last.day:
        raise RefusedChange(f"Start date must be on or before {in_words(last.day)}, {last.why}")


def _first_day(
    mentor: MentorAtSchool, ect: ECTAtSchool, pairings: list[Mentorship], day: date
) -> Bound:
    """Not before both are there, nor before the latest mentor whom the ECT has had."""
    bounds = [*_starts(mentor, ect, day)]
    begun = [pairing for pairing in pairings if pairing.started_on <= day]
    if begun:
        latest, name = begun[-1], ect.teacher.name
        if latest.includes(day) and latest.mentor_id == mentor.pk and latest.finished_on:
            why = f"the day {_mentor_of(latest)} is to stop mentoring {name}"
            bounds.append(Bound(latest.finished_on, why))
        elif latest.includes(day):
            why = f"the day {_mentor_of(latest)} started mentoring {name}"
            bounds.append(Bound(latest.started_on, why))
        else:
            why = f"the day after {_mentor_of(latest)} stopped mentoring {name}"
            bounds.append(Bound(latest.finished_on, why))
    return max(bounds, key=_day_of)


def _first_day_without(end: End) -> date:
    return end.finished_on


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


def _known_ends(mentor: MentorAtSchool, ect: ECTAtSchool) -> list[End]:
    completed = f"the last day of {ect.teacher.name}'s induction"
    ends = (
        End(ect.induction_finished_on, _ENDS.INDUCTION_COMPLETED, completed),
        End(ect.finished_on, _ENDS.ECT_LEFT, f"{ect.teacher.name}'s last day at this school"),
        End(
            mentor.finished_on,
            _ENDS.MENTOR_LEFT,
            f"{mentor.teacher.name}'s last day at this school",
        ),
    )
    return [end for end in ends if end.finished_on]


def _last_days(mentor: MentorAtSchool, ect: ECTAtSchool) -> list[Bound]:
    ends = _known_ends(mentor, ect)
    return [Bound(date.max, ""), *(Bound(last_day(end.finished_on), end.why) for end in ends)]


def _pairings_of(ect: ECTAtSchool) -> list[Mentorship]:
    """All of this ECT's, past ones and those to come, in the order of their days."""
    pairings = Mentorship.objects.filter(ect=ect).select_related("mentor__teacher")
    return list(pairings.order_by("started_on"))


def _present(pairings: Iterable[Mentorship], day: date) -> list[str]:
    return [str(p.pk) for p in pairings if not _is_over(p, day)]


def _is_over(pairing: Mentorship, day: date) -> bool:
    return pairing.finished_on is not None and pairing.finished_on <= day


def _already(pairings: Iterable[Mentorship], mentor: MentorAtSchool, on: date) -> Mentorship | None:
    theirs = (p for p in pairings if p.mentor_teacher_id == mentor.teacher_id)
    return next((p for p in theirs if p.includes(on)), None)


def _changed_in_words(ect: ECTAtSchool, pairings: Iterable[Mentorship], day: date) -> str:
    said = [
        f"they are now mentored by {_mentor_of(pairing)}"
        if pairing.started_on <= day
        else f"they will be mentored by {_mentor_of(pairing)} from {in_words(pairing.started_on)}"
        for pairing in pairings
        if not _is_over(pairing, day)
    ]
    now = ", and ".join(said) or "they have no mentor now"
    name = ect.teacher.name
    return f"{name}'s mentor was changed a moment ago: {now}. Check, then try again."


def _mentor_of(pairing: Mentorship) -> str:
    return pairing.mentor.teacher.name


def _locked(model: type, pk: int) -> MentorAtSchool | ECTAtSchool:
    people = model.objects.select_related("teacher", "school")
    return people.select_for_update(of=("self",), no_key=True).get(pk=pk)
