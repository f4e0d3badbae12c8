"""Composite foreign keys, which Django cannot declare, as migration operations."""

from django.db.migrations import RunSQL


def composite_foreign_key(
    table: str, name: str, columns: str, parent: str, parent_columns: str
) -> RunSQL:
    """Add a foreign key over several columns (comma-separated; `PERIOD p` makes it temporal).

    It is deferrable, so that a merge of two teachers can move parents and children in any order;
    until a transaction asks for that, it is checked at once.
    """
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({columns})"
        f" REFERENCES {parent} ({parent_columns}) DEFERRABLE INITIALLY IMMEDIATE",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )
