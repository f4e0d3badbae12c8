"""Querysets that are compiled to SQL once in a process and run again with other values.

Building and compiling a queryset costs Django several times what PostgreSQL needs to answer it by
key. A compiled query is written as an ordinary queryset, with a `Slot` where a value goes:

    _MENTORS = CompiledQuery(
        lambda: MentorAtSchool.objects.filter(teacher=Slot("teacher")).select_related("school")
    )
    mentors = _MENTORS.all(teacher=12)

It gives what the queryset would give: instances, or rows of `values_list`. Threads may share it.
docs/decisions/0011-compiled-queries.md has the measurements.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any, Generic, TypeVar, cast

from django.db import connection
from django.db.models import (
    BooleanField,
    DateField,
    Expression,
    F,
    Field,
    Func,
    IntegerField,
    QuerySet,
)
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    NamedValuesListIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.utils import create_namedtuple_class

from core.postgresql.base import DatabaseWrapper

Row = TypeVar("Row")


class Slot(Expression):
    """A value of a compiled query, known only when it runs; `field` is of the value's type."""

    def __init__(self, name: str, field: Field | None = None) -> None:
        super().__init__(output_field=field or IntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


# The day that a query is about. `Any`, as it is passed to functions that take a date.
DAY: Any = Slot("day", DateField())


class _ListSlot(Slot):
    """A list of values, to one of which something is equal."""


def any_of(column: str, name: str) -> Func:
    """The condition that a column is one of the values of a list, which the slot `name` takes.

    In SQL it is `column = ANY(list)`, for which Django has no lookup. When the list has one value,
    the query runs with `column = value`: PostgreSQL plans it once for all lists of whatever length,
    and would take the rows of ten for a list.
    """
    return Func(
        F(column),
        _ListSlot(name),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


_IN_LIST, _EQUAL = " = ANY(%s)", " = (%s)"


@dataclass(frozen=True)
class _Compiled:
    """The SQL of a query, the slots that are its parameters, and what makes rows of it."""

    sql: str
    slots: tuple[Slot, ...]
    read: Callable[[Iterable[tuple]], list[Any]]

    variants: dict[tuple[bool, ...], str] = field(default_factory=dict)

    def filled(self, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """The SQL and its parameters for these values of the slots."""
        params: list[Any] = []
        are_single: list[bool] = []
        for slot in self.slots:
            value = values[slot.name]
            if isinstance(slot, _ListSlot):
                are_single.append(len(value) == 1)
                value = value[0] if len(value) == 1 else value
            params.append(value)
        return self._variant(tuple(are_single)) if any(are_single) else self.sql, params

    def _variant(self, are_single: tuple[bool, ...]) -> str:
        """The SQL with an equation for each list that has a single value."""
        if are_single not in self.variants:
            first, *others = self.sql.split(_IN_LIST)
            self.variants[are_single] = first + "".join(
                (_EQUAL if is_single else _IN_LIST) + part
                for is_single, part in zip(are_single, others, strict=True)
            )
        return self.variants[are_single]


class CompiledQuery(Generic[Row]):
    """A queryset with slots, compiled when it first runs."""

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self._build = build

    def all(self, *, first: int = 0, at_most: int | None = None, **values: Any) -> list[Row]:
        """Run the query with these values for its slots and return its rows.

        For a page of a list: `first` is how many rows to skip, `at_most` how many to return.
        """
        compiled = self._compiled
        sql, params = compiled.filled(values)
        if at_most is not None:
            sql = f"{sql} LIMIT {at_most} OFFSET {first}"
        return compiled.read(cast(DatabaseWrapper, connection).rows_of_prepared(sql, params))

    def first(self, **values: Any) -> Row | None:
        """Run the query with these values for its slots; return the first row, or None."""
        rows = self.all(**values)
        return rows[0] if rows else None

    @cached_property
    def _compiled(self) -> _Compiled:
        queryset = self._build()
        compiler = queryset.query.get_compiler(using=connection.alias)
        sql, slots = _with_constants(*compiler.as_sql())
        converters = compiler.get_converters([column[0] for column in compiler.select])
        make = _reader(queryset, compiler)

        def read(rows: Iterable[tuple]) -> list[Any]:
            if converters:
                rows = map(tuple, compiler.apply_converters(rows, converters))
            return [make(row) for row in rows]

        return _Compiled(sql, slots, read)


def _with_constants(sql: str, params: Iterable[Any]) -> tuple[str, tuple[Slot, ...]]:
    """The SQL with all parameters but the slots written into it, and the slots.

    PostgreSQL plans a prepared query without its parameters: of a constant it knows how many rows
    have it, and which index has those.
    """
    connection.ensure_connection()
    remaining, slots = iter(params), []

    def written(sign: re.Match[str]) -> str:
        if sign[0] == "%%":
            return "%%"
        param = next(remaining)
        if isinstance(param, Slot):
            slots.append(param)
            return "%s"
        literal = cast(Any, connection.ops).compose_sql("%s", [param])
        return str(literal).replace("%", "%%")

    return re.sub("%%|%s", written, sql), tuple(slots)


def _reader(queryset: QuerySet, compiler: Any) -> Callable[[tuple], Any]:
    """The function that turns a row of the database into what the queryset would give."""
    kind = queryset._iterable_class
    if issubclass(kind, FlatValuesListIterable):
        return itemgetter(0)
    if issubclass(kind, NamedValuesListIterable):
        names = queryset._fields  # type: ignore[attr-defined]
        return create_namedtuple_class(*names)._make
    if issubclass(kind, ValuesListIterable):
        return tuple
    if not issubclass(kind, ModelIterable):
        raise TypeError(f"A compiled query gives instances or rows of values_list, not {kind}")
    info, select = compiler.klass_info, compiler.select
    start, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[start:end]]
    # The stubs know a later Django than 5.2.
    populators = get_related_populators(info, select, connection.alias)  # type: ignore[call-arg]
    annotations = list(compiler.annotation_col_map.items())
    from_db = info["model"].from_db

    def make(row: tuple) -> Any:
        instance = from_db(connection.alias, names, row[start:end])
        for populator in populators:
            populator.populate(row, instance)
        for name, position in annotations:
            setattr(instance, name, row[position])
        return instance

    return make
