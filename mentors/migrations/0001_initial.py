"""The tables of mentorships, of the policy of statuses, and of what schools enter.

The models say what the rows mean. Each table stands with its constraints, indexes and triggers, and
is followed by the table of its history. All is as `makemigrations` writes it; only the order is ours.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.contrib.postgres.fields.ranges
import django.core.serializers.json
import django.db.models.deletion
import mentors.models.draft_answers
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('declarations', '0001_initial'),
        ('schools', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DraftAnswers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school')),
                ('name', models.CharField(help_text='Which journey.', max_length=30)),
                ('about', models.UUIDField(help_text='The public id of the person that the journey is about, if any.', null=True)),
                ('answers', models.JSONField(decoder=mentors.models.draft_answers.AnswersDecoder, encoder=mentors.models.draft_answers.AnswersEncoder)),
                ('refused', models.JSONField(help_text="What the user's last page refused, until that page has shown it. No answer.", null=True)),
                ('touched_at', models.DateTimeField(db_index=True, help_text='When the last answer was given.')),
            ],
            options={
                'verbose_name': 'draft answers',
                'verbose_name_plural': 'draft answers',
                'ordering': ('-touched_at',),
                'constraints': [
                    models.UniqueConstraint(fields=('user', 'school', 'name', 'about'), name='draftanswers_once', nulls_distinct=False),
                ],
            },
        ),

        migrations.CreateModel(
            name='Mentorship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_on', models.DateField(help_text='The first day.')),
                ('finished_on', models.DateField(blank=True, help_text='The day after the last day; empty while it goes on.', null=True)),
                ('period', models.GeneratedField(db_persist=True, expression=models.Func(models.F('started_on'), models.Case(models.When(finished_on__lt=models.F('started_on'), then=models.F('started_on')), default=models.F('finished_on')), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), output_field=django.contrib.postgres.fields.ranges.DateRangeField())),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentorships', to='schools.mentoratschool')),
                ('ect', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentorships', to='schools.ectatschool', verbose_name='ECT')),
                ('end_reason', models.CharField(blank=True, choices=[('changed', "The ECT's mentor changed"), ('mentor_left', 'The mentor left the school'), ('ect_left', 'The ECT left the school'), ('induction_completed', 'The ECT completed induction'), ('school_closed', 'The school closed')], max_length=30)),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('mentor_teacher', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='mentorships_as_mentor', to='schools.teacher')),
                ('ect_teacher', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='mentorships_as_ect', to='schools.teacher')),
            ],
            options={
                'ordering': ('started_on', 'id'),
                'abstract': False,
                'indexes': [
                    models.Index(fields=['mentor_teacher'], include=('ect', 'finished_on'), name='mentorship_of_mentor'),
                    models.Index(condition=models.Q(('end_reason', ''), _negated=True), fields=['end_reason', 'id'], name='mentorship_ended'),
                    django.contrib.postgres.indexes.HashIndex(fields=['ect'], name='mentorship_by_ect'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('finished_on__isnull', True), ('finished_on__gt', models.F('started_on')), _connector='OR'), name='mentorship_finished_after_started', violation_error_message='The end must be after the start.'),
                    models.CheckConstraint(condition=models.Q(('mentor_teacher', models.F('ect_teacher')), _negated=True), name='mentorship_of_two_people'),
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('ect', '='), ('period', '&&')], name='mentorship_one_mentor_on_any_day', violation_error_message='This ECT has a mentor at that time already.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('finished_on__isnull', True)), models.Q(('end_reason__in', ['changed', 'mentor_left', 'ect_left', 'induction_completed', 'school_closed']), ('finished_on__isnull', False)), _connector='OR'), name='mentorship_ended_with_reason', violation_error_message='A mentorship that ends says why, and only then.'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mentorship',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "mentors_mentorshipevent" ("ect_id", "ect_teacher_id", "end_reason", "finished_on", "id", "mentor_id", "mentor_teacher_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "started_on") SELECT new_values."ect_id", new_values."ect_teacher_id", new_values."end_reason", new_values."finished_on", new_values."id", new_values."mentor_id", new_values."mentor_teacher_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_id", new_values."started_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0a072955523bc645656784544788e981be109cd6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d7736', referencing='REFERENCING NEW TABLE AS new_values ', table='mentors_mentorship', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mentorship',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "mentors_mentorshipevent" ("ect_id", "ect_teacher_id", "end_reason", "finished_on", "id", "mentor_id", "mentor_teacher_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "started_on") SELECT new_values."ect_id", new_values."ect_teacher_id", new_values."end_reason", new_values."finished_on", new_values."id", new_values."mentor_id", new_values."mentor_teacher_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_id", new_values."started_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."ect_id" IS DISTINCT FROM (new_values."ect_id") OR old_values."ect_teacher_id" IS DISTINCT FROM (new_values."ect_teacher_id") OR old_values."end_reason" IS DISTINCT FROM (new_values."end_reason") OR old_values."finished_on" IS DISTINCT FROM (new_values."finished_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."mentor_id" IS DISTINCT FROM (new_values."mentor_id") OR old_values."mentor_teacher_id" IS DISTINCT FROM (new_values."mentor_teacher_id") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id") OR old_values."started_on" IS DISTINCT FROM (new_values."started_on")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='52327d804dc216548da2257ef0030d2cd48a8703', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bb175', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='mentors_mentorship', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mentorship',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "mentors_mentorshipevent" ("ect_id", "ect_teacher_id", "end_reason", "finished_on", "id", "mentor_id", "mentor_teacher_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "started_on") SELECT old_values."ect_id", old_values."ect_teacher_id", old_values."end_reason", old_values."finished_on", old_values."id", old_values."mentor_id", old_values."mentor_teacher_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_id", old_values."started_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5aa10789ccd811e97e87231ad29a9e76525af4e0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f60c6', referencing='REFERENCING OLD TABLE AS old_values ', table='mentors_mentorship', when='AFTER')),
        ),

        migrations.CreateModel(
            name='MentorshipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='mentors.mentorship')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('started_on', models.DateField(help_text='The first day.')),
                ('finished_on', models.DateField(blank=True, help_text='The day after the last day; empty while it goes on.', null=True)),
                ('mentor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.mentoratschool')),
                ('ect', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.ectatschool', verbose_name='ECT')),
                ('end_reason', models.CharField(blank=True, choices=[('changed', "The ECT's mentor changed"), ('mentor_left', 'The mentor left the school'), ('ect_left', 'The ECT left the school'), ('induction_completed', 'The ECT completed induction'), ('school_closed', 'The school closed')], max_length=30)),
                ('school', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('mentor_teacher', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.teacher')),
                ('ect_teacher', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.teacher')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mentorshipevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='968f7b1bd6d7ee0002571efdb0afa2cbfdd19c54', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_3ec65', table='mentors_mentorshipevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mentorshipevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='80b53ee47fd63be780cdc81daaabddc1ee56a86d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_80aad', table='mentors_mentorshipevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='Leaving',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mentor', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leaving', to='schools.mentoratschool')),
                ('ect', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leaving', to='schools.ectatschool', verbose_name='ECT')),
                ('finished_on', models.DateField(help_text='The day after their last day.')),
                ('finished_on_before', models.DateField(blank=True, help_text='The end that their time at the school had before, if any.', null=True)),
                ('cut_short', models.JSONField(blank=True, default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='The mentorships and training periods that it ended or deleted, as they were.')),
                ('told_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('-told_at',),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('ect__isnull', False), ('mentor__isnull', True)), models.Q(('ect__isnull', True), ('mentor__isnull', False)), _connector='OR'), name='leaving_of_mentor_or_ect'),
                    models.CheckConstraint(condition=models.Q(('finished_on_before__isnull', True), models.Q(('finished_on_before', models.F('finished_on')), _negated=True), _connector='OR'), name='leaving_changes_the_end'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaving',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "mentors_leavingevent" ("cut_short", "ect_id", "finished_on", "finished_on_before", "id", "mentor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_at") SELECT new_values."cut_short", new_values."ect_id", new_values."finished_on", new_values."finished_on_before", new_values."id", new_values."mentor_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."told_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e8f186556b4a903d555267aab3ce6129479df5cd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e4d80', referencing='REFERENCING NEW TABLE AS new_values ', table='mentors_leaving', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaving',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "mentors_leavingevent" ("cut_short", "ect_id", "finished_on", "finished_on_before", "id", "mentor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_at") SELECT new_values."cut_short", new_values."ect_id", new_values."finished_on", new_values."finished_on_before", new_values."id", new_values."mentor_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."told_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='be2bd289d8c905403bc5ec5e1dadd89d059f4fd3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1bd0f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='mentors_leaving', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaving',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "mentors_leavingevent" ("cut_short", "ect_id", "finished_on", "finished_on_before", "id", "mentor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_at") SELECT old_values."cut_short", old_values."ect_id", old_values."finished_on", old_values."finished_on_before", old_values."id", old_values."mentor_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."told_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='505e94595d648bf06d62ed488f32f7337a557ba1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ff956', referencing='REFERENCING OLD TABLE AS old_values ', table='mentors_leaving', when='AFTER')),
        ),

        migrations.CreateModel(
            name='LeavingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='mentors.leaving')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('mentor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.mentoratschool')),
                ('ect', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.ectatschool', verbose_name='ECT')),
                ('finished_on', models.DateField(help_text='The day after their last day.')),
                ('finished_on_before', models.DateField(blank=True, help_text='The end that their time at the school had before, if any.', null=True)),
                ('cut_short', models.JSONField(blank=True, default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='The mentorships and training periods that it ended or deleted, as they were.')),
                ('told_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leavingevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='ba466c8f10eafbd7de1b4b67f07d08788a87473f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_f256b', table='mentors_leavingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leavingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e12b95877760e35e31a35c96bdb8a2b8bafdd54', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d32e1', table='mentors_leavingevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='ProviderMentorship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lead_provider', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='declarations.leadprovider')),
                ('mentorship', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='mentors.mentorship')),
                ('ect_teacher', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.teacher')),
                ('mentor_teacher', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.teacher')),
                ('finished_on', models.DateField(help_text='The end of the mentorship.', null=True)),
                ('created_at', models.DateTimeField(help_text="When the mentor's record was made.")),
                ('participant_id', models.UUIDField(help_text="The mentor's.")),
            ],
            options={
                'indexes': [
                    models.Index(fields=['lead_provider', 'created_at', 'participant_id'], include=('finished_on', 'mentor_teacher', 'mentorship'), name='providermentorship_paging'),
                    models.Index(fields=['mentor_teacher', 'lead_provider', 'mentorship'], include=('finished_on',), name='providermentorship_of_mentor'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('mentorship', 'lead_provider'), name='providermentorship_once'),
                ],
            },
        ),

        migrations.CreateModel(
            name='StatusPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('in_force_from', models.DateField(help_text='The first day it holds.', unique=True)),
                ('policy', models.CharField(choices=[('completed_only', 'Completed only'), ('three_statuses', 'Three statuses'), ('time_limit', 'With a time limit')], max_length=20)),
                ('months', models.PositiveSmallIntegerField(blank=True, help_text='With a time limit: the months from the first pairing in which to complete.', null=True)),
            ],
            options={
                'verbose_name_plural': 'status policies',
                'ordering': ('-in_force_from',),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('months__gte', 1), ('months__isnull', False), ('months__lte', 240), ('policy', 'time_limit')), models.Q(('months__isnull', True), ('policy__in', ['completed_only', 'three_statuses'])), _connector='OR'), name='statuspolicy_months_with_time_limit', violation_error_message='Give the months (1 to 240) for a policy with a time limit, and only for it.'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statuspolicy',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "mentors_statuspolicyevent" ("id", "in_force_from", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy") SELECT new_values."id", new_values."in_force_from", new_values."months", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."policy" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a7cb830a372377cc5696261f65ef0c18d05a4529', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8bb53', referencing='REFERENCING NEW TABLE AS new_values ', table='mentors_statuspolicy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statuspolicy',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "mentors_statuspolicyevent" ("id", "in_force_from", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy") SELECT new_values."id", new_values."in_force_from", new_values."months", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."policy" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f0ccb84cfd7ca5ed47db6e26a2f77a7f4612348a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6e278', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='mentors_statuspolicy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statuspolicy',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "mentors_statuspolicyevent" ("id", "in_force_from", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy") SELECT old_values."id", old_values."in_force_from", old_values."months", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."policy" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='03de2c73aafbd8f0c79b6fa48243c601bc6fa5a4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_aa450', referencing='REFERENCING OLD TABLE AS old_values ', table='mentors_statuspolicy', when='AFTER')),
        ),

        migrations.CreateModel(
            name='StatusPolicyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='mentors.statuspolicy')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('in_force_from', models.DateField(help_text='The first day it holds.')),
                ('policy', models.CharField(choices=[('completed_only', 'Completed only'), ('three_statuses', 'Three statuses'), ('time_limit', 'With a time limit')], max_length=20)),
                ('months', models.PositiveSmallIntegerField(blank=True, help_text='With a time limit: the months from the first pairing in which to complete.', null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statuspolicyevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='d708381df8f5193e0e501e956319e39b578f0149', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_e168c', table='mentors_statuspolicyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statuspolicyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='07175de26615df6062c3a38d738ee1bcfc719bc9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_704aa', table='mentors_statuspolicyevent', when='BEFORE')),
        ),
    ]
