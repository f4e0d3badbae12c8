"""The list of a school's ECTs: those without a mentor first, then the newest induction first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, Q, QuerySet

from core.compiled_queries import DAY, CompiledQuery, Slot
from mentors.pairing.candidates import with_another_mentor
from mentors.people.ect_training import ECTCategory, Tag, tag_of, with_category
from mentors.people.listing import PAGE_SIZE, by_name, found_by, one_row_per_person
from schools.models import ECTAtSchool, School

if TYPE_CHECKING:
    from mentors.people.ect_training import CategorisedECT


@dataclass(frozen=True)
class ECTFilters:
    """The ECTs to list: one category, and of these only the ones that a search finds, if given."""

    show: ECTCategory = ECTCategory.TRAINING
    search: str = ""


@dataclass(frozen=True)
class ECTCounts:
    """The number of ECTs in each category, and of ECTs in training without a mentor."""

    of: dict[ECTCategory, int]
    without_mentor: int

    @property
    def all(self) -> int:
        """The number of all ECTs, past ones included."""
        return sum(self.of.values())


@dataclass(frozen=True)
class ECTCard:
    """An ECT in the list. `mentor` is the mentor's name, or None."""

    ect: CategorisedECT
    tag: Tag
    mentor: str | None
    can_be_given_a_mentor: bool


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
    if search:
        rows = list(_numbers(found_by(_ects(school.pk, day), search)))
    else:
        rows = _NUMBERS.all(school=school.pk, day=day)
    numbers = {category: number for category, number, _ in rows}
    return ECTCounts(
        of={category: numbers.get(category, 0) for category in ECTCategory},
        without_mentor=sum(alone for _, _, alone in rows),
    )


def list_ects(school: School, filters: ECTFilters, day: date, page: str | int = 1) -> ECTList:
    """A page of the school's ECTs on this day; for a number out of range, the nearest page."""
    counts = count_ects(school, day, filters.search)
    shown = Paginator(range(counts.of[filters.show]), PAGE_SIZE).get_page(page)
    first = shown.start_index() - 1 if shown else 0
    if filters.search:
        found = _in_order(found_by(_ects(school.pk, day), filters.search), filters.show)
        ects = list(found[first : first + PAGE_SIZE])
    else:
        ects = _LISTED.all(
            first=first, at_most=PAGE_SIZE, school=school.pk, day=day, category=filters.show.value
        )
    changeable = with_another_mentor([ect.pk for ect in ects], day)
    return ECTList(
        cards=tuple(
            ECTCard(
                ect,
                tag_of(ect, day),
                ect.mentored_by["name"] if ect.mentored_by else None,
                ect.pk in changeable,
            )
            for ect in ects
        ),
        counts=counts,
        page=shown,
        without_mentor=counts.without_mentor if filters.show == ECTCategory.TRAINING else 0,
    )


def _ects(school: Any, day: Any) -> QuerySet[CategorisedECT]:
    """The ECTs of all categories; school id and day may be slots."""
    return with_category(one_row_per_person(ECTAtSchool.objects.filter(school=school), day), day)


def _in_order(ects: QuerySet[Any], category: Any) -> QuerySet[CategorisedECT]:
    return (
        ects.filter(category=category)
        .select_related("teacher")
        .order_by("-without_mentor", "-teacher__induction_started_on", *by_name())
    )


def _numbers(ects: QuerySet[Any]) -> QuerySet[Any, tuple[str, int, int]]:
    return (
        ects.order_by()
        .values_list("category")
        .annotate(number=Count("pk"), alone=Count("pk", filter=Q(without_mentor=True)))
    )


_NUMBERS = CompiledQuery(lambda: _numbers(_ects(Slot("school"), DAY)))
_LISTED = CompiledQuery(
    lambda: _in_order(_ects(Slot("school"), DAY), Slot("category", CharField()))
)
