"""What triggers keep for providers: as they keep it, and as it is found anew."""

from django.db import connection

_PARTICIPATIONS = (
    "training_period_id, lead_provider_id, teacher_id, cohort_id, created_at, participant_id"
)
_MENTORSHIPS = (
    "lead_provider_id, mentorship_id, ect_teacher_id, mentor_teacher_id, finished_on, created_at,"
    " participant_id"
)
_SHARED = "lead_provider_id, declaration_id, cohort_id, delivery_partner_id, created_at"


def kept_by_triggers() -> list[list[tuple]]:
    """The participations, mentorships and declarations of others, as the triggers keep them."""
    return [
        _rows(_PARTICIPATIONS, "declarations_participation"),
        _rows(_MENTORSHIPS, "mentors_providermentorship"),
        _rows(_SHARED, "declarations_shareddeclaration"),
    ]


def kept_if_found_anew() -> list[list[tuple]]:
    """The same, as all training, mentorships and declarations give them."""
    everyone = "(ARRAY(SELECT id FROM schools_teacher))"
    return [
        _rows(_PARTICIPATIONS, f"declarations_participations{everyone}"),
        _rows(_MENTORSHIPS, f"mentors_providermentorships{everyone}"),
        _rows(_SHARED, f"declarations_seen_of_others{everyone}"),
    ]


def _rows(columns: str, source: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {source} ORDER BY 1, 2")
        return cursor.fetchall()
