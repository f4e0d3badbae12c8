"""Who works with whom, training that waits, and what the provider contract shows of the records.

Two keys of declarations make way here; 0005 adds what takes their place.
"""

import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.periods import composite_foreign_key


def _dropped(name: str, columns: str, parent_columns: str) -> migrations.RunSQL:
    key = composite_foreign_key(
        "declarations_declaration", name, columns, "declarations_trainingperiod", parent_columns
    )
    return migrations.RunSQL(key.reverse_sql, key.sql)


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0003_searchable_names"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("schools", "0005_public_ids_and_moments"),
    ]

    operations = [
        _dropped(
            "declaration_of_training_period",
            "training_period_id, teacher_id, lead_provider_id",
            "id, teacher_id, lead_provider_id",
        ),
        _dropped(
            "declaration_cohort_of_training_period",
            "training_period_id, cohort_id",
            "id, cohort_id",
        ),
        migrations.CreateModel(
            name="LeadProviderDeliveryPartnership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery partner of a lead provider",
                "verbose_name_plural": "delivery partners of lead providers",
                "ordering": (
                    "-cohort__start_year",
                    "lead_provider__name",
                    "delivery_partner__name",
                ),
            },
        ),
        migrations.CreateModel(
            name="LeadProviderDeliveryPartnershipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="declaration",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="declaration",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="declaration",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="deliverypartner",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="deliverypartner",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="deliverypartner",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="schoolpartnership",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="schoolpartnership",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="schoolpartnership",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="schoolyear",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="trainingperiod",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="trainingperiod",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="trainingperiod",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="declaration",
            name="declaration_one_counting",
        ),
        migrations.RemoveConstraint(
            model_name="trainingperiod",
            name="trainingperiod_withdrawn_finished",
        ),
        migrations.RemoveConstraint(
            model_name="trainingperiod",
            name="trainingperiod_ended_with_reason",
        ),
        migrations.RemoveConstraint(
            model_name="trainingperiod",
            name="trainingperiod_key",
        ),
        migrations.RemoveConstraint(
            model_name="trainingperiod",
            name="trainingperiod_cohort_key",
        ),
        migrations.AddField(
            model_name="declaration",
            name="course_identifier",
            field=models.CharField(
                choices=[
                    ("ecf-mentor", "Mentor training"),
                    ("ecf-induction", "Training of early career teachers"),
                ],
                default="ecf-mentor",
                editable=False,
                max_length=20,
                verbose_name="course",
            ),
        ),
        migrations.AddField(
            model_name="declaration",
            name="partnership",
            field=models.ForeignKey(
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="declarations",
                to="declarations.schoolpartnership",
            ),
        ),
        migrations.AddField(
            model_name="declarationevent",
            name="course_identifier",
            field=models.CharField(
                choices=[
                    ("ecf-mentor", "Mentor training"),
                    ("ecf-induction", "Training of early career teachers"),
                ],
                default="ecf-mentor",
                editable=False,
                max_length=20,
                verbose_name="course",
            ),
        ),
        migrations.AddField(
            model_name="deliverypartner",
            name="created_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), editable=False
            ),
        ),
        migrations.AddField(
            model_name="deliverypartner",
            name="updated_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), db_index=True, editable=False
            ),
        ),
        migrations.AddField(
            model_name="deliverypartnerevent",
            name="created_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), editable=False
            ),
        ),
        migrations.AddField(
            model_name="schoolpartnership",
            name="created_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), editable=False
            ),
        ),
        migrations.AddField(
            model_name="schoolpartnership",
            name="public_id",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                editable=False,
                help_text="The partnership's id that lead providers know.",
                unique=True,
            ),
        ),
        migrations.AddField(
            model_name="schoolpartnership",
            name="updated_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), editable=False
            ),
        ),
        migrations.AddField(
            model_name="schoolpartnershipevent",
            name="created_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), editable=False
            ),
        ),
        migrations.AddField(
            model_name="schoolpartnershipevent",
            name="public_id",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                editable=False,
                help_text="The partnership's id that lead providers know.",
            ),
        ),
        migrations.AddField(
            model_name="schoolyear",
            name="updated_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                editable=False,
                help_text="When what lead providers read of the school in this year last changed.",
            ),
        ),
        migrations.AddField(
            model_name="trainingperiod",
            name="deferred_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("bereavement", "Bereavement"),
                    ("long-term-sickness", "Long-term sickness"),
                    ("parental-leave", "Parental leave"),
                    ("career-break", "Career break"),
                    ("other", "Other"),
                ],
                max_length=40,
            ),
        ),
        migrations.AddField(
            model_name="trainingperiod",
            name="finished_on_before_completion",
            field=models.DateField(
                blank=True,
                editable=False,
                help_text="The end that a period had before a completion ended it, if any.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="trainingperiod",
            name="withdrawn_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("left-teaching-profession", "Left the teaching profession"),
                    ("moved-school", "Moved school"),
                    ("mentor-no-longer-being-mentor", "No longer a mentor"),
                    ("switched-to-school-led", "The school delivers its own programme now"),
                    ("changed-lead-provider", "Changed lead provider"),
                    ("other", "Other"),
                ],
                max_length=40,
            ),
        ),
        migrations.AddField(
            model_name="trainingperiodevent",
            name="deferred_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("bereavement", "Bereavement"),
                    ("long-term-sickness", "Long-term sickness"),
                    ("parental-leave", "Parental leave"),
                    ("career-break", "Career break"),
                    ("other", "Other"),
                ],
                max_length=40,
            ),
        ),
        migrations.AddField(
            model_name="trainingperiodevent",
            name="finished_on_before_completion",
            field=models.DateField(
                blank=True,
                editable=False,
                help_text="The end that a period had before a completion ended it, if any.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="trainingperiodevent",
            name="withdrawn_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("left-teaching-profession", "Left the teaching profession"),
                    ("moved-school", "Moved school"),
                    ("mentor-no-longer-being-mentor", "No longer a mentor"),
                    ("switched-to-school-led", "The school delivers its own programme now"),
                    ("changed-lead-provider", "Changed lead provider"),
                    ("other", "Other"),
                ],
                max_length=40,
            ),
        ),
        migrations.AlterField(
            model_name="trainingperiod",
            name="cohort",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="training_periods",
                to="declarations.cohort",
            ),
        ),
        migrations.AlterField(
            model_name="trainingperiod",
            name="deferred_at",
            field=models.DateTimeField(
                blank=True, help_text="When the provider deferred them. Ends the period.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="trainingperiod",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("left_school", "They left the school"),
                    ("changed_lead_provider", "The school changed the lead provider"),
                    ("completed", "They completed their training"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="trainingperiod",
            name="lead_provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="training_periods",
                to="declarations.leadprovider",
            ),
        ),
        migrations.AlterField(
            model_name="trainingperiod",
            name="partnership",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty while the training waits for the school's partnership with the provider.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="training_periods",
                to="declarations.schoolpartnership",
            ),
        ),
        migrations.AlterField(
            model_name="trainingperiod",
            name="withdrawn_at",
            field=models.DateTimeField(
                blank=True, help_text="When the provider withdrew them. Ends the period.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="trainingperiodevent",
            name="cohort",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="declarations.cohort",
            ),
        ),
        migrations.AlterField(
            model_name="trainingperiodevent",
            name="deferred_at",
            field=models.DateTimeField(
                blank=True, help_text="When the provider deferred them. Ends the period.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="trainingperiodevent",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("left_school", "They left the school"),
                    ("changed_lead_provider", "The school changed the lead provider"),
                    ("completed", "They completed their training"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="trainingperiodevent",
            name="lead_provider",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="declarations.leadprovider",
            ),
        ),
        migrations.AlterField(
            model_name="trainingperiodevent",
            name="partnership",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="Empty while the training waits for the school's partnership with the provider.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="declarations.schoolpartnership",
            ),
        ),
        migrations.AlterField(
            model_name="trainingperiodevent",
            name="withdrawn_at",
            field=models.DateTimeField(
                blank=True, help_text="When the provider withdrew them. Ends the period.", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="schoolpartnership",
            index=models.Index(fields=["updated_at"], name="schoolpartnership_updated"),
        ),
        migrations.AddIndex(
            model_name="schoolyear",
            index=models.Index(fields=["updated_at"], name="schoolyear_updated"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_declarationevent" ("cohort_id", "course_identifier", "created_at", "declaration_date", "declaration_type", "delivery_partner_id", "evidence_held", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teacher_id", "training_period_id") SELECT new_values."cohort_id", new_values."course_identifier", new_values."created_at", new_values."declaration_date", new_values."declaration_type", new_values."delivery_partner_id", new_values."evidence_held", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."teacher_id", new_values."training_period_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="62021349ad15c5e375d7c67709508bd26e206ab0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3a5fc",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="declarations_declaration",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_declarationevent" ("cohort_id", "course_identifier", "created_at", "declaration_date", "declaration_type", "delivery_partner_id", "evidence_held", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teacher_id", "training_period_id") SELECT new_values."cohort_id", new_values."course_identifier", new_values."created_at", new_values."declaration_date", new_values."declaration_type", new_values."delivery_partner_id", new_values."evidence_held", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."teacher_id", new_values."training_period_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."cohort_id" IS DISTINCT FROM (new_values."cohort_id") OR old_values."course_identifier" IS DISTINCT FROM (new_values."course_identifier") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."declaration_date" IS DISTINCT FROM (new_values."declaration_date") OR old_values."declaration_type" IS DISTINCT FROM (new_values."declaration_type") OR old_values."delivery_partner_id" IS DISTINCT FROM (new_values."delivery_partner_id") OR old_values."evidence_held" IS DISTINCT FROM (new_values."evidence_held") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."lead_provider_id" IS DISTINCT FROM (new_values."lead_provider_id") OR old_values."teacher_id" IS DISTINCT FROM (new_values."teacher_id") OR old_values."training_period_id" IS DISTINCT FROM (new_values."training_period_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="cb58635a9b63346e06ae7503d319f932d01a9920",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_11bef",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="declarations_declaration",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_declarationevent" ("cohort_id", "course_identifier", "created_at", "declaration_date", "declaration_type", "delivery_partner_id", "evidence_held", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teacher_id", "training_period_id") SELECT old_values."cohort_id", old_values."course_identifier", old_values."created_at", old_values."declaration_date", old_values."declaration_type", old_values."delivery_partner_id", old_values."evidence_held", old_values."id", old_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."teacher_id", old_values."training_period_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="65bc48de3f2ae295dfd247559a7389c1254e3545",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_aefae",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="declarations_declaration",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deliverypartner",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_deliverypartnerevent" ("created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") SELECT new_values."created_at", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="11d6ae19bea9dc081ae3705ca7c297eee8e4a9eb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0a52e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="declarations_deliverypartner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deliverypartner",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_deliverypartnerevent" ("created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") SELECT new_values."created_at", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5e30d587e7e8237c837c6a331f68314bd33c4c68",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_77074",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="declarations_deliverypartner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deliverypartner",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_deliverypartnerevent" ("created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") SELECT old_values."created_at", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e567f80ad58e46960b7e80088f82cb5115d564de",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_30679",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="declarations_deliverypartner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolpartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_schoolpartnershipevent" ("cohort_id", "created_at", "delivery_partner_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "school_year_id") SELECT new_values."cohort_id", new_values."created_at", new_values."delivery_partner_id", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."school_id", new_values."school_year_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="bafc5c13fa076ede6fd199eba2ff76a1f8dfd7c1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7c751",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="declarations_schoolpartnership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolpartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_schoolpartnershipevent" ("cohort_id", "created_at", "delivery_partner_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "school_year_id") SELECT new_values."cohort_id", new_values."created_at", new_values."delivery_partner_id", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."school_id", new_values."school_year_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."cohort_id" IS DISTINCT FROM (new_values."cohort_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."delivery_partner_id" IS DISTINCT FROM (new_values."delivery_partner_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."lead_provider_id" IS DISTINCT FROM (new_values."lead_provider_id") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id") OR old_values."school_year_id" IS DISTINCT FROM (new_values."school_year_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ae3fa9f79bda5c0d224365e856615c5f9f2cc3f8",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_87b0c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="declarations_schoolpartnership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolpartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_schoolpartnershipevent" ("cohort_id", "created_at", "delivery_partner_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "school_year_id") SELECT old_values."cohort_id", old_values."created_at", old_values."delivery_partner_id", old_values."id", old_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."school_id", old_values."school_year_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1cf89012732b51669573b52ad6616b7048b3d075",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_737df",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="declarations_schoolpartnership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolyear",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_schoolyearevent" ("appropriate_body", "cohort_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "school_id") SELECT new_values."appropriate_body", new_values."cohort_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."programme", new_values."school_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."appropriate_body" IS DISTINCT FROM (new_values."appropriate_body") OR old_values."cohort_id" IS DISTINCT FROM (new_values."cohort_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."programme" IS DISTINCT FROM (new_values."programme") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a1dd1900d3b9070cdc1da835846278416617ea82",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_05ebd",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="declarations_schoolyear",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trainingperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_trainingperiodevent" ("cohort_id", "deferred_at", "deferred_reason", "ect_id", "end_reason", "finished_on", "finished_on_before_completion", "id", "lead_provider_id", "mentor_id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "started_on", "teacher_id", "withdrawn_at", "withdrawn_reason") SELECT new_values."cohort_id", new_values."deferred_at", new_values."deferred_reason", new_values."ect_id", new_values."end_reason", new_values."finished_on", new_values."finished_on_before_completion", new_values."id", new_values."lead_provider_id", new_values."mentor_id", new_values."partnership_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."school_id", new_values."started_on", new_values."teacher_id", new_values."withdrawn_at", new_values."withdrawn_reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2a45b5516a653a0110c2c34820556b7695daaecf",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d889e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="declarations_trainingperiod",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trainingperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_trainingperiodevent" ("cohort_id", "deferred_at", "deferred_reason", "ect_id", "end_reason", "finished_on", "finished_on_before_completion", "id", "lead_provider_id", "mentor_id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "started_on", "teacher_id", "withdrawn_at", "withdrawn_reason") SELECT new_values."cohort_id", new_values."deferred_at", new_values."deferred_reason", new_values."ect_id", new_values."end_reason", new_values."finished_on", new_values."finished_on_before_completion", new_values."id", new_values."lead_provider_id", new_values."mentor_id", new_values."partnership_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."school_id", new_values."started_on", new_values."teacher_id", new_values."withdrawn_at", new_values."withdrawn_reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."cohort_id" IS DISTINCT FROM (new_values."cohort_id") OR old_values."deferred_at" IS DISTINCT FROM (new_values."deferred_at") OR old_values."deferred_reason" IS DISTINCT FROM (new_values."deferred_reason") OR old_values."ect_id" IS DISTINCT FROM (new_values."ect_id") OR old_values."end_reason" IS DISTINCT FROM (new_values."end_reason") OR old_values."finished_on" IS DISTINCT FROM (new_values."finished_on") OR old_values."finished_on_before_completion" IS DISTINCT FROM (new_values."finished_on_before_completion") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."lead_provider_id" IS DISTINCT FROM (new_values."lead_provider_id") OR old_values."mentor_id" IS DISTINCT FROM (new_values."mentor_id") OR old_values."partnership_id" IS DISTINCT FROM (new_values."partnership_id") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id") OR old_values."started_on" IS DISTINCT FROM (new_values."started_on") OR old_values."teacher_id" IS DISTINCT FROM (new_values."teacher_id") OR old_values."withdrawn_at" IS DISTINCT FROM (new_values."withdrawn_at") OR old_values."withdrawn_reason" IS DISTINCT FROM (new_values."withdrawn_reason")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="44b35f8f39a2f16597ced7d972e3854753ec3972",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_900a7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="declarations_trainingperiod",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trainingperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_trainingperiodevent" ("cohort_id", "deferred_at", "deferred_reason", "ect_id", "end_reason", "finished_on", "finished_on_before_completion", "id", "lead_provider_id", "mentor_id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "started_on", "teacher_id", "withdrawn_at", "withdrawn_reason") SELECT old_values."cohort_id", old_values."deferred_at", old_values."deferred_reason", old_values."ect_id", old_values."end_reason", old_values."finished_on", old_values."finished_on_before_completion", old_values."id", old_values."lead_provider_id", old_values."mentor_id", old_values."partnership_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."school_id", old_values."started_on", old_values."teacher_id", old_values."withdrawn_at", old_values."withdrawn_reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="95c256c6aaf2abc36dec57778c0f753231d43030",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a7406",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="declarations_trainingperiod",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["submitted", "eligible", "payable", "paid"])),
                fields=("teacher", "course_identifier", "declaration_type"),
                name="declaration_one_counting",
                violation_error_message="A declaration of this type already counts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(("course_identifier__in", ["ecf-mentor", "ecf-induction"])),
                name="declaration_course",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_reason", ""),
                    models.Q(
                        ("end_reason__in", ["left_school", "changed_lead_provider", "completed"]),
                        ("finished_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="trainingperiod_ended_with_reason",
                violation_error_message="Only a training period that ends has a reason for it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_on_before_completion__isnull", True),
                    ("end_reason", "completed"),
                    _connector="OR",
                ),
                name="trainingperiod_end_before_completion",
                violation_error_message="Only a completion keeps the end that was there before.",
            ),
        ),
        migrations.AddField(
            model_name="trainingperiod",
            name="course_identifier",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(mentor__isnull=False, then=models.Value("ecf-mentor")),
                    default=models.Value("ecf-induction"),
                ),
                output_field=models.CharField(max_length=20),
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingperiod",
            constraint=models.UniqueConstraint(
                fields=("id", "teacher", "lead_provider", "course_identifier"),
                name="trainingperiod_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingperiod",
            constraint=models.UniqueConstraint(
                fields=("id", "partnership", "cohort"), name="trainingperiod_partnership_key"
            ),
        ),
        migrations.AddField(
            model_name="leadproviderdeliverypartnership",
            name="cohort",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delivery_partnerships",
                to="declarations.cohort",
            ),
        ),
        migrations.AddField(
            model_name="leadproviderdeliverypartnership",
            name="delivery_partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delivery_partnerships",
                to="declarations.deliverypartner",
            ),
        ),
        migrations.AddField(
            model_name="leadproviderdeliverypartnership",
            name="lead_provider",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delivery_partnerships",
                to="declarations.leadprovider",
            ),
        ),
        migrations.AddField(
            model_name="leadproviderdeliverypartnershipevent",
            name="cohort",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="declarations.cohort",
            ),
        ),
        migrations.AddField(
            model_name="leadproviderdeliverypartnershipevent",
            name="delivery_partner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="declarations.deliverypartner",
            ),
        ),
        migrations.AddField(
            model_name="leadproviderdeliverypartnershipevent",
            name="lead_provider",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="declarations.leadprovider",
            ),
        ),
        migrations.AddField(
            model_name="leadproviderdeliverypartnershipevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="leadproviderdeliverypartnershipevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="declarations.leadproviderdeliverypartnership",
            ),
        ),
        migrations.AddConstraint(
            model_name="leadproviderdeliverypartnership",
            constraint=models.UniqueConstraint(
                fields=("lead_provider", "delivery_partner", "cohort"),
                name="leadproviderdeliverypartnership_once",
                violation_error_message="These two work together in this academic year already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leadproviderdeliverypartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_leadproviderdeliverypartnershipevent" ("cohort_id", "delivery_partner_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."cohort_id", new_values."delivery_partner_id", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a3e3f8177aee119c15ff7e80cce2785ec97ca438",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5ed78",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="declarations_leadproviderdeliverypartnership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leadproviderdeliverypartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_leadproviderdeliverypartnershipevent" ("cohort_id", "delivery_partner_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."cohort_id", new_values."delivery_partner_id", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="412f346f6cd4a188bad5de0e1ad083fd83095946",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_086f9",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="declarations_leadproviderdeliverypartnership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leadproviderdeliverypartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_leadproviderdeliverypartnershipevent" ("cohort_id", "delivery_partner_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."cohort_id", old_values."delivery_partner_id", old_values."id", old_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6d561c4238230c7132b491b44c63cdaf2c0225ce",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6470d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="declarations_leadproviderdeliverypartnership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leadproviderdeliverypartnershipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="706496efb84aa05709c8567abba7ecd81788b615",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuse_truncate_e9209",
                    table="declarations_leadproviderdeliverypartnershipevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leadproviderdeliverypartnershipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d30cc4b1b91bdef3e75f0c17b5d322894ff1c810",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_09b79",
                    table="declarations_leadproviderdeliverypartnershipevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
