"""What triggers keep for the lists of lead providers.

First what moves the moments at which their view of the records last changed (docs/domain.md lists it).

Then `Participation`: a provider's participants, which training periods of mentors change. And
`SharedDeclaration`: which declarations a provider sees that others made, which training periods and
declarations of mentors change. Each trigger locks the teachers first: so two transactions that change
the same mentor's records follow each other, and the second sees what the first wrote.
"""

from django.db import migrations

from core.updated_at import after_change, keeps, stamps, touches
from schools.kept_rows import LOCK_TEACHERS, follows_ids, keeps_rows

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
        (
            "public_id",
            "school_id",
            "cohort_id",
            "lead_provider_id",
            "delivery_partner_id",
            "counted_on",
        ),
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
        # `noticed_on`: the night's notice that an appointment has begun or is over.
        of=("user_id", "school_id", "named_as", "started_on", "finished_on", "noticed_on"),
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

# What providers read of a school in a year: its programme, partnerships, and interest in providers.
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
    keeps(
        _DECLARATION,
        "updated_at",
        (
            "teacher_id",
            "lead_provider_id",
            "cohort_id",
            "course_identifier",
            "delivery_partner_id",
            "declaration_type",
            "declaration_date",
            "evidence_held",
            "state",
            "created_at",
        ),
    ),
    stamps(_DECLARATION, "updated_at"),
    *touches(
        _PARTNERSHIP,
        _DECLARATION,
        f"{_DECLARATION}.partnership_id = changed.id",
        of=("delivery_partner_id",),
        on=_UPDATE,
    ),
]

# The participants among these teachers of each provider, as Participation says.
_PARTICIPATIONS = """
CREATE FUNCTION declarations_participations(teachers bigint[])
RETURNS TABLE (
    training_period_id bigint,
    lead_provider_id bigint,
    teacher_id bigint,
    cohort_id bigint,
    created_at timestamptz,
    participant_id uuid
)
LANGUAGE sql STABLE AS $body$
    SELECT DISTINCT ON (training.teacher_id, training.lead_provider_id)
        training.id, training.lead_provider_id, training.teacher_id, training.cohort_id,
        teacher.created_at, teacher.participant_id
    FROM declarations_trainingperiod AS training
    JOIN schools_teacher AS teacher ON teacher.id = training.teacher_id
    WHERE training.teacher_id = ANY (teachers)
        AND training.mentor_id IS NOT NULL AND training.partnership_id IS NOT NULL
    ORDER BY training.teacher_id, training.lead_provider_id, training.started_on DESC,
        training.id DESC
$body$
"""
# What each provider sees of these teachers that others declared (docs/lead-provider-api.md, "Who
# sees what"), as SharedDeclaration says.
_SEEN = """
CREATE FUNCTION declarations_seen_of_others(teachers bigint[])
RETURNS TABLE (
    lead_provider_id bigint,
    declaration_id uuid,
    cohort_id bigint,
    delivery_partner_id bigint,
    created_at timestamptz,
    updated_at timestamptz
)
LANGUAGE sql STABLE AS $body$
    SELECT latest.lead_provider_id, declaration.id, declaration.cohort_id,
        declaration.delivery_partner_id, declaration.created_at, declaration.updated_at
    FROM declarations_participation AS latest
    JOIN declarations_trainingperiod AS training ON training.id = latest.training_period_id
    JOIN declarations_declaration AS declaration
        ON declaration.teacher_id = latest.teacher_id
        AND declaration.lead_provider_id <> latest.lead_provider_id
    WHERE latest.teacher_id = ANY (teachers)
        AND declaration.course_identifier = 'ecf-mentor'
        AND declaration.state IN ('submitted', 'eligible', 'payable', 'paid')
        AND (
            training.finished_on IS NULL
            OR training.finished_on
                > (declaration.declaration_date AT TIME ZONE 'Europe/London')::date
        )
$body$
"""
_SHARE = f"""
CREATE FUNCTION declarations_share(teachers bigint[]) RETURNS void LANGUAGE plpgsql AS $body$BEGIN
    IF teachers = '{{}}' THEN
        RETURN;
    END IF;
    {LOCK_TEACHERS}
    DELETE FROM declarations_shareddeclaration AS shared
    USING declarations_declaration AS declaration
    WHERE declaration.id = shared.declaration_id AND declaration.teacher_id = ANY (teachers)
        AND NOT EXISTS (
            SELECT FROM declarations_seen_of_others(teachers) AS seen
            WHERE (
                seen.lead_provider_id,
                seen.declaration_id,
                seen.cohort_id,
                seen.delivery_partner_id,
                seen.created_at,
                seen.updated_at
            ) = (
                shared.lead_provider_id,
                shared.declaration_id,
                shared.cohort_id,
                shared.delivery_partner_id,
                shared.created_at,
                shared.updated_at
            )
        );
    INSERT INTO declarations_shareddeclaration
        (lead_provider_id, declaration_id, cohort_id, delivery_partner_id, created_at, updated_at)
    SELECT * FROM declarations_seen_of_others(teachers) ON CONFLICT DO NOTHING;
END$body$
"""


def _after_training(operation: str) -> migrations.RunSQL:
    """A trigger: participants, and then what is shared of them, are found anew."""
    act = """
        DECLARE
            teachers bigint[] := ARRAY(
                SELECT DISTINCT teacher_id FROM ({changed}) AS changed WHERE mentor_id IS NOT NULL
            );
        BEGIN
            PERFORM declarations_keep_participations(teachers);
            PERFORM declarations_share(teachers);
        END;
    """
    return after_change(
        f"{_TRAINING}_{operation.lower()}_shares",
        _TRAINING,
        operation,
        (
            "teacher_id",
            "lead_provider_id",
            "cohort_id",
            "mentor_id",
            "partnership_id",
            "started_on",
            "finished_on",
        ),
        act,
    )


def _after_declaring(operation: str) -> migrations.RunSQL:
    """A trigger: what is shared of the mentors is found anew."""
    act = """
        PERFORM declarations_share(ARRAY(
            SELECT teacher_id FROM ({changed}) AS changed WHERE course_identifier = 'ecf-mentor'
        ));
    """
    return after_change(
        f"{_DECLARATION}_{operation.lower()}_shares",
        _DECLARATION,
        operation,
        (
            "teacher_id",
            "lead_provider_id",
            "course_identifier",
            "cohort_id",
            "delivery_partner_id",
            "created_at",
            "updated_at",
            "declaration_date",
            "state IN ('submitted', 'eligible', 'payable', 'paid')",
        ),
        act,
    )


_PARTICIPANTS_AND_SHARED_DECLARATIONS = [
    migrations.RunSQL(_PARTICIPATIONS, "DROP FUNCTION declarations_participations(bigint[])"),
    migrations.RunSQL(_SEEN, "DROP FUNCTION declarations_seen_of_others(bigint[])"),
    keeps_rows(
        "declarations_keep_participations",
        "declarations_participation",
        "declarations_participations",
        key=("teacher_id", "lead_provider_id"),
        copies=("training_period_id", "cohort_id", "created_at", "participant_id"),
    ),
    migrations.RunSQL(_SHARE, "DROP FUNCTION declarations_share(bigint[])"),
    *map(_after_training, ("INSERT", "UPDATE", "DELETE")),
    # The rows of a deleted declaration are deleted with it.
    *map(_after_declaring, ("INSERT", "UPDATE")),
    follows_ids("schools_teacher_update_shares", "declarations_keep_participations(ARRAY[NEW.id])"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("declarations", "0002_keys"),
        ("schools", "0003_updated_at"),
    ]

    operations = [
        *_DELIVERY_PARTNERS,
        *_PARTNERSHIPS,
        *_SCHOOL_YEARS,
        *_PARTICIPANTS,
        *_DECLARATIONS,
        *_PARTICIPANTS_AND_SHARED_DECLARATIONS,
    ]
