"""Who mentors whom at a school, as its pages say it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from mentors.ect_training import Dated, induction_of
from mentors.models import Mentorship
from schools.models import ECTAtSchool


@dataclass(frozen=True)
class Mentored:
    """An ECT with a mentor: `public_id` is that of their time at the school."""

    public_id: UUID
    name: str
    induction: Dated


@dataclass(frozen=True)
class Mentoring:
    """The ECTs of one mentor at one school, by name.

    `now`: those mentored on the day. `completed_induction`: those mentored before, and not now,
    who have completed induction there.
    """

    now: tuple[Mentored, ...] = ()
    completed_induction: tuple[Mentored, ...] = ()


def mentoring_of(teacher_ids: Iterable[int], school_id: int, day: date) -> dict[int, Mentoring]:
    """The mentoring of each of these teachers at this school on this day, in one query.

    Several times of a teacher at the school count as one. Teachers who never mentored are left out.
    """
    completed = ECTAtSchool.objects.filter(
        teacher=OuterRef("ect_teacher"), school=OuterRef("school"), induction_finished_on__lte=day
    )
    pairings = (
        Mentorship.objects.filter(
            mentor_teacher__in=teacher_ids, school=school_id, started_on__lte=day
        )
        .annotate(ect_completed=Exists(completed))
        .select_related("ect__teacher")
        .order_by("ect__teacher__name", "started_on")
    )
    of_each: dict[int, list[Mentorship]] = {}
    for pairing in pairings:
        of_each.setdefault(pairing.mentor_teacher_id, []).append(pairing)
    return {teacher_id: _mentoring(theirs, day) for teacher_id, theirs in of_each.items()}


def _mentoring(pairings: list[Mentorship], day: date) -> Mentoring:
    now = {pairing.ect_teacher_id: pairing.ect for pairing in pairings if pairing.includes(day)}
    before = {
        pairing.ect_teacher_id: pairing.ect
        for pairing in pairings
        if pairing.ect_completed and pairing.ect_teacher_id not in now
    }
    return Mentoring(
        tuple(_mentored(ect, day) for ect in now.values()),
        tuple(_mentored(ect, day) for ect in before.values()),
    )


def _mentored(ect: ECTAtSchool, day: date) -> Mentored:
    return Mentored(ect.public_id, ect.teacher.name, induction_of(ect, day))
