"""A transaction stamps the moments of all its teachers, and of all its schools, in one run."""

from django.db import migrations

from core.updated_at import stamps

_SCHOOL, _TEACHER = "schools_school", "schools_teacher"
_UNFUNDED = "unfunded_mentor_updated_at"
_BEFORE = [
    stamps(_SCHOOL, "updated_at"),
    stamps(_TEACHER, "updated_at"),
    stamps(_TEACHER, _UNFUNDED),
]


class Migration(migrations.Migration):
    dependencies = [("schools", "0015_notes_of_staff")]

    operations = [
        *[migrations.RunSQL(before.reverse_sql, before.sql) for before in _BEFORE],
        stamps(_SCHOOL, "updated_at"),
        stamps(_TEACHER, "updated_at", _UNFUNDED),
    ]
