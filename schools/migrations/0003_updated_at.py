"""What moves the moments at which providers' view of a school and of a teacher last changed."""

from django.db import migrations

from core.updated_at import keeps, stamps, touches

_SCHOOL, _TEACHER = "schools_school", "schools_teacher"
_UNFUNDED = "unfunded_mentor_updated_at"

_SCHOOLS = [
    keeps(_SCHOOL, "updated_at", ("name", "urn")),
    stamps(_SCHOOL, "updated_at"),
    *touches(
        "schools_inductiontutor",
        _SCHOOL,
        f"{_SCHOOL}.id = changed.school_id",
        # `noticed_on`: the night's notice that an appointment has begun or is over.
        of=("user_id", "school_id", "named_as", "started_on", "finished_on", "noticed_on"),
    ),
    *touches(
        "accounts_user",
        _SCHOOL,
        f"{_SCHOOL}.id IN"
        " (SELECT school_id FROM schools_inductiontutor WHERE user_id = changed.id)",
        of=("name", "email"),
        on=("UPDATE",),
    ),
]

_IDS = ("name", "trn", "participant_id")
_PARTICIPANTS = [
    keeps(
        _TEACHER,
        "updated_at",
        (*_IDS, "mentor_training_record_id", "mentor_funding_eligible_from"),
    ),
    *touches(
        "schools_mentoratschool",
        _TEACHER,
        f"{_TEACHER}.id = changed.teacher_id",
        of=("email", "teacher_id"),
        on=("UPDATE",),
    ),
    *touches(
        "schools_teachermerge",
        _TEACHER,
        f"{_TEACHER}.id = changed.teacher_id",
        of=("teacher_id",),
    ),
]
_UNFUNDED_MENTORS = [
    keeps(_TEACHER, _UNFUNDED, _IDS),
    *touches(
        "schools_mentoratschool",
        _TEACHER,
        f"{_TEACHER}.id = changed.teacher_id",
        of=("email", "teacher_id"),
        column=_UNFUNDED,
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("schools", "0002_keys"),
    ]

    operations = [
        *_SCHOOLS,
        *_PARTICIPANTS,
        *_UNFUNDED_MENTORS,
        stamps(_TEACHER, "updated_at", _UNFUNDED),
    ]
