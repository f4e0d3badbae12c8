"""The list of a school's mentors, A to Z, as a page and as a CSV file."""

import codecs
import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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


class Category(TextChoices):
    """What a mentor is listed under; the value stands in addresses."""

    MENTORING = "mentoring", "Currently mentoring"
    NOT_MENTORING = "not-mentoring", "Not mentoring"
    LEFT = "left", "Left the school"


@dataclass(frozen=True)
class MentorFilters:
    """What is listed: one category, and of it those who completed or whom a search finds."""

    show: Category = Category.MENTORING
    completed_only: bool = False
    search: str = ""


@dataclass(frozen=True)
class MentorCounts:
    """How many there are in each category."""

    of: dict[Category, int]

    @property
    def here(self) -> int:
        """Those who have not left the school."""
        return self.of[Category.MENTORING] + self.of[Category.NOT_MENTORING]


@dataclass(frozen=True)
class MentorCard:
    """What the list shows of a mentor; `completed` says that mentor training is completed."""

    mentor: MentorAtSchool
    ects: tuple[Mentored, ...]
    completed: bool
    has_left: bool


@dataclass(frozen=True)
class MentorList:
    """A page of the list, its cards, and the counts that the filters stand for."""

    cards: tuple[MentorCard, ...]
    counts: MentorCounts
    page: Page


def count_mentors(
    school: School, day: date, *, completed_only: bool = False, search: str = ""
) -> MentorCounts:
    """Count the school's mentors on this day, or those of them that are asked for, in one query."""
    mentors = _mentors(school, day, MentorFilters(completed_only=completed_only, search=search))
    rows = mentors.order_by().values("category").annotate(number=Count("pk"))
    found = {row["category"]: row["number"] for row in rows}
    return MentorCounts({category: found.get(category, 0) for category in Category})


def list_mentors(
    school: School, filters: MentorFilters, day: date, page: str | int = 1
) -> MentorList:
    """A page of the school's mentors on this day; a page that is not there is the nearest one."""
    shown = Paginator(_listed(school, filters, day), PAGE_SIZE).get_page(page)
    counts = count_mentors(
        school, day, completed_only=filters.completed_only, search=filters.search
    )
    return MentorList(_cards(list(shown), school, day), counts, shown)


def all_cards(school: School, filters: MentorFilters, day: date) -> tuple[MentorCard, ...]:
    """The cards of every page of the list, in its order."""
    return _cards(list(_listed(school, filters, day)), school, day)


def _listed(school: School, filters: MentorFilters, day: date) -> QuerySet[MentorAtSchool]:
    mentors = _mentors(school, day, filters).select_related("teacher")
    return mentors.filter(category=filters.show).order_by(*by_name())


def _mentors(school: School, day: date, filters: MentorFilters) -> QuerySet[MentorAtSchool]:
    """Those of every category."""
    now = Mentorship.objects.on(day).filter(
        mentor_teacher=OuterRef("teacher"), school=OuterRef("school")
    )
    mentors = one_row_per_person(MentorAtSchool.objects.filter(school=school), day).annotate(
        category=Case(
            When(finished_on__lte=day, then=Value(Category.LEFT.value)),
            When(Exists(now), then=Value(Category.MENTORING.value)),
            default=Value(Category.NOT_MENTORING.value),
        ),
        completed=Case(
            When(training_completed(day, teacher="teacher_id"), then=Value(True)),
            default=Value(False),
        ),
    )
    if filters.completed_only:
        mentors = mentors.filter(completed=True)
    return found_by(mentors, filters.search)


def _cards(mentors: list[MentorAtSchool], school: School, day: date) -> tuple[MentorCard, ...]:
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
    """The file, a row for each card in its order: UTF-8 with the mark by which Excel knows it."""
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
