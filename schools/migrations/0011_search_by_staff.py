"""The town as it is searched, and the indexes of the search of DfE staff."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0010_leaving_reported_by_another_school"),
    ]

    operations = [
        migrations.AddField(
            model_name="school",
            name="searchable_town",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("town"), function="searchable", output_field=models.TextField()
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="ectatschool",
            index=models.Index(
                fields=["email"], name="ectatschool_email_begins", opclasses=["text_pattern_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="mentoratschool",
            index=models.Index(
                fields=["email"], name="mentoratschool_email_begins", opclasses=["text_pattern_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="teacher",
            index=django.contrib.postgres.indexes.GistIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Lower("searchable_name"),
                    name="gist_trgm_ops(siglen=32)",
                ),
                name="teacher_nearest_name",
            ),
        ),
        migrations.AddIndex(
            model_name="teacher",
            index=models.Index(fields=["searchable_name", "trn"], name="teacher_by_name"),
        ),
    ]
