"""The index of the names that are nearest to a misspelt one, of users."""

from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db import migrations
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_words_of_is_active"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="user",
            index=GistIndex(
                OpClass(Lower("searchable_name"), name="gist_trgm_ops(siglen=32)"),
                name="user_nearest_name",
            ),
        ),
    ]
