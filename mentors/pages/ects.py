"""The list of a school's ECTs: those without a mentor first, then the newest induction first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from mentors.pairing.candidates import with_mentors
from mentors.people.ect_training import Category, Tag, tag_of, with_category
from mentors.people.listing import PAGE_SIZE, by_name, found_by, one_row_per_person
from schools.models import ECTAtSchool, School

if TYPE_CHECKING:
    from mentors.pairing.candidates import ECTWithMentors
    from mentors.people.ect_training import CategorisedECT


@dataclass(frozen=True)
class ECTFilters:
    """The ECTs to list: one category, and of these only the ones that a search finds, if given."""

    show: Category = Category.TRAINING
    search: str = ""


@dataclass(frozen=True)
class ECTCounts:
    """The number of ECTs in each category, and of ECTs in training without a mentor."""

    of: dict[Category, int]
    without_mentor: int

    @property
    def all(self) -> int:
        """The number of all ECTs, past ones included."""
        return sum(self.of.values())


@dataclass(frozen=True)
class ECTCard:
    """An ECT in the list. `mentor` is the mentor's name, or None."""

    ect: ECTWithMentors
    tag: Tag
    mentor: str | None


@dataclass(frozen=True)
class ECTList:
    """One page of the list: its cards, and the counts beside the filters.

    `without_mentor`: how many ECTs on all pages of this list are training without a mentor.
    """

    cards: tuple[ECTCard, ...]
    counts: ECTCounts
    page: Page
    without_mentor: int


def count_ects(school: School, day: date, search: str = "") -> ECTCounts:
    """Count the school's ECTs on this day, or only those that a search finds, in one query."""
    rows = (
        _ects(school, day, search)
        .order_by()
        .values("category")
        .annotate(number=Count("pk"), alone=Count("pk", filter=Q(without_mentor=True)))
    )
    by_category = {row["category"]: row for row in rows}
    return ECTCounts(
        of={
            category: by_category[category]["number"] if category in by_category else 0
            for category in Category
        },
        without_mentor=sum(row["alone"] for row in rows),
    )


def list_ects(school: School, filters: ECTFilters, day: date, page: str | int = 1) -> ECTList:
    """A page of the school's ECTs on this day; for a number out of range, the nearest page."""
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


def _ects(school: School, day: date, search: str) -> QuerySet[CategorisedECT]:
    ects = ECTAtSchool.objects.filter(school=school).select_related("teacher")
    return with_category(found_by(one_row_per_person(ects, day), search), day)


def _card(ect: ECTWithMentors, day: date) -> ECTCard:
    mentor = ect.mentored_by
    return ECTCard(ect, tag_of(ect, day), mentor["name"] if mentor else None)
