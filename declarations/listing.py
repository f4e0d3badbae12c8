"""A provider's list of declarations, page by page, quick however deep the page is.

The list is two lists merged: the provider's own declarations, in the order of an index, and those
of earlier providers that it sees. A page is read from the place where the one before it ended. That
place is known after page by page reading (page_marks.py), and counted to for a page out of turn.
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
    """What a provider narrows its list by; None where it does not. All of them must hold."""

    cohorts: tuple[int, ...] | None = None  # the years they start
    participant_ids: tuple[UUID, ...] | None = None
    delivery_partner_ids: tuple[UUID, ...] | None = None
    updated_since: datetime | None = None  # included

    def condition(self) -> Q:
        """The filters as one condition on declarations."""
        condition = Q()
        if self.cohorts is not None:
            # Not by joins: they would be too many for PostgreSQL to put in a good order.
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


class Place(NamedTuple):
    """Where a declaration stands in the list."""

    created_at: datetime
    declaration_id: UUID


class Row(NamedTuple):
    """What an answer says of a declaration."""

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
    def place(self) -> Place:
        """Where it stands in the list."""
        return Place(self.created_at, self.id)


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


def rows(declarations: QuerySet[Declaration]) -> Iterator[Row]:
    """What an answer says of each of these declarations, in their order."""
    return map(Row._make, declarations.values_list(*_COLUMNS))


def find(provider: LeadProvider, declaration_id: UUID, day: date) -> Row | None:
    """The declaration with this id, if the provider sees it on this day."""
    for declarations in (own(provider), of_earlier_providers(provider, day)):
        for row in rows(declarations.filter(pk=declaration_id)):
            return row
    return None


# So many rows of the index are walked along for each that a page has room for.
_STRETCH = 10


class Listing:
    """The declarations that a provider sees on a day, filtered, oldest first."""

    def __init__(self, provider: LeadProvider, filters: Filters, day: date) -> None:
        self._filters_something = filters != Filters()
        self._own = own(provider)
        self._filtered = self._own.filter(filters.condition())
        self._others = of_earlier_providers(provider, day).filter(filters.condition())

    def page(self, number: int, size: int, mark: Place | None = None) -> list[Row]:
        """The page of this number, from 1 on; `mark` is where the page before it ended, if known.

        A page beyond the end is empty.
        """
        after = mark
        if number > 1 and after is None:
            after = self._place_before(number, size)
            if after is None:
                return []
        mine = self._next_own(size, after)
        others = _after(self._others, after)
        if len(mine) == size:
            others = others.filter(created_at__lte=mine[-1].created_at)
        return list(islice(merge(mine, _picked(others, size)), size))

    def _next_own(self, size: int, after: Place | None) -> list[Row]:
        """The provider's own after a place: walked to, where they lie close, else picked.

        PostgreSQL cannot tell whether what is filtered lies close: cohorts, say, follow each other.
        """
        following = _after(self._filtered, after)
        if not self._filters_something:
            return list(rows(_in_order(following)[:size]))
        ends = _in_order(_after(self._own, after)).values_list("created_at", flat=True)
        for end in ends[_STRETCH * size :][:1]:
            walked = list(rows(_in_order(following.filter(created_at__lte=end))[:size]))
            return walked if len(walked) == size else list(_picked(following, size))
        return list(rows(_in_order(following)[:size]))

    def _place_before(self, number: int, size: int) -> Place | None:
        """Where the page before this one ends; None when the list ends before."""
        places = (
            self._filtered.order_by()
            .values_list("created_at", "id")
            .union(self._others.order_by().values_list("created_at", "id"), all=True)
        )
        last = (number - 1) * size - 1
        found = list(_in_order(places)[last : last + 1])
        return Place(*found[0]) if found else None


def _picked(declarations: QuerySet[Declaration], size: int) -> Iterator[Row]:
    """The first of these declarations, found among all of them."""
    # Not by the columns alone: PostgreSQL would walk along their index, and hope to find soon what
    # is rare.
    first = declarations.order_by(F("created_at") + timedelta(0), "id").values("pk")[:size]
    return rows(_in_order(Declaration.objects.filter(pk__in=first)))


def _in_order(declarations: QuerySet) -> QuerySet:
    return declarations.order_by("created_at", "id")


def _after(declarations: QuerySet[Declaration], place: Place | None) -> QuerySet[Declaration]:
    if place is None:
        return declarations
    # The moment by itself says nothing new, but from it PostgreSQL can tell how many follow.
    return declarations.filter(
        TupleGreaterThan((F("created_at"), F("id")), place), created_at__gte=place.created_at
    )
