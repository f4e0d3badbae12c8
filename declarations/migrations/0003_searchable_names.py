"""Recorded completions are sorted by the searchable names of their teachers."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0002_keys"),
        ("schools", "0004_searchable_names"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="recordedcompletion",
            options={"ordering": ("teacher__searchable_name", "kind")},
        ),
    ]
