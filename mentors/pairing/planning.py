"""Pairing: making a mentor the mentor of an ECT from a day on, instead of any other mentor.

The rules are in docs/journeys.md, "Pairing": an ECT has one mentor on any day, both are at the
school on every day, and mentoring ends with induction. A mentorship that has begun is kept, with
its end and the reason; one that is still to come is deleted when another mentor replaces it. Pages
show what `plan_pairing` returns before `pair` does it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from core.bounds import latest
from core.periods import in_words, last_day
from core.refusals import RefusedChange
from declarations.locks import lock_years_of_training
from declarations.models import TrainingPeriod
from mentors.models import Mentorship
from mentors.pairing.days import (
    Bound,
    End,
    first_day_after,
    known_end,
    refuse_outside,
    refuse_unless_between,
    set_known_end,
)
from mentors.pairing.training import training_planned_with
from schools.closing import why_no_pairing
from schools.models import ECTAtSchool, MentorAtSchool, Person


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


def plan_pairing(mentor: MentorAtSchool, ect: ECTAtSchool, *, started_on: date, day: date) -> Plan:
    """What would change if this mentor were paired with this ECT from `started_on` on.

    `day` is today. Raises RefusedChange when they cannot be paired from that day.
    """
    return _plan(mentor, ect, _mentorships_of(ect), started_on, day)


def first_pairing_day(mentor: MentorAtSchool, ect: ECTAtSchool, day: date) -> Bound:
    """The first day from which this mentor may mentor this ECT, if they are paired on `day`."""
    return first_day_after(_mentorships_of(ect), mentor, ect, day)


def present_of(ect: ECTAtSchool, day: date) -> list[str]:
    """The ids of an ECT's mentorships that include this day or are to come.

    A page sends them with its form, so that `pair` can tell whether they have changed since.
    """
    return _present(_mentorships_of(ect), day)


@transaction.atomic
def pair(
    mentor: MentorAtSchool, ect: ECTAtSchool, *, started_on: date, present: list[str], day: date
) -> None:
    """Pair this mentor with this ECT from `started_on` on, as `plan_pairing` says; `day` is today.

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
        planned.cut.end_reason = Mentorship.EndReason.CHANGED
        planned.cut.save()
    mentorship = planned.kept or Mentorship(mentor=mentor, ect=ect, started_on=started_on)
    set_known_end(mentorship)
    mentorship.save()


def _plan(
    mentor: MentorAtSchool,
    ect: ECTAtSchool,
    mentorships: list[Mentorship],
    started_on: date,
    day: date,
) -> Plan:
    if reason := why_no_pairing(ect.school, day):
        raise RefusedChange(reason)
    end = known_end(mentor, ect)
    if end and end.finished_on <= day:
        cannot = f"{mentor.teacher.name} cannot mentor {ect.teacher.name} now"
        raise RefusedChange(f"{cannot}: {in_words(last_day(end.finished_on))} was {end.why}")
    refuse_outside(mentor, ect, started_on, day)
    in_a_year = Bound(latest(day), "a year from today")
    refuse_unless_between(first_day_after(mentorships, mentor, ect, day), started_on, in_a_year)
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
