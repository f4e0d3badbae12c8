"""Gives the rows of before what 0005 asks of them."""

from django.db import migrations

_PAIRS = """
    INSERT INTO declarations_leadproviderdeliverypartnership
        (lead_provider_id, delivery_partner_id, cohort_id)
    SELECT DISTINCT lead_provider_id, delivery_partner_id, cohort_id
    FROM declarations_schoolpartnership
"""
_DECLARATIONS = """
    UPDATE declarations_declaration AS declaration
    SET partnership_id = training.partnership_id, course_identifier = training.course_identifier
    FROM declarations_trainingperiod AS training WHERE training.id = training_period_id
"""
_WITHDRAWN = """
    UPDATE declarations_trainingperiod SET withdrawn_reason = 'other'
    WHERE withdrawn_at IS NOT NULL
"""
# The day of the deferral is the last one, but no period is without a day.
_DEFERRED = """
    UPDATE declarations_trainingperiod
    SET deferred_reason = 'other',
        finished_on = LEAST(
            finished_on,
            GREATEST(started_on, (deferred_at AT TIME ZONE 'Europe/London')::date) + 1
        )
    WHERE deferred_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("declarations", "0004_records_of_training")]

    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in (_PAIRS, _DECLARATIONS, _WITHDRAWN, _DEFERRED)
    ]
