"""Mentoring ends with the ECT's induction, at whichever school: a temporal foreign key holds it.

A mentorship lies within the days until the teacher's induction ends, which the database generates
from the end of induction. Django has no words for such a column and such keys.
"""

from django.db import migrations

from core.periods import composite_foreign_key

# The end of induction may have been recorded at another school than that of a mentorship.
END_WITH_INDUCTION = """
    DELETE FROM mentors_mentorship mentorship USING schools_teacher teacher
    WHERE teacher.id = ect_teacher_id AND started_on >= induction_finished_on;
    UPDATE mentors_mentorship mentorship
    SET finished_on = induction_finished_on, end_reason = 'induction_completed'
    FROM schools_teacher teacher
    WHERE teacher.id = ect_teacher_id
        AND (finished_on IS NULL OR finished_on > induction_finished_on)
        AND induction_finished_on IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("mentors", "0002_keys"),
        ("schools", "0003_induction_belongs_to_the_teacher"),
    ]

    operations = [
        migrations.RunSQL(END_WITH_INDUCTION, migrations.RunSQL.noop),
        migrations.RunSQL(
            "ALTER TABLE schools_teacher ADD COLUMN until_end_of_induction daterange"
            " GENERATED ALWAYS AS (daterange(NULL, induction_finished_on)) STORED;"
            " ALTER TABLE schools_teacher ADD CONSTRAINT schools_teacher_key"
            " UNIQUE (id, until_end_of_induction WITHOUT OVERLAPS)",
            "ALTER TABLE schools_teacher DROP COLUMN until_end_of_induction CASCADE",
        ),
        composite_foreign_key(
            "mentors_mentorship",
            "mentorship_within_induction",
            "ect_teacher_id, PERIOD period",
            "schools_teacher",
            "id, PERIOD until_end_of_induction",
        ),
    ]
