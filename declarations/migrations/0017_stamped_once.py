"""A transaction stamps the moments of all its rows of a table in one run."""

from django.db import migrations

from core.updated_at import stamps

_STAMPED = [
    stamps(f"declarations_{table}", "updated_at")
    for table in ("deliverypartner", "schoolpartnership", "schoolyear", "declaration")
]


class Migration(migrations.Migration):
    dependencies = [("declarations", "0016_found_by_cohort_and_school")]

    operations = [
        operation
        for stamp in _STAMPED
        for operation in (migrations.RunSQL(stamp.reverse_sql, stamp.sql), stamp)
    ]
