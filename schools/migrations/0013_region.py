"""The region of a school, as the register has it: staff count mentors by it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0012_merged_teachers"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="school",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="school",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="school",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="school",
            name="region",
            field=models.CharField(blank=True, max_length=50),
        ),
        migrations.AddField(
            model_name="schoolevent",
            name="region",
            field=models.CharField(blank=True, max_length=50),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolevent" ("closed_on", "created_at", "establishment_type", "id", "local_authority", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "postcode", "public_id", "region", "status", "street", "town", "urn") SELECT new_values."closed_on", new_values."created_at", new_values."establishment_type", new_values."id", new_values."local_authority", new_values."name", new_values."opened_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phase", new_values."postcode", new_values."public_id", new_values."region", new_values."status", new_values."street", new_values."town", new_values."urn" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0ac1a8b40488aa9e37aaec3cccc62bf3f946288c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_65445",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="schools_school",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolevent" ("closed_on", "created_at", "establishment_type", "id", "local_authority", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "postcode", "public_id", "region", "status", "street", "town", "urn") SELECT new_values."closed_on", new_values."created_at", new_values."establishment_type", new_values."id", new_values."local_authority", new_values."name", new_values."opened_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phase", new_values."postcode", new_values."public_id", new_values."region", new_values."status", new_values."street", new_values."town", new_values."urn" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."closed_on" IS DISTINCT FROM (new_values."closed_on") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."establishment_type" IS DISTINCT FROM (new_values."establishment_type") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."local_authority" IS DISTINCT FROM (new_values."local_authority") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."opened_on" IS DISTINCT FROM (new_values."opened_on") OR old_values."phase" IS DISTINCT FROM (new_values."phase") OR old_values."postcode" IS DISTINCT FROM (new_values."postcode") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."region" IS DISTINCT FROM (new_values."region") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."street" IS DISTINCT FROM (new_values."street") OR old_values."town" IS DISTINCT FROM (new_values."town") OR old_values."urn" IS DISTINCT FROM (new_values."urn")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2b6f6279f908a6beb49ab940918ba6d6ef239e49",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_792e7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="schools_school",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolevent" ("closed_on", "created_at", "establishment_type", "id", "local_authority", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "postcode", "public_id", "region", "status", "street", "town", "urn") SELECT old_values."closed_on", old_values."created_at", old_values."establishment_type", old_values."id", old_values."local_authority", old_values."name", old_values."opened_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phase", old_values."postcode", old_values."public_id", old_values."region", old_values."status", old_values."street", old_values."town", old_values."urn" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4fd08b54ca4f77caff483e39f3cb4b904fc3a462",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1ffa2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="schools_school",
                    when="AFTER",
                ),
            ),
        ),
    ]
