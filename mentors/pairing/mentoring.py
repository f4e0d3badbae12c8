"""Who mentors whom at a school, as its pages say it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, JSONField, OuterRef, Subquery, Value
from django.db.models.functions import JSONObject

from mentors.models import Mentorship
from mentors.pairing.candidates import with_mentors
from mentors.people.ect_training import Dated, induction_of, standing
from schools.models import ECTAtSchool


@dataclass(frozen=True)
class Coming:
    """Who will mentor an ECT from a day to come: `public_id` is that of the mentor's time there."""

    name: str
    public_id: UUID
    started_on: date


@dataclass(frozen=True)
class Mentored:
    """An ECT with a mentor: `public_id` is that of their time at the school.

    `since` is the first day of it; `next_mentor` who will mentor them after that, if that is known;
    `can_be_given_a_mentor` whether there is another mentor to choose.
    """

    public_id: UUID
    name: str
    induction: Dated
    since: date
    next_mentor: Coming | None
    can_be_given_a_mentor: bool


@dataclass(frozen=True)
class Mentoring:
    """The ECTs of one mentor at one school, by name.

    `now`: those mentored on the day. `to_come`: those who will be, and are not now.
    `completed_induction`: those mentored before, and not now, who have completed induction there.
    """

    now: tuple[Mentored, ...] = ()
    to_come: tuple[Mentored, ...] = ()
    completed_induction: tuple[Mentored, ...] = ()


def mentoring_of(
    teacher_ids: Iterable[int], school_id: int, day: date, *, changes: bool = False
) -> dict[int, Mentoring]:
    """The mentoring of each of these teachers at this school on this day, in one query.

    Several times of a teacher at the school count as one. Teachers who never mentored are left out.
    `next_mentor` and `can_be_given_a_mentor` are told only with `changes`: lists need neither.
    """
    completed = ECTAtSchool.objects.filter(
        teacher=OuterRef("ect_teacher"), school=OuterRef("school"), induction_finished_on__lte=day
    )
    changeable = with_mentors(standing(ECTAtSchool.objects.filter(pk=OuterRef("ect")), day), day)
    pairings = (
        Mentorship.objects.filter(mentor_teacher__in=teacher_ids, school=school_id)
        .annotate(
            ect_completed=Exists(completed),
            next_mentor=next_mentor(day, "ect") if changes else Value(None, JSONField()),
            changeable=Exists(changeable.filter(can_be_given_a_mentor=True))
            if changes
            else Value(False),
        )
        .select_related("ect__teacher")
        .order_by("ect__teacher__name", "started_on")
    )
    of_each: dict[int, list[Mentorship]] = {}
    for pairing in pairings:
        of_each.setdefault(pairing.mentor_teacher_id, []).append(pairing)
    return {teacher_id: _mentoring(theirs, day) for teacher_id, theirs in of_each.items()}


def next_mentor(day: date, ect: str) -> Subquery:
    """For each row of a query, whose ECT is at `ect`: who will begin to mentor them, as JSON.

    It is the next after this day; None when nobody will. `coming` reads it.
    """
    after = Mentorship.objects.filter(ect=OuterRef(ect), started_on__gt=day).order_by("started_on")
    found = JSONObject(
        name="mentor_teacher__name", public_id="mentor__public_id", started_on="started_on"
    )
    return Subquery(after.values(found=found)[:1])


def coming(found: dict[str, str] | None) -> Coming | None:
    """Read what `next_mentor` gave."""
    if found is None:
        return None
    return Coming(found["name"], UUID(found["public_id"]), date.fromisoformat(found["started_on"]))


def _mentoring(pairings: list[Mentorship], day: date) -> Mentoring:
    now = {pairing.ect_teacher_id: pairing for pairing in pairings if pairing.includes(day)}
    to_come = {
        pairing.ect_teacher_id: pairing
        for pairing in reversed(pairings)
        if pairing.started_on > day and pairing.ect_teacher_id not in now
    }
    before = {
        pairing.ect_teacher_id: pairing
        for pairing in pairings
        if pairing.ect_completed and pairing.started_on <= day and pairing.ect_teacher_id not in now
    }
    return Mentoring(
        now=tuple(_mentored(pairing, day) for pairing in now.values()),
        to_come=tuple(_mentored(pairing, day) for pairing in reversed(to_come.values())),
        completed_induction=tuple(_mentored(pairing, day) for pairing in before.values()),
    )


def _mentored(pairing: Mentorship, day: date) -> Mentored:
    ect = pairing.ect
    return Mentored(
        public_id=ect.public_id,
        name=ect.teacher.name,
        induction=induction_of(ect, day),
        since=pairing.started_on,
        next_mentor=coming(pairing.next_mentor),
        can_be_given_a_mentor=pairing.changeable,
    )
