"""What moves to a successor when it takes over a closed school, and what does not.

A time at the school ends on the closing day, and goes on at the successor with the same email
address and the same known end; so do mentorships, training and nominations as induction tutor. What
begins later moves as it is.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from core.periods import Period, finished_on, not_over
from core.refusals import RefusedChange
from declarations.models import SchoolPartnership, TrainingPeriod
from mentors.models import Mentorship
from schools.models import ECTAtSchool, InductionTutor, MentorAtSchool, PersonAtSchool, School

# The training of each person, by the role and the id of their time at the school.
Trainings = dict[tuple[type, int | None], list[TrainingPeriod]]


class Left(NamedTuple):
    """What does not move, in words, and why."""

    what: str
    why: str


class Moving(NamedTuple):
    """A training period that moves, and the successor's partnership that it moves to.

    `partnership` is None for training that waits for one: it goes on waiting at the successor.
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
    # A successor that was open then and has closed since takes over too. Its own successor then
    # takes over from it.
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


def _key(person: PersonAtSchool) -> tuple[type, int | None]:
    return type(person), person.pk


def _people(
    school: School, successor: School, first_day: date, there: list[SchoolPartnership]
) -> tuple[list[PersonAtSchool], Trainings, list[Left]]:
    """The people who move, the training of all people that is open on that day, and who stays.

    A mentor who is at the successor already does not move.
    """
    moving: list[PersonAtSchool] = []
    open_then: Trainings = defaultdict(list)
    left = []
    roles: tuple[type[PersonAtSchool], ...] = (MentorAtSchool, ECTAtSchool)
    for role in roles:
        here = role.objects.filter(not_over(first_day), school=school)
        people: list[PersonAtSchool] = list(here.select_related("teacher", "school"))
        for row in _open_trainings(role, people, first_day):
            open_then[role, getattr(row, f"{role.foreign_key}_id")].append(row)
        at_successor = defaultdict(list)
        teachers = [person.teacher_id for person in people]
        for time in role.objects.filter(school=successor, teacher__in=teachers):
            at_successor[time.teacher_id].append(time)
        for person in people:
            # Training that begins later cannot end with the school, so it has to move.
            to_come = (row for row in open_then[_key(person)] if row.started_on >= first_day)
            if any(_meets(time, person, first_day) for time in at_successor[person.teacher_id]):
                why = f"They are at {successor} already. Record their last day here, and pair there"
                left.append(Left(str(person), why))
            elif blocking := next((row for row in to_come if _cannot_move(row, there)), None):
                left.append(Left(str(person), _without_partnership(blocking, successor).why))
            else:
                moving.append(person)
    return moving, open_then, left


def _meets(time: Period, row: Period, first_day: date) -> bool:
    """Whether a time at the successor overlaps this row, from the first day there on."""
    begins = max(row.started_on, first_day)
    begins_in_time = row.finished_on is None or time.started_on < row.finished_on
    return begins_in_time and not time.is_over(begins)


def _open_trainings(
    role: type[PersonAtSchool], people: Iterable[PersonAtSchool], first_day: date
) -> Iterable[TrainingPeriod]:
    of_them = {f"{role.foreign_key}__in": people}
    rows = TrainingPeriod.objects.filter(not_over(first_day), **of_them)
    return rows.select_related("lead_provider", "cohort", "teacher", "partnership")


def _partnerships(successor: School) -> list[SchoolPartnership]:
    rows = SchoolPartnership.objects.filter(school=successor)
    named = ("lead_provider", "delivery_partner", "school_year__school", "school_year__cohort")
    return list(rows.select_related(*named))


def _cannot_move(training: TrainingPeriod, there: list[SchoolPartnership]) -> bool:
    """Whether the successor lacks the partnership that this training, which has one, needs."""
    return training.partnership is not None and _partnership_for(training, there) is None


def _partnership_for(
    training: TrainingPeriod, there: list[SchoolPartnership]
) -> SchoolPartnership | None:
    """The successor's partnership for this training: with the same partner, else the first."""
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
