"""The list of a school's ECTs: those without a mentor first, then the newest induction first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, TextChoices

from core.compiled_queries import DAY, CompiledQuery, any_of
from mentors.pairing.candidates import with_another_mentor
from mentors.pairing.mentoring import NextMentor, next_mentors_of
from mentors.people.ect_training import (
    Dated,
    ECTCategory,
    Tag,
    induction_start_of,
    tag_of,
    with_category,
)
from mentors.people.listing import PAGE_SIZE, by_name, found_by, one_row_per_person
from schools.models import ECTAtSchool, School

if TYPE_CHECKING:
    from mentors.people.ect_training import CategorisedECT


class ECTsShown(TextChoices):
    """The ECTs that the list can show; the values are used in addresses."""

    TRAINING = ECTCategory.TRAINING.value, ECTCategory.TRAINING.label
    WITHOUT_MENTOR = "without-mentor", "Without a mentor"
    COMPLETED = ECTCategory.COMPLETED.value, ECTCategory.COMPLETED.label
    LEFT = ECTCategory.LEFT.value, ECTCategory.LEFT.label
    ALL = "all", "All ECTs"

    @property
    def categories(self) -> list[str]:
        """The categories of the ECTs that are shown."""
        if self is ECTsShown.ALL:
            return ECTCategory.values
        return [ECTCategory.TRAINING.value if self is ECTsShown.WITHOUT_MENTOR else self.value]

    @property
    def without_mentor(self) -> list[bool]:
        """The values of the column `without_mentor` for which an ECT is shown."""
        return [True] if self is ECTsShown.WITHOUT_MENTOR else [True, False]


@dataclass(frozen=True)
class ECTFilters:
    """The ECTs to list: those shown, and of these only the ones that a search finds, if given."""

    show: ECTsShown = ECTsShown.TRAINING
    search: str = ""


ECTCounts = dict[ECTsShown, int]


@dataclass(frozen=True)
class ECTCard:
    """An ECT in the list. `mentor` is the mentor's name, and `next_mentor` who follows; or None."""

    ect: CategorisedECT
    tag: Tag
    induction: Dated
    mentor: str | None
    next_mentor: NextMentor | None
    can_be_given_a_mentor: bool


@dataclass(frozen=True)
class ECTList:
    """One page of the list: its cards, and how many ECTs there are to show of each kind.

    `without_mentor`: how many ECTs on all pages of this list are training without a mentor.
    """

    cards: tuple[ECTCard, ...]
    counts: ECTCounts
    page: Page
    without_mentor: int


def count_ects(schools: Collection[int], day: date) -> dict[int, ECTCounts]:
    """The numbers of ECTs at each of these schools on this day, by the school's id."""
    rows = _NUMBERS.all(schools=list(schools), day=day)
    return {school: _counts([row[1:] for row in rows if row[0] == school]) for school in schools}


def list_ects(school: School, filters: ECTFilters, day: date, page: str | int) -> ECTList:
    """A page of the school's ECTs on this day; for a number out of range, the nearest page."""
    if filters.search:
        found = found_by(_ects(Q(school=school), day), filters.search)
        counts = _counts([row[1:] for row in _numbers(found)])
    else:
        counts = count_ects([school.pk], day)[school.pk]
    shown = Paginator(range(counts[filters.show]), PAGE_SIZE).get_page(page)
    first = shown.start_index() - 1 if shown else 0
    ects = _listed(school, filters, day, first=first, at_most=PAGE_SIZE)
    in_training = filters.show in (ECTsShown.TRAINING, ECTsShown.ALL)
    return ECTList(
        cards=_cards(ects, day),
        counts=counts,
        page=shown,
        without_mentor=counts[ECTsShown.WITHOUT_MENTOR] if in_training else 0,
    )


def all_ect_cards(school: School, filters: ECTFilters, day: date) -> tuple[ECTCard, ...]:
    """The cards of all pages of the list, in order."""
    return _cards(_listed(school, filters, day), day)


def _listed(
    school: School,
    filters: ECTFilters,
    day: date,
    *,
    first: int = 0,
    at_most: int | None = None,
) -> list[CategorisedECT]:
    show = filters.show
    if filters.search:
        found: QuerySet[Any] = found_by(_ects(Q(school=school), day), filters.search)
        shown = found.filter(category__in=show.categories, without_mentor__in=show.without_mentor)
        return list(_in_order(shown)[first : at_most and first + at_most])
    return _LISTED.all(
        first=first,
        at_most=at_most,
        schools=[school.pk],
        day=day,
        categories=show.categories,
        without_mentor=show.without_mentor,
    )


def _cards(ects: Sequence[CategorisedECT], day: date) -> tuple[ECTCard, ...]:
    ids = [ect.pk for ect in ects]
    changeable, next_mentors = with_another_mentor(ids, day), next_mentors_of(ids, day)
    return tuple(
        ECTCard(
            ect,
            tag_of(ect, day),
            induction_start_of(ect.teacher, day),
            ect.mentored_by["name"] if ect.mentored_by else None,
            next_mentors.get(ect.pk),
            ect.pk in changeable,
        )
        for ect in ects
    )


def _counts(rows: Iterable[tuple[str, int, int]]) -> ECTCounts:
    """The counts, from rows of a category, its number of ECTs, and how many have no mentor."""
    rows = list(rows)
    numbers = {category: number for category, number, _ in rows}
    counts = {show: sum(numbers.get(name, 0) for name in show.categories) for show in ECTsShown}
    return counts | {ECTsShown.WITHOUT_MENTOR: sum(alone for *_, alone in rows)}


def _ects(here: Q, day: Any) -> QuerySet[CategorisedECT]:
    """The ECTs of all categories, at the schools of this filter; the day may be a slot."""
    return with_category(one_row_per_person(ECTAtSchool.objects.filter(here), day), day)


def _in_order(ects: QuerySet[Any]) -> QuerySet[CategorisedECT]:
    return ects.select_related("teacher").order_by(
        "-without_mentor", "-teacher__induction_started_on", *by_name()
    )


def _numbers(ects: QuerySet[Any]) -> QuerySet[Any, tuple[int, str, int, int]]:
    return (
        ects.order_by()
        .values_list("school_id", "category")
        .annotate(number=Count("pk"), alone=Count("pk", filter=Q(without_mentor=True)))
    )


def _at_schools() -> QuerySet[CategorisedECT]:
    return _ects(Q(any_of("school", "schools")), DAY)


_NUMBERS = CompiledQuery(lambda: _numbers(_at_schools()))
_LISTED = CompiledQuery(
    lambda: _in_order(
        _at_schools().filter(
            any_of("category", "categories"), any_of("without_mentor", "without_mentor")
        )
    )
)
