"""The list of a school's mentors, A to Z."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, TextChoices, Value, When

from core.compiled_queries import DAY, CompiledQuery, any_of
from mentors.models import Mentorship
from mentors.pairing.mentoring import Mentored, Mentoring, mentoring_of
from mentors.people.listing import PAGE_SIZE, by_name, found_by, one_row_per_person
from mentors.status.facts import training_facts_of_many
from mentors.status.policies import Policy
from mentors.status.training_status import Status, TrainingStatus, term_of, training_status
from schools.models import MentorAtSchool, School

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    ListedMentor = WithAnnotations[MentorAtSchool, "ListColumns"]


class MentorCategory(TextChoices):
    """The mentors that the list can show; the values are used in addresses.

    HERE is the two before it together: all who have not left.
    """

    MENTORING = "mentoring", "Currently mentoring"
    NOT_MENTORING = "not-mentoring", "Not mentoring"
    HERE = "all", "All at the school"
    LEFT = "left", "Left the school"

    @property
    def included(self) -> tuple[str, ...]:
        """The categories of the mentors that are shown."""
        cls = MentorCategory
        return (cls.MENTORING, cls.NOT_MENTORING) if self is cls.HERE else (self,)


class TrainingFilter(TextChoices):
    """The situations of mentor training to list; the values are used in addresses."""

    NOT_STARTED = "not-started", Status.NOT_YET_STARTED.text
    TRAINING = "training", Status.TRAINING.text
    ENDS_THIS_TERM = "time-ends-this-term", "Time to complete ends this term"
    COMPLETED = "completed", Status.TRAINING_COMPLETED.text
    NOT_COMPLETED = "not-completed", Status.TRAINING_NOT_COMPLETED.text

    def includes(self, status: TrainingStatus, day: date) -> bool:
        """Whether a mentor with this status, read for this day, is listed."""
        if self is TrainingFilter.ENDS_THIS_TERM:
            ends_on = status.evidence.time_ends_on
            return ends_on is not None and term_of(ends_on) == term_of(day)
        return status.status is not None and status.status.text == self.label


def training_filters(policy: Policy) -> list[TrainingFilter]:
    """What the list can be filtered by: the statuses that the policy shows, and its time limit."""
    if not policy.shows_every_status:
        return [TrainingFilter.COMPLETED]
    limited = policy.months_to_complete is not None
    return [each for each in TrainingFilter if limited or each != TrainingFilter.ENDS_THIS_TERM]


@dataclass(frozen=True)
class MentorFilters:
    """The mentors to list: of one category, in one of these situations, and found by the search.

    Without a situation, mentors in all of them are listed.
    """

    show: MentorCategory = MentorCategory.MENTORING
    training: tuple[TrainingFilter, ...] = ()
    search: str = ""


@dataclass(frozen=True)
class MentorCard:
    """A mentor in the list."""

    mentor: MentorAtSchool
    ects: tuple[Mentored, ...]
    to_come: tuple[Mentored, ...]
    status: TrainingStatus
    has_left: bool


@dataclass(frozen=True)
class MentorList:
    """One page of the list: its cards, and the number of mentors in each category."""

    cards: tuple[MentorCard, ...]
    counts: dict[MentorCategory, int]
    page: Page


class ListColumns(TypedDict):
    """The column of the list's query."""

    category: str


class _Row(NamedTuple):
    """A mentor at a school: the ids of the row and the teacher, and the category."""

    pk: int
    teacher: int
    school: int
    category: str


def list_mentors(
    school: School, filters: MentorFilters, policy: Policy, day: date, page: str | int
) -> MentorList:
    """A page of the school's mentors on this day; for a number out of range, the nearest page."""
    rows = _filtered(_rows(school, filters.search, day), filters.training, policy, day)
    chosen = [row for row in rows if row.category in filters.show.included]
    shown = Paginator(chosen, PAGE_SIZE).get_page(page)
    return MentorList(_cards(list(shown), school, policy, day), _counts(rows), shown)


def all_mentor_cards(
    school: School, filters: MentorFilters, policy: Policy, day: date
) -> tuple[MentorCard, ...]:
    """The cards of all pages of the list, in order."""
    rows = _filtered(_rows(school, filters.search, day), filters.training, policy, day)
    chosen = [row for row in rows if row.category in filters.show.included]
    return _cards(chosen, school, policy, day)


@dataclass(frozen=True)
class MentorNumbers:
    """How many mentors have not left a school, and how many of these are in each situation."""

    here: int
    training: dict[TrainingFilter, int]


def count_mentors(
    schools: Collection[int], policy: Policy, day: date, filters: Sequence[TrainingFilter]
) -> dict[int, MentorNumbers]:
    """The numbers of mentors at each of these schools, by the school's id, for these situations."""
    rows = map(_Row._make, _LISTED.all(schools=list(schools), day=day))
    here = [row for row in rows if row.category != MentorCategory.LEFT]
    statuses = _statuses(here, policy, day) if filters else {}
    return {
        school: MentorNumbers(
            here=sum(row.school == school for row in here),
            training={
                each: sum(
                    row.school == school and each.includes(statuses[row.teacher], day)
                    for row in here
                )
                for each in filters
            },
        )
        for school in schools
    }


def _rows(school: School, search: str, day: date) -> list[_Row]:
    """The school's mentors of all categories, or those that a search finds, from A to Z."""
    if search:
        return list(map(_Row._make, _as_rows(found_by(_mentors(Q(school=school), day), search))))
    return list(map(_Row._make, _LISTED.all(schools=[school.pk], day=day)))


def _mentors(here: Q, day: Any) -> QuerySet[ListedMentor]:
    """The mentors of all categories, at the schools of this filter; the day may be a slot."""
    mentorships = Mentorship.objects.on(day).filter(
        mentor_teacher=OuterRef("teacher"), school=OuterRef("school")
    )
    return one_row_per_person(MentorAtSchool.objects.filter(here), day).annotate(
        category=Case(
            When(finished_on__lte=day, then=Value(MentorCategory.LEFT.value)),
            When(Exists(mentorships), then=Value(MentorCategory.MENTORING.value)),
            default=Value(MentorCategory.NOT_MENTORING.value),
        )
    )


def _as_rows(mentors: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    return mentors.order_by(*by_name()).values_list("pk", "teacher_id", "school_id", "category")


_LISTED = CompiledQuery(lambda: _as_rows(_mentors(Q(any_of("school", "schools")), DAY)))
_SHOWN = CompiledQuery(
    lambda: (
        MentorAtSchool.objects.filter(any_of("id", "mentors"))
        .select_related("teacher")
        .only(
            "public_id",
            "email",
            "school",
            "started_on",
            "finished_on",
            "teacher__name",
            "teacher__trn",
        )
        .order_by()
    )
)


def _filtered(
    rows: list[_Row], training: Sequence[TrainingFilter], policy: Policy, day: date
) -> list[_Row]:
    """The mentors in one of these situations of mentor training; all of them without any."""
    if not training:
        return rows
    statuses = _statuses(rows, policy, day)
    return [
        row for row in rows if any(each.includes(statuses[row.teacher], day) for each in training)
    ]


def _statuses(rows: Sequence[_Row], policy: Policy, day: date) -> dict[int, TrainingStatus]:
    """The status of each teacher, by the teacher's id."""
    facts = training_facts_of_many({row.teacher for row in rows})
    return {teacher: training_status(known, policy, day) for teacher, known in facts.items()}


def _counts(rows: list[_Row]) -> dict[MentorCategory, int]:
    numbers = Counter(row.category for row in rows)
    return {each: sum(numbers[name] for name in each.included) for each in MentorCategory}


def _cards(
    rows: Sequence[_Row], school: School, policy: Policy, day: date
) -> tuple[MentorCard, ...]:
    mentors = {mentor.pk: mentor for mentor in _SHOWN.all(mentors=[row.pk for row in rows])}
    mentoring = mentoring_of([row.teacher for row in rows], school.pk, day)
    statuses = _statuses(rows, policy, day)
    return tuple(
        MentorCard(
            mentor=mentors[row.pk],
            ects=mentoring.get(row.teacher, Mentoring()).now,
            to_come=mentoring.get(row.teacher, Mentoring()).to_come,
            status=statuses[row.teacher],
            has_left=row.category == MentorCategory.LEFT,
        )
        for row in rows
    )
