"""What another school told us of a mentor’s last day."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0009_emails_about_training"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="mentoratschool",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="mentoratschool",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="mentoratschool",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="mentoratschool",
            name="reported_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="The school that told us of a last day here.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.school",
            ),
        ),
        migrations.AddField(
            model_name="mentoratschool",
            name="reported_finished_on",
            field=models.DateField(
                blank=True,
                editable=False,
                help_text="The day after their last day here, as another school has told us.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="mentoratschoolevent",
            name="reported_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                help_text="The school that told us of a last day here.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="schools.school",
            ),
        ),
        migrations.AddField(
            model_name="mentoratschoolevent",
            name="reported_finished_on",
            field=models.DateField(
                blank=True,
                editable=False,
                help_text="The day after their last day here, as another school has told us.",
                null=True,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mentoratschool",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_mentoratschoolevent" ("created_at", "email", "finished_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reported_by_id", "reported_finished_on", "school_id", "started_on", "teacher_id") SELECT new_values."created_at", new_values."email", new_values."finished_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."reported_by_id", new_values."reported_finished_on", new_values."school_id", new_values."started_on", new_values."teacher_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="28f8a907fe01c9e575ea06c21364e770f69a8f64",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_37efe",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="schools_mentoratschool",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mentoratschool",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_mentoratschoolevent" ("created_at", "email", "finished_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reported_by_id", "reported_finished_on", "school_id", "started_on", "teacher_id") SELECT new_values."created_at", new_values."email", new_values."finished_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."reported_by_id", new_values."reported_finished_on", new_values."school_id", new_values."started_on", new_values."teacher_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."finished_on" IS DISTINCT FROM (new_values."finished_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."reported_by_id" IS DISTINCT FROM (new_values."reported_by_id") OR old_values."reported_finished_on" IS DISTINCT FROM (new_values."reported_finished_on") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id") OR old_values."started_on" IS DISTINCT FROM (new_values."started_on") OR old_values."teacher_id" IS DISTINCT FROM (new_values."teacher_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="69a5600719266f019813fa94cbdf31b71620dd56",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8ffed",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="schools_mentoratschool",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mentoratschool",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_mentoratschoolevent" ("created_at", "email", "finished_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reported_by_id", "reported_finished_on", "school_id", "started_on", "teacher_id") SELECT old_values."created_at", old_values."email", old_values."finished_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."reported_by_id", old_values."reported_finished_on", old_values."school_id", old_values."started_on", old_values."teacher_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d4b0c6ff7220a1b014864be5e70d59d2d7cc82e7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fe6c1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="schools_mentoratschool",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="mentoratschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reported_by__isnull", True), ("reported_finished_on__isnull", True)),
                    models.Q(
                        ("reported_by__isnull", False),
                        ("reported_finished_on__gt", models.F("started_on")),
                        ("reported_finished_on__isnull", False),
                        models.Q(("reported_by", models.F("school")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="mentoratschool_reported_leaving",
                violation_error_message="Another school tells us of a last day after the start.",
            ),
        ),
    ]
