"""The tables of schools, their induction tutors, and the teachers who work there.

The models say what the rows mean. Each table stands with its constraints, indexes and triggers, and
is followed by the table of its history. All is as `makemigrations` writes it; only the order is ours.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0003_searchable'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='School',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, help_text='The `school_id` that lead providers know.', unique=True)),
                ('urn', models.PositiveIntegerField(help_text='The unique reference number: 6 digits.', unique=True, validators=[django.core.validators.MinValueValidator(100000), django.core.validators.MaxValueValidator(999999)], verbose_name='URN')),
                ('name', models.CharField(max_length=200)),
                ('searchable_name', models.GeneratedField(db_persist=True, expression=models.Func(models.F('name'), function='searchable', output_field=models.TextField()), output_field=models.TextField())),
                ('status', models.PositiveSmallIntegerField(choices=[(1, 'Open'), (2, 'Closed'), (3, 'Open, but proposed to close'), (4, 'Proposed to open')], default=1)),
                ('establishment_type', models.CharField(blank=True, max_length=100, verbose_name='type')),
                ('phase', models.CharField(blank=True, max_length=50)),
                ('local_authority', models.CharField(blank=True, max_length=100)),
                ('region', models.CharField(blank=True, max_length=50)),
                ('street', models.CharField(blank=True, max_length=200)),
                ('town', models.CharField(blank=True, max_length=100)),
                ('searchable_town', models.GeneratedField(db_persist=True, expression=models.Func(models.F('town'), function='searchable', output_field=models.TextField()), output_field=models.TextField())),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('opened_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True, editable=False, help_text='When what lead providers read of the school in every year last changed.')),
            ],
            options={
                'ordering': ('searchable_name', 'urn'),
                'indexes': [
                    models.Index(fields=['created_at', 'public_id'], name='school_oldest'),
                    django.contrib.postgres.indexes.GinIndex(fields=['searchable_name', 'searchable_town'], name='school_words', opclasses=['gin_trgm_ops', 'gin_trgm_ops']),
                    django.contrib.postgres.indexes.GistIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Lower('searchable_name'), name='gist_trgm_ops(siglen=32)'), name='school_nearest_name'),
                    models.Index(fields=['searchable_name', 'urn'], name='school_by_name'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('urn__range', (100000, 999999))), name='school_urn'),
                    models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='school_name'),
                    models.CheckConstraint(condition=models.Q(('status__in', [1, 2, 3, 4])), name='school_status'),
                    models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='school_closed_after_opened', violation_error_message='The school must close after it opens.'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='school',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolevent" ("closed_on", "created_at", "establishment_type", "id", "local_authority", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "postcode", "public_id", "region", "status", "street", "town", "urn") SELECT new_values."closed_on", new_values."created_at", new_values."establishment_type", new_values."id", new_values."local_authority", new_values."name", new_values."opened_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phase", new_values."postcode", new_values."public_id", new_values."region", new_values."status", new_values."street", new_values."town", new_values."urn" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0ac1a8b40488aa9e37aaec3cccc62bf3f946288c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_65445', referencing='REFERENCING NEW TABLE AS new_values ', table='schools_school', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='school',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolevent" ("closed_on", "created_at", "establishment_type", "id", "local_authority", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "postcode", "public_id", "region", "status", "street", "town", "urn") SELECT new_values."closed_on", new_values."created_at", new_values."establishment_type", new_values."id", new_values."local_authority", new_values."name", new_values."opened_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phase", new_values."postcode", new_values."public_id", new_values."region", new_values."status", new_values."street", new_values."town", new_values."urn" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."closed_on" IS DISTINCT FROM (new_values."closed_on") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."establishment_type" IS DISTINCT FROM (new_values."establishment_type") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."local_authority" IS DISTINCT FROM (new_values."local_authority") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."opened_on" IS DISTINCT FROM (new_values."opened_on") OR old_values."phase" IS DISTINCT FROM (new_values."phase") OR old_values."postcode" IS DISTINCT FROM (new_values."postcode") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."region" IS DISTINCT FROM (new_values."region") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."street" IS DISTINCT FROM (new_values."street") OR old_values."town" IS DISTINCT FROM (new_values."town") OR old_values."urn" IS DISTINCT FROM (new_values."urn")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2b6f6279f908a6beb49ab940918ba6d6ef239e49', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_792e7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='schools_school', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='school',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolevent" ("closed_on", "created_at", "establishment_type", "id", "local_authority", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "postcode", "public_id", "region", "status", "street", "town", "urn") SELECT old_values."closed_on", old_values."created_at", old_values."establishment_type", old_values."id", old_values."local_authority", old_values."name", old_values."opened_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phase", old_values."postcode", old_values."public_id", old_values."region", old_values."status", old_values."street", old_values."town", old_values."urn" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4fd08b54ca4f77caff483e39f3cb4b904fc3a462', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1ffa2', referencing='REFERENCING OLD TABLE AS old_values ', table='schools_school', when='AFTER')),
        ),

        migrations.CreateModel(
            name='SchoolEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.school')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('public_id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, help_text='The `school_id` that lead providers know.')),
                ('urn', models.PositiveIntegerField(help_text='The unique reference number: 6 digits.', validators=[django.core.validators.MinValueValidator(100000), django.core.validators.MaxValueValidator(999999)], verbose_name='URN')),
                ('name', models.CharField(max_length=200)),
                ('status', models.PositiveSmallIntegerField(choices=[(1, 'Open'), (2, 'Closed'), (3, 'Open, but proposed to close'), (4, 'Proposed to open')], default=1)),
                ('establishment_type', models.CharField(blank=True, max_length=100, verbose_name='type')),
                ('phase', models.CharField(blank=True, max_length=50)),
                ('local_authority', models.CharField(blank=True, max_length=100)),
                ('region', models.CharField(blank=True, max_length=50)),
                ('street', models.CharField(blank=True, max_length=200)),
                ('town', models.CharField(blank=True, max_length=100)),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('opened_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='ee1bbbcef9c4e6feb0fbed3274145b32e62e4772', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_4eb0e', table='schools_schoolevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='18517fda950e40fef3bb5ccd6588e3a5c0103593', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_42402', table='schools_schoolevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='SchoolSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='schools.school')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessions', to='schools.school')),
            ],
            options={
                'ordering': ('school__urn', 'successor__urn'),
                'constraints': [
                    models.UniqueConstraint(fields=('school', 'successor'), name='schoolsuccession_once', violation_error_message='This school is its successor already.'),
                    models.CheckConstraint(condition=models.Q(('school', models.F('successor')), _negated=True), name='schoolsuccession_of_two_schools', violation_error_message='A school cannot be its own successor.'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolsuccession',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolsuccessionevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "successor_id") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_id", new_values."successor_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0086b3da4b0137a1cf2d43930cd0be07745a0f04', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e160d', referencing='REFERENCING NEW TABLE AS new_values ', table='schools_schoolsuccession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolsuccession',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolsuccessionevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "successor_id") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_id", new_values."successor_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9c53f330119dfd7580dd5f60200d6a139a7d25fc', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_40bac', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='schools_schoolsuccession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolsuccession',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolsuccessionevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "successor_id") SELECT old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_id", old_values."successor_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='731e7fa68a7e56f834bbc071f617ecda8e6059f8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_46402', referencing='REFERENCING OLD TABLE AS old_values ', table='schools_schoolsuccession', when='AFTER')),
        ),

        migrations.CreateModel(
            name='SchoolSuccessionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.schoolsuccession')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('successor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolsuccessionevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='e3b4349fd540b7d6cd27deaef0445154e1b71b8f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_83660', table='schools_schoolsuccessionevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolsuccessionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='71e95407353dad5aebf7041b6042bc95d30dc04c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c2733', table='schools_schoolsuccessionevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='InductionTutor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_on', models.DateField(help_text='The first day.')),
                ('finished_on', models.DateField(blank=True, help_text='The day after the last day; empty while it goes on.', null=True)),
                ('period', models.GeneratedField(db_persist=True, expression=models.Func(models.F('started_on'), models.Case(models.When(finished_on__lt=models.F('started_on'), then=models.F('started_on')), default=models.F('finished_on')), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), output_field=django.contrib.postgres.fields.ranges.DateRangeField())),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='induction_tutors', to='schools.school')),
                ('source', models.CharField(choices=[('nomination', 'Nomination'), ('dfe_sign_in', 'DfE Sign-in')], default='nomination', max_length=20)),
                ('named_as', models.CharField(blank=True, help_text="The name by which they were nominated. Schools read it, not the account's name.", max_length=200)),
                ('searchable_name', models.GeneratedField(db_persist=True, expression=models.Func(models.F('named_as'), function='searchable', output_field=models.TextField()), output_field=models.TextField())),
                ('emails_about_training', models.BooleanField(db_default=True, default=True, help_text='Whether they get emails when a mentor of the school completes training. Off in one appointment at a school, it is off there.')),
                ('noticed_on', models.DateField(editable=False, help_text='The day on which the service noticed that this period had begun or was over.', null=True)),
            ],
            options={
                'ordering': ('user__searchable_name', 'started_on'),
                'abstract': False,
                'indexes': [
                    django.contrib.postgres.indexes.HashIndex(fields=['user'], name='inductiontutor_by_user'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('finished_on__isnull', True), ('finished_on__gt', models.F('started_on')), _connector='OR'), name='inductiontutor_finished_after_started', violation_error_message='The end must be after the start.'),
                    models.CheckConstraint(condition=models.Q(('source__in', ['nomination', 'dfe_sign_in'])), name='inductiontutor_source'),
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), ('school', '='), ('source', '='), ('period', '&&')], name='inductiontutor_once_at_a_time', violation_error_message='This person is an induction tutor at this school then.'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inductiontutor',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_inductiontutorevent" ("emails_about_training", "finished_on", "id", "named_as", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "source", "started_on", "user_id") SELECT new_values."emails_about_training", new_values."finished_on", new_values."id", new_values."named_as", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_id", new_values."source", new_values."started_on", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f18d1b003af17c14e995b080e4ac8fa526460193', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5349c', referencing='REFERENCING NEW TABLE AS new_values ', table='schools_inductiontutor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inductiontutor',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_inductiontutorevent" ("emails_about_training", "finished_on", "id", "named_as", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "source", "started_on", "user_id") SELECT new_values."emails_about_training", new_values."finished_on", new_values."id", new_values."named_as", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_id", new_values."source", new_values."started_on", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."emails_about_training" IS DISTINCT FROM (new_values."emails_about_training") OR old_values."finished_on" IS DISTINCT FROM (new_values."finished_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."named_as" IS DISTINCT FROM (new_values."named_as") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."started_on" IS DISTINCT FROM (new_values."started_on") OR old_values."user_id" IS DISTINCT FROM (new_values."user_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='68110af926632a25d1db29154eaf7fece022066c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e125d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='schools_inductiontutor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inductiontutor',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_inductiontutorevent" ("emails_about_training", "finished_on", "id", "named_as", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "source", "started_on", "user_id") SELECT old_values."emails_about_training", old_values."finished_on", old_values."id", old_values."named_as", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_id", old_values."source", old_values."started_on", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='70e0ef5960007da12ac1f8f58a397c31f9b0cdfc', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_17e88', referencing='REFERENCING OLD TABLE AS old_values ', table='schools_inductiontutor', when='AFTER')),
        ),

        migrations.CreateModel(
            name='InductionTutorEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.inductiontutor')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('started_on', models.DateField(help_text='The first day.')),
                ('finished_on', models.DateField(blank=True, help_text='The day after the last day; empty while it goes on.', null=True)),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('source', models.CharField(choices=[('nomination', 'Nomination'), ('dfe_sign_in', 'DfE Sign-in')], default='nomination', max_length=20)),
                ('named_as', models.CharField(blank=True, help_text="The name by which they were nominated. Schools read it, not the account's name.", max_length=200)),
                ('emails_about_training', models.BooleanField(db_default=True, default=True, help_text='Whether they get emails when a mentor of the school completes training. Off in one appointment at a school, it is off there.')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inductiontutorevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='39398730548e600d3d908b93bba864b55414bca4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_6b0ec', table='schools_inductiontutorevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inductiontutorevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eb4ef205696db3445eaa5596a25687484bca9b47', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3907c', table='schools_inductiontutorevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='Teacher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('participant_id', models.UUIDField(default=uuid.uuid4, editable=False, help_text='The public identifier by which lead providers know this person.', unique=True)),
                ('mentor_training_record_id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, help_text='The `training_record_id` by which lead providers know their mentor training.', unique=True)),
                ('trn', models.CharField(help_text='The teacher reference number: 7 digits, leading zeros count.', max_length=7, unique=True, validators=[django.core.validators.RegexValidator('^[0-9]{7}\\Z', 'Enter a TRN of 7 digits, zeros included.')], verbose_name='TRN')),
                ('name', models.CharField(max_length=200)),
                ('searchable_name', models.GeneratedField(db_persist=True, expression=models.Func(models.F('name'), function='searchable', output_field=models.TextField()), output_field=models.TextField())),
                ('date_of_birth', models.DateField()),
                ('mentor_funding_eligible_from', models.DateField(blank=True, help_text='The first day on which DfE holds this person eligible for mentor funding.', null=True, verbose_name='eligible for mentor funding from')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True, editable=False, help_text='When what lead providers read of the participant last changed.')),
                ('unfunded_mentor_updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True, editable=False, help_text='When what lead providers read of the unfunded mentor last changed.')),
                ('induction_started_on', models.DateField(blank=True, help_text='The first day of induction, at whichever school. Every ECT has one.', null=True)),
                ('induction_finished_on', models.DateField(blank=True, help_text='The day after the last day of induction; empty until it is completed.', null=True)),
            ],
            options={
                'ordering': ('searchable_name', 'trn'),
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fields=['searchable_name'], name='teacher_searchable_name', opclasses=['gin_trgm_ops']),
                    django.contrib.postgres.indexes.GistIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Lower('searchable_name'), name='gist_trgm_ops(siglen=32)'), name='teacher_nearest_name'),
                    models.Index(fields=['searchable_name', 'trn'], name='teacher_by_name'),
                    models.Index(fields=['created_at', 'participant_id'], name='teacher_oldest'),
                    django.contrib.postgres.indexes.HashIndex(fields=['id'], name='teacher_by_id'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('trn__regex', '^[0-9]{7}$')), name='teacher_trn'),
                    models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='teacher_name'),
                    models.CheckConstraint(condition=models.Q(('induction_finished_on__isnull', True), models.Q(('induction_finished_on__gt', models.F('induction_started_on')), ('induction_started_on__isnull', False)), _connector='OR'), name='teacher_induction_finished_after_started', violation_error_message='Induction must finish after it started.'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teacher',
            trigger=pgtrigger.compiler.Trigger(name='keeps_start_of_induction', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."induction_started_on" IS NULL)', func="\n            IF EXISTS (SELECT FROM schools_ectatschool WHERE teacher_id = NEW.id) THEN\n                RAISE EXCEPTION 'a teacher who is an ECT keeps the start of induction'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NEW;\n        ", hash='4fa60057e69e38e4b0dfd9c290c7cd748837d0c4', operation='UPDATE OF "induction_started_on"', pgid='pgtrigger_keeps_start_of_induction_a5948', table='schools_teacher', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teacher',
            trigger=pgtrigger.compiler.Trigger(name='has_no_merged_ids', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (SELECT FROM schools_teachermerge AS merged JOIN came ON came.trn = merged.trn) OR EXISTS (SELECT FROM schools_teachermerge AS merged JOIN came ON came.participant_id = merged.participant_id) OR EXISTS (SELECT FROM schools_teachermerge AS merged JOIN came ON came.mentor_training_record_id = merged.mentor_training_record_id) THEN\n            RAISE EXCEPTION 'this TRN or id is that of a record that was merged into another'\n                USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;\n        END IF;\n        RETURN NULL;\n    ", hash='90d986020a77adf6e51ebcc56029ba3f63d4a971', level='STATEMENT', operation='INSERT', pgid='pgtrigger_has_no_merged_ids_589d4', referencing='REFERENCING NEW TABLE AS came ', table='schools_teacher', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teacher',
            trigger=pgtrigger.compiler.Trigger(name='gets_no_merged_ids', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (SELECT FROM schools_teachermerge WHERE trn = NEW.trn OR participant_id = NEW.participant_id OR mentor_training_record_id = NEW.mentor_training_record_id) THEN\n            RAISE EXCEPTION 'this TRN or id is that of a record that was merged into another'\n                USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;\n        END IF;\n        RETURN NULL;\n    ", hash='908d28bb9804e952ea195e7cb6f1aa2b1b327ae5', operation='UPDATE OF "trn", "participant_id", "mentor_training_record_id"', pgid='pgtrigger_gets_no_merged_ids_54f1a', table='schools_teacher', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teacher',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_teacherevent" ("created_at", "date_of_birth", "id", "induction_finished_on", "induction_started_on", "mentor_funding_eligible_from", "mentor_training_record_id", "name", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "trn") SELECT new_values."created_at", new_values."date_of_birth", new_values."id", new_values."induction_finished_on", new_values."induction_started_on", new_values."mentor_funding_eligible_from", new_values."mentor_training_record_id", new_values."name", new_values."participant_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."trn" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8439b32dcee1da84076cd3eb3b46cbc500d74ec7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7e0cf', referencing='REFERENCING NEW TABLE AS new_values ', table='schools_teacher', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teacher',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_teacherevent" ("created_at", "date_of_birth", "id", "induction_finished_on", "induction_started_on", "mentor_funding_eligible_from", "mentor_training_record_id", "name", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "trn") SELECT new_values."created_at", new_values."date_of_birth", new_values."id", new_values."induction_finished_on", new_values."induction_started_on", new_values."mentor_funding_eligible_from", new_values."mentor_training_record_id", new_values."name", new_values."participant_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."trn" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."date_of_birth" IS DISTINCT FROM (new_values."date_of_birth") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."induction_finished_on" IS DISTINCT FROM (new_values."induction_finished_on") OR old_values."induction_started_on" IS DISTINCT FROM (new_values."induction_started_on") OR old_values."mentor_funding_eligible_from" IS DISTINCT FROM (new_values."mentor_funding_eligible_from") OR old_values."mentor_training_record_id" IS DISTINCT FROM (new_values."mentor_training_record_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."participant_id" IS DISTINCT FROM (new_values."participant_id") OR old_values."trn" IS DISTINCT FROM (new_values."trn")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fbf75fdec90a7fefe120f1d9e74d463bc2189a2a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bf08a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='schools_teacher', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teacher',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_teacherevent" ("created_at", "date_of_birth", "id", "induction_finished_on", "induction_started_on", "mentor_funding_eligible_from", "mentor_training_record_id", "name", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "trn") SELECT old_values."created_at", old_values."date_of_birth", old_values."id", old_values."induction_finished_on", old_values."induction_started_on", old_values."mentor_funding_eligible_from", old_values."mentor_training_record_id", old_values."name", old_values."participant_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."trn" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d97226cffaf297c473537e01bcf061755050fb2d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_df98e', referencing='REFERENCING OLD TABLE AS old_values ', table='schools_teacher', when='AFTER')),
        ),

        migrations.CreateModel(
            name='TeacherEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.teacher')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('participant_id', models.UUIDField(default=uuid.uuid4, editable=False, help_text='The public identifier by which lead providers know this person.')),
                ('mentor_training_record_id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, help_text='The `training_record_id` by which lead providers know their mentor training.')),
                ('trn', models.CharField(help_text='The teacher reference number: 7 digits, leading zeros count.', max_length=7, validators=[django.core.validators.RegexValidator('^[0-9]{7}\\Z', 'Enter a TRN of 7 digits, zeros included.')], verbose_name='TRN')),
                ('name', models.CharField(max_length=200)),
                ('date_of_birth', models.DateField()),
                ('mentor_funding_eligible_from', models.DateField(blank=True, help_text='The first day on which DfE holds this person eligible for mentor funding.', null=True, verbose_name='eligible for mentor funding from')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('induction_started_on', models.DateField(blank=True, help_text='The first day of induction, at whichever school. Every ECT has one.', null=True)),
                ('induction_finished_on', models.DateField(blank=True, help_text='The day after the last day of induction; empty until it is completed.', null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teacherevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='e3cbc2bf75b45386d33650d36d1d6a08d03257d8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_4e288', table='schools_teacherevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teacherevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2b0e7e478a83323214219c66aa2ca245353a90e9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_65906', table='schools_teacherevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='MentorAtSchool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_on', models.DateField(help_text='The first day.')),
                ('finished_on', models.DateField(blank=True, help_text='The day after the last day; empty while it goes on.', null=True)),
                ('period', models.GeneratedField(db_persist=True, expression=models.Func(models.F('started_on'), models.Case(models.When(finished_on__lt=models.F('started_on'), then=models.F('started_on')), default=models.F('finished_on')), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), output_field=django.contrib.postgres.fields.ranges.DateRangeField())),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Stands in the addresses of pages.', unique=True)),
                ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='schools.teacher')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='schools.school')),
                ('email', models.EmailField(help_text="The school's address for this person.", max_length=254, verbose_name='email address')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('reported_finished_on', models.DateField(blank=True, editable=False, help_text='The day after their last day here, as another school has told us.', null=True)),
                ('reported_by', models.ForeignKey(blank=True, editable=False, help_text='The school that told us of a last day here.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'verbose_name': 'mentor at school',
                'verbose_name_plural': 'mentors at school',
                'ordering': ('teacher__searchable_name', 'started_on'),
                'abstract': False,
                'indexes': [
                    models.Index(fields=['email'], name='mentoratschool_email_begins', opclasses=['text_pattern_ops']),
                    django.contrib.postgres.indexes.HashIndex(fields=['id'], name='mentoratschool_by_id'),
                    django.contrib.postgres.indexes.HashIndex(fields=['teacher'], name='mentoratschool_by_teacher'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('finished_on__isnull', True), ('finished_on__gt', models.F('started_on')), _connector='OR'), name='mentoratschool_finished_after_started', violation_error_message='The end must be after the start.'),
                    models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='mentoratschool_email_lower_case', violation_error_message='Enter the email address in lower case.'),
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('email', '='), ('teacher', '<>'), ('period', '&&')], name='mentoratschool_email_one_holder', violation_error_message='Another person has this email address at that time.'),
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('teacher', '='), ('school', '='), ('period', '&&')], name='mentoratschool_once_at_a_time', violation_error_message='This teacher is already a mentor at this school then.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('reported_by__isnull', True), ('reported_finished_on__isnull', True)), models.Q(('reported_by__isnull', False), ('reported_finished_on__gt', models.F('started_on')), ('reported_finished_on__isnull', False), models.Q(('reported_by', models.F('school')), _negated=True)), _connector='OR'), name='mentoratschool_reported_leaving', violation_error_message='Another school tells us of a last day after the start.'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mentoratschool',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_mentoratschoolevent" ("created_at", "email", "finished_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reported_by_id", "reported_finished_on", "school_id", "started_on", "teacher_id") SELECT new_values."created_at", new_values."email", new_values."finished_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."reported_by_id", new_values."reported_finished_on", new_values."school_id", new_values."started_on", new_values."teacher_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='28f8a907fe01c9e575ea06c21364e770f69a8f64', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_37efe', referencing='REFERENCING NEW TABLE AS new_values ', table='schools_mentoratschool', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mentoratschool',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_mentoratschoolevent" ("created_at", "email", "finished_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reported_by_id", "reported_finished_on", "school_id", "started_on", "teacher_id") SELECT new_values."created_at", new_values."email", new_values."finished_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."reported_by_id", new_values."reported_finished_on", new_values."school_id", new_values."started_on", new_values."teacher_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."finished_on" IS DISTINCT FROM (new_values."finished_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."reported_by_id" IS DISTINCT FROM (new_values."reported_by_id") OR old_values."reported_finished_on" IS DISTINCT FROM (new_values."reported_finished_on") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id") OR old_values."started_on" IS DISTINCT FROM (new_values."started_on") OR old_values."teacher_id" IS DISTINCT FROM (new_values."teacher_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='69a5600719266f019813fa94cbdf31b71620dd56', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8ffed', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='schools_mentoratschool', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mentoratschool',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_mentoratschoolevent" ("created_at", "email", "finished_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reported_by_id", "reported_finished_on", "school_id", "started_on", "teacher_id") SELECT old_values."created_at", old_values."email", old_values."finished_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."reported_by_id", old_values."reported_finished_on", old_values."school_id", old_values."started_on", old_values."teacher_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d4b0c6ff7220a1b014864be5e70d59d2d7cc82e7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fe6c1', referencing='REFERENCING OLD TABLE AS old_values ', table='schools_mentoratschool', when='AFTER')),
        ),

        migrations.CreateModel(
            name='MentorAtSchoolEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.mentoratschool')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('started_on', models.DateField(help_text='The first day.')),
                ('finished_on', models.DateField(blank=True, help_text='The day after the last day; empty while it goes on.', null=True)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Stands in the addresses of pages.')),
                ('teacher', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.teacher')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('email', models.EmailField(help_text="The school's address for this person.", max_length=254, verbose_name='email address')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('reported_finished_on', models.DateField(blank=True, editable=False, help_text='The day after their last day here, as another school has told us.', null=True)),
                ('reported_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The school that told us of a last day here.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mentoratschoolevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='b129351a74e605a08085fb6232834d1da5594420', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_2f528', table='schools_mentoratschoolevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mentoratschoolevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='06fb8dd15960359405335216e7f260259aaf2cc1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_368a9', table='schools_mentoratschoolevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='ECTAtSchool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_on', models.DateField(help_text='The first day.')),
                ('finished_on', models.DateField(blank=True, help_text='The day after the last day; empty while it goes on.', null=True)),
                ('period', models.GeneratedField(db_persist=True, expression=models.Func(models.F('started_on'), models.Case(models.When(finished_on__lt=models.F('started_on'), then=models.F('started_on')), default=models.F('finished_on')), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), output_field=django.contrib.postgres.fields.ranges.DateRangeField())),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Stands in the addresses of pages.', unique=True)),
                ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='schools.teacher')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='schools.school')),
                ('email', models.EmailField(help_text="The school's address for this person.", max_length=254, verbose_name='email address')),
            ],
            options={
                'verbose_name': 'ECT at school',
                'verbose_name_plural': 'ECTs at school',
                'ordering': ('teacher__searchable_name', 'started_on'),
                'abstract': False,
                'indexes': [
                    models.Index(fields=['email'], name='ectatschool_email_begins', opclasses=['text_pattern_ops']),
                    django.contrib.postgres.indexes.HashIndex(fields=['id'], name='ectatschool_by_id'),
                    django.contrib.postgres.indexes.HashIndex(fields=['teacher'], name='ectatschool_by_teacher'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('finished_on__isnull', True), ('finished_on__gt', models.F('started_on')), _connector='OR'), name='ectatschool_finished_after_started', violation_error_message='The end must be after the start.'),
                    models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='ectatschool_email_lower_case', violation_error_message='Enter the email address in lower case.'),
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('email', '='), ('teacher', '<>'), ('period', '&&')], name='ectatschool_email_one_holder', violation_error_message='Another person has this email address at that time.'),
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('teacher', '='), ('period', '&&')], name='ectatschool_one_school_at_a_time', violation_error_message='This teacher is an ECT at a school then already.'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ectatschool',
            trigger=pgtrigger.compiler.Trigger(name='has_start_of_induction', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            PERFORM FROM schools_teacher WHERE id = NEW.teacher_id FOR SHARE;\n            IF EXISTS (\n                SELECT FROM schools_teacher\n                WHERE id = NEW.teacher_id AND induction_started_on IS NULL\n            ) THEN\n                RAISE EXCEPTION 'the teacher of an ECT has no start of induction'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NEW;\n        ", hash='eba8b41d2eba21eda72fba97251bea179ddeeed4', operation='INSERT OR UPDATE OF "teacher_id"', pgid='pgtrigger_has_start_of_induction_559e1', table='schools_ectatschool', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ectatschool',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_ectatschoolevent" ("email", "finished_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "started_on", "teacher_id") SELECT new_values."email", new_values."finished_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."school_id", new_values."started_on", new_values."teacher_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bd5a91e667ace370c2b5375e27ace43134fe2520', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_532dd', referencing='REFERENCING NEW TABLE AS new_values ', table='schools_ectatschool', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ectatschool',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_ectatschoolevent" ("email", "finished_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "started_on", "teacher_id") SELECT new_values."email", new_values."finished_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."school_id", new_values."started_on", new_values."teacher_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."finished_on" IS DISTINCT FROM (new_values."finished_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id") OR old_values."started_on" IS DISTINCT FROM (new_values."started_on") OR old_values."teacher_id" IS DISTINCT FROM (new_values."teacher_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1485cd78269db38f8cd1086e5136c1a4446da810', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2a9e2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='schools_ectatschool', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ectatschool',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_ectatschoolevent" ("email", "finished_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "started_on", "teacher_id") SELECT old_values."email", old_values."finished_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."school_id", old_values."started_on", old_values."teacher_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='54fb27602b61e740d81ec991d531ff8f99b03ec9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c90df', referencing='REFERENCING OLD TABLE AS old_values ', table='schools_ectatschool', when='AFTER')),
        ),

        migrations.CreateModel(
            name='ECTAtSchoolEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.ectatschool')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('started_on', models.DateField(help_text='The first day.')),
                ('finished_on', models.DateField(blank=True, help_text='The day after the last day; empty while it goes on.', null=True)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Stands in the addresses of pages.')),
                ('teacher', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.teacher')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('email', models.EmailField(help_text="The school's address for this person.", max_length=254, verbose_name='email address')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ectatschoolevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='4f25ba6bd33c3aeb0795c9020b156c6e15ce9342', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_ad4ea', table='schools_ectatschoolevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ectatschoolevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='04b26db876792cefb434bbc9255fad9b490abe4d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0f00c', table='schools_ectatschoolevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='TeacherMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('teacher', models.ForeignKey(help_text='The record that stays. After a further merge, the one that stayed then.', on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='schools.teacher')),
                ('former_id', models.BigIntegerField(help_text="The number of the record that went, in admin's old addresses.", unique=True)),
                ('participant_id', models.UUIDField(help_text='That of the record that went.', unique=True)),
                ('into_participant_id', models.UUIDField(help_text='That of the record it was merged into.')),
                ('mentor_training_record_id', models.UUIDField(unique=True)),
                ('trn', models.CharField(max_length=7, unique=True, verbose_name='TRN')),
                ('name', models.CharField(max_length=200)),
                ('date_of_birth', models.DateField()),
                ('merged_at', models.DateTimeField()),
                ('by', models.CharField(help_text='A kind and an id, such as “user 12”.', max_length=100)),
                ('rows', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='Each row that the merge changed: its model, its id, and what became of it.')),
            ],
            options={
                'verbose_name': 'merged record of a teacher',
                'verbose_name_plural': 'merged records of teachers',
                'ordering': ('-merged_at', '-id'),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teachermerge',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_teachermergeevent" ("by", "date_of_birth", "former_id", "id", "into_participant_id", "mentor_training_record_id", "merged_at", "name", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "teacher_id", "trn") SELECT new_values."by", new_values."date_of_birth", new_values."former_id", new_values."id", new_values."into_participant_id", new_values."mentor_training_record_id", new_values."merged_at", new_values."name", new_values."participant_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rows", new_values."teacher_id", new_values."trn" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='99514fbc9d417da03cd9c38fb90f3bc1df7c8358', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d083c', referencing='REFERENCING NEW TABLE AS new_values ', table='schools_teachermerge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teachermerge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_teachermergeevent" ("by", "date_of_birth", "former_id", "id", "into_participant_id", "mentor_training_record_id", "merged_at", "name", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "teacher_id", "trn") SELECT new_values."by", new_values."date_of_birth", new_values."former_id", new_values."id", new_values."into_participant_id", new_values."mentor_training_record_id", new_values."merged_at", new_values."name", new_values."participant_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rows", new_values."teacher_id", new_values."trn" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4b5677871ba0611a4943cc0be52b04cff352efbe', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_723e5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='schools_teachermerge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teachermerge',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_teachermergeevent" ("by", "date_of_birth", "former_id", "id", "into_participant_id", "mentor_training_record_id", "merged_at", "name", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "teacher_id", "trn") SELECT old_values."by", old_values."date_of_birth", old_values."former_id", old_values."id", old_values."into_participant_id", old_values."mentor_training_record_id", old_values."merged_at", old_values."name", old_values."participant_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rows", old_values."teacher_id", old_values."trn" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='590351fc973f467edb6051c7f871ea12235fcd66', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4aade', referencing='REFERENCING OLD TABLE AS old_values ', table='schools_teachermerge', when='AFTER')),
        ),

        migrations.CreateModel(
            name='TeacherMergeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.teachermerge')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('teacher', models.ForeignKey(db_constraint=False, help_text='The record that stays. After a further merge, the one that stayed then.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.teacher')),
                ('former_id', models.BigIntegerField(help_text="The number of the record that went, in admin's old addresses.")),
                ('participant_id', models.UUIDField(help_text='That of the record that went.')),
                ('into_participant_id', models.UUIDField(help_text='That of the record it was merged into.')),
                ('mentor_training_record_id', models.UUIDField()),
                ('trn', models.CharField(max_length=7, verbose_name='TRN')),
                ('name', models.CharField(max_length=200)),
                ('date_of_birth', models.DateField()),
                ('merged_at', models.DateTimeField()),
                ('by', models.CharField(help_text='A kind and an id, such as “user 12”.', max_length=100)),
                ('rows', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='Each row that the merge changed: its model, its id, and what became of it.')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teachermergeevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='8b8d26e115370727ed885593836b34cd214154ab', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_15add', table='schools_teachermergeevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teachermergeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='886916f27a0fa45a20a4df088f0dfa43bc0f1a86', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3b313', table='schools_teachermergeevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='FormerPublicId',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(unique=True)),
                ('mentor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='former_public_ids', to='schools.mentoratschool')),
                ('ect', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='former_public_ids', to='schools.ectatschool', verbose_name='ECT')),
            ],
            options={
                'ordering': ('id',),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('ect__isnull', False), ('mentor__isnull', True)), models.Q(('ect__isnull', True), ('mentor__isnull', False)), _connector='OR'), name='formerpublicid_of_mentor_or_ect'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formerpublicid',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_formerpublicidevent" ("ect_id", "id", "mentor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") SELECT new_values."ect_id", new_values."id", new_values."mentor_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='015200fa4a5e520e81534e51f8eb61acc8cd57b3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9a47c', referencing='REFERENCING NEW TABLE AS new_values ', table='schools_formerpublicid', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formerpublicid',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_formerpublicidevent" ("ect_id", "id", "mentor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") SELECT new_values."ect_id", new_values."id", new_values."mentor_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a7dea848be24967663a489036c2d364fcde13b54', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b62cc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='schools_formerpublicid', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formerpublicid',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_formerpublicidevent" ("ect_id", "id", "mentor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") SELECT old_values."ect_id", old_values."id", old_values."mentor_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c008eeb6d302bab248d76f291485581f3365a525', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_30dab', referencing='REFERENCING OLD TABLE AS old_values ', table='schools_formerpublicid', when='AFTER')),
        ),

        migrations.CreateModel(
            name='FormerPublicIdEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.formerpublicid')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('public_id', models.UUIDField()),
                ('mentor', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.mentoratschool')),
                ('ect', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.ectatschool', verbose_name='ECT')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formerpublicidevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='440905acf98e0633116e2cb1f6f78f0acf14bfcf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_51072', table='schools_formerpublicidevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formerpublicidevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='024ab0f39f8e67f28e8e2d3a4681dd75e86d84fb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ae809', table='schools_formerpublicidevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='StaffNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('teacher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff_notes', to='schools.teacher')),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff_notes', to='schools.school')),
                ('text', models.CharField(help_text='Write only what the work needs: the person can ask to read it.', max_length=1000)),
                ('by', models.CharField(editable=False, help_text='A kind and an id, such as “user 12”.', max_length=100)),
                ('written_at', models.DateTimeField(editable=False)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'verbose_name': 'note of staff',
                'verbose_name_plural': 'notes of staff',
                'ordering': ('-id',),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('school__isnull', False), ('teacher__isnull', True)), models.Q(('school__isnull', True), ('teacher__isnull', False)), _connector='OR'), name='staffnote_on_teacher_or_school', violation_error_message='Choose a teacher or a school, and not both.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('by', ''), _negated=True)), name='staffnote_text_and_by'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffnote',
            trigger=pgtrigger.compiler.Trigger(name='append_only_as_written', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."by" IS DISTINCT FROM (NEW."by") OR OLD."written_at" IS DISTINCT FROM (NEW."written_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7f18e18b3d7f0a7ca392259b1b592ee814369581', operation='UPDATE', pgid='pgtrigger_append_only_as_written_17916', table='schools_staffnote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffnote',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d737346521d9a13a113f8c40f1310377f4f531a0', operation='DELETE', pgid='pgtrigger_append_only_cdf96', table='schools_staffnote', when='BEFORE')),
        ),
    ]
