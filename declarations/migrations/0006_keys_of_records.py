"""The keys of who works with whom, of declarations and their partnership, and of stopped training.

A declaration is of the teacher, course and provider of its training period. Its partnership and
cohort follow when the training period's change, and the partnership is never empty.
"""

import django.db.models.deletion
from django.db import migrations, models

from core.periods import composite_foreign_key


class Migration(migrations.Migration):
    dependencies = [("declarations", "0005_fill_records_of_training")]

    operations = [
        migrations.AlterField(
            model_name="declaration",
            name="partnership",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="declarations",
                to="declarations.schoolpartnership",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                    models.Q(
                        ("finished_on__isnull", False),
                        ("withdrawn_at__isnull", False),
                        (
                            "withdrawn_reason__in",
                            [
                                "left-teaching-profession",
                                "moved-school",
                                "mentor-no-longer-being-mentor",
                                "switched-to-school-led",
                                "changed-lead-provider",
                                "other",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="trainingperiod_withdrawn",
                violation_error_message="Training that is withdrawn has a reason and an end.",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deferred_at__isnull", True), ("deferred_reason", "")),
                    models.Q(
                        ("deferred_at__isnull", False),
                        (
                            "deferred_reason__in",
                            [
                                "bereavement",
                                "long-term-sickness",
                                "parental-leave",
                                "career-break",
                                "other",
                            ],
                        ),
                        ("finished_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="trainingperiod_deferred",
                violation_error_message="Training that is deferred has a reason and an end.",
            ),
        ),
        composite_foreign_key(
            "declarations_schoolpartnership",
            "schoolpartnership_of_providers_who_work_together",
            "lead_provider_id, delivery_partner_id, cohort_id",
            "declarations_leadproviderdeliverypartnership",
            "lead_provider_id, delivery_partner_id, cohort_id",
        ),
        composite_foreign_key(
            "declarations_declaration",
            "declaration_of_training_period",
            "training_period_id, teacher_id, lead_provider_id, course_identifier",
            "declarations_trainingperiod",
            "id, teacher_id, lead_provider_id, course_identifier",
        ),
        composite_foreign_key(
            "declarations_declaration",
            "declaration_partnership_of_training_period",
            "training_period_id, partnership_id, cohort_id",
            "declarations_trainingperiod",
            "id, partnership_id, cohort_id",
            follows=True,
        ),
    ]
