"""What moves the moments at which providers' view of a school and of a teacher last changed."""

from django.db import migrations

from core.updated_at import keeps, stamps, touches

_SCHOOL, _TEACHER = "schools_school", "schools_teacher"
_UNFUNDED = "unfunded_mentor_updated_at"
_OF_TUTOR = "schools_school.id = changed.school_id"
_OF_USER = """schools_school.id IN
    (SELECT school_id FROM schools_inductiontutor WHERE user_id = changed.id)"""
_OF_MENTOR = "schools_teacher.id = changed.teacher_id"


class Migration(migrations.Migration):
    dependencies = [("schools", "0005_public_ids_and_moments")]

    operations = [
        keeps(_SCHOOL, "updated_at", ("name", "urn")),
        stamps(_SCHOOL, "updated_at"),
        *touches(
            "schools_inductiontutor",
            _SCHOOL,
            _OF_TUTOR,
            of=("user_id", "school_id", "named_as", "started_on", "finished_on"),
        ),
        *touches("accounts_user", _SCHOOL, _OF_USER, of=("name", "email"), on=("UPDATE",)),
        keeps(
            _TEACHER,
            "updated_at",
            (
                "name",
                "trn",
                "participant_id",
                "mentor_training_record_id",
                "mentor_funding_eligible_from",
            ),
        ),
        stamps(_TEACHER, "updated_at"),
        *touches(
            "schools_mentoratschool",
            _TEACHER,
            _OF_MENTOR,
            of=("email", "teacher_id"),
            on=("UPDATE",),
        ),
        keeps(_TEACHER, _UNFUNDED, ("name", "trn", "participant_id")),
        stamps(_TEACHER, _UNFUNDED),
        *touches(
            "schools_mentoratschool",
            _TEACHER,
            _OF_MENTOR,
            of=("email", "teacher_id"),
            column=_UNFUNDED,
        ),
    ]
