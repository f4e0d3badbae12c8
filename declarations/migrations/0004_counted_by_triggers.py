"""What triggers count for the lists of lead providers: `DeclarationCount`.

Declarations and SharedDeclaration together are what each provider sees. A statement that changes
them adds what it changes to the counts.
"""

from django.db import migrations

from core.updated_at import after_change

_LISTED = ("declarations_declaration", "declarations_shareddeclaration")
_ALL_LISTED = " UNION ALL ".join(
    f"SELECT lead_provider_id, cohort_id, created_at FROM {table}" for table in _LISTED
)
_WEEK = "date_trunc('week', created_at AT TIME ZONE 'UTC')::date"

# The counts as they should be.
_COUNTS = f"""
CREATE FUNCTION declarations_counts()
RETURNS TABLE (lead_provider_id bigint, cohort_id bigint, week date, number bigint)
LANGUAGE sql STABLE AS $body$
    SELECT lead_provider_id, cohort_id, {_WEEK}, count(*) FROM ({_ALL_LISTED}) AS listed
    GROUP BY 1, 2, 3
$body$
"""


def _counting(table: str, operation: str) -> migrations.RunSQL:
    """A trigger: rows that came count up, and rows that went count down."""
    act = f"""
        INSERT INTO declarations_declarationcount (lead_provider_id, cohort_id, week, number)
        SELECT lead_provider_id, cohort_id, {_WEEK}, sum(sign) FROM ({{changed}}) AS changed
        GROUP BY 1, 2, 3 HAVING sum(sign) <> 0;
    """
    of = ("lead_provider_id", "cohort_id", "created_at")
    return after_change(f"{table}_{operation.lower()}_counts", table, operation, of, act)


class Migration(migrations.Migration):
    dependencies = [("declarations", "0003_kept_by_triggers")]

    operations = [
        migrations.RunSQL(_COUNTS, "DROP FUNCTION declarations_counts()"),
        *(
            _counting(table, operation)
            for table in _LISTED
            for operation in ("INSERT", "UPDATE", "DELETE")
        ),
    ]
