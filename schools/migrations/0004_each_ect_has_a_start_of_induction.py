"""The check that an ECT has a start of induction, once for all the rows of an INSERT."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0003_updated_at"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="ectatschool",
            name="has_start_of_induction",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ectatschool",
            trigger=pgtrigger.compiler.Trigger(
                name="has_start_of_induction",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        PERFORM FROM schools_teacher WHERE id IN (SELECT teacher_id FROM came) ORDER BY id FOR SHARE;\n        IF EXISTS (\n            SELECT FROM schools_teacher WHERE id IN (SELECT teacher_id FROM came) AND induction_started_on IS NULL\n        ) THEN\n            RAISE EXCEPTION 'the teacher of an ECT has no start of induction'\n                USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;\n        END IF;\n        RETURN NULL;\n    ",
                    hash="bee0ebaa98b53b1ef1762a4435b1681d4c2eb499",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_has_start_of_induction_559e1",
                    referencing="REFERENCING NEW TABLE AS came ",
                    table="schools_ectatschool",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ectatschool",
            trigger=pgtrigger.compiler.Trigger(
                name="gets_start_of_induction",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        PERFORM FROM schools_teacher WHERE id = NEW.teacher_id ORDER BY id FOR SHARE;\n        IF EXISTS (\n            SELECT FROM schools_teacher WHERE id = NEW.teacher_id AND induction_started_on IS NULL\n        ) THEN\n            RAISE EXCEPTION 'the teacher of an ECT has no start of induction'\n                USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;\n        END IF;\n        RETURN NULL;\n    ",
                    hash="bc60180300e5dfb9eb1651b77bdbd867eba9c84f",
                    operation='UPDATE OF "teacher_id"',
                    pgid="pgtrigger_gets_start_of_induction_1ecb7",
                    table="schools_ectatschool",
                    when="AFTER",
                ),
            ),
        ),
    ]
