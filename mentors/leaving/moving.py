"""Moving a mentor or an ECT to another school: they leave this one and are added to that one.

The rules are those of leaving, of adding and of training that begins: mentorships and training end
with the last day here, and training at the other school begins on the first day there.
"""

from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from core.periods import last_day
from core.refusals import RefusedChange, refusals_in_words
from declarations.models import Course, LeadProvider
from declarations.training import TrainingToCome, begin_training, foresee_training
from mentors.leaving.cut_short import CutShort, cut_short_by
from mentors.leaving.leaving import check_last_day, check_may_leave, leave
from schools.adding import add_ect, add_mentor
from schools.closing import check_joining
from schools.details import MOVED_ON, check_email
from schools.joining import Times, check_start, obstacle, times_of
from schools.models import MentorAtSchool, Person, PersonAtSchool, School


@dataclass(frozen=True)
class Destination:
    """Where a person moves to: from which day, with which email address, and who trains them there.

    With no lead provider they are not in training there.
    """

    school: School
    first_day: date
    email: str
    lead_provider: LeadProvider | None = None


@dataclass(frozen=True)
class Move:
    """What moving a person would end, and the training that would begin, if any.

    `cut_short` is None if they will have left this school by then anyway.
    """

    cut_short: CutShort | None
    training: TrainingToCome | None

    @property
    def key(self) -> str:
        """A text that differs when anything else would end or begin."""
        return f"{self.cut_short and self.cut_short.key}; {self.training}"


def plan_move(person: PersonAtSchool, to: Destination, day: date) -> Move:
    """What moving this person would change; `day` is today. Raises RefusedChange."""
    if to.school.pk == person.school_id:
        raise RefusedChange(f"They are at {to.school} already")
    teacher, role = person.teacher, type(person)
    check_joining(to.school, to.first_day, day)
    times = _times_after_leaving(person, to.first_day)
    if reason := obstacle(role, times, to.school, day):
        raise RefusedChange(f"{reason.title}. {reason.what_to_do.removesuffix('.')}")
    check_start(role, times, to.school, teacher.date_of_birth, to.first_day, day)
    check_email(role, teacher, to.email, to.first_day)
    cut = None
    if not person.is_over(to.first_day):
        check_may_leave(person, day)
        check_last_day(person, last_day(to.first_day), day)
        cut = cut_short_by(person, to.first_day, day)
    if to.lead_provider is None:
        return Move(cut, None)
    course = _course_of(person)
    training = foresee_training(teacher, to.school, to.lead_provider, to.first_day, day, course)
    return Move(cut, training)


def move(
    person: PersonAtSchool, to: Destination, *, seen: str, by: str, now: datetime, day: date
) -> PersonAtSchool:
    """Move this person, and return their time at the other school; `day` is today.

    `seen` is the key of the plan that the user confirmed. Raises RefusedChange.
    """
    with refusals_in_words(), transaction.atomic():
        planned = plan_move(person, to, day)
        if planned.key != seen:
            raise RefusedChange(MOVED_ON)
        if planned.cut_short:
            left_on = last_day(to.first_day)
            leave(person, left_on, seen=planned.cut_short.key, day=day, now=now)
        started: dict[str, Any] = {"email": to.email, "started_on": to.first_day, "day": day}
        there: PersonAtSchool
        if isinstance(person, MentorAtSchool):
            there = add_mentor(to.school, person.teacher, **started)
        else:
            there = add_ect(to.school, person.teacher, induction_started_on=None, **started)
        if to.lead_provider and planned.training:
            cohort = planned.training.cohort
            begin_training(there, to.lead_provider, cohort, to.first_day, by=by, now=now)
    return there


def _times_after_leaving(person: PersonAtSchool, first_day: date) -> Times:
    """The teacher's times at schools, once this one ends before `first_day`."""
    times = times_of(person.teacher)
    if isinstance(person, MentorAtSchool):
        ended = tuple(_ended(row, person, first_day) for row in times.as_mentor)
        return replace(times, as_mentor=ended)
    return replace(times, as_ect=tuple(_ended(row, person, first_day) for row in times.as_ect))


def _ended(row: Person, person: PersonAtSchool, first_day: date) -> Person:
    if row.pk != person.pk or row.is_over(first_day):
        return row
    ended = copy(row)
    ended.finished_on = first_day
    return ended


def _course_of(person: PersonAtSchool) -> Course:
    return Course.MENTOR if isinstance(person, MentorAtSchool) else Course.ECT
