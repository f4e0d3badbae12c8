"""Pages of a list that is sorted by moments, each of which begins where the one before it ended.

A position is the moments by which the list is sorted, and the id, of a row. A list is exact while
others write: a row that is not changed is on one page, whatever comes and goes before it.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import F, OrderBy, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan


class SortedBy(NamedTuple):
    """One part of a list's order: "created_at" or "updated_at", oldest or newest first."""

    name: str
    descending: bool = False


Order = tuple[SortedBy, ...]
OLDEST_FIRST: Order = (SortedBy("created_at"),)


class Columns(NamedTuple):
    """The columns of a list's rows: their keys, and by what it is sorted."""

    key: str = "pk"
    created_at: str = "created_at"
    updated_at: str = "updated_at"
    id: str = "public_id"


class RowOfPage(NamedTuple):
    """A row of a page: its key, and its position in the list."""

    key: Any
    position: tuple[Any, ...]


def page_of_rows(
    rows: QuerySet,
    columns: Columns,
    order: Order,
    number: int,
    size: int,
    after: tuple[Any, ...] | None,
) -> list[RowOfPage]:
    """The page of this number, from 1 on; empty beyond the end of the list.

    `after` is the position at which the page before it ended; if not given, rows are counted.
    """
    keys = [SortedBy(getattr(columns, name), descending) for name, descending in order]
    keys.append(SortedBy(columns.id))
    found = rows.order_by(*(OrderBy(F(key.name), descending=key.descending) for key in keys))
    first = 0 if after else (number - 1) * size
    if after:
        found = found.filter(_after(keys, after))
    found = found.values_list(columns.key, *(key.name for key in keys))
    return [RowOfPage(key, tuple(position)) for key, *position in found[first : first + size]]


def _after(keys: Sequence[SortedBy], position: tuple[Any, ...]) -> Any:
    """The condition that a row comes after this position."""
    if not any(key.descending for key in keys):
        # An index has these rows in order, and is read from the position on.
        return TupleGreaterThan(tuple(F(key.name) for key in keys), position)
    return _one_by_one(iter(keys), iter(position))


def _one_by_one(keys: Iterator[SortedBy], position: Iterator[Any]) -> Q:
    key, value = next(keys, None), next(position, None)
    if key is None:
        return Q(pk__in=[])
    beyond = Q(**{f"{key.name}__{'lt' if key.descending else 'gt'}": value})
    up_to = Q(**{f"{key.name}__{'lte' if key.descending else 'gte'}": value})
    return up_to & (beyond | _one_by_one(keys, position))
