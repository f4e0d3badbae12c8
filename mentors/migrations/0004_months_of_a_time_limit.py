"""A time limit without its months passed the check, which was null for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mentors", "0003_keys"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="statuspolicy",
            name="statuspolicy_months_with_time_limit",
        ),
        migrations.AddConstraint(
            model_name="statuspolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("months__gte", 1),
                        ("months__isnull", False),
                        ("months__lte", 240),
                        ("policy", "time_limit"),
                    ),
                    models.Q(
                        ("months__isnull", True),
                        ("policy__in", ["completed_only", "three_statuses"]),
                    ),
                    _connector="OR",
                ),
                name="statuspolicy_months_with_time_limit",
                violation_error_message=(
                    "Give the months (1 to 240) for a policy with a time limit, and only for it."
                ),
            ),
        ),
    ]
