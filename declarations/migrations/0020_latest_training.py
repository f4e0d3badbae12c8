"""The indexes that have the latest training of each teacher with a provider."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0019_shared_declarations"),
        ("schools", "0018_tutors_noticed_by_day"),
    ]

    operations = [
        migrations.AlterField(
            model_name="trainingperiod",
            name="lead_provider",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="training_periods",
                to="declarations.leadprovider",
            ),
        ),
        migrations.AlterField(
            model_name="trainingperiod",
            name="teacher",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="training_periods",
                to="schools.teacher",
            ),
        ),
        migrations.AddIndex(
            model_name="trainingperiod",
            index=models.Index(
                fields=["teacher", "lead_provider", "started_on", "id"],
                include=("mentor", "ect", "partnership"),
                name="trainingperiod_latest",
            ),
        ),
        migrations.AddIndex(
            model_name="trainingperiod",
            index=models.Index(
                condition=models.Q(("mentor__isnull", False), ("partnership__isnull", False)),
                fields=["lead_provider", "cohort", "teacher", "started_on", "id"],
                name="trainingperiod_participants",
            ),
        ),
        migrations.AddIndex(
            model_name="trainingperiod",
            index=models.Index(
                condition=models.Q(("ect__isnull", False), ("partnership__isnull", False)),
                fields=["lead_provider", "ect", "teacher", "started_on", "id"],
                name="trainingperiod_ects",
            ),
        ),
    ]
