"""The index of the names that are nearest to a misspelt one, of schools."""

from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db import migrations
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0016_stamped_once"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="school",
            index=GistIndex(
                OpClass(Lower("searchable_name"), name="gist_trgm_ops(siglen=32)"),
                name="school_nearest_name",
            ),
        ),
    ]
