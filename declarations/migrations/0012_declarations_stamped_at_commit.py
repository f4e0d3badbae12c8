"""A declaration's moment of the last change is that of the commit, whoever writes it."""

import django.db.models.functions.datetime
from django.db import migrations, models

from core.updated_at import keeps

_SHOWN = (
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
)


class Migration(migrations.Migration):
    dependencies = [("declarations", "0011_providers_lists")]

    operations = [
        keeps("declarations_declaration", "updated_at", _SHOWN),
        migrations.AlterField(
            model_name="declaration",
            name="updated_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), editable=False
            ),
        ),
    ]
