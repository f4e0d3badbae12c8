"""Figures: numbers by group, drawn as bars in tables, and as a CSV file."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpResponse

from mentors.pages.files import Table, csv_of
from mentors.status.national import count
from mentors.status.policies import Policy
from mentors.status.training_status import Status

NOT_KNOWN = "Not known"


class FigureRow(NamedTuple):
    """A row of a table: a group, such as a region, and its number in each column."""

    name: str
    numbers: tuple[int, ...]


class FigureTable(NamedTuple):
    """A table of a figure. `by` says what its groups are, such as "Region of the school"."""

    by: str
    groups: tuple[FigureRow, ...]

    def drawn(self) -> Iterator[tuple[str, list[tuple[int, str]]]]:
        """Each group with its numbers, and how long their bars are: percent of the longest."""
        longest = max((number for group in self.groups for number in group.numbers), default=0)
        for name, numbers in self.groups:
            yield name, [(number, f"{100 * number / (longest or 1):.1f}") for number in numbers]


class Figure(NamedTuple):
    """Numbers of one kind: the headings of their columns, and tables by different groups."""

    heading: str
    columns: tuple[str, ...]
    tables: tuple[FigureTable, ...]


def figure_of(
    heading: str,
    columns: Mapping[Hashable, str],
    by: tuple[str, ...],
    rows: Iterable[tuple[Any, ...]],
) -> Figure:
    """A figure with a table for each of `by`.

    A row has the name of a group for each of `by`, then a key of `columns`, then a number.
    """
    found: list[dict[str, Counter[Hashable]]] = [{} for _ in by]
    for *names, column, number in rows:
        for groups, name in zip(found, names, strict=True):
            groups.setdefault(name or NOT_KNOWN, Counter())[column] += number
    tables = (
        FigureTable(
            words,
            tuple(
                FigureRow(name, tuple(numbers[column] for column in columns))
                for name, numbers in sorted(groups.items())
            ),
        )
        for words, groups in zip(by, found, strict=True)
    )
    return Figure(heading, tuple(columns.values()), tuple(tables))


def mentors_by_status(heading: str, policy: Policy, day: date) -> Figure:
    """How many mentors at schools on this day have which status under this policy, in one query."""
    # The first column counts all mentors. Then comes one for each status that schools can read.
    statuses = (*Status,) if policy.shows_every_status else (Status.TRAINING_COMPLETED, None)
    columns = ("Mentors", *(status.text if status else "No status" for status in statuses))
    tables = (
        FigureTable(
            grouping.words,
            tuple(
                FigureRow(of.name, (of.mentors, *(of.statuses.get(each, 0) for each in statuses)))
                for of in groups
            ),
        )
        for grouping, groups in count(policy, day).items()
    )
    return Figure(heading, columns, tuple(tables))


def file_of(figure: Figure, name: str) -> HttpResponse:
    """One CSV file of all tables. Its first column has the `by` of the row's table."""
    rows = tuple(
        (counted.by, group.name, *map(str, group.numbers))
        for counted in figure.tables
        for group in counted.groups
    )
    file = csv_of(Table(("Counted by", "Group", *figure.columns), rows))
    named = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(file, content_type="text/csv; charset=utf-8", headers=named)
