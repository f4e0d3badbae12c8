"""The foreign keys by which mentor and ECT are at the same school on every day of a mentorship."""

from django.db import migrations

from core.periods import composite_foreign_key


def within(role: str, parent: str) -> migrations.RunSQL:
    return composite_foreign_key(
        "mentors_mentorship",
        f"mentorship_within_{role}",
        f"{role}_id, {role}_teacher_id, school_id, PERIOD period",
        parent,
        "id, teacher_id, school_id, PERIOD period",
    )


class Migration(migrations.Migration):
    dependencies = [("mentors", "0001_initial"), ("schools", "0002_keys")]

    operations = [
        within("mentor", "schools_mentoratschool"),
        within("ect", "schools_ectatschool"),
    ]
