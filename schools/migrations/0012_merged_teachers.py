"""Merged records of teachers, whose ids stay known; a merge moves what providers read."""

import django.core.serializers.json
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from core.updated_at import touches


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("schools", "0011_search_by_staff"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerPublicId",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(unique=True)),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="FormerPublicIdEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TeacherMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "former_id",
                    models.BigIntegerField(
                        help_text="The number of the record that went, in admin's old addresses.",
                        unique=True,
                    ),
                ),
                (
                    "participant_id",
                    models.UUIDField(help_text="That of the record that went.", unique=True),
                ),
                (
                    "into_participant_id",
                    models.UUIDField(help_text="That of the record it was merged into."),
                ),
                ("mentor_training_record_id", models.UUIDField(unique=True)),
                ("trn", models.CharField(max_length=7, unique=True, verbose_name="TRN")),
                ("name", models.CharField(max_length=200)),
                ("date_of_birth", models.DateField()),
                ("merged_at", models.DateTimeField()),
                (
                    "by",
                    models.CharField(
                        help_text="A kind and an id, such as “user 12”.", max_length=100
                    ),
                ),
                (
                    "rows",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Each row that the merge changed: its model, its id, and what became of it.",
                    ),
                ),
            ],
            options={
                "verbose_name": "merged record of a teacher",
                "verbose_name_plural": "merged records of teachers",
                "ordering": ("-merged_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="TeacherMergeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "former_id",
                    models.BigIntegerField(
                        help_text="The number of the record that went, in admin's old addresses."
                    ),
                ),
                ("participant_id", models.UUIDField(help_text="That of the record that went.")),
                (
                    "into_participant_id",
                    models.UUIDField(help_text="That of the record it was merged into."),
                ),
                ("mentor_training_record_id", models.UUIDField()),
                ("trn", models.CharField(max_length=7, verbose_name="TRN")),
                ("name", models.CharField(max_length=200)),
                ("date_of_birth", models.DateField()),
                ("merged_at", models.DateTimeField()),
                (
                    "by",
                    models.CharField(
                        help_text="A kind and an id, such as “user 12”.", max_length=100
                    ),
                ),
                (
                    "rows",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Each row that the merge changed: its model, its id, and what became of it.",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teacher",
            trigger=pgtrigger.compiler.Trigger(
                name="has_no_merged_ids",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (SELECT FROM schools_teachermerge AS merged JOIN came ON came.trn = merged.trn) OR EXISTS (SELECT FROM schools_teachermerge AS merged JOIN came ON came.participant_id = merged.participant_id) OR EXISTS (SELECT FROM schools_teachermerge AS merged JOIN came ON came.mentor_training_record_id = merged.mentor_training_record_id) THEN\n            RAISE EXCEPTION 'this TRN or id is that of a record that was merged into another'\n                USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;\n        END IF;\n        RETURN NULL;\n    ",
                    hash="90d986020a77adf6e51ebcc56029ba3f63d4a971",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_has_no_merged_ids_589d4",
                    referencing="REFERENCING NEW TABLE AS came ",
                    table="schools_teacher",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teacher",
            trigger=pgtrigger.compiler.Trigger(
                name="gets_no_merged_ids",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (SELECT FROM schools_teachermerge WHERE trn = NEW.trn OR participant_id = NEW.participant_id OR mentor_training_record_id = NEW.mentor_training_record_id) THEN\n            RAISE EXCEPTION 'this TRN or id is that of a record that was merged into another'\n                USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;\n        END IF;\n        RETURN NULL;\n    ",
                    hash="908d28bb9804e952ea195e7cb6f1aa2b1b327ae5",
                    operation='UPDATE OF "trn", "participant_id", "mentor_training_record_id"',
                    pgid="pgtrigger_gets_no_merged_ids_54f1a",
                    table="schools_teacher",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="formerpublicid",
            name="ect",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="former_public_ids",
                to="schools.ectatschool",
                verbose_name="ECT",
            ),
        ),
        migrations.AddField(
            model_name="formerpublicid",
            name="mentor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="former_public_ids",
                to="schools.mentoratschool",
            ),
        ),
        migrations.AddField(
            model_name="formerpublicidevent",
            name="ect",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="schools.ectatschool",
                verbose_name="ECT",
            ),
        ),
        migrations.AddField(
            model_name="formerpublicidevent",
            name="mentor",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="schools.mentoratschool",
            ),
        ),
        migrations.AddField(
            model_name="formerpublicidevent",
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
            model_name="formerpublicidevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="schools.formerpublicid",
            ),
        ),
        migrations.AddField(
            model_name="teachermerge",
            name="teacher",
            field=models.ForeignKey(
                help_text="The record that stays. After a further merge, the one that stayed then.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges",
                to="schools.teacher",
            ),
        ),
        migrations.AddField(
            model_name="teachermergeevent",
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
            model_name="teachermergeevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="schools.teachermerge",
            ),
        ),
        migrations.AddField(
            model_name="teachermergeevent",
            name="teacher",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="The record that stays. After a further merge, the one that stayed then.",
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="schools.teacher",
            ),
        ),
        migrations.AddConstraint(
            model_name="formerpublicid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ect__isnull", False), ("mentor__isnull", True)),
                    models.Q(("ect__isnull", True), ("mentor__isnull", False)),
                    _connector="OR",
                ),
                name="formerpublicid_of_mentor_or_ect",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formerpublicid",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_formerpublicidevent" ("ect_id", "id", "mentor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") SELECT new_values."ect_id", new_values."id", new_values."mentor_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="015200fa4a5e520e81534e51f8eb61acc8cd57b3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9a47c",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="schools_formerpublicid",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formerpublicid",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_formerpublicidevent" ("ect_id", "id", "mentor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") SELECT new_values."ect_id", new_values."id", new_values."mentor_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a7dea848be24967663a489036c2d364fcde13b54",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b62cc",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="schools_formerpublicid",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formerpublicid",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_formerpublicidevent" ("ect_id", "id", "mentor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") SELECT old_values."ect_id", old_values."id", old_values."mentor_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c008eeb6d302bab248d76f291485581f3365a525",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_30dab",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="schools_formerpublicid",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formerpublicidevent",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="440905acf98e0633116e2cb1f6f78f0acf14bfcf",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuse_truncate_51072",
                    table="schools_formerpublicidevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formerpublicidevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="024ab0f39f8e67f28e8e2d3a4681dd75e86d84fb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ae809",
                    table="schools_formerpublicidevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teachermerge",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_teachermergeevent" ("by", "date_of_birth", "former_id", "id", "into_participant_id", "mentor_training_record_id", "merged_at", "name", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "teacher_id", "trn") SELECT new_values."by", new_values."date_of_birth", new_values."former_id", new_values."id", new_values."into_participant_id", new_values."mentor_training_record_id", new_values."merged_at", new_values."name", new_values."participant_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rows", new_values."teacher_id", new_values."trn" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="99514fbc9d417da03cd9c38fb90f3bc1df7c8358",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d083c",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="schools_teachermerge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teachermerge",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_teachermergeevent" ("by", "date_of_birth", "former_id", "id", "into_participant_id", "mentor_training_record_id", "merged_at", "name", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "teacher_id", "trn") SELECT new_values."by", new_values."date_of_birth", new_values."former_id", new_values."id", new_values."into_participant_id", new_values."mentor_training_record_id", new_values."merged_at", new_values."name", new_values."participant_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rows", new_values."teacher_id", new_values."trn" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4b5677871ba0611a4943cc0be52b04cff352efbe",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_723e5",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="schools_teachermerge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teachermerge",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_teachermergeevent" ("by", "date_of_birth", "former_id", "id", "into_participant_id", "mentor_training_record_id", "merged_at", "name", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "teacher_id", "trn") SELECT old_values."by", old_values."date_of_birth", old_values."former_id", old_values."id", old_values."into_participant_id", old_values."mentor_training_record_id", old_values."merged_at", old_values."name", old_values."participant_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rows", old_values."teacher_id", old_values."trn" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="590351fc973f467edb6051c7f871ea12235fcd66",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4aade",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="schools_teachermerge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teachermergeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="refuse_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="8b8d26e115370727ed885593836b34cd214154ab",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuse_truncate_15add",
                    table="schools_teachermergeevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teachermergeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="886916f27a0fa45a20a4df088f0dfa43bc0f1a86",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3b313",
                    table="schools_teachermergeevent",
                    when="BEFORE",
                ),
            ),
        ),
        *touches(
            "schools_teachermerge",
            "schools_teacher",
            "schools_teacher.id = changed.teacher_id",
            of=("teacher_id",),
        ),
    ]
