"""The tables of users, their sessions, and their ways of signing in.

The models say what the rows mean. Each table stands with its constraints, indexes and triggers, and
is followed by the table of its history. All is as `makemigrations` writes it; only the order is ours.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('core', '0003_searchable'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='email address')),
                ('name', models.CharField(max_length=200)),
                ('searchable_name', models.GeneratedField(db_persist=True, expression=models.Func(models.F('name'), function='searchable', output_field=models.TextField()), output_field=models.TextField())),
                ('is_staff', models.BooleanField(default=False, help_text='May enter admin.', verbose_name='DfE staff')),
                ('is_active', models.BooleanField(default=True, help_text='Take this away to keep the user out.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('invitations', models.PositiveIntegerField(default=0, editable=False, help_text='How many were sent; the newest one works.')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'ordering': ('searchable_name', 'email'),
                'indexes': [
                    django.contrib.postgres.indexes.GistIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Lower('searchable_name'), name='gist_trgm_ops(siglen=32)'), name='user_nearest_name'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_lower_case', violation_error_message='Enter the email address in lower case.'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."date_joined", new_values."email", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='18695cb17e8966a00a0a19e2c0b1b66a44daa183', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."date_joined", new_values."email", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."date_joined" IS DISTINCT FROM (new_values."date_joined") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."is_staff" IS DISTINCT FROM (new_values."is_staff") OR old_values."is_superuser" IS DISTINCT FROM (new_values."is_superuser") OR old_values."name" IS DISTINCT FROM (new_values."name")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b42e93d6522f7e367eab2c839d8ceb59dc51a34e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0e890', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."date_joined", old_values."email", old_values."id", old_values."is_active", old_values."is_staff", old_values."is_superuser", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d582ce96ea1d6651453210de312cbafb9d598eef', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_19f14', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_user', when='AFTER')),
        ),

        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, verbose_name='email address')),
                ('name', models.CharField(max_length=200)),
                ('is_staff', models.BooleanField(default=False, help_text='May enter admin.', verbose_name='DfE staff')),
                ('is_active', models.BooleanField(default=True, help_text='Take this away to keep the user out.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='userevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='5d10b48973757d11578b00a4e4a218715731f85e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_aaff8', table='accounts_userevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='userevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e9498e73f6fbdf2642fb33fa14189f1ad2382c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45b21', table='accounts_userevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('user', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'ordering': ('-expire_date',),
                'abstract': False,
            },
        ),

        migrations.CreateModel(
            name='SignInCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('browser', models.CharField(help_text='A keyed hash of the browser and the address.', max_length=64, unique=True)),
                ('digest', models.CharField(help_text='A keyed hash of the code.', max_length=64)),
                ('issued_at', models.DateTimeField(db_index=True)),
                ('tries', models.PositiveSmallIntegerField(default=0, help_text='Wrong codes entered so far.')),
            ],
            options={
                'verbose_name': 'sign-in code',
                'ordering': ('-issued_at',),
            },
        ),

        migrations.CreateModel(
            name='DfESignInIdentity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dfe_sign_in_identities', to=settings.AUTH_USER_MODEL)),
                ('issuer', models.CharField(help_text='The address of the DfE Sign-in.', max_length=200)),
                ('subject', models.CharField(help_text='How that DfE Sign-in knows the person.', max_length=255)),
            ],
            options={
                'verbose_name': 'DfE Sign-in identity',
                'verbose_name_plural': 'DfE Sign-in identities',
                'ordering': ('user__searchable_name',),
                'constraints': [
                    models.UniqueConstraint(fields=('issuer', 'subject'), name='dfesigninidentity_one_user_each'),
                    models.UniqueConstraint(fields=('issuer', 'user'), name='dfesigninidentity_one_for_each_user'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dfesigninidentity',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_dfesigninidentityevent" ("id", "issuer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "user_id") SELECT new_values."id", new_values."issuer", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."subject", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='82823de5a0ec6c17e8fcbaa67545be27d68dfa9d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_61215', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_dfesigninidentity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dfesigninidentity',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_dfesigninidentityevent" ("id", "issuer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "user_id") SELECT new_values."id", new_values."issuer", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."subject", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3760c6259c606ca0c12c41e226951480243d2a25', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_569df', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_dfesigninidentity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dfesigninidentity',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_dfesigninidentityevent" ("id", "issuer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "user_id") SELECT old_values."id", old_values."issuer", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."subject", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5ef0a85ebae49db8e85ea6efe121968fbb4ce69f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_de73c', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_dfesigninidentity', when='AFTER')),
        ),

        migrations.CreateModel(
            name='DfESignInIdentityEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.dfesigninidentity')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('issuer', models.CharField(help_text='The address of the DfE Sign-in.', max_length=200)),
                ('subject', models.CharField(help_text='How that DfE Sign-in knows the person.', max_length=255)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dfesigninidentityevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='f7760b1ab8e21065a60855defa88ed7356a01865', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_4bb2a', table='accounts_dfesigninidentityevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dfesigninidentityevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bcc6ad9e8d43e556a401ba52c34f0e3d1cbaa683', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3a51e', table='accounts_dfesigninidentityevent', when='BEFORE')),
        ),
    ]
