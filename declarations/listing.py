"""A provider's list of declarations, in pages, where a late page is as quick as the first.

The list merges two: the provider's own declarations, in the order of an index, and those of earlier
providers that it sees. A page starts at the position where the page before it ended. A provider
that reads page after page has that position in its cursor (cursors.py); for any other page the rows
before it are counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan

from declarations.models import Declaration, LeadProvider, SchoolPartnership
from declarations.visibility import of_earlier_providers, own


@dataclass(frozen=True)
class Filters:
    """The filters of a provider's list. All must hold; one that is None does not filter."""

    cohorts: tuple[int, ...] | None = None  # the years they start
    participant_ids: tuple[UUID, ...] | None = None
    delivery_partner_ids: tuple[UUID, ...] | None = None
    updated_since: datetime | None = None  # included

    def condition(self) -> Q:
        """The filters as one condition on declarations."""
        condition = Q()
        if self.cohorts is not None:
            # A subquery, as with so many joins PostgreSQL would not find a good order for them.
            of_cohorts = SchoolPartnership.objects.order_by().filter(
                school_year__cohort__start_year__in=self.cohorts
            )
            condition &= Q(training_period__partnership__in=of_cohorts.values("pk"))
        if self.participant_ids is not None:
            condition &= Q(teacher__participant_id__in=self.participant_ids)
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


def find(provider: LeadProvider, declaration_id: UUID, day: date) -> ListedDeclaration | None:
    """The declaration with this id; None when the provider does not see it on this day."""
    for declarations in (own(provider), of_earlier_providers(provider, day)):
        for row in rows(declarations.filter(pk=declaration_id)):
            return row
    return None


# So many rows of the index are scanned for each row of a page, before the filtered rows are sorted.
_STRETCH = 10


class Listing:
    """The declarations that a provider sees on a day, filtered, oldest first."""

    def __init__(self, provider: LeadProvider, filters: Filters, day: date) -> None:
        self._filters_something = filters != Filters()
        self._own = own(provider)
        self._filtered = self._own.filter(filters.condition())
        self._others = of_earlier_providers(provider, day).filter(filters.condition())

    def page(
        self, number: int, size: int, after: Position | None = None
    ) -> list[ListedDeclaration]:
        """The page of this number, from 1 on; empty beyond the end of the list.

        `after` is the position at which the page before it ended; if not given, rows are counted.
        """
        if number > 1 and after is None:
            after = self._end_of_page_before(number, size)
            if after is None:
                return []
        mine = self._own_after(after, size)
        others = _after(self._others, after)
        if len(mine) == size:
            others = others.filter(created_at__lte=mine[-1].created_at)
        return list(islice(merge(mine, _sorted_rows(others, size)), size))

    def _own_after(self, after: Position | None, size: int) -> list[ListedDeclaration]:
        """The provider's own declarations after a position, at most `size`.

        Scan the index if the filtered rows are dense in it, else sort them. PostgreSQL cannot tell
        which is the case: the declarations of a cohort, for example, follow each other closely.
        """
        following = _after(self._filtered, after)
        if not self._filters_something:
            return list(rows(_in_order(following)[:size]))
        ends = _in_order(_after(self._own, after)).values_list("created_at", flat=True)
        for end in ends[_STRETCH * size :][:1]:
            scanned = list(rows(_in_order(following.filter(created_at__lte=end))[:size]))
            return scanned if len(scanned) == size else list(_sorted_rows(following, size))
        return list(rows(_in_order(following)[:size]))

    def _end_of_page_before(self, number: int, size: int) -> Position | None:
        """The position at which the page before this one ends; None when the list ends earlier."""
        positions = (
            self._filtered.order_by()
            .values_list("created_at", "id")
            .union(self._others.order_by().values_list("created_at", "id"), all=True)
        )
        last = (number - 1) * size - 1
        for position in _in_order(positions)[last : last + 1]:
            return Position(*position)
        return None


def _sorted_rows(declarations: QuerySet[Declaration], size: int) -> Iterator[ListedDeclaration]:
    """The first of these declarations, found by sorting all of them."""
    # The addition of nothing keeps PostgreSQL from the columns' index, which it would scan for long
    # when the declarations are rare in it.
    first = declarations.order_by(F("created_at") + timedelta(0), "id").values("pk")[:size]
    return rows(_in_order(Declaration.objects.filter(pk__in=first)))


def _in_order(declarations: QuerySet) -> QuerySet:
    return declarations.order_by("created_at", "id")


def _after(declarations: QuerySet[Declaration], position: Position | None) -> QuerySet[Declaration]:
    if position is None:
        return declarations
    # The second condition follows from the first, but PostgreSQL estimates the rows by it.
    return declarations.filter(
        TupleGreaterThan((F("created_at"), F("id")), position),
        created_at__gte=position.created_at,
    )
