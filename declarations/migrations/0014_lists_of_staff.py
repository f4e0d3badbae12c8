"""The indexes of the filters of staff's lists of declarations and training."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0013_told_of_completions"),
        ("schools", "0011_search_by_staff"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(
                fields=["declaration_type", "created_at", "id"], name="declaration_type_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(
                condition=models.Q(("state", "paid"), _negated=True),
                fields=["state", "created_at", "id"],
                name="declaration_state_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="trainingperiod",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", False)),
                fields=["id"],
                name="trainingperiod_withdrawn_ones",
            ),
        ),
        migrations.AddIndex(
            model_name="trainingperiod",
            index=models.Index(
                condition=models.Q(("deferred_at__isnull", False)),
                fields=["id"],
                name="trainingperiod_deferred_ones",
            ),
        ),
    ]
