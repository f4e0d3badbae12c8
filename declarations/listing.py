"""A provider's list of declarations, in pages, where a late page is as quick as the first.

The list merges parts, each of which an index has in order: the provider's own declarations and
those of others that it sees (SharedDeclaration), and of both those of each cohort and of each
delivery partner that is asked for. Those of participants that are asked for are rare: they are
found by their teachers, and sorted. A page starts at the position where the page before it ended. A
provider that reads page after page has that position in its cursor (cursors.py); for any other page
the rows before it are counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan

from declarations.models import (
    Cohort,
    Declaration,
    DeliveryPartner,
    LeadProvider,
    SharedDeclaration,
)
from declarations.visibility import own, seen
from schools.finding import present_participant_ids
from schools.models import Teacher

# For more delivery partners than these the list has no parts of its own: planning them all would
# take longer than filtering.
_FEW_PARTNERS = 5


@dataclass(frozen=True)
class Filters:
    """The filters of a provider's list. All must hold; one that is None does not filter."""

    cohorts: tuple[int, ...] | None = None  # the years they start
    participant_ids: tuple[UUID, ...] | None = None
    delivery_partner_ids: tuple[UUID, ...] | None = None
    updated_since: datetime | None = None  # included

    @property
    def few_delivery_partner_ids(self) -> tuple[UUID, ...] | None:
        """The delivery partners for each of which the list has a part; None: any, or too many."""
        asked = self.delivery_partner_ids
        return asked if asked is not None and len(asked) <= _FEW_PARTNERS else None

    def within_parts(self) -> dict[str, object]:
        """The filters for which the list has no parts: columns of declarations and their values."""
        conditions: dict[str, object] = {}
        if self.participant_ids is not None:
            present = present_participant_ids(self.participant_ids)
            teachers = Teacher.objects.filter(participant_id__in=present).order_by()
            conditions["teacher__in"] = list(teachers.values_list("pk", flat=True))
        if self.delivery_partner_ids is not None and self.few_delivery_partner_ids is None:
            conditions["delivery_partner__public_id__in"] = self.delivery_partner_ids
        if self.updated_since is not None:
            conditions["updated_at__gte"] = self.updated_since
        return conditions


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
    return next(rows(seen(provider).filter(pk=declaration_id)), None)


# So many rows of an index are scanned for each row of a page, before the filtered rows are sorted.
_STRETCH = 10


class Listing:
    """The declarations that a provider sees, filtered, oldest first."""

    def __init__(self, provider: LeadProvider, filters: Filters) -> None:
        conditions = filters.within_parts()
        self._is_sparse = filters.participant_ids is not None
        if self._is_sparse:
            self._parts = [_Part(seen(provider), "id", Q(**conditions))]
        else:
            shared = SharedDeclaration.objects.filter(lead_provider=provider)
            of_shared = {f"declaration__{name}": value for name, value in conditions.items()}
            self._parts = [
                _Part(own(provider), "id", Q(**conditions)),
                _Part(shared, "declaration_id", Q(**of_shared)),
            ]
        if filters.cohorts is not None:
            cohorts = list(Cohort.objects.filter(start_year__in=filters.cohorts))
            self._parts = [part.of(cohort=each) for part in self._parts for each in cohorts]
        if (few := filters.few_delivery_partner_ids) is not None:
            partners = list(DeliveryPartner.objects.filter(public_id__in=few))
            self._parts = [
                part.of(delivery_partner=each) for part in self._parts for each in partners
            ]
        self._filters = bool(conditions)

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
        positions = self._positions(after, size)
        ids = [position.declaration_id for position in positions]
        return list(rows(_in_order(Declaration.objects.filter(pk__in=ids), "id")))

    def _positions(self, after: Position | None, size: int) -> list[Position]:
        """The positions of the first rows after this one, at most `size`.

        Scan the indexes if the filtered rows are dense in them, else sort them. PostgreSQL cannot
        tell which is the case: those that changed lately, for example, follow each other closely.
        Those of the participants that are asked for are always rare.
        """
        parts = [part.after(after) for part in self._parts]
        if not self._filters:
            return _first(parts, size)
        if self._is_sparse:
            return _first([part.filtered() for part in parts], size, sort=True)
        stretch = _STRETCH * size
        for end in _first(parts, stretch + 1)[stretch:]:
            scanned = _first([part.until(end).filtered() for part in parts], size)
            if len(scanned) == size:
                return scanned
            return _first([part.filtered() for part in parts], size, sort=True)
        return _first([part.filtered() for part in parts], size)

    def _end_of_page_before(self, number: int, size: int) -> Position | None:
        """The position at which the page before this one ends; None when the list ends earlier."""
        last = (number - 1) * size - 1
        parts = [part.filtered() for part in self._parts]
        for position in _merged(parts, last + 1, sort=self._filters)[last : last + 1]:
            return Position(*position)
        return None


class _Part(NamedTuple):
    """A part of the list, which an index has in order: declarations, or what is shared of others'.

    `id` is the column of the declaration's id, and `condition` what its rows are filtered by.
    """

    rows: QuerySet
    id: str
    condition: Q

    def of(self, **value: object) -> "_Part":
        """Its rows with this value in a column."""
        return self._replace(rows=self.rows.filter(**value))

    def filtered(self) -> "_Part":
        return self._replace(rows=self.rows.filter(self.condition))

    def until(self, position: Position) -> "_Part":
        return self._replace(rows=self.rows.filter(created_at__lte=position.created_at))

    def after(self, position: Position | None) -> "_Part":
        if position is None:
            return self
        # The second condition follows from the first, but PostgreSQL estimates the rows by it.
        after = self.rows.filter(
            TupleGreaterThan((F("created_at"), F(self.id)), position),
            created_at__gte=position.created_at,
        )
        return self._replace(rows=after)

    def first(self, size: int, *, sort: bool) -> QuerySet:
        """The positions of its first rows. `sort` has all of them sorted, past the index."""
        # The addition of nothing keeps PostgreSQL from the index, which it would scan for long when
        # the filtered rows are rare in it.
        by = F("created_at") + timedelta(0) if sort else F("created_at")
        return self.rows.order_by(by, self.id).values_list("created_at", self.id)[:size]


def _first(parts: list[_Part], size: int, *, sort: bool = False) -> list[Position]:
    """The positions of the first rows of these parts together."""
    return [Position(*position) for position in _merged(parts, size, sort=sort)[:size]]


def _merged(parts: list[_Part], first: int, *, sort: bool = False) -> QuerySet:
    """The positions of these parts, in order; unread yet, and to be sliced.

    Of each part PostgreSQL reads what it needs for the first so many.
    """
    one, *others = (part.first(first, sort=sort) for part in parts)
    return _in_order(one.union(*others, all=True), parts[0].id) if others else one


def _in_order(rows: QuerySet, id_column: str) -> QuerySet:
    return rows.order_by("created_at", id_column)
