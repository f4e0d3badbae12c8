"""The temporal foreign keys of a mentorship.

Mentor and ECT are at the same school on every day of it. It ends with the ECT's induction, at
whichever school that was: it lies within the days until the end of the teacher's induction.
"""

from django.db import migrations

from core.periods import composite_foreign_key


def _within(role: str, parent: str) -> migrations.RunSQL:
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
        _within("mentor", "schools_mentoratschool"),
        _within("ect", "schools_ectatschool"),
        composite_foreign_key(
            "mentors_mentorship",
            "mentorship_within_induction",
            "ect_teacher_id, PERIOD period",
            "schools_teacher",
            "id, PERIOD until_end_of_induction",
        ),
    ]
