"""Rows that an import writes are dated one by one: the triggers of databases made before, anew."""

from collections.abc import Iterator
from importlib import import_module

from django.db import migrations

_MADE_BY = (
    "schools.migrations.0006_updated_at",
    "schools.migrations.0012_merged_teachers",
    "declarations.migrations.0007_updated_at",
    "declarations.migrations.0011_providers_lists",
    "declarations.migrations.0012_declarations_stamped_at_commit",
)


def _anew() -> Iterator[migrations.RunSQL]:
    """What those migrations made with core/updated_at.py, as it makes it today."""
    for name in _MADE_BY:
        for made in import_module(name).Migration.operations:
            if isinstance(made, migrations.RunSQL) and "$body$" in made.sql:
                drop_and_make = f"{made.reverse_sql}{made.sql}"
                yield migrations.RunSQL(drop_and_make, migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0015_moves_of_many"),
        ("schools", "0013_region"),
    ]

    operations = [*_anew()]
