"""The temporal keys that mentorships and training periods refer to.

A row of a child table that carries (id, teacher, school, period) of its parent is thereby of the
same person, at the same school, and within this time on every day of it, in races too.
"""

from django.db import migrations


def key(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_key"
        " UNIQUE (id, teacher_id, school_id, period WITHOUT OVERLAPS)",
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_key",
    )


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial")]

    operations = [key("schools_mentoratschool"), key("schools_ectatschool")]
