"""A moment is that of the write, and set again at commit only when it is 20 seconds old."""

from importlib import import_module

from django.db import migrations

from core.updated_at import made_again


def _operations(migration: str) -> list:
    return import_module(f"declarations.migrations.{migration}").Migration.operations


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0020_latest_training"),
        ("schools", "0020_stamped_when_old"),
    ]

    operations = [
        *made_again(
            *[each for each in _operations("0007_updated_at") if "_stamps_" not in each.sql],
            _operations("0012_declarations_stamped_at_commit")[0],
            *_operations("0017_stamped_once")[1::2],
        ),
        *_operations("0018_tutors_noticed_by_day")[-2:],
    ]
