"""What triggers keep for the lists of lead providers: `ProviderMentorship`.

Which mentorships are of ECTs whom a provider trains, which mentorships and training of ECTs change.
"""

from django.db import migrations

from core.updated_at import after_change
from schools.kept_rows import follows_ids, has_locks, keeps_rows, lock_in

_TRAINING, _MENTORSHIP = "declarations_trainingperiod", "mentors_mentorship"
_LOCKS = "mentors_lockofect"

# The mentorships of these ECTs, and each provider whose latest training of the ECT, in a
# partnership, is in that time at the school.
_FOUND = """
CREATE FUNCTION mentors_providermentorships(teachers bigint[])
RETURNS TABLE (
    lead_provider_id bigint,
    mentorship_id bigint,
    ect_teacher_id bigint,
    mentor_teacher_id bigint,
    finished_on date,
    created_at timestamptz,
    participant_id uuid
)
LANGUAGE sql STABLE AS $body$
    SELECT latest.lead_provider_id, mentorship.id, mentorship.ect_teacher_id,
        mentorship.mentor_teacher_id, mentorship.finished_on, mentor.created_at,
        mentor.participant_id
    FROM (
        SELECT DISTINCT ON (teacher_id, lead_provider_id) lead_provider_id, ect_id
        FROM declarations_trainingperiod
        WHERE teacher_id = ANY (teachers) AND ect_id IS NOT NULL AND partnership_id IS NOT NULL
        ORDER BY teacher_id, lead_provider_id, started_on DESC, id DESC
    ) AS latest
    JOIN mentors_mentorship AS mentorship ON mentorship.ect_id = latest.ect_id
    JOIN schools_teacher AS mentor ON mentor.id = mentorship.mentor_teacher_id
$body$
"""


def _keeping(source: str, operation: str, ects: str, of: tuple[str, ...]) -> migrations.RunSQL:
    """A trigger: the rows of these ECTs, a column of `source`, are found anew."""
    name = f"{source}_{operation.lower()}_keeps_mentorships"
    act = f"""
        PERFORM mentors_keep_providermentorships(
            ARRAY(SELECT DISTINCT {ects} FROM ({{changed}}) AS changed WHERE ect_id IS NOT NULL)
        );
    """
    return after_change(name, source, operation, of, act)


_OPERATIONS = ("INSERT", "UPDATE", "DELETE")


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0003_kept_by_triggers"),
        ("mentors", "0002_keys"),
    ]

    operations = [
        migrations.RunSQL(_FOUND, "DROP FUNCTION mentors_providermentorships(bigint[])"),
        has_locks(_LOCKS),
        keeps_rows(
            "mentors_keep_providermentorships",
            "mentors_providermentorship",
            "mentors_providermentorships",
            # Who records that an ECT leaves locks their record, and then the mentorship.
            lock=lock_in(_LOCKS),
            of="ect_teacher_id",
            key=("mentorship_id", "lead_provider_id"),
            copies=(
                "ect_teacher_id",
                "mentor_teacher_id",
                "finished_on",
                "created_at",
                "participant_id",
            ),
        ),
        *(
            _keeping(
                _MENTORSHIP,
                operation,
                "ect_teacher_id",
                ("ect_id", "ect_teacher_id", "mentor_teacher_id", "finished_on"),
            )
            for operation in _OPERATIONS
        ),
        *(
            _keeping(
                _TRAINING,
                operation,
                "teacher_id",
                ("teacher_id", "lead_provider_id", "ect_id", "partnership_id", "started_on"),
            )
            for operation in _OPERATIONS
        ),
        follows_ids(
            "schools_teacher_update_keeps_mentorships",
            "mentors_keep_providermentorships(ARRAY("
            "SELECT ect_teacher_id FROM mentors_mentorship WHERE mentor_teacher_id = NEW.id))",
        ),
    ]
