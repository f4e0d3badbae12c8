"""Names are sorted, and found, by their searchable text: a column of its own."""

import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0003_induction_belongs_to_the_teacher"),
        ("core", "0003_searchable"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="ectatschool",
            options={
                "ordering": ("teacher__searchable_name", "started_on"),
                "verbose_name": "ECT at school",
                "verbose_name_plural": "ECTs at school",
            },
        ),
        migrations.AlterModelOptions(
            name="inductiontutor",
            options={"ordering": ("user__searchable_name", "started_on")},
        ),
        migrations.AlterModelOptions(
            name="mentoratschool",
            options={
                "ordering": ("teacher__searchable_name", "started_on"),
                "verbose_name": "mentor at school",
                "verbose_name_plural": "mentors at school",
            },
        ),
        migrations.AlterModelOptions(
            name="school",
            options={"ordering": ("searchable_name", "urn")},
        ),
        migrations.AlterModelOptions(
            name="teacher",
            options={"ordering": ("searchable_name", "trn")},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="school",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="teacher",
            name="update_update",
        ),
        migrations.AddField(
            model_name="inductiontutor",
            name="searchable_name",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("named_as"), function="searchable", output_field=models.TextField()
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="school",
            name="searchable_name",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("name"), function="searchable", output_field=models.TextField()
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="teacher",
            name="searchable_name",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("name"), function="searchable", output_field=models.TextField()
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="teacher",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["searchable_name"],
                name="teacher_searchable_name",
                opclasses=["gin_trgm_ops"],
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolevent" ("closed_on", "establishment_type", "id", "local_authority", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "postcode", "status", "street", "town", "urn") SELECT new_values."closed_on", new_values."establishment_type", new_values."id", new_values."local_authority", new_values."name", new_values."opened_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phase", new_values."postcode", new_values."status", new_values."street", new_values."town", new_values."urn" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."closed_on" IS DISTINCT FROM (new_values."closed_on") OR old_values."establishment_type" IS DISTINCT FROM (new_values."establishment_type") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."local_authority" IS DISTINCT FROM (new_values."local_authority") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."opened_on" IS DISTINCT FROM (new_values."opened_on") OR old_values."phase" IS DISTINCT FROM (new_values."phase") OR old_values."postcode" IS DISTINCT FROM (new_values."postcode") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."street" IS DISTINCT FROM (new_values."street") OR old_values."town" IS DISTINCT FROM (new_values."town") OR old_values."urn" IS DISTINCT FROM (new_values."urn")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="baec53549ad9397d3b8338576763a8e042d2f640",
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
            model_name="teacher",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_teacherevent" ("date_of_birth", "id", "induction_finished_on", "induction_started_on", "mentor_funding_eligible_from", "name", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "trn") SELECT new_values."date_of_birth", new_values."id", new_values."induction_finished_on", new_values."induction_started_on", new_values."mentor_funding_eligible_from", new_values."name", new_values."participant_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."trn" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."date_of_birth" IS DISTINCT FROM (new_values."date_of_birth") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."induction_finished_on" IS DISTINCT FROM (new_values."induction_finished_on") OR old_values."induction_started_on" IS DISTINCT FROM (new_values."induction_started_on") OR old_values."mentor_funding_eligible_from" IS DISTINCT FROM (new_values."mentor_funding_eligible_from") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."participant_id" IS DISTINCT FROM (new_values."participant_id") OR old_values."trn" IS DISTINCT FROM (new_values."trn")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b95e22d5338e5a9eb9d59178c457556908a0bc06",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bf08a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="schools_teacher",
                    when="AFTER",
                ),
            ),
        ),
    ]
