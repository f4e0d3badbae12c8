"""What providers see of others' declarations: as the triggers keep it, and as it is found anew."""

from django.db import connection

_COLUMNS = "lead_provider_id, declaration_id, cohort_id, delivery_partner_id, created_at"


def shared_declarations() -> list[tuple]:
    """The rows that the triggers keep."""
    return _rows(f"SELECT {_COLUMNS} FROM declarations_shareddeclaration ORDER BY 1, 2")


def shared_declarations_found_anew() -> list[tuple]:
    """The rows that all training and all declarations give."""
    return _rows(
        f"""SELECT {_COLUMNS} FROM declarations_seen_of_others(
            ARRAY(SELECT id FROM schools_teacher)) ORDER BY 1, 2"""
    )


def _rows(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()
