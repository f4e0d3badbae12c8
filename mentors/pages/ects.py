"""The list of a school's ECTs: those without a mentor first, then the newest induction first."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from mentors.pairing.candidates import with_mentors
from mentors.people.ect_training import Category, Tag, standing, tag_of
from mentors.people.listing import PAGE_SIZE, by_name, found_by, one_row_per_person
from schools.models import ECTAtSchool, School


@dataclass(frozen=True)
class ECTFilters:
    """What is listed: one category, and of it those found by the search, if there is one."""

    show: Category = Category.TRAINING
    search: str = ""


@dataclass(frozen=True)
class ECTCounts:
    """How many there are in each category, and in all; how many in training have no mentor."""

    of: dict[Category, int]
    without_mentor: int

    @property
    def all(self) -> int:
        """All ECTs ever at the school."""
        return sum(self.of.values())


@dataclass(frozen=True)
class ECTCard:
    """What the list shows of an ECT. `mentor` is the mentor's name, or None."""

    ect: ECTAtSchool
    tag: Tag
    mentor: str | None


@dataclass(frozen=True)
class ECTList:
    """A page of the list, its cards, and the counts that the filters stand for.

    `without_mentor`: how many of all pages' ECTs have no mentor, though they are in training.
    """

    cards: tuple[ECTCard, ...]
    counts: ECTCounts
    page: Page
    without_mentor: int


def count_ects(school: School, day: date, search: str = "") -> ECTCounts:
    """Count the school's ECTs on this day, or those of them that a search finds, in one query."""
    rows = (
        _ects(school, day, search)
        .order_by()
        .values("category")
        .annotate(number=Count("pk"), alone=Count("pk", filter=Q(without_mentor=True)))
    )
    found = {row["category"]: row for row in rows}
    return ECTCounts(
        of={category: found.get(category, {}).get("number", 0) for category in Category},
        without_mentor=sum(row["alone"] for row in rows),
    )


def list_ects(school: School, filters: ECTFilters, day: date, page: str | int = 1) -> ECTList:
    """A page of the school's ECTs on this day; a page that is not there is the nearest one."""
    ects = _ects(school, day, filters.search).filter(category=filters.show)
    ordered = with_mentors(ects, day).order_by(
        "-without_mentor", "-induction_started_on", *by_name()
    )
    shown = Paginator(ordered, PAGE_SIZE).get_page(page)
    counts = count_ects(school, day, filters.search)
    return ECTList(
        cards=tuple(_card(ect, day) for ect in shown),
        counts=counts,
        page=shown,
        without_mentor=counts.without_mentor if filters.show == Category.TRAINING else 0,
    )


def _ects(school: School, day: date, search: str) -> QuerySet[ECTAtSchool]:
    at_school = ECTAtSchool.objects.filter(school=school).select_related("teacher")
    return found_by(standing(one_row_per_person(at_school, day), day), search)


def _card(ect: ECTAtSchool, day: date) -> ECTCard:
    mentor = ect.mentored_by
    return ECTCard(ect, tag_of(ect, day), mentor["name"] if mentor else None)
