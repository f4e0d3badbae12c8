"""The list of a school's mentors, A to Z, as a page and as a CSV file."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    Exists,
    OuterRef,
    QuerySet,
    TextChoices,
    Value,
    When,
)

from core.csv_files import harmless
from mentors.models import Mentorship
from mentors.pairing.mentoring import Mentored, Mentoring, mentoring_of
from mentors.people.listing import PAGE_SIZE, by_name, found_by, one_row_per_person
from mentors.status.facts import training_completed
from mentors.status.training_status import Status
from schools.models import MentorAtSchool, School

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    ListedMentor = WithAnnotations[MentorAtSchool, "ListColumns"]


class Category(TextChoices):
    """The categories of the list of mentors; the values are used in addresses."""

    MENTORING = "mentoring", "Currently mentoring"
    NOT_MENTORING = "not-mentoring", "Not mentoring"
    LEFT = "left", "Left the school"


@dataclass(frozen=True)
class MentorFilters:
    """The mentors to list: one category, and of these only completed or found ones, if asked."""

    show: Category = Category.MENTORING
    completed_only: bool = False
    search: str = ""


@dataclass(frozen=True)
class MentorCounts:
    """The number of mentors in each category."""

    of: dict[Category, int]

    @property
    def here(self) -> int:
        """The number of mentors who have not left the school."""
        return self.of[Category.MENTORING] + self.of[Category.NOT_MENTORING]


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
    mentors = _mentors(school, day, MentorFilters(completed_only=completed_only, search=search))
    rows = mentors.order_by().values("category").annotate(number=Count("pk"))
    numbers = {row["category"]: row["number"] for row in rows}
    return MentorCounts({category: numbers.get(category, 0) for category in Category})


def list_mentors(
    school: School, filters: MentorFilters, day: date, page: str | int = 1
) -> MentorList:
    """A page of the school's mentors on this day; for a number out of range, the nearest page."""
    shown = Paginator(_listed(school, filters, day), PAGE_SIZE).get_page(page)
    counts = count_mentors(
        school, day, completed_only=filters.completed_only, search=filters.search
    )
    return MentorList(_cards(list(shown), school, day), counts, shown)


def all_cards(school: School, filters: MentorFilters, day: date) -> tuple[MentorCard, ...]:
    """The cards of all pages of the list, in order."""
    return _cards(list(_listed(school, filters, day)), school, day)


def _listed(school: School, filters: MentorFilters, day: date) -> QuerySet[ListedMentor]:
    mentors = _mentors(school, day, filters).select_related("teacher")
    return mentors.filter(category=filters.show).order_by(*by_name())


def _mentors(school: School, day: date, filters: MentorFilters) -> QuerySet[ListedMentor]:
    """The mentors of all categories."""
    mentorships = Mentorship.objects.on(day).filter(
        mentor_teacher=OuterRef("teacher"), school=OuterRef("school")
    )
    found = found_by(MentorAtSchool.objects.filter(school=school), filters.search)
    mentors = one_row_per_person(found, day).annotate(
        category=Case(
            When(finished_on__lte=day, then=Value(Category.LEFT.value)),
            When(Exists(mentorships), then=Value(Category.MENTORING.value)),
            default=Value(Category.NOT_MENTORING.value),
        ),
        completed=Case(
            When(training_completed(day, teacher="teacher_id"), then=Value(True)),
            default=Value(False),
        ),
    )
    return mentors.filter(completed=True) if filters.completed_only else mentors


def _cards(mentors: list[ListedMentor], school: School, day: date) -> tuple[MentorCard, ...]:
    mentoring = mentoring_of([mentor.teacher_id for mentor in mentors], school.pk, day)
    return tuple(
        MentorCard(
            mentor=mentor,
            ects=mentoring.get(mentor.teacher_id, Mentoring()).now,
            completed=mentor.completed,
            has_left=mentor.category == Category.LEFT,
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
