"""The temporal keys that mentorships and training periods refer to.

The later apps' 0002_keys add foreign keys to them. A mentorship or a training period then is of the
same person and at the same school as its parent row, and lies within that row's period on every day.
A mentorship also lies within the days until the end of the ECT's induction, which the database
generates. Transactions that run at the same time cannot break this either. Django has no words for
such keys.
"""

from django.db import migrations


def _key(table: str, columns: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_key UNIQUE ({columns} WITHOUT OVERLAPS)",
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_key",
    )


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial")]

    operations = [
        _key("schools_mentoratschool", "id, teacher_id, school_id, period"),
        _key("schools_ectatschool", "id, teacher_id, school_id, period"),
        migrations.RunSQL(
            "ALTER TABLE schools_teacher ADD COLUMN until_end_of_induction daterange"
            " GENERATED ALWAYS AS (daterange(NULL, induction_finished_on)) STORED",
            "ALTER TABLE schools_teacher DROP COLUMN until_end_of_induction",
        ),
        _key("schools_teacher", "id, until_end_of_induction"),
    ]
