"""Periods of two records that overlap, and become one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from core.periods import Period

Row = TypeVar("Row", bound=Period)


@dataclass(frozen=True)
class Joined(Generic[Row]):
    """Rows that become one: `into` stays, for these days (half-open), and `gone` are deleted."""

    into: Row
    gone: tuple[Row, ...]
    started_on: date
    finished_on: date | None


def as_one(into: Row, group: Sequence[Row]) -> Joined[Row]:
    """These rows as one, from the first day of any to the last day of any; `into` stays."""
    ends = [row.finished_on for row in group]
    return Joined(
        into,
        tuple(row for row in group if row != into),
        min(row.started_on for row in group),
        None if None in ends else max(filter(None, ends)),
    )


def overlapping(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The groups of two or more rows whose periods overlap, directly or through others."""
    group: list[Row] = []
    end: date | None = None
    for row in sorted(rows, key=lambda row: row.started_on):
        if group and (end is None or row.started_on < end):
            group.append(row)
            end = None if None in (end, row.finished_on) else max(end, row.finished_on)  # type: ignore[type-var]
        else:
            if len(group) > 1:
                yield group
            group, end = [row], row.finished_on
    if len(group) > 1:
        yield group


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods have a day in common."""
    return not (
        (one.finished_on and one.finished_on <= other.started_on)
        or (other.finished_on and other.finished_on <= one.started_on)
    )
