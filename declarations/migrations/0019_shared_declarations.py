"""Which declarations a provider sees that others made: rows that triggers keep.

They are kept so that a provider's list reads its part of an index, however many declarations there
are. Training periods and declarations of a mentor change them. Each trigger locks the teachers
first: so two transactions that change the same mentor's records follow each other, and the second
sees what the first wrote.
"""

import django.db.models.deletion
from django.db import migrations, models

# What each provider sees of these teachers that others declared (docs/lead-provider-api.md, "Who
# sees what"), as SharedDeclaration says.
_SEEN = """
CREATE FUNCTION declarations_seen_of_others(teachers bigint[])
RETURNS TABLE (lead_provider_id bigint, declaration_id uuid, cohort_id bigint, created_at timestamptz)
LANGUAGE sql STABLE AS $body$
    SELECT latest.lead_provider_id, declaration.id, declaration.cohort_id, declaration.created_at
    FROM (
        SELECT DISTINCT ON (teacher_id, lead_provider_id) teacher_id, lead_provider_id, finished_on
        FROM declarations_trainingperiod
        WHERE teacher_id = ANY (teachers) AND mentor_id IS NOT NULL AND partnership_id IS NOT NULL
        ORDER BY teacher_id, lead_provider_id, started_on DESC, id DESC
    ) AS latest
    JOIN declarations_declaration AS declaration
        ON declaration.teacher_id = latest.teacher_id
        AND declaration.lead_provider_id <> latest.lead_provider_id
    WHERE declaration.course_identifier = 'ecf-mentor'
        AND declaration.state IN ('submitted', 'eligible', 'payable', 'paid')
        AND (
            latest.finished_on IS NULL
            OR latest.finished_on > (declaration.declaration_date AT TIME ZONE 'Europe/London')::date
        )
$body$
"""
_SHARE = """
CREATE FUNCTION declarations_share(teachers bigint[]) RETURNS void LANGUAGE plpgsql AS $body$BEGIN
    IF teachers = '{}' THEN
        RETURN;
    END IF;
    PERFORM FROM schools_teacher WHERE id = ANY (teachers) ORDER BY id FOR NO KEY UPDATE;
    DELETE FROM declarations_shareddeclaration AS shared
    USING declarations_declaration AS declaration
    WHERE declaration.id = shared.declaration_id AND declaration.teacher_id = ANY (teachers)
        AND NOT EXISTS (
            SELECT FROM declarations_seen_of_others(teachers) AS seen
            WHERE (seen.lead_provider_id, seen.declaration_id, seen.cohort_id, seen.created_at)
                = (shared.lead_provider_id, shared.declaration_id, shared.cohort_id, shared.created_at)
        );
    INSERT INTO declarations_shareddeclaration
        (lead_provider_id, declaration_id, cohort_id, created_at)
    SELECT * FROM declarations_seen_of_others(teachers) ON CONFLICT DO NOTHING;
END$body$
"""
_ALL = """
INSERT INTO declarations_shareddeclaration (lead_provider_id, declaration_id, cohort_id, created_at)
SELECT * FROM declarations_seen_of_others(
    ARRAY(SELECT DISTINCT teacher_id FROM declarations_trainingperiod WHERE mentor_id IS NOT NULL)
)
"""
_TRAINING = "teacher_id, lead_provider_id, mentor_id, partnership_id, started_on, finished_on"
_DECLARATION = (
    "teacher_id, lead_provider_id, course_identifier, cohort_id, created_at, declaration_date,"
    " state IN ('submitted', 'eligible', 'payable', 'paid')"
)
_ROWS = {
    "insert": ("NEW TABLE AS came", "SELECT teacher_id FROM came WHERE {about_a_mentor}"),
    "update": (
        "OLD TABLE AS gone NEW TABLE AS came",
        "SELECT unnest(ARRAY[gone.teacher_id, came.teacher_id])"
        " FROM (SELECT id, teacher_id, {about_a_mentor} AS about, ROW({shown}) AS shown FROM gone) gone"
        " JOIN (SELECT id, teacher_id, {about_a_mentor} AS about, ROW({shown}) AS shown FROM came) came"
        " USING (id)"
        " WHERE gone.shown IS DISTINCT FROM came.shown AND (gone.about OR came.about)",
    ),
    "delete": ("OLD TABLE AS gone", "SELECT teacher_id FROM gone WHERE {about_a_mentor}"),
}


def _shared_after(table: str, operation: str, about_a_mentor: str, shown: str) -> migrations.RunSQL:
    """A trigger: what is shared of the mentors in the changed rows of a table is found anew.

    An update counts only if it changes what is `shown`: columns and conditions, with commas.
    """
    rows, teachers = _ROWS[operation]
    teachers = teachers.format(about_a_mentor=about_a_mentor, shown=shown)
    name = f"{table}_{operation}_shares"
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$BEGIN
            PERFORM declarations_share(ARRAY({teachers}));
            RETURN NULL;
        END$body$;
        CREATE TRIGGER {name} AFTER {operation} ON {table} REFERENCING {rows}
            FOR EACH STATEMENT EXECUTE FUNCTION {name}();
        """,
        f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0018_tutors_noticed_by_day"),
    ]

    operations = [
        migrations.CreateModel(
            name="SharedDeclaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "cohort",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="declarations.cohort",
                    ),
                ),
                (
                    "declaration",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared",
                        to="declarations.declaration",
                    ),
                ),
                (
                    "lead_provider",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="declarations.leadprovider",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["lead_provider", "created_at", "declaration"],
                        name="shareddeclaration_paging",
                    ),
                    models.Index(
                        fields=["lead_provider", "cohort", "created_at", "declaration"],
                        name="shareddeclaration_of_cohort",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("declaration", "lead_provider"), name="shareddeclaration_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(_SEEN, "DROP FUNCTION declarations_seen_of_others(bigint[])"),
        migrations.RunSQL(_SHARE, "DROP FUNCTION declarations_share(bigint[])"),
        *(
            _shared_after(
                "declarations_trainingperiod", operation, "mentor_id IS NOT NULL", _TRAINING
            )
            for operation in ("insert", "update", "delete")
        ),
        # The rows of a deleted declaration are deleted with it.
        *(
            _shared_after(
                "declarations_declaration",
                operation,
                "course_identifier = 'ecf-mentor'",
                _DECLARATION,
            )
            for operation in ("insert", "update")
        ),
        migrations.RunSQL(_ALL, migrations.RunSQL.noop),
    ]
