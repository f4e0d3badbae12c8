"""The index of the filter of staff's list of mentorships."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mentors", "0004_mentorships_of_closed_schools"),
        ("schools", "0011_search_by_staff"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="mentorship",
            index=models.Index(
                condition=models.Q(("end_reason", ""), _negated=True),
                fields=["end_reason", "id"],
                name="mentorship_ended",
            ),
        ),
    ]
