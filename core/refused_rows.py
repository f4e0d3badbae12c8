"""Which rows a constraint of the database was about, and what a broken foreign key means in words.

PostgreSQL names the constraint, its table and the values of its columns; it says no more of a row.
"""

import re
from dataclasses import dataclass

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import Model

# So many rows are named at most.
_MOST = 5
_FOREIGN_KEY = "23503"
_KEY = r"Key \((?P<columns>[^)]*)\)=\((?P<values>.*)\)"
_CONFLICTS = re.compile(rf"{_KEY} conflicts with existing key \([^)]*\)=\((?P<there>.*)\)\.$", re.S)
_EXISTS = re.compile(rf"{_KEY} already exists\.$", re.S)
_MISSING = re.compile(rf"{_KEY} is not present in table", re.S)
_REFERENCED = re.compile(rf"{_KEY} is still referenced from table", re.S)
# The columns of a foreign key, of its table and of the one it leads to, in the same order.
_NAMES = """
    (SELECT array_agg(attname::text ORDER BY position) FROM pg_attribute
     JOIN unnest({0}key) WITH ORDINALITY AS key (number, position) ON attnum = number
     WHERE attrelid = {0}relid)
"""
_COLUMNS = f"""
    SELECT confrelid::regclass::text, {_NAMES.format("con")}, {_NAMES.format("conf")}
    FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass
"""


@dataclass(frozen=True)
class _ForeignKey:
    """A foreign key that was broken: of which model, to which, and by columns of both."""

    child: type[Model]
    parent: type[Model]
    columns: list[str]
    parent_columns: list[str]


def words_of_key(error: DatabaseError) -> str | None:
    """What a broken foreign key means; None for another refusal."""
    key, detail = _foreign_key(error), _detail(error)
    if key is None:
        return None
    child, parent = key.child._meta.verbose_name, key.parent._meta.verbose_name
    if _REFERENCED.search(detail):
        children = key.child._meta.verbose_name_plural
        return f"The {children} that rest on this {parent} would not fit it. Change those first."
    # The first column leads to the parent, and the others have to fit it.
    names = [column.removesuffix("_id").replace("_", " ") for column in key.columns[1:]]
    same = " and ".join(name for name in names if name != "period")
    conditions = [
        *([f"{same} must be the same"] if same else []),
        *(["its days must be within"] if "period" in names else []),
    ]
    return f"This {child} does not fit its {parent}: {', and '.join(conditions) or 'it is gone'}."


def rows_in_the_way(error: DatabaseError) -> list[Model]:
    """The rows that the refused change met, at most five; none where PostgreSQL names none."""
    detail = _detail(error)
    if key := _foreign_key(error):
        return _of_key(key, detail)
    found = _CONFLICTS.search(detail)
    if found:
        return _rows(_model(error), found["columns"], found["there"])
    found = _EXISTS.search(detail)
    return _rows(_model(error), found["columns"], found["values"]) if found else []


def _of_key(key: _ForeignKey, detail: str) -> list[Model]:
    if found := _MISSING.search(detail):
        # The first column is the parent's id: there is a row with it that does not fit.
        pk = found["values"].partition(", ")[0]
        return list(key.parent._default_manager.filter(pk=pk)) if pk.isdecimal() else []
    if found := _REFERENCED.search(detail):
        of = dict(zip(key.parent_columns, key.columns, strict=True))
        values = dict(zip(found["columns"].split(", "), found["values"].split(", "), strict=False))
        if values.get("id", "").isdecimal() and "id" in of:
            return list(key.child._default_manager.filter(**{of["id"]: values["id"]})[:_MOST])
    return []


def _rows(model: type[Model] | None, columns: str, values: str) -> list[Model]:
    """The rows with these values, as PostgreSQL writes both; none for a key over expressions."""
    names, texts = columns.split(", "), values.split(", ")
    known = {field.column for field in model._meta.concrete_fields} if model else set()
    if model is None or len(names) != len(texts) or not known.issuperset(names):
        return []
    quoted = connection.ops.quote_name
    condition = " AND ".join(f"{quoted(name)} = %s" for name in names)
    table = quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE {condition} LIMIT {_MOST}", texts)
        return list(model._default_manager.filter(pk__in=[pk for (pk,) in cursor.fetchall()]))


def _foreign_key(error: DatabaseError) -> _ForeignKey | None:
    if getattr(error.__cause__, "sqlstate", None) != _FOREIGN_KEY:
        return None
    child, diagnosis = _model(error), error.__cause__.diag  # type: ignore[union-attr]
    if child is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [diagnosis.constraint_name, diagnosis.table_name])
        found = cursor.fetchone()
    if not found:
        return None
    table, columns, parent_columns = found
    parent = _model_of(table)
    return _ForeignKey(child, parent, columns, parent_columns) if parent else None


def _detail(error: DatabaseError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "message_detail", None) or ""


def _model(error: DatabaseError) -> type[Model] | None:
    """The model of the table that PostgreSQL names; for a foreign key, that which has the key."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return _model_of(getattr(diagnosis, "table_name", None))


def _model_of(table: str | None) -> type[Model] | None:
    return next((each for each in apps.get_models() if each._meta.db_table == table), None)
