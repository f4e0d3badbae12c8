"""Who can be assigned to a mentor, and who can mentor an ECT: asked by links and by journeys."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from core.dates import in_words
from mentors.models import Mentorship
from mentors.people.ect_training import Category, standing
from mentors.people.listing import by_name, has_left, one_row_per_person
from schools.models import ECTAtSchool, MentorAtSchool


@dataclass(frozen=True)
class Candidate:
    """Somebody who can be chosen; `hint` says what helps to choose.

    `is_present`: that they are together already and no change of that is to come, so that choosing
    them would change nothing.
    """

    person: MentorAtSchool | ECTAtSchool
    hint: str
    is_present: bool = False


@dataclass(frozen=True)
class _Who:
    """Whose partner is sought: the values of one person, or references to the rows of a query."""

    teacher: Any
    school: Any
    period: Any

    @property
    def teacher_further_in(self) -> Any:
        """The teacher, as a query within the query for partners refers to them."""
        return OuterRef(self.teacher) if isinstance(self.teacher, OuterRef) else self.teacher


_IN_TRAINING = Q(category=Category.TRAINING)
_EACH = _Who(OuterRef("teacher"), OuterRef("school"), OuterRef("period"))


def with_assignable(mentors: QuerySet[MentorAtSchool], day: date) -> QuerySet[MentorAtSchool]:
    """These mentors with `can_be_assigned_an_ect`: whether `assignable_ects` has any for them."""
    return mentors.annotate(
        can_be_assigned_an_ect=_whether(_not_left(day) & Exists(_ects_for(_EACH, day)))
    )


def assignable_ects(mentor: MentorAtSchool, day: date) -> tuple[Candidate, ...]:
    """The ECTs of the school who can be assigned to this mentor on this day; none when they left.

    They have not left and are to complete induction, are at the school at a time when the mentor
    is, and are not mentored by them now. Those without a mentor come first; both groups are A to Z.
    """
    if has_left(mentor, day):
        return ()
    ects = _ects_for(_of(mentor), day).order_by("-without_mentor", *by_name())
    return tuple(
        Candidate(
            ect,
            f"Currently mentored by {ect.mentored_by['name']}"
            if ect.mentored_by
            else "Not currently being mentored",
        )
        for ect in ects.select_related("teacher")
    )


def with_mentors(ects: QuerySet[ECTAtSchool], day: date) -> QuerySet[ECTAtSchool]:
    """These ECTs, from `standing`, with `can_be_given_a_mentor`: whether `mentors_for` has any."""
    another = Exists(_mentors_for(_EACH, day).filter(is_present=False))
    return ects.annotate(can_be_given_a_mentor=_whether(_IN_TRAINING & another))


def mentors_for(ect: ECTAtSchool, day: date) -> tuple[Candidate, ...]:
    """The school's mentors who can mentor this ECT, A to Z, the present one among them.

    They have not left, and are at the school at a time when the ECT is. None when the ECT left or
    completed induction, or when the present one is the only one.
    """
    asked = standing(ECTAtSchool.objects.filter(pk=ect.pk), day)
    if not with_mentors(asked, day).get().can_be_given_a_mentor:
        return ()
    to_change = Mentorship.objects.filter(ect=ect, started_on__gt=day).exists()
    mentors = _mentors_for(_of(ect), day).order_by(*by_name()).select_related("teacher")
    return tuple(
        Candidate(mentor, _hint_of(mentor, ect, day), mentor.is_present and not to_change)
        for mentor in mentors
    )


def _not_left(day: date) -> Q:
    return Q(finished_on__isnull=True) | Q(finished_on__gt=day)


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def _of(person: MentorAtSchool | ECTAtSchool) -> _Who:
    period = DateRange(person.started_on, person.finished_on)
    return _Who(person.teacher_id, person.school_id, period)


def _ects_for(mentor: _Who, day: date) -> QuerySet[ECTAtSchool]:
    theirs = Mentorship.objects.on(day).filter(
        ect_teacher=OuterRef("teacher"),
        school=OuterRef("school"),
        mentor_teacher=mentor.teacher_further_in,
    )
    ects = ECTAtSchool.objects.filter(school=mentor.school)
    return (
        standing(one_row_per_person(ects, day), day)
        .filter(_IN_TRAINING, ~Exists(theirs), period__overlap=mentor.period)
        .exclude(teacher=mentor.teacher)
    )


def _mentors_for(ect: _Who, day: date) -> QuerySet[MentorAtSchool]:
    together = Mentorship.objects.on(day).filter(
        mentor_teacher=OuterRef("teacher"),
        school=OuterRef("school"),
        ect_teacher=ect.teacher_further_in,
    )
    mentors = MentorAtSchool.objects.filter(school=ect.school)
    return (
        one_row_per_person(mentors, day)
        .filter(_not_left(day), period__overlap=ect.period)
        .exclude(teacher=ect.teacher)
        .annotate(is_present=Exists(together))
    )


def _hint_of(mentor: MentorAtSchool, ect: ECTAtSchool, day: date) -> str:
    if mentor.is_present:
        return f"Currently mentors {ect.teacher.name}"
    if mentor.started_on > day:
        return f"Starts at this school on {in_words(mentor.started_on)}"
    return ""
