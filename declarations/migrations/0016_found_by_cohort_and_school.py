"""Finds a lead provider's training of one cohort, and a school's partnerships."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("declarations", "0015_moves_of_many")]

    operations = [
        migrations.AddIndex(
            model_name="trainingperiod",
            index=models.Index(fields=["lead_provider", "cohort"], name="trainingperiod_of_cohort"),
        ),
        migrations.AlterField(
            model_name="schoolpartnership",
            name="school",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.school",
            ),
        ),
    ]
