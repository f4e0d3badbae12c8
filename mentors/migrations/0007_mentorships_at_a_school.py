"""The index by which staff search mentorships for a school's."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mentors", "0006_ects_of_a_mentor"),
        ("schools", "0019_schools_by_their_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name="mentorship",
            name="school",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.school",
            ),
        ),
    ]
