"""A provider's list of declarations, in pages, where a late page is as quick as the first.

The list merges two: the provider's own declarations, in the order of an index, and those of other
providers that it sees. An index has the own declarations of each cohort in order too, so that a
list of some cohorts merges as many parts of it. Of the other providers' it takes those that were
made between the page's first and last own ones. A page starts at the position where the page
before it ended. A provider that reads page after page has that position in its cursor (cursors.py);
for any other page the rows before it are counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.tuple_lookups import TupleGreaterThan

from declarations.models import Cohort, Declaration, LeadProvider, TrainingPeriod
from declarations.visibility import of_other_providers, own
from schools.finding import present_participant_ids


@dataclass(frozen=True)
class Filters:
    """The filters of a provider's list. All must hold; one that is None does not filter."""

    cohorts: tuple[int, ...] | None = None  # the years they start
    participant_ids: tuple[UUID, ...] | None = None
    delivery_partner_ids: tuple[UUID, ...] | None = None
    updated_since: datetime | None = None  # included

    def condition(self) -> Q:
        """The filters as one condition on declarations."""
        condition = self.but_for_cohorts()
        if self.cohorts is not None:
            condition &= Q(cohort__start_year__in=self.cohorts)
        return condition

    def but_for_cohorts(self) -> Q:
        """The filters without that of cohorts, as one condition; false when there is none."""
        condition = Q()
        if self.participant_ids is not None:
            present = present_participant_ids(self.participant_ids)
            condition &= Q(teacher__participant_id__in=present)
        if self.delivery_partner_ids is not None:
            condition &= Q(delivery_partner__public_id__in=self.delivery_partner_ids)
        if self.updated_since is not None:
            condition &= Q(updated_at__gte=self.updated_since)
        return condition


class Position(NamedTuple):
    """The position of a declaration in the list."""

    created_at: datetime
    declaration_id: UUID


class ListedDeclaration(NamedTuple):
    """The values of a declaration that an answer of the API has."""

    created_at: datetime
    id: UUID
    participant_id: UUID
    declaration_type: str
    declaration_date: datetime
    state: str
    updated_at: datetime
    delivery_partner_id: UUID
    evidence_held: str
    lead_provider_name: str

    @property
    def position(self) -> Position:
        return Position(self.created_at, self.id)


_COLUMNS = (
    "created_at",
    "id",
    "teacher__participant_id",
    "declaration_type",
    "declaration_date",
    "state",
    "updated_at",
    "delivery_partner__public_id",
    "evidence_held",
    "lead_provider__name",
)


def rows(declarations: QuerySet[Declaration]) -> Iterator[ListedDeclaration]:
    """The rows of these declarations, in their order."""
    return map(ListedDeclaration._make, declarations.values_list(*_COLUMNS))


def find(provider: LeadProvider, declaration_id: UUID) -> ListedDeclaration | None:
    """The declaration with this id; None when the provider does not see it."""
    for declarations in (own(provider), of_other_providers(provider)):
        for row in rows(declarations.filter(pk=declaration_id)):
            return row
    return None


# So many rows of an index are scanned for each row of a page, before the filtered rows are sorted.
_STRETCH = 10
_POSITION = ("created_at", "id")


class Listing:
    """The declarations that a provider sees, filtered, oldest first."""

    def __init__(self, provider: LeadProvider, filters: Filters) -> None:
        self._provider = provider
        mine, everyones = own(provider), Declaration.objects.all()
        # The parts of the provider's own list, and of everyone's, that an index has in order.
        self._parts, self._everyones = [mine], [everyones]
        if filters.cohorts is not None:
            cohorts = list(Cohort.objects.filter(start_year__in=filters.cohorts))
            self._parts = [mine.filter(cohort=cohort) for cohort in cohorts]
            self._everyones = [everyones.filter(cohort=cohort) for cohort in cohorts]
        self._but_for_cohorts = filters.but_for_cohorts()
        self._filtered = mine.filter(filters.condition())
        self._others = of_other_providers(provider).filter(filters.condition())

    def page(
        self, number: int, size: int, after: Position | None = None
    ) -> list[ListedDeclaration]:
        """The page of this number, from 1 on; empty beyond the end of the list.

        `after` is the position at which the page before it ended; if not given, rows are counted.
        """
        if not self._parts:
            return []
        if number > 1 and after is None:
            after = self._end_of_page_before(number, size)
            if after is None:
                return []
        mine = self._own_after(after, size)
        until = mine[-1].created_at if len(mine) == size else None
        return list(islice(merge(mine, self._others_between(after, until, size)), size))

    def _own_after(self, after: Position | None, size: int) -> list[ListedDeclaration]:
        """The provider's own declarations after a position, at most `size`.

        Scan the index if the filtered rows are dense in it, else sort them. PostgreSQL cannot tell
        which is the case: those that changed lately, for example, follow each other closely.
        """
        parts = [_after(part, after) for part in self._parts]
        if not self._but_for_cohorts:
            return _rows_of(parts, size)
        filtered = [part.filter(self._but_for_cohorts) for part in parts]
        stretch = _STRETCH * size
        for end, _ in _merged(parts, _POSITION, stretch + 1)[stretch:]:
            scanned = _rows_of([_until(part, end) for part in filtered], size)
            if len(scanned) == size:
                return scanned
            return list(_sorted_rows(_after(self._filtered, after), size))
        return _rows_of(filtered, size)

    def _others_between(
        self, after: Position | None, until: datetime | None, size: int
    ) -> Iterator[ListedDeclaration]:
        """The other providers' declarations after a position, until a moment if given.

        Of everyone's declarations in between, if they are few, those about the provider's mentors
        are looked at; else the provider's mentors who came from another one are gone through.
        """
        others = _until(_after(self._others, after), until)
        everyones = [_until(_after(part, after), until) for part in self._everyones]
        stretch = _STRETCH * size
        if not _merged(everyones, _POSITION, stretch + 1)[stretch:]:
            about_mentors = [self._about_own_mentors(part) for part in everyones]
            others = others.filter(pk__in=[pk for part in about_mentors for pk in part])
        return _sorted_rows(others, size)

    def _about_own_mentors(self, declarations: QuerySet[Declaration]) -> QuerySet:
        """Of these declarations, the ids of those by others about people this provider trains."""
        trained = TrainingPeriod.objects.order_by().filter(
            teacher=OuterRef("teacher"), lead_provider=self._provider, partnership__isnull=False
        )
        # Not Exists(), for which PostgreSQL may read all of the provider's training periods.
        return (
            declarations.exclude(lead_provider=self._provider)
            .annotate(trained=Subquery(trained.values("pk")[:1]))
            .filter(trained__isnull=False)
            .order_by()
            .values_list("pk", flat=True)
        )

    def _end_of_page_before(self, number: int, size: int) -> Position | None:
        """The position at which the page before this one ends; None when the list ends earlier."""
        last = (number - 1) * size - 1
        others = self._others.order_by().values_list(*_POSITION)
        if self._but_for_cohorts:
            mine = [self._filtered.order_by().values_list(*_POSITION)]
        else:
            mine = [_first(part, _POSITION, last + 1) for part in self._parts]
        for position in _in_order(others.union(*mine, all=True))[last : last + 1]:
            return Position(*position)
        return None


def _rows_of(parts: list[QuerySet[Declaration]], first: int) -> list[ListedDeclaration]:
    """The first rows of these parts together."""
    return list(map(ListedDeclaration._make, _merged(parts, _COLUMNS, first)))


def _merged(parts: list[QuerySet[Declaration]], columns: tuple[str, ...], first: int) -> QuerySet:
    """The first rows of these parts together, with these columns; unread yet, and to be sliced.

    Of each part, which an index has in order, PostgreSQL reads what it needs for these rows.
    """
    one, *others = (_first(part, columns, first) for part in parts)
    return _in_order(one.union(*others, all=True))[:first] if others else one


def _first(part: QuerySet[Declaration], columns: tuple[str, ...], first: int) -> QuerySet:
    return _in_order(part).values_list(*columns)[:first]


def _sorted_rows(declarations: QuerySet[Declaration], size: int) -> Iterator[ListedDeclaration]:
    """The first of these declarations, found by sorting all of them."""
    # The addition of nothing keeps PostgreSQL from the columns' index, which it would scan for long
    # when the declarations are rare in it.
    first = declarations.order_by(F("created_at") + timedelta(0), "id").values("pk")[:size]
    return rows(_in_order(Declaration.objects.filter(pk__in=first)))


def _in_order(declarations: QuerySet) -> QuerySet:
    return declarations.order_by("created_at", "id")


def _until(declarations: QuerySet[Declaration], moment: datetime | None) -> QuerySet[Declaration]:
    return declarations if moment is None else declarations.filter(created_at__lte=moment)


def _after(declarations: QuerySet[Declaration], position: Position | None) -> QuerySet[Declaration]:
    if position is None:
        return declarations
    # The second condition follows from the first, but PostgreSQL estimates the rows by it.
    return declarations.filter(
        TupleGreaterThan((F("created_at"), F("id")), position),
        created_at__gte=position.created_at,
    )
