"""The indexes by which staff search schools for words, and list them A to Z."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0018_tutors_noticed_by_day"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="school",
            index=GinIndex(
                fields=["searchable_name", "searchable_town"],
                name="school_words",
                opclasses=["gin_trgm_ops", "gin_trgm_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="school",
            index=models.Index(fields=["searchable_name", "urn"], name="school_by_name"),
        ),
    ]
