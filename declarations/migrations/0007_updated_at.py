"""What moves the moments at which providers' view of the records last changed (docs/domain.md)."""

from django.db import migrations

from core.updated_at import keeps, stamps, touches

_SCHOOL, _TEACHER = "schools_school", "schools_teacher"
_YEAR, _PARTNERSHIP = "declarations_schoolyear", "declarations_schoolpartnership"
_PARTNER, _PAIR = "declarations_deliverypartner", "declarations_leadproviderdeliverypartnership"
_TRAINING, _DECLARATION = "declarations_trainingperiod", "declarations_declaration"
_UPDATE = ("UPDATE",)

_DELIVERY_PARTNERS = [
    keeps(_PARTNER, "updated_at", ("name", "public_id")),
    stamps(_PARTNER, "updated_at"),
    *touches(
        _PAIR,
        _PARTNER,
        f"{_PARTNER}.id = changed.delivery_partner_id",
        of=("lead_provider_id", "delivery_partner_id", "cohort_id"),
    ),
]

_PARTNERSHIPS = [
    keeps(
        _PARTNERSHIP,
        "updated_at",
        ("public_id", "school_id", "cohort_id", "lead_provider_id", "delivery_partner_id"),
    ),
    stamps(_PARTNERSHIP, "updated_at"),
    *touches(
        _PARTNER,
        _PARTNERSHIP,
        f"{_PARTNERSHIP}.delivery_partner_id = changed.id",
        of=("name", "public_id"),
        on=_UPDATE,
    ),
    *touches(
        _SCHOOL, _PARTNERSHIP, f"{_PARTNERSHIP}.school_id = changed.id", of=("urn",), on=_UPDATE
    ),
    *touches(
        "schools_inductiontutor",
        _PARTNERSHIP,
        f"{_PARTNERSHIP}.school_id = changed.school_id",
        of=("user_id", "school_id", "named_as", "started_on", "finished_on"),
    ),
    *touches(
        "accounts_user",
        _PARTNERSHIP,
        f"{_PARTNERSHIP}.school_id IN"
        " (SELECT school_id FROM schools_inductiontutor WHERE user_id = changed.id)",
        of=("name", "email"),
        on=_UPDATE,
    ),
]

# What providers read of a school in a year: its programme, partnerships, and who is interested.
_INTEREST = ("school_id", "cohort_id", "lead_provider_id")
_SCHOOL_YEARS = [
    keeps(_YEAR, "updated_at", ("school_id", "cohort_id", "programme")),
    stamps(_YEAR, "updated_at"),
    *touches(_PARTNERSHIP, _YEAR, f"{_YEAR}.id = changed.school_year_id", of=("school_year_id",)),
    *touches(
        _TRAINING,
        _YEAR,
        f"{_YEAR}.school_id = changed.school_id AND {_YEAR}.cohort_id = changed.cohort_id",
        of=_INTEREST,
    ),
    # A school without this year: the moment of all its years.
    *touches(
        _TRAINING,
        _SCHOOL,
        f"{_SCHOOL}.id = changed.school_id AND NOT EXISTS (SELECT FROM {_YEAR} AS year"
        " WHERE year.school_id = changed.school_id AND year.cohort_id = changed.cohort_id)",
        of=_INTEREST,
    ),
]

_PARTICIPANTS = [
    *touches(
        _TRAINING,
        _TEACHER,
        f"{_TEACHER}.id = changed.teacher_id"
        " AND changed.mentor_id IS NOT NULL AND changed.partnership_id IS NOT NULL",
        of=(
            "mentor_id",
            "partnership_id",
            "lead_provider_id",
            "cohort_id",
            "started_on",
            "finished_on",
            "withdrawn_at",
            "withdrawn_reason",
            "deferred_at",
            "deferred_reason",
        ),
    ),
    *touches(
        _PARTNERSHIP,
        _TEACHER,
        f"{_TEACHER}.id IN (SELECT teacher_id FROM {_TRAINING}"
        " WHERE partnership_id = changed.id AND mentor_id IS NOT NULL)",
        of=("delivery_partner_id",),
        on=_UPDATE,
    ),
    *touches(
        _SCHOOL,
        _TEACHER,
        f"{_TEACHER}.id IN (SELECT teacher_id FROM {_TRAINING} WHERE school_id = changed.id"
        " AND mentor_id IS NOT NULL AND partnership_id IS NOT NULL)",
        of=("urn",),
        on=_UPDATE,
    ),
    *touches(
        _DECLARATION,
        _TEACHER,
        f"{_TEACHER}.id = changed.teacher_id"
        " AND changed.declaration_type = 'completed' AND changed.course_identifier = 'ecf-mentor'",
        of=("state", "declaration_date"),
    ),
    *touches(
        "declarations_recordedcompletion",
        _TEACHER,
        f"{_TEACHER}.id = changed.teacher_id",
        of=("teacher_id", "kind", "recorded_at"),
    ),
]

# A declaration keeps its delivery partner when its partnership's is corrected, but says so.
_DECLARATIONS = [
    stamps(_DECLARATION, "updated_at"),
    *touches(
        _PARTNERSHIP,
        _DECLARATION,
        f"{_DECLARATION}.partnership_id = changed.id",
        of=("delivery_partner_id",),
        on=_UPDATE,
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0006_keys_of_records"),
        ("schools", "0006_updated_at"),
        ("accounts", "0001_initial"),
    ]

    operations = [
        *_DELIVERY_PARTNERS,
        *_PARTNERSHIPS,
        *_SCHOOL_YEARS,
        *_PARTICIPANTS,
        *_DECLARATIONS,
    ]
