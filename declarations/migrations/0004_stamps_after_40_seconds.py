"""Moments are set again at commit when they are older than 40 seconds, for all tables that have them."""

from django.db import migrations

from core.updated_at import stamps_anew

_TABLES = (
    "schools_school",
    "declarations_deliverypartner",
    "declarations_schoolpartnership",
    "declarations_schoolyear",
    "declarations_declaration",
)


class Migration(migrations.Migration):
    dependencies = [("declarations", "0003_kept_by_triggers")]

    operations = [
        *(stamps_anew(table, "updated_at") for table in _TABLES),
        stamps_anew("schools_teacher", "updated_at", "unfunded_mentor_updated_at"),
    ]
