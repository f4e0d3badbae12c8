"""The ECTs who can be assigned to a mentor, and the mentors who can be given to an ECT.

Journeys offer these people as choices, and pages show a link to a journey only if it has a choice.
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
from core.periods import in_words, not_over
from mentors.models import Mentorship
from mentors.people.ect_training import ECTCategory, with_category
from mentors.people.listing import by_name, has_left, one_row_per_person
from schools.models import ECTAtSchool, MentorAtSchool

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from mentors.people.ect_training import CategorisedECT

    PossibleMentor = WithAnnotations[MentorAtSchool, "PossibleMentorColumns"]


@dataclass(frozen=True)
class Candidate:
    """A person who can be chosen in a pairing, with a hint that helps to choose.

    `is_present`: this is the ECT's present mentor and is not to be changed, so that choosing this
    person would change nothing.
    """

    person: MentorAtSchool | ECTAtSchool
    hint: str
    is_present: bool = False


@dataclass(frozen=True)
class _Seeker:
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
_EACH_ROW = _Seeker(OuterRef("teacher"), OuterRef("school"), OuterRef("period"))


class PossibleMentorColumns(TypedDict):
    """Of each mentor who can mentor an ECT: whether they mentor that ECT on the day."""

    is_present: bool


def can_be_assigned_an_ect(mentor: MentorAtSchool, day: date) -> bool:
    """Whether `assignable_ects` has any for this mentor on this day."""
    if has_left(mentor, day):
        return False
    seeker = _seeker(mentor)
    found = _AN_ASSIGNABLE_ECT.first(
        teacher=seeker.teacher, school=seeker.school, period=seeker.period, day=day
    )
    return found is not None


def assignable_ects(mentor: MentorAtSchool, day: date) -> tuple[Candidate, ...]:
    """The ECTs of the school who can be assigned to this mentor on this day.

    They are currently training, are at the school at some time when the mentor is, and are not
    mentored by this mentor now. ECTs without a mentor come first; then it is A to Z. Empty for a
    mentor who has left.
    """
    if has_left(mentor, day):
        return ()
    ects = _ects_for(_seeker(mentor), day).order_by("-without_mentor", *by_name())
    return tuple(
        Candidate(
            ect,
            f"Currently mentored by {ect.mentored_by['name']}"
            if ect.mentored_by
            else "Not currently being mentored",
        )
        for ect in ects.select_related("teacher")
    )


def with_another_mentor(ect_ids: Collection[int], day: date) -> frozenset[int]:
    """Those of these ECTs, by id, who can be given a mentor: `mentors_for` has any for them."""
    if not ect_ids:
        return frozenset()
    return frozenset(_WITH_ANOTHER_MENTOR.all(ects=list(ect_ids), day=day))


def mentors_for(ect: ECTAtSchool, day: date) -> tuple[Candidate, ...]:
    """The school's mentors who can mentor this ECT on this day, A to Z, with the present mentor.

    They have not left, and are at the school at some time when the ECT is. Empty when the ECT has
    left or completed induction, or when there is no mentor but the present one.
    """
    if not with_another_mentor([ect.pk], day):
        return ()
    is_to_change = Q(started_on__gt=day) | Q(
        finished_on__gt=day, end_reason=Mentorship.EndReason.CHANGED
    )
    will_change = Mentorship.objects.filter(is_to_change, ect=ect).exists()
    mentors = _mentors_for(_seeker(ect), day).order_by(*by_name()).select_related("teacher")
    return tuple(
        Candidate(mentor, _hint_of(mentor, ect, day), mentor.is_present and not will_change)
        for mentor in mentors
    )


def _seeker(person: MentorAtSchool | ECTAtSchool) -> _Seeker:
    period = DateRange(person.started_on, person.finished_on)
    return _Seeker(person.teacher_id, person.school_id, period)


def _ects_for(mentor: _Seeker, day: date) -> QuerySet[CategorisedECT]:
    mentored_by_them = Mentorship.objects.on(day).filter(
        ect_teacher=OuterRef("teacher"),
        school=OuterRef("school"),
        mentor_teacher=mentor.teacher_in_subquery,
    )
    ects = ECTAtSchool.objects.filter(school=mentor.school)
    return (
        with_category(one_row_per_person(ects, day), day)
        .filter(_IN_TRAINING, ~Exists(mentored_by_them), period__overlap=mentor.period)
        .exclude(teacher=mentor.teacher)
    )


def _mentors_for(ect: _Seeker, day: date) -> QuerySet[PossibleMentor]:
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


def _hint_of(mentor: PossibleMentor, ect: ECTAtSchool, day: date) -> str:
    if mentor.is_present:
        return f"Currently mentors {ect.teacher.name}"
    if mentor.started_on > day:
        return f"Starts at this school on {in_words(mentor.started_on)}"
    return ""


_AN_ASSIGNABLE_ECT = CompiledQuery(
    lambda: (
        _ects_for(_Seeker(Slot("teacher"), Slot("school"), Slot("period", DateRangeField())), DAY)
        .order_by()
        .values_list("pk", flat=True)[:1]
    )
)
_WITH_ANOTHER_MENTOR = CompiledQuery(
    lambda: (
        with_category(ECTAtSchool.objects.filter(any_of("id", "ects")), DAY)
        .filter(_IN_TRAINING, Exists(_mentors_for(_EACH_ROW, DAY).filter(is_present=False)))
        .order_by()
        .values_list("pk", flat=True)
    )
)
