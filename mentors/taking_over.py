"""Taking over: what is open at a closed school moves to its successor, from the day after.

A time at the school ends on the closing day, and goes on at the successor with the same email
address and the same known end; so do mentorships, training and nominations as induction tutor. What
begins later moves as it is. Declarations stay with the training that they are about.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.db import connection, transaction

from core.periods import Period, finished_on, not_over
from core.refusals import RefusedChange, refusals_in_words
from declarations.models import SchoolPartnership, TrainingPeriod
from mentors.models import Mentorship
from mentors.pairing.giving_back import give_back
from schools.details import MOVED_ON
from schools.models import ECTAtSchool, InductionTutor, MentorAtSchool, PersonAtSchool, School

Row = TypeVar("Row", bound=Period)
# The training of each person, by the role and the id of their time at the school.
Trainings = dict[tuple[type, int | None], list[TrainingPeriod]]


class Left(NamedTuple):
    """What does not move, in words, and why."""

    what: str
    why: str


class Moving(NamedTuple):
    """A training period that moves, and the successor's partnership that it moves to.

    None if it waits for a partnership: it then waits for one of the successor.
    """

    training: TrainingPeriod
    partnership: SchoolPartnership | None


@dataclass(frozen=True)
class TakeOver:
    """What moves to the successor, and what does not; `first_day` is the first day there.

    `ending` are the mentorships and training periods that end with the closed school, as the
    person moves and they cannot; `left` says why, and names the people who stay recorded there.
    """

    successor: School
    first_day: date
    people: tuple[PersonAtSchool, ...]
    mentorships: tuple[Mentorship, ...]
    trainings: tuple[Moving, ...]
    tutors: tuple[InductionTutor, ...]
    ending: tuple[Mentorship | TrainingPeriod, ...]
    left: tuple[Left, ...]

    @property
    def key(self) -> str:
        """A text that differs when other rows would move, to see whether anything changed."""
        rows = (*self.people, *self.mentorships, *self.tutors, *self.ending)
        moving = (f"{row.pk} to {there and there.pk}" for row, there in self.trainings)
        return ", ".join([*(f"{row._meta.model_name} {row.pk}" for row in rows), *moving])


def check_take_over(school: School, successor: School, day: date) -> date:
    """The first day at the successor: the day after the school closed; `day` is today.

    Raises RefusedChange when the successor cannot take over.
    """
    if not (school.closed_on and school.closed_on <= day):
        raise RefusedChange(f"{school} has no closing day that is past in the register")
    if not school.successions.filter(successor=successor).exists():
        raise RefusedChange(f"{successor} is not recorded as a successor of {school}")
    first_day = finished_on(school.closed_on)
    # One that has closed since takes over too: then its own successor takes over from it.
    was_open = successor.closed_on is not None and successor.closed_on > first_day
    if successor.is_closed(day) and not was_open:
        raise RefusedChange(f"{successor} is closed")
    return first_day


def plan_take_over(school: School, successor: School, day: date) -> TakeOver:
    """What would move if the successor took over; `day` is today. Raises RefusedChange."""
    first_day = check_take_over(school, successor, day)
    there = _partnerships(successor)
    people, open_then, left = _people(school, successor, first_day, there)
    moving = {(type(person), person.pk) for person in people}
    mentorships: list[Mentorship] = []
    ending: list[Mentorship | TrainingPeriod] = []
    here = Mentorship.objects.filter(not_over(first_day), school=school)
    for row in here.select_related("mentor__teacher", "ect__teacher"):
        pair = {(MentorAtSchool, row.mentor_id), (ECTAtSchool, row.ect_id)}
        if pair <= moving:
            mentorships.append(row)
        elif pair & moving:
            ending.append(row)
            left.append(Left(str(row), "One of them does not move, so the mentorship ends"))
    trainings: list[Moving] = []
    for training in (row for person in people for row in open_then[_key(person)]):
        partnership = _partnership_for(training, there)
        if partnership or training.partnership is None:
            trainings.append(Moving(training, partnership))
        else:
            ending.append(training)
            left.append(_without_partnership(training, successor))
    tutors, others = _tutors(school, successor, first_day)
    return TakeOver(
        successor,
        first_day,
        tuple(people),
        tuple(mentorships),
        tuple(trainings),
        tuple(tutors),
        tuple(ending),
        (*left, *others),
    )


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


def _key(person: PersonAtSchool) -> tuple[type, int | None]:
    return type(person), person.pk


def _people(
    school: School, successor: School, first_day: date, there: list[SchoolPartnership]
) -> tuple[list[PersonAtSchool], Trainings, list[Left]]:
    """The people who move, what training of all is open then, and the people who do not move.

    A mentor who is at the successor already does not.
    """
    moving: list[PersonAtSchool] = []
    open_then: Trainings = defaultdict(list)
    left = []
    roles: tuple[tuple[type[PersonAtSchool], str], ...]
    roles = ((MentorAtSchool, "mentor"), (ECTAtSchool, "ect"))
    for role, name in roles:
        here = role.objects.filter(not_over(first_day), school=school)
        people: list[PersonAtSchool] = list(here.select_related("teacher", "school"))
        for row in _open_trainings(name, people, first_day):
            open_then[role, getattr(row, f"{name}_id")].append(row)
        at_successor = defaultdict(list)
        teachers = [person.teacher_id for person in people]
        for time in role.objects.filter(school=successor, teacher__in=teachers):
            at_successor[time.teacher_id].append(time)
        for person in people:
            # What begins later cannot end before that.
            to_come = (row for row in open_then[_key(person)] if row.started_on >= first_day)
            if any(_meets(time, person, first_day) for time in at_successor[person.teacher_id]):
                why = f"They are at {successor} already. Record their last day here, and pair there"
                left.append(Left(str(person), why))
            elif blocking := next((row for row in to_come if _has_none(row, there)), None):
                left.append(Left(str(person), _without_partnership(blocking, successor).why))
            else:
                moving.append(person)
    return moving, open_then, left


def _meets(time: Period, row: Period, first_day: date) -> bool:
    """Whether a time at the successor has a day of this row's from the first day there on."""
    begins = max(row.started_on, first_day)
    begins_in_time = row.finished_on is None or time.started_on < row.finished_on
    return begins_in_time and not time.is_over(begins)


def _open_trainings(
    role: str, people: Iterable[PersonAtSchool], first_day: date
) -> Iterable[TrainingPeriod]:
    of_them = {f"{role}__in": people}
    rows = TrainingPeriod.objects.filter(not_over(first_day), **of_them)
    return rows.select_related("lead_provider", "cohort", "teacher", "partnership")


def _partnerships(successor: School) -> list[SchoolPartnership]:
    rows = SchoolPartnership.objects.filter(school=successor)
    named = ("lead_provider", "delivery_partner", "school_year__school", "school_year__cohort")
    return list(rows.select_related(*named))


def _has_none(training: TrainingPeriod, there: list[SchoolPartnership]) -> bool:
    """Whether this training is in a partnership, and there is none of its provider and cohort."""
    return training.partnership is not None and _partnership_for(training, there) is None


def _partnership_for(
    training: TrainingPeriod, there: list[SchoolPartnership]
) -> SchoolPartnership | None:
    """The one of the successor's with this provider and cohort; the same partner first."""
    wanted = (training.lead_provider_id, training.cohort_id)
    same = (row for row in there if (row.lead_provider_id, row.cohort_id) == wanted)
    partner = training.partnership and training.partnership.delivery_partner_id
    return min(same, key=lambda row: (row.delivery_partner_id != partner, row.pk), default=None)


def _without_partnership(training: TrainingPeriod, successor: School) -> Left:
    return Left(
        f"{training.teacher} with {training.lead_provider}",
        f"{successor} has no partnership with {training.lead_provider} for {training.cohort}",
    )


def _tutors(
    school: School, successor: School, first_day: date
) -> tuple[list[InductionTutor], list[Left]]:
    moving, left = [], []
    here = InductionTutor.objects.filter(not_over(first_day), school=school)
    there = list(InductionTutor.objects.filter(school=successor))
    for tutor in here.select_related("user", "school"):
        same = (row for row in there if (row.user_id, row.source) == (tutor.user_id, tutor.source))
        if tutor.source == InductionTutor.Source.DFE_SIGN_IN:
            left.append(Left(str(tutor), "DfE Sign-in appoints them when they sign in there"))
        elif any(_meets(row, tutor, first_day) for row in same):
            left.append(Left(str(tutor), f"They are an induction tutor at {successor} already"))
        else:
            moving.append(tutor)
    return moving, left


def _write(planned: TakeOver, today: date) -> None:
    day = planned.first_day
    # Those that end first, so that no mentorship or training outlives its person.
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


# The id of its pages, and what another school told us of a last day there.
_OF_THE_CLOSED_SCHOOL = {"public_id", "reported_finished_on", "reported_by"}


def _carry(row: Row, day: date, **there: Any) -> Row:
    """The row at the successor: a new one from this day on, or the same if it begins later."""
    if row.started_on >= day:
        return _placed(row, there)
    kept = (
        field.attname
        for field in row._meta.concrete_fields
        if not (field.primary_key or field.generated or field.name in _OF_THE_CLOSED_SCHOOL)
    )
    new = type(row)(**{name: getattr(row, name) for name in kept} | {"started_on": day})
    _end(row, day)
    return _placed(new, there)


def _placed(row: Row, there: dict[str, Any]) -> Row:
    for name, value in there.items():
        setattr(row, name, value)
    row.save()
    return row


def _end(row: Period, day: date) -> None:
    """End a row on the closing day; a mentorship that begins later is deleted.

    What such a one had cut short goes on: `give_back` sees to that.
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
