"""The tables of the emails that wait and of who looked at which teacher.

The models say what the rows mean. All is as `makemigrations` writes it; only the order is ours.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='OutgoingEmail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='Which email it is, such as “sign-in code”.', max_length=50)),
                ('user_id', models.BigIntegerField(blank=True, help_text='The id of the user it is for, if they are one.', null=True, verbose_name='user')),
                ('about', models.UUIDField(db_index=True, editable=False, help_text='The public id of the record that it tells of, if that may be taken back.', null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('given_up', 'Given up')], default='waiting', max_length=10)),
                ('content', models.TextField(blank=True, help_text='Address, subject and body, encrypted; empty when it no longer waits.')),
                ('queued_at', models.DateTimeField()),
                ('send_before', models.DateTimeField(help_text='From then on it is of no use, and is given up.')),
                ('next_try_at', models.DateTimeField(help_text='When to send it, or to look whether it was sent.')),
                ('attempts', models.PositiveSmallIntegerField(default=0, help_text='How often sending was begun.')),
                ('finished_at', models.DateTimeField(blank=True, help_text='Sent or given up then.', null=True)),
                ('template', models.CharField(blank=True, help_text='The template at GOV.UK Notify, at the last attempt.', max_length=36)),
                ('status_code', models.PositiveSmallIntegerField(blank=True, help_text='What the provider answered to the last attempt.', null=True)),
                ('failure', models.CharField(blank=True, help_text='Why the last attempt failed; empty if it did not.', max_length=60)),
            ],
            options={
                'verbose_name': 'email',
                'ordering': ('-queued_at', '-pk'),
                'indexes': [
                    models.Index(condition=models.Q(('state', 'waiting')), fields=['next_try_at'], name='outgoingemail_waiting'),
                    models.Index(fields=['finished_at'], name='outgoingemail_finished'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('state', 'waiting'), models.Q(('content', ''), _negated=True)), models.Q(('content', ''), ('finished_at__isnull', False), ('state__in', ['sent', 'given_up'])), _connector='OR'), name='outgoingemail_kept_while_it_waits'),
                ],
            },
        ),

        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('day', models.DateField(help_text='The day in London.')),
                ('page', models.CharField(help_text="The name of the page or of the API's call.", max_length=100)),
                ('request', models.CharField(help_text='The id that the logs have, too.', max_length=64)),
                ('user_id', models.BigIntegerField(null=True, verbose_name='user')),
                ('teacher_id', models.BigIntegerField(null=True, verbose_name='teacher')),
                ('token_id', models.BigIntegerField(null=True, verbose_name='token')),
                ('participant_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), null=True, size=None, verbose_name='participants')),
            ],
            options={
                'verbose_name': 'look at a teacher',
                'verbose_name_plural': 'looks at teachers',
                'ordering': ('-id',),
                'indexes': [
                    models.Index(condition=models.Q(('token_id', None)), fields=['user_id'], name='look_of_user'),
                    models.Index(condition=models.Q(('user_id', None)), fields=['token_id'], name='look_of_token'),
                    models.Index(fields=['day'], name='look_on_day'),
                    models.Index(fields=['request'], name='look_of_request'),
                    django.contrib.postgres.indexes.GinIndex(condition=models.Q(('user_id', None)), fastupdate=False, fields=['participant_ids'], name='look_at_participants'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('teacher_id', 'user_id', 'day'), name='look_once_a_day'),
                    models.CheckConstraint(condition=models.Q(models.Q(('participant_ids__isnull', True), ('teacher_id__isnull', False), ('token_id__isnull', True), ('user_id__isnull', False)), models.Q(('participant_ids__isnull', False), ('teacher_id__isnull', True), ('token_id__isnull', False), ('user_id__isnull', True)), _connector='OR'), name='look_of_user_or_token'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='look',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='80666cb5b6cf7d549a341940cccc3a91b5391166', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_87f7c', table='core_look', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='look',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='d8cb37c2a1c6ea522dc19751912d893d7337ef8a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_fe5e6', table='core_look', when='BEFORE')),
        ),
    ]
