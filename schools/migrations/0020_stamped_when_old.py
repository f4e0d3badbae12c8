"""A moment is that of the write, and set again at commit only when it is 20 seconds old."""

from importlib import import_module

from django.db import migrations

from core.updated_at import made_again


def _operations(migration: str) -> list:
    return import_module(f"schools.migrations.{migration}").Migration.operations


class Migration(migrations.Migration):
    dependencies = [("schools", "0019_schools_by_their_words")]

    operations = [
        *made_again(
            *[each for each in _operations("0006_updated_at") if "_stamps_" not in each.sql],
            *_operations("0012_merged_teachers")[-3:],
            *_operations("0016_stamped_once")[-2:],
        ),
        *_operations("0018_tutors_noticed_by_day")[-2:],
    ]
