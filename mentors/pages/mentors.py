"""The list of a school's mentors, A to Z, as a page and as a CSV file."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    QuerySet,
    TextChoices,
    Value,
    When,
)

from core.compiled_queries import DAY, CompiledQuery, Slot
from core.csv_files import harmless
from declarations.completion import training_completed
from mentors.models import Mentorship
from mentors.pairing.mentoring import Mentored, Mentoring, mentoring_of
from mentors.people.listing import PAGE_SIZE, by_name, found_by, one_row_per_person
from mentors.status.training_status import Status
from schools.models import MentorAtSchool, School

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    ListedMentor = WithAnnotations[MentorAtSchool, "ListColumns"]


class MentorCategory(TextChoices):
    """The categories of the list of mentors; the values are used in addresses."""

    MENTORING = "mentoring", "Currently mentoring"
    NOT_MENTORING = "not-mentoring", "Not mentoring"
    LEFT = "left", "Left the school"


@dataclass(frozen=True)
class MentorFilters:
    """The mentors to list: one category, and of these only completed or found ones, if asked."""

    show: MentorCategory = MentorCategory.MENTORING
    completed_only: bool = False
    search: str = ""


@dataclass(frozen=True)
class MentorCounts:
    """The number of mentors in each category."""

    of: dict[MentorCategory, int]

    @property
    def here(self) -> int:
        """The number of mentors who have not left the school."""
        return self.of[MentorCategory.MENTORING] + self.of[MentorCategory.NOT_MENTORING]


@dataclass(frozen=True)
class MentorCard:
    """A mentor in the list; `completed` says whether mentor training is completed."""

    mentor: MentorAtSchool
    ects: tuple[Mentored, ...]
    completed: bool
    has_left: bool


@dataclass(frozen=True)
class MentorList:
    """One page of the list: its cards, and the counts beside the filters."""

    cards: tuple[MentorCard, ...]
    counts: MentorCounts
    page: Page


class ListColumns(TypedDict):
    """The columns of the list's query."""

    category: str
    completed: bool


def count_mentors(
    school: School, day: date, *, completed_only: bool = False, search: str = ""
) -> MentorCounts:
    """Count the school's mentors on this day, or only completed or found ones, in one query."""
    if search:
        mentors = _mentors(school.pk, day, completed_only=completed_only)
        rows = list(_numbers(found_by(mentors, search)))
    else:
        rows = _NUMBERS[completed_only].all(school=school.pk, day=day)
    numbers = dict(rows)
    return MentorCounts({category: numbers.get(category, 0) for category in MentorCategory})


def list_mentors(
    school: School, filters: MentorFilters, day: date, page: str | int = 1
) -> MentorList:
    """A page of the school's mentors on this day; for a number out of range, the nearest page."""
    counts = count_mentors(
        school, day, completed_only=filters.completed_only, search=filters.search
    )
    shown = Paginator(range(counts.of[filters.show]), PAGE_SIZE).get_page(page)
    first = shown.start_index() - 1 if shown else 0
    mentors = _listed(school, filters, day, first=first, at_most=PAGE_SIZE)
    return MentorList(_cards(mentors, school, day), counts, shown)


def all_cards(school: School, filters: MentorFilters, day: date) -> tuple[MentorCard, ...]:
    """The cards of all pages of the list, in order."""
    return _cards(_listed(school, filters, day), school, day)


def _listed(
    school: School,
    filters: MentorFilters,
    day: date,
    *,
    first: int = 0,
    at_most: int | None = None,
) -> list[ListedMentor]:
    if filters.search:
        mentors = _mentors(school.pk, day, completed_only=filters.completed_only)
        found = _in_order(found_by(mentors, filters.search), filters.show)
        return list(found[first : at_most and first + at_most])
    return _LISTED[filters.completed_only].all(
        first=first, at_most=at_most, school=school.pk, day=day, category=filters.show.value
    )


def _mentors(school: Any, day: Any, *, completed_only: bool) -> QuerySet[ListedMentor]:
    """The mentors of all categories; school id and day may be slots."""
    mentorships = Mentorship.objects.on(day).filter(
        mentor_teacher=OuterRef("teacher"), school=OuterRef("school")
    )
    mentors = one_row_per_person(MentorAtSchool.objects.filter(school=school), day).annotate(
        category=Case(
            When(finished_on__lte=day, then=Value(MentorCategory.LEFT.value)),
            When(Exists(mentorships), then=Value(MentorCategory.MENTORING.value)),
            default=Value(MentorCategory.NOT_MENTORING.value),
        ),
        completed=Case(
            When(training_completed(day, teacher="teacher_id"), then=Value(True)),
            default=Value(False),
        ),
    )
    return mentors.filter(completed=True) if completed_only else mentors


def _in_order(mentors: QuerySet[Any], category: Any) -> QuerySet[ListedMentor]:
    return mentors.filter(category=category).select_related("teacher").order_by(*by_name())


def _numbers(mentors: QuerySet[Any]) -> QuerySet[Any, tuple[str, int]]:
    return mentors.order_by().values_list("category").annotate(number=Count("pk"))


def _numbers_of_all(completed_only: bool) -> QuerySet[Any, tuple[str, int]]:
    return _numbers(_mentors(Slot("school"), DAY, completed_only=completed_only))


def _one_category(completed_only: bool) -> QuerySet[ListedMentor]:
    mentors = _mentors(Slot("school"), DAY, completed_only=completed_only)
    return _in_order(mentors, Slot("category", CharField()))


# Each by `completed_only`.
_NUMBERS = {only: CompiledQuery(partial(_numbers_of_all, only)) for only in (False, True)}
_LISTED = {only: CompiledQuery(partial(_one_category, only)) for only in (False, True)}


def _cards(mentors: list[ListedMentor], school: School, day: date) -> tuple[MentorCard, ...]:
    mentoring = mentoring_of([mentor.teacher_id for mentor in mentors], school.pk, day)
    return tuple(
        MentorCard(
            mentor=mentor,
            ects=mentoring.get(mentor.teacher_id, Mentoring()).now,
            completed=mentor.completed,
            has_left=mentor.category == MentorCategory.LEFT,
        )
        for mentor in mentors
    )


HEADINGS = ("Name", "TRN", "Email address", "Currently mentoring", "Mentor training")


def csv_of(cards: Iterable[MentorCard]) -> bytes:
    """The CSV file with a row for each card, in UTF-8 with the byte order mark that Excel needs."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    writer.writerows([harmless(cell) for cell in _row(card)] for card in cards)
    return codecs.BOM_UTF8 + file.getvalue().encode()


def _row(card: MentorCard) -> tuple[str, ...]:
    return (
        card.mentor.teacher.name,
        card.mentor.teacher.trn,
        card.mentor.email,
        "; ".join(ect.name for ect in card.ects),
        Status.TRAINING_COMPLETED.text if card.completed else "",
    )
