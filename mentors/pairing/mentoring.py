"""The ECTs of a mentor, and the next mentor of an ECT, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import Exists, JSONField, OuterRef, Subquery, Value
from django.db.models.functions import JSONObject

from mentors.models import Mentorship
from mentors.pairing.candidates import with_mentors
from mentors.people.ect_training import Dated, induction_of, with_category
from schools.models import ECTAtSchool

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    MentorshipRow = WithAnnotations[Mentorship, "MentorshipColumns"]


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
    `completed_induction`: mentored before and not now, and completed induction at the school.
    """

    now: tuple[Mentored, ...] = ()
    to_come: tuple[Mentored, ...] = ()
    completed_induction: tuple[Mentored, ...] = ()


class MentorshipColumns(TypedDict):
    """The columns that `mentoring_of` adds to mentorships."""

    ect_completed: bool
    next_mentor: dict[str, str] | None
    can_be_changed: bool


def mentoring_of(
    teacher_ids: Iterable[int], school_id: int, day: date, *, changes: bool = False
) -> dict[int, Mentoring]:
    """The ECTs of each of these mentors at this school on this day, by teacher id, in one query.

    A teacher who was a mentor here before gets the ECTs of all these times together. Teachers
    without a mentorship here are left out. `next_mentor` and `can_be_given_a_mentor` are read only
    with `changes`, as lists do not show them.
    """
    completed = ECTAtSchool.objects.filter(
        teacher=OuterRef("ect_teacher"), school=OuterRef("school"), induction_finished_on__lte=day
    )
    ects = with_mentors(with_category(ECTAtSchool.objects.filter(pk=OuterRef("ect")), day), day)
    mentorships = (
        Mentorship.objects.filter(mentor_teacher__in=teacher_ids, school=school_id)
        .annotate(
            ect_completed=Exists(completed),
            next_mentor=next_mentor_column(day, "ect") if changes else Value(None, JSONField()),
            can_be_changed=Exists(ects.filter(can_be_given_a_mentor=True))
            if changes
            else Value(False),
        )
        .select_related("ect__teacher")
        .order_by("ect__teacher__name", "started_on")
    )
    of_each: dict[int, list[MentorshipRow]] = {}
    for mentorship in mentorships:
        of_each.setdefault(mentorship.mentor_teacher_id, []).append(mentorship)
    return {teacher_id: _mentoring(rows, day) for teacher_id, rows in of_each.items()}


def next_mentor_column(day: date, ect: str) -> Subquery:
    """A column for a query: the first mentor to begin after this day, for `next_mentor_of`.

    `ect` is the lookup from a row of the query to its ECT. Null when no mentor is to begin.
    """
    after = Mentorship.objects.filter(ect=OuterRef(ect), started_on__gt=day).order_by("started_on")
    next_mentor = JSONObject(
        name="mentor_teacher__name", public_id="mentor__public_id", started_on="started_on"
    )
    return Subquery(after.values(next_mentor=next_mentor)[:1])


def next_mentor_of(column: dict[str, str] | None) -> NextMentor | None:
    """The next mentor, from the value of a `next_mentor_column`."""
    if column is None:
        return None
    started_on = date.fromisoformat(column["started_on"])
    return NextMentor(column["name"], UUID(column["public_id"]), started_on)


def _mentoring(rows: list[MentorshipRow], day: date) -> Mentoring:
    now = {row.ect_teacher_id: row for row in rows if row.includes(day)}
    others = [row for row in rows if row.ect_teacher_id not in now]
    # Of several mentorships with one ECT, the first that is to come and the last that has begun.
    to_come = {row.ect_teacher_id: row for row in reversed(others) if row.started_on > day}
    completed = {
        row.ect_teacher_id: row for row in others if row.ect_completed and row.started_on <= day
    }
    return Mentoring(
        now=tuple(_mentored(row, day) for row in now.values()),
        to_come=tuple(_mentored(row, day) for row in reversed(to_come.values())),
        completed_induction=tuple(_mentored(row, day) for row in completed.values()),
    )


def _mentored(row: MentorshipRow, day: date) -> Mentored:
    ect = row.ect
    return Mentored(
        public_id=ect.public_id,
        name=ect.teacher.name,
        induction=induction_of(ect, day),
        since=row.started_on,
        next_mentor=next_mentor_of(row.next_mentor),
        can_be_given_a_mentor=row.can_be_changed,
    )
