"""Cursors of every list, the indexes of lead providers' lists, and the nightly count of partnerships.

A cursor counts for an hour, so those that are there are deleted.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

from core.updated_at import keeps

_PARTNERSHIP = "declarations_schoolpartnership"
_SHOWN = ("public_id", "school_id", "cohort_id", "lead_provider_id", "delivery_partner_id")
_BEFORE = keeps(_PARTNERSHIP, "updated_at", _SHOWN)


class Migration(migrations.Migration):
    dependencies = [("declarations", "0010_lead_provider_contact")]

    operations = [
        migrations.RunSQL(
            "DELETE FROM declarations_pagecursor", "DELETE FROM declarations_pagecursor"
        ),
        migrations.RemoveField(model_name="pagecursor", name="created_at"),
        migrations.RenameField(
            model_name="pagecursor", old_name="declaration_id", new_name="last_id"
        ),
        migrations.AlterField(
            model_name="pagecursor",
            name="last_id",
            field=models.UUIDField(help_text="The id of the last row of the page."),
        ),
        migrations.AddField(
            model_name="pagecursor",
            name="moments",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DateTimeField(),
                default=list,
                help_text="By which the list is sorted: those of the last row of the page.",
                size=None,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="pagecursor",
            name="asked",
            field=models.UUIDField(
                help_text="A digest of the list, its filters and order, and the page's size."
            ),
        ),
        migrations.AddField(
            model_name="schoolpartnership",
            name="counted_on",
            field=models.DateField(
                editable=False,
                help_text="The day from which on as many people are in training as last counted.",
                null=True,
            ),
        ),
        migrations.RunSQL(_BEFORE.reverse_sql, _BEFORE.sql),
        keeps(_PARTNERSHIP, "updated_at", (*_SHOWN, "counted_on")),
        migrations.AddIndex(
            model_name="schoolpartnership",
            index=models.Index(
                fields=["lead_provider", "created_at", "public_id"], name="schoolpartnership_oldest"
            ),
        ),
        migrations.AddIndex(
            model_name="trainingperiod",
            index=models.Index(
                fields=["school", "cohort", "lead_provider"], name="trainingperiod_at_school"
            ),
        ),
        migrations.AddIndex(
            model_name="trainingperiod",
            index=models.Index(fields=["started_on"], name="trainingperiod_started"),
        ),
        migrations.AddIndex(
            model_name="trainingperiod",
            index=models.Index(fields=["finished_on"], name="trainingperiod_finished"),
        ),
    ]
