"""Finds a lead provider's training of one cohort."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("declarations", "0016_moments_of_imports")]

    operations = [
        migrations.AddIndex(
            model_name="trainingperiod",
            index=models.Index(fields=["lead_provider", "cohort"], name="trainingperiod_of_cohort"),
        ),
    ]
