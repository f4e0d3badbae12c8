"""The ECTs of a mentor, and the next mentor of an ECT, as pages show them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.compiled_queries import DAY, CompiledQuery, Slot, any_of
from mentors.models import Mentorship
from mentors.pairing.candidates import with_another_mentor
from mentors.people.ect_training import Dated, induction_start_of


@dataclass(frozen=True)
class NextMentor:
    """An ECT's next mentor, and the first day of mentoring, which is to come."""

    name: str
    public_id: UUID
    started_on: date


@dataclass(frozen=True)
class Mentored:
    """An ECT as the page of their mentor shows them.

    `since`: the first day of the mentorship. `next_mentor`: who is to mentor the ECT afterwards, if
    known. `can_be_given_a_mentor`: whether the school has another mentor to choose.
    """

    public_id: UUID
    name: str
    induction: Dated
    since: date
    next_mentor: NextMentor | None
    can_be_given_a_mentor: bool


@dataclass(frozen=True)
class Mentoring:
    """The ECTs of one mentor at one school, sorted by name.

    `now`: mentored on the day. `to_come`: mentored from a later day, and not now.
    `completed_induction`: mentored before and not now, and completed induction at any school.
    """

    now: tuple[Mentored, ...] = ()
    to_come: tuple[Mentored, ...] = ()
    completed_induction: tuple[Mentored, ...] = ()


_MENTORSHIPS = CompiledQuery(
    lambda: (
        Mentorship.objects.filter(any_of("mentor_teacher", "teachers"), school=Slot("school"))
        .select_related("ect__teacher")
        .only(
            "mentor_teacher",
            "ect_teacher",
            "started_on",
            "finished_on",
            "ect__public_id",
            "ect__teacher__name",
            "ect__teacher__induction_started_on",
            "ect__teacher__induction_finished_on",
        )
        .order_by("ect__teacher__searchable_name", "started_on")
    )
)
_TO_BEGIN = CompiledQuery(
    lambda: (
        Mentorship.objects.filter(any_of("ect", "ects"), started_on__gt=DAY)
        .order_by("-started_on")
        .values_list("ect_id", "mentor_teacher__name", "mentor__public_id", "started_on")
    )
)


def mentoring_of(
    teacher_ids: Iterable[int], school_id: int, day: date, *, changes: bool = False
) -> dict[int, Mentoring]:
    """The ECTs of each of these mentors at this school on this day, by teacher id.

    A teacher who was a mentor here before gets the ECTs of all these times together. Teachers
    without a mentorship here are left out. `next_mentor` and `can_be_given_a_mentor` are read only
    with `changes`, as lists do not show them.
    """
    of_each: dict[int, list[Mentorship]] = {}
    for row in _MENTORSHIPS.all(teachers=list(teacher_ids), school=school_id):
        of_each.setdefault(row.mentor_teacher_id, []).append(row)
    ects = [row.ect_id for rows in of_each.values() for row in rows] if changes else []
    next_mentors, changeable = next_mentors_of(ects, day), with_another_mentor(ects, day)
    return {
        teacher_id: _mentoring(rows, next_mentors, changeable, day)
        for teacher_id, rows in of_each.items()
    }


def next_mentors_of(ect_ids: Collection[int], day: date) -> dict[int, NextMentor]:
    """The first mentor to begin after this day, by the ECT's id; an ECT without one is left out."""
    if not ect_ids:
        return {}
    # The rows begin with the last mentorship, so that the dict keeps the first to begin.
    return {
        ect_id: NextMentor(name, public_id, started_on)
        for ect_id, name, public_id, started_on in _TO_BEGIN.all(ects=list(ect_ids), day=day)
    }


def _mentoring(
    rows: list[Mentorship],
    next_mentors: dict[int, NextMentor],
    changeable: Collection[int],
    day: date,
) -> Mentoring:
    def shown(chosen: Iterable[Mentorship]) -> tuple[Mentored, ...]:
        return tuple(
            Mentored(
                public_id=row.ect.public_id,
                name=row.ect.teacher.name,
                induction=induction_start_of(row.ect.teacher, day),
                since=row.started_on,
                next_mentor=next_mentors.get(row.ect_id),
                can_be_given_a_mentor=row.ect_id in changeable,
            )
            for row in chosen
        )

    now = {row.ect_teacher_id: row for row in rows if row.includes(day)}
    others = [row for row in rows if row.ect_teacher_id not in now]
    # Of several mentorships with one ECT, the first that is to come and the last that has begun.
    to_come = {row.ect_teacher_id: row for row in reversed(others) if row.started_on > day}
    completed = {
        row.ect_teacher_id: row
        for row in others
        if row.ect.teacher.has_completed_induction(day) and row.started_on <= day
    }
    return Mentoring(
        now=shown(now.values()),
        to_come=shown(reversed(to_come.values())),
        completed_induction=shown(completed.values()),
    )
