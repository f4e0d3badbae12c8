"""The temporal keys that mentorships and training periods refer to.

The later apps' 0002_keys add foreign keys to them. A mentorship or a training period then is of the
same person and at the same school as its parent row, and lies within that row's period on every day;
transactions that run at the same time cannot break this either. Django has no words for such keys.
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
