"""What triggers keep for providers: as they keep it, and as it is found anew."""

from django.db import connection

_PARTICIPATIONS = (
    "training_period_id, lead_provider_id, teacher_id, cohort_id, created_at, participant_id"
)
_MENTORSHIPS = (
    "lead_provider_id, mentorship_id, ect_teacher_id, mentor_teacher_id, finished_on, created_at,"
    " participant_id"
)
_SHARED = "lead_provider_id, declaration_id, cohort_id, delivery_partner_id, created_at, updated_at"
_COUNTS = "lead_provider_id, cohort_id, week, number"
_SUMMED = """(
    SELECT lead_provider_id, cohort_id, week, sum(number) AS number
    FROM declarations_declarationcount GROUP BY 1, 2, 3 HAVING sum(number) <> 0
) AS summed"""


def kept_by_triggers() -> list[list[tuple]]:
    """What triggers keep: participations, mentorships, declarations of others, and counts."""
    return [
        _rows(_PARTICIPATIONS, "declarations_participation"),
        _rows(_MENTORSHIPS, "mentors_providermentorship"),
        _rows(_SHARED, "declarations_shareddeclaration"),
        _rows(_COUNTS, _SUMMED),
    ]


def kept_if_found_anew() -> list[list[tuple]]:
    """The same, as all training, mentorships and declarations give it."""
    everyone = "(ARRAY(SELECT id FROM schools_teacher))"
    return [
        _rows(_PARTICIPATIONS, f"declarations_participations{everyone}"),
        _rows(_MENTORSHIPS, f"mentors_providermentorships{everyone}"),
        _rows(_SHARED, f"declarations_seen_of_others{everyone}"),
        _rows(_COUNTS, "declarations_counts()"),
    ]


def _rows(columns: str, source: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {source} ORDER BY 1, 2, 3")
        return cursor.fetchall()
