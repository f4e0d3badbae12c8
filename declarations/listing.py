"""A provider's list of declarations, in pages, where a late page is as quick as the first.

The list merges parts, each of which an index has in order (list_parts.py). A page starts at the
position where the page before it ended. A provider that reads page after page has that position in
its cursor (cursors.py). For any other page the rows before it are counted: of all declarations, and
of those of cohorts, from the start of a week, as the counts of weeks are kept (counting.py).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from declarations.counting import place_in_week
from declarations.list_parts import Filters, Part, Position, Reading, parts_of
from declarations.models import Declaration, LeadProvider
from declarations.visibility import seen


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
        self._parts, self._reading, self._counts = parts_of(provider, filters)

    def page(
        self, number: int, size: int, after: Position | None = None
    ) -> list[ListedDeclaration]:
        """The page of this number, from 1 on; empty beyond the end of the list.

        `after` is the position at which the page before it ended; if not given, rows are counted.
        """
        if not self._parts:
            return []
        if number > 1 and after is None:
            after = self._at((number - 1) * size - 1)
            if after is None:
                return []
        positions = self._positions(after, size)
        ids = [position.declaration_id for position in positions]
        return list(rows(_in_order(Declaration.objects.filter(pk__in=ids), "id")))

    def _positions(self, after: Position | None, size: int) -> list[Position]:
        """The positions of the first rows after this one, at most `size`.

        Where it is not known whether to scan the indexes or to sort, a stretch of the indexes shows
        whether the rows that the filters leave follow each other closely.
        """
        parts = [part.after(after) for part in self._parts]
        filtered = [part.filtered() for part in parts]
        if self._reading is not Reading.EITHER:
            return _first(filtered, size, sort=self._reading is Reading.SORT)
        stretch = _STRETCH * size
        for end in _first(parts, stretch + 1)[stretch:]:
            scanned = _first([part.made_until(end).filtered() for part in parts], size)
            return scanned if len(scanned) == size else _first(filtered, size, sort=True)
        return _first(filtered, size)

    def _at(self, place: int) -> Position | None:
        """The position of the row at this place, from 0 on; None when the list ends earlier."""
        parts = [part.filtered() for part in self._parts]
        if self._counts is not None:
            week = place_in_week(self._counts, place)
            if week is None:
                return None
            parts, place = [part.made_since(week.start) for part in parts], week.before
        sort = self._reading is not Reading.SCAN
        for position in _merged(parts, place + 1, sort=sort)[place : place + 1]:
            return Position(*position)
        return None


def _first(parts: list[Part], size: int, *, sort: bool = False) -> list[Position]:
    """The positions of the first rows of these parts together."""
    return [Position(*position) for position in _merged(parts, size, sort=sort)[:size]]


def _merged(parts: list[Part], first: int, *, sort: bool = False) -> QuerySet:
    """The positions of these parts, in order; unread yet, and to be sliced.

    Of each part PostgreSQL reads what it needs for the first so many.
    """
    one, *others = (part.first(first, sort=sort) for part in parts)
    return _in_order(one.union(*others, all=True), parts[0].id) if others else one


def _in_order(rows: QuerySet, id_column: str) -> QuerySet:
    return rows.order_by("created_at", id_column)
