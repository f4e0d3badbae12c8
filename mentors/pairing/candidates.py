"""The ECTs who can be assigned to a mentor, and the mentors who can be given to an ECT.

Pages ask here whether to show a link: they do only if its journey has anyone to choose.
`choices.py` reads the people to choose from, a page at a time.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from django.contrib.postgres.fields import DateRangeField
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, OuterRef, Q, QuerySet

from core.compiled_queries import DAY, CompiledQuery, Slot, any_of
from core.periods import not_over
from mentors.models import Mentorship
from mentors.people.ect_training import ECTCategory, with_category
from mentors.people.listing import has_left, one_row_per_person
from schools.closing import at_open_schools, why_no_pairing
from schools.models import ECTAtSchool, MentorAtSchool

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from mentors.people.ect_training import CategorisedECT

    PossibleMentor = WithAnnotations[MentorAtSchool, "PossibleMentorColumns"]


@dataclass(frozen=True)
class Seeker:
    """The mentor or ECT that a query seeks a partner for.

    The attributes are the values of one person, or OuterRefs to the person in each row of an outer
    query.
    """

    teacher: Any
    school: Any
    period: Any

    @property
    def teacher_in_subquery(self) -> Any:
        """The teacher, as referred to from a subquery of the query that seeks."""
        return OuterRef(self.teacher) if isinstance(self.teacher, OuterRef) else self.teacher


_IN_TRAINING = Q(category=ECTCategory.TRAINING)
_EACH_ROW = Seeker(OuterRef("teacher"), OuterRef("school"), OuterRef("period"))
# For a query that is compiled, and takes the values of a seeker when it runs.
SLOTS = Seeker(Slot("teacher"), Slot("school"), Slot("period", DateRangeField()))


class PossibleMentorColumns(TypedDict):
    """The column that `possible_mentors` adds: whether the mentor mentors that ECT on the day."""

    is_present: bool


def can_be_assigned_an_ect(mentor: MentorAtSchool, day: date) -> bool:
    """Whether `assignable_ects` has any for this mentor on this day."""
    if cannot_be_paired(mentor, day):
        return False
    return _AN_ASSIGNABLE_ECT.first(**vars(seeker_of(mentor)), day=day) is not None


def cannot_be_paired(mentor: MentorAtSchool, day: date) -> bool:
    """Whether this mentor can be assigned no ECT at all.

    The mentor has left the school, or the school is closed.
    """
    return has_left(mentor, day) or bool(why_no_pairing(mentor.school, day))


def with_another_mentor(ect_ids: Collection[int], day: date) -> frozenset[int]:
    """Those of these ids for whose ECT `mentors_for` has a mentor to choose."""
    if not ect_ids:
        return frozenset()
    return frozenset(_WITH_ANOTHER_MENTOR.all(ects=list(ect_ids), day=day))


def seeker_of(person: MentorAtSchool | ECTAtSchool) -> Seeker:
    """The seeker with the values of this person."""
    period = DateRange(person.started_on, person.finished_on)
    return Seeker(person.teacher_id, person.school_id, period)


def possible_ects(mentor: Seeker, day: date) -> QuerySet[CategorisedECT]:
    """The ECTs who can be assigned to a mentor who has not left: `assignable_ects` says who.

    `mentor` has values or slots, no OuterRefs.
    """
    # The same for each ECT, so PostgreSQL reads them once.
    mentorships_now = Mentorship.objects.on(day).filter(
        mentor_teacher=mentor.teacher, school=mentor.school
    )
    ects = ECTAtSchool.objects.filter(school=mentor.school)
    return (
        with_category(one_row_per_person(ects, day), day)
        .filter(_IN_TRAINING, period__overlap=mentor.period)
        .exclude(teacher=mentor.teacher)
        .exclude(teacher__in=mentorships_now.values("ect_teacher"))
    )


def possible_mentors(ect: Seeker, day: date) -> QuerySet[PossibleMentor]:
    """The mentors who can mentor an ECT in training, and the present one."""
    mentorship_now = Mentorship.objects.on(day).filter(
        mentor_teacher=OuterRef("teacher"),
        school=OuterRef("school"),
        ect_teacher=ect.teacher_in_subquery,
    )
    mentors = MentorAtSchool.objects.filter(school=ect.school)
    return (
        one_row_per_person(mentors, day)
        .filter(not_over(day), period__overlap=ect.period)
        .exclude(teacher=ect.teacher)
        .annotate(is_present=Exists(mentorship_now))
    )


_AN_ASSIGNABLE_ECT = CompiledQuery(
    lambda: possible_ects(SLOTS, DAY).order_by().values_list("pk", flat=True)[:1]
)
_WITH_ANOTHER_MENTOR = CompiledQuery(
    lambda: (
        with_category(ECTAtSchool.objects.filter(any_of("id", "ects")), DAY)
        .filter(at_open_schools(DAY))
        .filter(_IN_TRAINING, Exists(possible_mentors(_EACH_ROW, DAY).filter(is_present=False)))
        .order_by()
        .values_list("pk", flat=True)
    )
)
