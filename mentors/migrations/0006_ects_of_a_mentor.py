"""The index that has the ECTs of a mentor, in place of one that it begins with."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mentors", "0005_lists_of_staff"),
        ("schools", "0018_tutors_noticed_by_day"),
    ]

    operations = [
        migrations.AlterField(
            model_name="mentorship",
            name="mentor_teacher",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mentorships_as_mentor",
                to="schools.teacher",
            ),
        ),
        migrations.AddIndex(
            model_name="mentorship",
            index=models.Index(
                fields=["mentor_teacher"],
                include=("ect", "finished_on"),
                name="mentorship_of_mentor",
            ),
        ),
    ]
