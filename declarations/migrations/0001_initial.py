"""The tables of providers, of what they and DfE record of training, and of the API's use.

The models say what the rows mean. Each table stands with its constraints, indexes and triggers, and
is followed by the table of its history. All is as `makemigrations` writes it; only the order is ours.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('schools', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LeadProvider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
                ('email', models.EmailField(blank=True, help_text='Pages give it to schools that have questions about a person’s training.', max_length=254, verbose_name='contact address')),
            ],
            options={
                'ordering': ('name',),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='leadprovider_name'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leadprovider',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_leadproviderevent" ("email", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."email", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bb914185647008faacf8f00db6f6fa1b6daa9569', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d92d2', referencing='REFERENCING NEW TABLE AS new_values ', table='declarations_leadprovider', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leadprovider',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_leadproviderevent" ("email", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."email", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a3eaecf5c05b565372b198b5097757d8e1fb9092', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2b80d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='declarations_leadprovider', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leadprovider',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_leadproviderevent" ("email", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."email", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f81118d48f561c7b1f38cf15d9104d598c728619', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_19300', referencing='REFERENCING OLD TABLE AS old_values ', table='declarations_leadprovider', when='AFTER')),
        ),

        migrations.CreateModel(
            name='LeadProviderEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='declarations.leadprovider')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('email', models.EmailField(blank=True, help_text='Pages give it to schools that have questions about a person’s training.', max_length=254, verbose_name='contact address')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leadproviderevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='042f8ce054a3a0cb390105940ebab0cb7fe9ac24', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_c4443', table='declarations_leadproviderevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leadproviderevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d6f0c041ae4adeeb7f8cf037284c62ccb04f078b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d6ba5', table='declarations_leadproviderevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='DeliveryPartner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, help_text='The `delivery_partner_id` that lead providers know.', unique=True)),
                ('name', models.CharField(max_length=200, unique=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True, editable=False)),
            ],
            options={
                'ordering': ('name',),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='deliverypartner_name'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deliverypartner',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_deliverypartnerevent" ("created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") SELECT new_values."created_at", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='11d6ae19bea9dc081ae3705ca7c297eee8e4a9eb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0a52e', referencing='REFERENCING NEW TABLE AS new_values ', table='declarations_deliverypartner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deliverypartner',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_deliverypartnerevent" ("created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") SELECT new_values."created_at", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5e30d587e7e8237c837c6a331f68314bd33c4c68', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_77074', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='declarations_deliverypartner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deliverypartner',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_deliverypartnerevent" ("created_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") SELECT old_values."created_at", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e567f80ad58e46960b7e80088f82cb5115d564de', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_30679', referencing='REFERENCING OLD TABLE AS old_values ', table='declarations_deliverypartner', when='AFTER')),
        ),

        migrations.CreateModel(
            name='DeliveryPartnerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='declarations.deliverypartner')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, help_text='The `delivery_partner_id` that lead providers know.')),
                ('name', models.CharField(max_length=200)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deliverypartnerevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='d7377ad978c46b457dea2987b00442607c8cc756', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_ab083', table='declarations_deliverypartnerevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deliverypartnerevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='32ae299a58979116fcfe854e3cb66a9d18b4f1b2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7099d', table='declarations_deliverypartnerevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_year', models.PositiveSmallIntegerField(unique=True, validators=[django.core.validators.MinValueValidator(2020), django.core.validators.MaxValueValidator(2100)])),
                ('closed_for_payment', models.BooleanField(default=False, help_text='Its funding contract has ended: nothing more is paid.')),
            ],
            options={
                'ordering': ('-start_year',),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('start_year__range', (2020, 2100))), name='cohort_start_year'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cohort',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_cohortevent" ("closed_for_payment", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_year") SELECT new_values."closed_for_payment", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."start_year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b8e902a6876b16238db76c672d06ec8eb979d33b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_52f34', referencing='REFERENCING NEW TABLE AS new_values ', table='declarations_cohort', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cohort',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_cohortevent" ("closed_for_payment", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_year") SELECT new_values."closed_for_payment", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."start_year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='04959692d60911e5138b5b328f7a7b7192708ad2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_edcf7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='declarations_cohort', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cohort',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_cohortevent" ("closed_for_payment", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_year") SELECT old_values."closed_for_payment", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."start_year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='86a624dc61ae1ffa70fa1d317ca29c10f8de036c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8d753', referencing='REFERENCING OLD TABLE AS old_values ', table='declarations_cohort', when='AFTER')),
        ),

        migrations.CreateModel(
            name='CohortEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='declarations.cohort')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('start_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2020), django.core.validators.MaxValueValidator(2100)])),
                ('closed_for_payment', models.BooleanField(default=False, help_text='Its funding contract has ended: nothing more is paid.')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cohortevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='15f93aea9219f9a0027efdc8d8741f72e9be2f77', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_3c5ab', table='declarations_cohortevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cohortevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4ac7ae256a8f7add87fe72095be9259d5846a346', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_34142', table='declarations_cohortevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='LeadProviderDeliveryPartnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lead_provider', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='delivery_partnerships', to='declarations.leadprovider')),
                ('delivery_partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delivery_partnerships', to='declarations.deliverypartner')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delivery_partnerships', to='declarations.cohort')),
            ],
            options={
                'verbose_name': 'delivery partner of a lead provider',
                'verbose_name_plural': 'delivery partners of lead providers',
                'ordering': ('-cohort__start_year', 'lead_provider__name', 'delivery_partner__name'),
                'constraints': [
                    models.UniqueConstraint(fields=('lead_provider', 'delivery_partner', 'cohort'), name='leadproviderdeliverypartnership_once', violation_error_message='These two work together in this academic year already.'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leadproviderdeliverypartnership',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_leadproviderdeliverypartnershipevent" ("cohort_id", "delivery_partner_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."cohort_id", new_values."delivery_partner_id", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a3e3f8177aee119c15ff7e80cce2785ec97ca438', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5ed78', referencing='REFERENCING NEW TABLE AS new_values ', table='declarations_leadproviderdeliverypartnership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leadproviderdeliverypartnership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_leadproviderdeliverypartnershipevent" ("cohort_id", "delivery_partner_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."cohort_id", new_values."delivery_partner_id", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='412f346f6cd4a188bad5de0e1ad083fd83095946', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_086f9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='declarations_leadproviderdeliverypartnership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leadproviderdeliverypartnership',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_leadproviderdeliverypartnershipevent" ("cohort_id", "delivery_partner_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."cohort_id", old_values."delivery_partner_id", old_values."id", old_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6d561c4238230c7132b491b44c63cdaf2c0225ce', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6470d', referencing='REFERENCING OLD TABLE AS old_values ', table='declarations_leadproviderdeliverypartnership', when='AFTER')),
        ),

        migrations.CreateModel(
            name='LeadProviderDeliveryPartnershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='declarations.leadproviderdeliverypartnership')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('lead_provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.leadprovider')),
                ('delivery_partner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.deliverypartner')),
                ('cohort', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.cohort')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leadproviderdeliverypartnershipevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='706496efb84aa05709c8567abba7ecd81788b615', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_e9209', table='declarations_leadproviderdeliverypartnershipevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leadproviderdeliverypartnershipevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d30cc4b1b91bdef3e75f0c17b5d322894ff1c810', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_09b79', table='declarations_leadproviderdeliverypartnershipevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lead_provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens', to='declarations.leadprovider')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('revoked_at', models.DateTimeField(blank=True, editable=False, help_text='Since when it is refused.', null=True)),
            ],
            options={
                'verbose_name': 'API token',
                'ordering': ('lead_provider__name', 'id'),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='apitoken_digest'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apitoken',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_apitokenevent" ("created_at", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") SELECT new_values."created_at", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."revoked_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f783bd329b636a06a8efad8ec1ce79e9df7bba64', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_50487', referencing='REFERENCING NEW TABLE AS new_values ', table='declarations_apitoken', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apitoken',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_apitokenevent" ("created_at", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") SELECT new_values."created_at", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."revoked_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."lead_provider_id" IS DISTINCT FROM (new_values."lead_provider_id") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='78fd28560050eb21bb25787e83c928bd155f0a97', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_5b2b4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='declarations_apitoken', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apitoken',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_apitokenevent" ("created_at", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") SELECT old_values."created_at", old_values."id", old_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."revoked_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c5f52ee6625274997b416cd71859cb65ff0b4a3a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_25a70', referencing='REFERENCING OLD TABLE AS old_values ', table='declarations_apitoken', when='AFTER')),
        ),

        migrations.CreateModel(
            name='ApiTokenEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='declarations.apitoken')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('lead_provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.leadprovider')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('revoked_at', models.DateTimeField(blank=True, editable=False, help_text='Since when it is refused.', null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apitokenevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='bfeae97b96f926c12c2ba90220d21d5946502472', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_4c887', table='declarations_apitokenevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apitokenevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3938613350bbce1290204b8a9be0b44beebeaba9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ea412', table='declarations_apitokenevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='RequestWindow',
            fields=[
                ('token', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='request_window', serialize=False, to='declarations.apitoken')),
                ('started_at', models.DateTimeField(help_text="The moment of the window's first request.")),
                ('requests', models.PositiveIntegerField()),
            ],
        ),

        migrations.CreateModel(
            name='PageCursor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='page_cursors', to='declarations.apitoken')),
                ('asked', models.UUIDField(help_text="A digest of the list, its filters and order, and the page's size.")),
                ('next_page', models.PositiveBigIntegerField(help_text='The page that begins after this position.')),
                ('moments', django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), help_text='By which the list is sorted: those of the last row of the page.', size=None)),
                ('last_id', models.UUIDField(help_text='The id of the last row of the page.')),
                ('made_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('token', 'asked'), name='pagecursor_one_of_a_kind'),
                ],
            },
        ),

        migrations.CreateModel(
            name='SchoolYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='school_years', to='schools.school')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='school_years', to='declarations.cohort')),
                ('programme', models.CharField(choices=[('provider_led', 'Use a training provider funded by the DfE'), ('school_led', 'Deliver your own programme'), ('not_decided', 'Not decided yet')], default='not_decided', max_length=20)),
                ('lead_provider', models.ForeignKey(blank=True, help_text='The one that the school chose, if it did. A partnership goes before it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='chosen_by_school_years', to='declarations.leadprovider')),
                ('appropriate_body', models.CharField(blank=True, max_length=200)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, help_text='When what lead providers read of the school in this year last changed.')),
            ],
            options={
                'ordering': ('-cohort__start_year', 'school__name'),
                'indexes': [
                    models.Index(fields=['updated_at'], name='schoolyear_updated'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('school', 'cohort'), name='schoolyear_once', violation_error_message='This school already has this academic year.'),
                    models.CheckConstraint(condition=models.Q(('programme__in', ['provider_led', 'school_led', 'not_decided'])), name='schoolyear_programme'),
                    models.CheckConstraint(condition=models.Q(('lead_provider__isnull', True), ('programme', 'provider_led'), _connector='OR'), name='schoolyear_lead_provider', violation_error_message='Only a provider-led year has a lead provider.'),
                    models.UniqueConstraint(fields=('id', 'school', 'programme'), name='schoolyear_key'),
                    models.UniqueConstraint(fields=('id', 'cohort'), name='schoolyear_cohort_key'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolyear',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_schoolyearevent" ("appropriate_body", "cohort_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "school_id") SELECT new_values."appropriate_body", new_values."cohort_id", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."programme", new_values."school_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='90227515005ed0246d45468788e5bc1542331362', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6333c', referencing='REFERENCING NEW TABLE AS new_values ', table='declarations_schoolyear', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolyear',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_schoolyearevent" ("appropriate_body", "cohort_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "school_id") SELECT new_values."appropriate_body", new_values."cohort_id", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."programme", new_values."school_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."appropriate_body" IS DISTINCT FROM (new_values."appropriate_body") OR old_values."cohort_id" IS DISTINCT FROM (new_values."cohort_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."lead_provider_id" IS DISTINCT FROM (new_values."lead_provider_id") OR old_values."programme" IS DISTINCT FROM (new_values."programme") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6f697958b48624dc1bedcc3fe536f2a669328206', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_05ebd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='declarations_schoolyear', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolyear',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_schoolyearevent" ("appropriate_body", "cohort_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "school_id") SELECT old_values."appropriate_body", old_values."cohort_id", old_values."id", old_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."programme", old_values."school_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8ae572b8e0e0329669aae5cf423664ebbf311ec7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4f3da', referencing='REFERENCING OLD TABLE AS old_values ', table='declarations_schoolyear', when='AFTER')),
        ),

        migrations.CreateModel(
            name='SchoolYearEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='declarations.schoolyear')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('cohort', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.cohort')),
                ('programme', models.CharField(choices=[('provider_led', 'Use a training provider funded by the DfE'), ('school_led', 'Deliver your own programme'), ('not_decided', 'Not decided yet')], default='not_decided', max_length=20)),
                ('lead_provider', models.ForeignKey(blank=True, db_constraint=False, help_text='The one that the school chose, if it did. A partnership goes before it.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.leadprovider')),
                ('appropriate_body', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolyearevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='4990be0a145789b908b1ee6563855f895d5dc578', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_6b4d3', table='declarations_schoolyearevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolyearevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='41065569a7cb109c48d80c9eb665420cbd91a511', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2c697', table='declarations_schoolyearevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='SchoolPartnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, help_text="The partnership's id that lead providers know.", unique=True)),
                ('school_year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partnerships', to='declarations.schoolyear')),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('cohort', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='partnerships', to='declarations.cohort')),
                ('programme', models.GeneratedField(db_persist=True, expression=models.Value('provider_led'), output_field=models.CharField(max_length=20))),
                ('lead_provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partnerships', to='declarations.leadprovider')),
                ('delivery_partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partnerships', to='declarations.deliverypartner')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('counted_on', models.DateField(editable=False, help_text='The day from which on as many people are in training as last counted.', null=True)),
            ],
            options={
                'ordering': ('-cohort__start_year', 'lead_provider__name'),
                'indexes': [
                    models.Index(fields=['updated_at'], name='schoolpartnership_updated'),
                    models.Index(fields=['lead_provider', 'created_at', 'public_id'], name='schoolpartnership_oldest'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('school_year', 'lead_provider', 'delivery_partner'), name='schoolpartnership_once', violation_error_message='This school year already has this partnership.'),
                    models.UniqueConstraint(fields=('id', 'school', 'lead_provider'), name='schoolpartnership_key'),
                    models.UniqueConstraint(fields=('id', 'cohort'), name='schoolpartnership_cohort_key'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolpartnership',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_schoolpartnershipevent" ("cohort_id", "created_at", "delivery_partner_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "school_year_id") SELECT new_values."cohort_id", new_values."created_at", new_values."delivery_partner_id", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."school_id", new_values."school_year_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bafc5c13fa076ede6fd199eba2ff76a1f8dfd7c1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7c751', referencing='REFERENCING NEW TABLE AS new_values ', table='declarations_schoolpartnership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolpartnership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_schoolpartnershipevent" ("cohort_id", "created_at", "delivery_partner_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "school_year_id") SELECT new_values."cohort_id", new_values."created_at", new_values."delivery_partner_id", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."school_id", new_values."school_year_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."cohort_id" IS DISTINCT FROM (new_values."cohort_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."delivery_partner_id" IS DISTINCT FROM (new_values."delivery_partner_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."lead_provider_id" IS DISTINCT FROM (new_values."lead_provider_id") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id") OR old_values."school_year_id" IS DISTINCT FROM (new_values."school_year_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ae3fa9f79bda5c0d224365e856615c5f9f2cc3f8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_87b0c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='declarations_schoolpartnership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolpartnership',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_schoolpartnershipevent" ("cohort_id", "created_at", "delivery_partner_id", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "school_year_id") SELECT old_values."cohort_id", old_values."created_at", old_values."delivery_partner_id", old_values."id", old_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."school_id", old_values."school_year_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1cf89012732b51669573b52ad6616b7048b3d075', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_737df', referencing='REFERENCING OLD TABLE AS old_values ', table='declarations_schoolpartnership', when='AFTER')),
        ),

        migrations.CreateModel(
            name='SchoolPartnershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='declarations.schoolpartnership')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('public_id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, help_text="The partnership's id that lead providers know.")),
                ('school_year', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.schoolyear')),
                ('school', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('cohort', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.cohort')),
                ('lead_provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.leadprovider')),
                ('delivery_partner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.deliverypartner')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolpartnershipevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='9b0120370aa62dff077353e4c18d561e91b27431', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_2a65b', table='declarations_schoolpartnershipevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolpartnershipevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fa1671fdb109e4fe6e3a7c127b17e928c6fc07d2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6b866', table='declarations_schoolpartnershipevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='TrainingPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_on', models.DateField(help_text='The first day.')),
                ('finished_on', models.DateField(blank=True, help_text='The day after the last day; empty while it goes on.', null=True)),
                ('period', models.GeneratedField(db_persist=True, expression=models.Func(models.F('started_on'), models.Case(models.When(finished_on__lt=models.F('started_on'), then=models.F('started_on')), default=models.F('finished_on')), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), output_field=django.contrib.postgres.fields.ranges.DateRangeField())),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('mentor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='training_periods', to='schools.mentoratschool')),
                ('ect', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='training_periods', to='schools.ectatschool', verbose_name='ECT')),
                ('lead_provider', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='training_periods', to='declarations.leadprovider')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_periods', to='declarations.cohort')),
                ('partnership', models.ForeignKey(blank=True, help_text="Empty while the training waits for the school's partnership with the provider.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='training_periods', to='declarations.schoolpartnership')),
                ('withdrawn_at', models.DateTimeField(blank=True, help_text='When the provider withdrew them. Ends the period.', null=True)),
                ('withdrawn_reason', models.CharField(blank=True, choices=[('left-teaching-profession', 'Left the teaching profession'), ('moved-school', 'Moved school'), ('mentor-no-longer-being-mentor', 'No longer a mentor'), ('switched-to-school-led', 'The school delivers its own programme now'), ('changed-lead-provider', 'Changed lead provider'), ('other', 'Other')], max_length=40)),
                ('deferred_at', models.DateTimeField(blank=True, help_text='When the provider deferred them. Ends the period.', null=True)),
                ('deferred_reason', models.CharField(blank=True, choices=[('bereavement', 'Bereavement'), ('long-term-sickness', 'Long-term sickness'), ('parental-leave', 'Parental leave'), ('career-break', 'Career break'), ('other', 'Other')], max_length=40)),
                ('end_reason', models.CharField(blank=True, choices=[('left_school', 'They left the school'), ('changed_lead_provider', 'The school changed the lead provider'), ('completed', 'They completed their training')], max_length=30)),
                ('finished_on_before_completion', models.DateField(blank=True, editable=False, help_text='The end that a period had before a completion ended it, if any.', null=True)),
                ('school', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('teacher', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='training_periods', to='schools.teacher')),
                ('course_identifier', models.GeneratedField(db_persist=True, expression=models.Case(models.When(mentor__isnull=False, then=models.Value('ecf-mentor')), default=models.Value('ecf-induction')), output_field=models.CharField(max_length=20))),
            ],
            options={
                'ordering': ('-started_on',),
                'abstract': False,
                'indexes': [
                    models.Index(fields=['school', 'cohort', 'lead_provider'], name='trainingperiod_at_school'),
                    models.Index(fields=['lead_provider', 'cohort'], name='trainingperiod_of_cohort'),
                    models.Index(fields=['teacher', 'lead_provider', 'started_on', 'id'], include=('mentor', 'ect', 'partnership'), name='trainingperiod_latest'),
                    models.Index(condition=models.Q(('ect__isnull', False), ('partnership__isnull', False)), fields=['lead_provider', 'ect', 'teacher', 'started_on', 'id'], name='trainingperiod_ects'),
                    models.Index(fields=['started_on'], name='trainingperiod_started'),
                    models.Index(fields=['finished_on'], name='trainingperiod_finished'),
                    django.contrib.postgres.indexes.HashIndex(fields=['mentor'], name='trainingperiod_by_mentor'),
                    django.contrib.postgres.indexes.HashIndex(fields=['ect'], name='trainingperiod_by_ect'),
                    models.Index(condition=models.Q(('withdrawn_at__isnull', False)), fields=['id'], name='trainingperiod_withdrawn_ones'),
                    models.Index(condition=models.Q(('deferred_at__isnull', False)), fields=['id'], name='trainingperiod_deferred_ones'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('finished_on__isnull', True), ('finished_on__gt', models.F('started_on')), _connector='OR'), name='trainingperiod_finished_after_started', violation_error_message='The end must be after the start.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ect__isnull', False), ('mentor__isnull', True)), models.Q(('ect__isnull', True), ('mentor__isnull', False)), _connector='OR'), name='trainingperiod_mentor_or_ect', violation_error_message='Choose a mentor or an ECT, and not both.'),
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('mentor', '='), ('period', '&&')], name='trainingperiod_mentor_once_at_a_time', violation_error_message='This person is already in training at that time.'),
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('ect', '='), ('period', '&&')], name='trainingperiod_ect_once_at_a_time', violation_error_message='This person is already in training at that time.'),
                    models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('deferred_at__isnull', True), _connector='OR'), name='trainingperiod_withdrawn_or_deferred', violation_error_message='A training period is withdrawn or deferred, not both.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_reason', '')), models.Q(('finished_on__isnull', False), ('withdrawn_at__isnull', False), ('withdrawn_reason__in', ['left-teaching-profession', 'moved-school', 'mentor-no-longer-being-mentor', 'switched-to-school-led', 'changed-lead-provider', 'other'])), _connector='OR'), name='trainingperiod_withdrawn', violation_error_message='Training that is withdrawn has a reason and an end.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('deferred_at__isnull', True), ('deferred_reason', '')), models.Q(('deferred_at__isnull', False), ('deferred_reason__in', ['bereavement', 'long-term-sickness', 'parental-leave', 'career-break', 'other']), ('finished_on__isnull', False)), _connector='OR'), name='trainingperiod_deferred', violation_error_message='Training that is deferred has a reason and an end.'),
                    models.CheckConstraint(condition=models.Q(('end_reason', ''), models.Q(('end_reason__in', ['left_school', 'changed_lead_provider', 'completed']), ('finished_on__isnull', False)), _connector='OR'), name='trainingperiod_ended_with_reason', violation_error_message='Only a training period that ends has a reason for it.'),
                    models.CheckConstraint(condition=models.Q(('finished_on_before_completion__isnull', True), ('end_reason', 'completed'), _connector='OR'), name='trainingperiod_end_before_completion', violation_error_message='Only a completion keeps the end that was there before.'),
                    models.UniqueConstraint(fields=('id', 'teacher', 'lead_provider', 'course_identifier'), name='trainingperiod_key'),
                    models.UniqueConstraint(fields=('id', 'partnership', 'cohort'), name='trainingperiod_partnership_key'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trainingperiod',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_trainingperiodevent" ("cohort_id", "deferred_at", "deferred_reason", "ect_id", "end_reason", "finished_on", "finished_on_before_completion", "id", "lead_provider_id", "mentor_id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "started_on", "teacher_id", "withdrawn_at", "withdrawn_reason") SELECT new_values."cohort_id", new_values."deferred_at", new_values."deferred_reason", new_values."ect_id", new_values."end_reason", new_values."finished_on", new_values."finished_on_before_completion", new_values."id", new_values."lead_provider_id", new_values."mentor_id", new_values."partnership_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."school_id", new_values."started_on", new_values."teacher_id", new_values."withdrawn_at", new_values."withdrawn_reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2a45b5516a653a0110c2c34820556b7695daaecf', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d889e', referencing='REFERENCING NEW TABLE AS new_values ', table='declarations_trainingperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trainingperiod',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_trainingperiodevent" ("cohort_id", "deferred_at", "deferred_reason", "ect_id", "end_reason", "finished_on", "finished_on_before_completion", "id", "lead_provider_id", "mentor_id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "started_on", "teacher_id", "withdrawn_at", "withdrawn_reason") SELECT new_values."cohort_id", new_values."deferred_at", new_values."deferred_reason", new_values."ect_id", new_values."end_reason", new_values."finished_on", new_values."finished_on_before_completion", new_values."id", new_values."lead_provider_id", new_values."mentor_id", new_values."partnership_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."school_id", new_values."started_on", new_values."teacher_id", new_values."withdrawn_at", new_values."withdrawn_reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."cohort_id" IS DISTINCT FROM (new_values."cohort_id") OR old_values."deferred_at" IS DISTINCT FROM (new_values."deferred_at") OR old_values."deferred_reason" IS DISTINCT FROM (new_values."deferred_reason") OR old_values."ect_id" IS DISTINCT FROM (new_values."ect_id") OR old_values."end_reason" IS DISTINCT FROM (new_values."end_reason") OR old_values."finished_on" IS DISTINCT FROM (new_values."finished_on") OR old_values."finished_on_before_completion" IS DISTINCT FROM (new_values."finished_on_before_completion") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."lead_provider_id" IS DISTINCT FROM (new_values."lead_provider_id") OR old_values."mentor_id" IS DISTINCT FROM (new_values."mentor_id") OR old_values."partnership_id" IS DISTINCT FROM (new_values."partnership_id") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id") OR old_values."started_on" IS DISTINCT FROM (new_values."started_on") OR old_values."teacher_id" IS DISTINCT FROM (new_values."teacher_id") OR old_values."withdrawn_at" IS DISTINCT FROM (new_values."withdrawn_at") OR old_values."withdrawn_reason" IS DISTINCT FROM (new_values."withdrawn_reason")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='44b35f8f39a2f16597ced7d972e3854753ec3972', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_900a7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='declarations_trainingperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trainingperiod',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_trainingperiodevent" ("cohort_id", "deferred_at", "deferred_reason", "ect_id", "end_reason", "finished_on", "finished_on_before_completion", "id", "lead_provider_id", "mentor_id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "school_id", "started_on", "teacher_id", "withdrawn_at", "withdrawn_reason") SELECT old_values."cohort_id", old_values."deferred_at", old_values."deferred_reason", old_values."ect_id", old_values."end_reason", old_values."finished_on", old_values."finished_on_before_completion", old_values."id", old_values."lead_provider_id", old_values."mentor_id", old_values."partnership_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."school_id", old_values."started_on", old_values."teacher_id", old_values."withdrawn_at", old_values."withdrawn_reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='95c256c6aaf2abc36dec57778c0f753231d43030', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a7406', referencing='REFERENCING OLD TABLE AS old_values ', table='declarations_trainingperiod', when='AFTER')),
        ),

        migrations.CreateModel(
            name='TrainingPeriodEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='declarations.trainingperiod')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('started_on', models.DateField(help_text='The first day.')),
                ('finished_on', models.DateField(blank=True, help_text='The day after the last day; empty while it goes on.', null=True)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('mentor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.mentoratschool')),
                ('ect', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.ectatschool', verbose_name='ECT')),
                ('lead_provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.leadprovider')),
                ('cohort', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.cohort')),
                ('partnership', models.ForeignKey(blank=True, db_constraint=False, help_text="Empty while the training waits for the school's partnership with the provider.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.schoolpartnership')),
                ('withdrawn_at', models.DateTimeField(blank=True, help_text='When the provider withdrew them. Ends the period.', null=True)),
                ('withdrawn_reason', models.CharField(blank=True, choices=[('left-teaching-profession', 'Left the teaching profession'), ('moved-school', 'Moved school'), ('mentor-no-longer-being-mentor', 'No longer a mentor'), ('switched-to-school-led', 'The school delivers its own programme now'), ('changed-lead-provider', 'Changed lead provider'), ('other', 'Other')], max_length=40)),
                ('deferred_at', models.DateTimeField(blank=True, help_text='When the provider deferred them. Ends the period.', null=True)),
                ('deferred_reason', models.CharField(blank=True, choices=[('bereavement', 'Bereavement'), ('long-term-sickness', 'Long-term sickness'), ('parental-leave', 'Parental leave'), ('career-break', 'Career break'), ('other', 'Other')], max_length=40)),
                ('end_reason', models.CharField(blank=True, choices=[('left_school', 'They left the school'), ('changed_lead_provider', 'The school changed the lead provider'), ('completed', 'They completed their training')], max_length=30)),
                ('finished_on_before_completion', models.DateField(blank=True, editable=False, help_text='The end that a period had before a completion ended it, if any.', null=True)),
                ('school', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('teacher', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.teacher')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trainingperiodevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='09f614698e0c1033abb426be860f233bd668c44a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_05a62', table='declarations_trainingperiodevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trainingperiodevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7cdf4260bbae2c25b950664422f9ea667ce6a67e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ff443', table='declarations_trainingperiodevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='Declaration',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('training_period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='declarations.trainingperiod')),
                ('teacher', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='schools.teacher')),
                ('lead_provider', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='declarations.leadprovider')),
                ('cohort', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='declarations.cohort')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='declarations.schoolpartnership')),
                ('course_identifier', models.CharField(choices=[('ecf-mentor', 'Mentor training'), ('ecf-induction', 'Training of early career teachers')], default='ecf-mentor', editable=False, max_length=20, verbose_name='course')),
                ('delivery_partner', models.ForeignKey(db_index=False, help_text='The partner on the day of submission; it stays when the partnership changes.', on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='declarations.deliverypartner')),
                ('declaration_type', models.CharField(choices=[('started', 'Started'), ('retained-1', 'Retained 1'), ('retained-2', 'Retained 2'), ('retained-3', 'Retained 3'), ('retained-4', 'Retained 4'), ('completed', 'Completed'), ('extended-1', 'Extended 1'), ('extended-2', 'Extended 2'), ('extended-3', 'Extended 3')], max_length=20, verbose_name='type')),
                ('declaration_date', models.DateTimeField(help_text='The moment it is declared for.')),
                ('academic_year', models.GeneratedField(db_persist=True, expression=models.Func('declaration_date', output_field=models.IntegerField(), template="extract(year FROM (%(expressions)s AT TIME ZONE 'Europe/London') - interval '8 months')::integer"), output_field=models.IntegerField())),
                ('evidence_held', models.CharField(blank=True, choices=[('training-event-attended', 'Training event attended'), ('self-study-material-completed', 'Self-study material completed'), ('materials-engaged-with-offline', 'Materials engaged with offline'), ('75-percent-engagement-met', '75% engagement met'), ('75-percent-engagement-met-reduced-induction', '75% engagement met, reduced induction'), ('other', 'Other')], max_length=50)),
                ('state', models.CharField(choices=[('submitted', 'Submitted'), ('eligible', 'Eligible'), ('payable', 'Payable'), ('paid', 'Paid'), ('voided', 'Voided'), ('awaiting_clawback', 'Awaiting clawback'), ('clawed_back', 'Clawed back')], default='submitted', max_length=20)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_week', models.GeneratedField(db_persist=True, expression=models.Func('updated_at', output_field=models.DateField(), template="date_trunc('week', %(expressions)s AT TIME ZONE 'UTC')::date"), output_field=models.DateField())),
            ],
            options={
                'ordering': ('created_at', 'id'),
                'indexes': [
                    models.Index(fields=['lead_provider', 'created_at', 'id'], name='declaration_paging'),
                    models.Index(fields=['lead_provider', 'cohort', 'created_at', 'id'], name='declaration_cohort_paging'),
                    models.Index(fields=['delivery_partner', 'lead_provider', 'created_at', 'id'], name='declaration_partner_paging'),
                    models.Index(fields=['lead_provider', 'updated_at'], name='declaration_updated'),
                    models.Index(fields=['lead_provider', 'updated_week', 'created_at', 'id'], include=('updated_at', 'cohort'), name='declaration_week_paging'),
                    models.Index(fields=['created_at', 'id'], name='declaration_newest'),
                    models.Index(fields=['cohort', 'created_at', 'id'], name='declaration_cohort_newest'),
                    models.Index(fields=['academic_year', 'created_at', 'id'], name='declaration_year_newest'),
                    models.Index(fields=['declaration_type', 'created_at', 'id'], name='declaration_type_newest'),
                    models.Index(condition=models.Q(('state', 'paid'), _negated=True), fields=['state', 'created_at', 'id'], name='declaration_state_newest'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state__in', ['submitted', 'eligible', 'payable', 'paid'])), fields=('teacher', 'course_identifier', 'declaration_type'), name='declaration_one_counting', violation_error_message='A declaration of this type already counts.'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'eligible', 'payable', 'paid', 'voided', 'awaiting_clawback', 'clawed_back'])), name='declaration_state'),
                    models.CheckConstraint(condition=models.Q(('course_identifier__in', ['ecf-mentor', 'ecf-induction'])), name='declaration_course'),
                    models.CheckConstraint(condition=models.Q(('declaration_type__in', ['started', 'retained-1', 'retained-2', 'retained-3', 'retained-4', 'completed', 'extended-1', 'extended-2', 'extended-3'])), name='declaration_type'),
                    models.CheckConstraint(condition=models.Q(('evidence_held__in', ['', 'training-event-attended', 'self-study-material-completed', 'materials-engaged-with-offline', '75-percent-engagement-met', '75-percent-engagement-met-reduced-induction', 'other'])), name='declaration_evidence_held'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='starts_submitted_or_eligible', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" IN (\'submitted\', \'eligible\')))', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='8d0be0105b9acdce05aa2e3673f1401405e80760', operation='INSERT', pgid='pgtrigger_starts_submitted_or_eligible_25063', table='declarations_declaration', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='state_machine', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{submitted:eligible,submitted:voided,eligible:payable,eligible:voided,payable:paid,payable:voided,paid:awaiting_clawback,awaiting_clawback:clawed_back}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='cba01990f5e1429e76ce97cfa6d25c651f48cd5a', operation='UPDATE', pgid='pgtrigger_state_machine_5df9d', table='declarations_declaration', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='state_is_logged', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare="DECLARE left_state text := '';", func="\n            IF TG_OP = 'UPDATE' THEN\n                IF OLD.state = NEW.state THEN\n                    RETURN NULL;\n                END IF;\n                left_state := OLD.state;\n            END IF;\n            IF NOT EXISTS (\n                SELECT FROM declarations_declarationstatechange\n                WHERE declaration_id = NEW.id AND from_state = left_state AND to_state = NEW.state\n            ) THEN\n                RAISE EXCEPTION 'Declaration % came to be % without a row in its log',\n                        NEW.id, NEW.state\n                    USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='d55eb9a2c3b9ac58872012abf0de750053e00568', operation='INSERT OR UPDATE OF "state"', pgid='pgtrigger_state_is_logged_d7416', table='declarations_declaration', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_declarationevent" ("cohort_id", "course_identifier", "created_at", "declaration_date", "declaration_type", "delivery_partner_id", "evidence_held", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teacher_id", "training_period_id") SELECT new_values."cohort_id", new_values."course_identifier", new_values."created_at", new_values."declaration_date", new_values."declaration_type", new_values."delivery_partner_id", new_values."evidence_held", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."teacher_id", new_values."training_period_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='62021349ad15c5e375d7c67709508bd26e206ab0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3a5fc', referencing='REFERENCING NEW TABLE AS new_values ', table='declarations_declaration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_declarationevent" ("cohort_id", "course_identifier", "created_at", "declaration_date", "declaration_type", "delivery_partner_id", "evidence_held", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teacher_id", "training_period_id") SELECT new_values."cohort_id", new_values."course_identifier", new_values."created_at", new_values."declaration_date", new_values."declaration_type", new_values."delivery_partner_id", new_values."evidence_held", new_values."id", new_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."teacher_id", new_values."training_period_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."cohort_id" IS DISTINCT FROM (new_values."cohort_id") OR old_values."course_identifier" IS DISTINCT FROM (new_values."course_identifier") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."declaration_date" IS DISTINCT FROM (new_values."declaration_date") OR old_values."declaration_type" IS DISTINCT FROM (new_values."declaration_type") OR old_values."delivery_partner_id" IS DISTINCT FROM (new_values."delivery_partner_id") OR old_values."evidence_held" IS DISTINCT FROM (new_values."evidence_held") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."lead_provider_id" IS DISTINCT FROM (new_values."lead_provider_id") OR old_values."teacher_id" IS DISTINCT FROM (new_values."teacher_id") OR old_values."training_period_id" IS DISTINCT FROM (new_values."training_period_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cb58635a9b63346e06ae7503d319f932d01a9920', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_11bef', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='declarations_declaration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_declarationevent" ("cohort_id", "course_identifier", "created_at", "declaration_date", "declaration_type", "delivery_partner_id", "evidence_held", "id", "lead_provider_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "teacher_id", "training_period_id") SELECT old_values."cohort_id", old_values."course_identifier", old_values."created_at", old_values."declaration_date", old_values."declaration_type", old_values."delivery_partner_id", old_values."evidence_held", old_values."id", old_values."lead_provider_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."teacher_id", old_values."training_period_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='65bc48de3f2ae295dfd247559a7389c1254e3545', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_aefae', referencing='REFERENCING OLD TABLE AS old_values ', table='declarations_declaration', when='AFTER')),
        ),

        migrations.CreateModel(
            name='DeclarationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='declarations.declaration')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('training_period', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.trainingperiod')),
                ('teacher', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.teacher')),
                ('lead_provider', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.leadprovider')),
                ('cohort', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.cohort')),
                ('course_identifier', models.CharField(choices=[('ecf-mentor', 'Mentor training'), ('ecf-induction', 'Training of early career teachers')], default='ecf-mentor', editable=False, max_length=20, verbose_name='course')),
                ('delivery_partner', models.ForeignKey(db_constraint=False, help_text='The partner on the day of submission; it stays when the partnership changes.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='declarations.deliverypartner')),
                ('declaration_type', models.CharField(choices=[('started', 'Started'), ('retained-1', 'Retained 1'), ('retained-2', 'Retained 2'), ('retained-3', 'Retained 3'), ('retained-4', 'Retained 4'), ('completed', 'Completed'), ('extended-1', 'Extended 1'), ('extended-2', 'Extended 2'), ('extended-3', 'Extended 3')], max_length=20, verbose_name='type')),
                ('declaration_date', models.DateTimeField(help_text='The moment it is declared for.')),
                ('evidence_held', models.CharField(blank=True, choices=[('training-event-attended', 'Training event attended'), ('self-study-material-completed', 'Self-study material completed'), ('materials-engaged-with-offline', 'Materials engaged with offline'), ('75-percent-engagement-met', '75% engagement met'), ('75-percent-engagement-met-reduced-induction', '75% engagement met, reduced induction'), ('other', 'Other')], max_length=50)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declarationevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='fffffe4079e144a5a334f97988090fff1098260a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_279b9', table='declarations_declarationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declarationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7792e4fb3ed957d90b7e9fdc8f17c62c6e60ea25', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_def1a', table='declarations_declarationevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='RecordedCompletion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recorded_completions', to='schools.teacher')),
                ('kind', models.CharField(choices=[('early_roll_out', 'Early roll-out'), ('started_not_completed', 'Started, not completed')], max_length=30)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'ordering': ('teacher__searchable_name', 'kind'),
                'constraints': [
                    models.UniqueConstraint(fields=('teacher', 'kind'), name='recordedcompletion_one_of_a_kind', violation_error_message='This is recorded for this teacher already.'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['early_roll_out', 'started_not_completed'])), name='recordedcompletion_kind'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordedcompletion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_recordedcompletionevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "teacher_id") SELECT new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recorded_at", new_values."teacher_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7b1a546618977745260ad30a940af597840235c3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_efed0', referencing='REFERENCING NEW TABLE AS new_values ', table='declarations_recordedcompletion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordedcompletion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_recordedcompletionevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "teacher_id") SELECT new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."recorded_at", new_values."teacher_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b6277ab8102dcb48b52299812c339d15169a2237', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2f220', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='declarations_recordedcompletion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordedcompletion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "declarations_recordedcompletionevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "teacher_id") SELECT old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recorded_at", old_values."teacher_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b5c85bb4e531cfacc1f44c30f4e02f85442fdf93', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_cb254', referencing='REFERENCING OLD TABLE AS old_values ', table='declarations_recordedcompletion', when='AFTER')),
        ),

        migrations.CreateModel(
            name='RecordedCompletionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='declarations.recordedcompletion')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('teacher', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.teacher')),
                ('kind', models.CharField(choices=[('early_roll_out', 'Early roll-out'), ('started_not_completed', 'Started, not completed')], max_length=30)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordedcompletionevent',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='361d28a94052fb5a6e18bf13483be0b21f720907', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_fb101', table='declarations_recordedcompletionevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordedcompletionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1e6310f8bde6932055ce55992fb7ae85236e0c30', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c56cf', table='declarations_recordedcompletionevent', when='BEFORE')),
        ),

        migrations.CreateModel(
            name='CompletionNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='completion_notices', to='schools.teacher')),
                ('kind', models.CharField(choices=[('completed', 'Completed'), ('taken_back', 'Taken back')], max_length=20)),
                ('declaration', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='completion_notices', to='declarations.declaration')),
                ('noticed_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(blank=True, help_text='When schools were told of it, or it was no news any more; empty until then.', null=True)),
            ],
            options={
                'ordering': ('id',),
                'indexes': [
                    models.Index(condition=models.Q(('told_at__isnull', True)), fields=['id'], name='completionnotice_untold'),
                    models.Index(fields=['told_at'], name='completionnotice_told_at'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['completed', 'taken_back'])), name='completionnotice_kind'),
                    models.UniqueConstraint(fields=('declaration', 'kind'), name='completionnotice_once_of_a_kind'),
                ],
            },
        ),

        migrations.CreateModel(
            name='Participation',
            fields=[
                ('training_period', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='declarations.trainingperiod')),
                ('lead_provider', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='declarations.leadprovider')),
                ('teacher', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.teacher')),
                ('cohort', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='declarations.cohort')),
                ('created_at', models.DateTimeField(help_text="When the teacher's record was made.")),
                ('participant_id', models.UUIDField()),
            ],
            options={
                'indexes': [
                    models.Index(fields=['lead_provider', 'created_at', 'participant_id'], include=['cohort'], name='participation_paging'),
                    models.Index(fields=['lead_provider', 'cohort', 'created_at', 'participant_id'], name='participation_of_cohort'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('teacher', 'lead_provider'), name='participation_once'),
                ],
            },
        ),

        migrations.CreateModel(
            name='SharedDeclaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('declaration', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='shared', to='declarations.declaration')),
                ('lead_provider', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='declarations.leadprovider')),
                ('cohort', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='declarations.cohort')),
                ('delivery_partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='declarations.deliverypartner')),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('updated_week', models.GeneratedField(db_persist=True, expression=models.Func('updated_at', output_field=models.DateField(), template="date_trunc('week', %(expressions)s AT TIME ZONE 'UTC')::date"), output_field=models.DateField())),
            ],
            options={
                'indexes': [
                    models.Index(fields=['lead_provider', 'created_at', 'declaration'], name='shareddeclaration_paging'),
                    models.Index(fields=['lead_provider', 'cohort', 'created_at', 'declaration'], name='shareddeclaration_of_cohort'),
                    models.Index(fields=['lead_provider', 'delivery_partner', 'created_at', 'declaration'], name='shareddeclaration_of_partner'),
                    models.Index(fields=['lead_provider', 'updated_week', 'created_at', 'declaration'], include=('updated_at', 'cohort'), name='shareddeclaration_of_week'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('declaration', 'lead_provider'), name='shareddeclaration_once'),
                ],
            },
        ),

        migrations.CreateModel(
            name='DeclarationCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lead_provider', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='declarations.leadprovider')),
                ('cohort', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='declarations.cohort')),
                ('week', models.DateField(help_text='The Monday on which the week of creation began, in UTC.')),
                ('number', models.IntegerField(help_text='How many came; below 0 how many went.')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['lead_provider', 'week'], include=('cohort', 'number'), name='declarationcount_of_provider'),
                ],
            },
        ),

        migrations.CreateModel(
            name='DeclarationStateChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('declaration', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='state_changes', to='declarations.declaration')),
                ('from_state', models.CharField(blank=True, choices=[('submitted', 'Submitted'), ('eligible', 'Eligible'), ('payable', 'Payable'), ('paid', 'Paid'), ('voided', 'Voided'), ('awaiting_clawback', 'Awaiting clawback'), ('clawed_back', 'Clawed back')], max_length=20)),
                ('to_state', models.CharField(choices=[('submitted', 'Submitted'), ('eligible', 'Eligible'), ('payable', 'Payable'), ('paid', 'Paid'), ('voided', 'Voided'), ('awaiting_clawback', 'Awaiting clawback'), ('clawed_back', 'Clawed back')], max_length=20)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.CharField(max_length=100)),
                ('why', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ('id',),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('from_state', ''), ('to_state__in', ['submitted', 'eligible'])), models.Q(('from_state', 'submitted'), ('to_state__in', ['eligible', 'voided'])), models.Q(('from_state', 'eligible'), ('to_state__in', ['payable', 'voided'])), models.Q(('from_state', 'payable'), ('to_state__in', ['paid', 'voided'])), models.Q(('from_state', 'paid'), ('to_state__in', ['awaiting_clawback'])), models.Q(('from_state', 'awaiting_clawback'), ('to_state__in', ['clawed_back'])), _connector='OR'), name='declarationstatechange_states'),
                    models.UniqueConstraint(fields=('declaration', 'from_state'), name='declarationstatechange_leaves_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('by', ''), _negated=True), models.Q(('why', ''), _negated=True)), name='declarationstatechange_by_and_why'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declarationstatechange',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f2734409b3211e00a91c75b50f626873a81ec986', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f3a5e', table='declarations_declarationstatechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declarationstatechange',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ", hash='c5f4cd69e6376a7ad3bf8c84f62a298cbc69caec', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_3c45c', table='declarations_declarationstatechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declarationstatechange',
            trigger=pgtrigger.compiler.Trigger(name='logs_a_change', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func='\n            IF (\n                NEW.from_state <> \'\' AND NOT EXISTS (\n                    SELECT FROM declarations_declarationstatechange\n                    WHERE declaration_id = NEW.declaration_id\n                        AND to_state = NEW.from_state AND id < NEW.id\n                )\n            ) OR (\n                NOT EXISTS (\n                    SELECT FROM declarations_declarationstatechange\n                    WHERE declaration_id = NEW.declaration_id AND from_state = NEW.to_state\n                )\n                AND NOT EXISTS (\n                    SELECT FROM declarations_declaration\n                    WHERE id = NEW.declaration_id AND state = NEW.to_state\n                )\n            ) THEN\n                RAISE EXCEPTION \'Declaration % did not go from "%" to "%"\',\n                        NEW.declaration_id, NEW.from_state, NEW.to_state\n                    USING ERRCODE = \'check_violation\', CONSTRAINT = TG_NAME;\n            END IF;\n            RETURN NULL;\n        ', hash='2af0d12f4e92d0fc239d39f73c9dd40b289afe50', operation='INSERT', pgid='pgtrigger_logs_a_change_7fc59', table='declarations_declarationstatechange', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),

        migrations.CreateModel(
            name='StateMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to_state', models.CharField(choices=[('submitted', 'Submitted'), ('eligible', 'Eligible'), ('payable', 'Payable'), ('paid', 'Paid'), ('voided', 'Voided'), ('awaiting_clawback', 'Awaiting clawback'), ('clawed_back', 'Clawed back')], max_length=20, verbose_name='new state')),
                ('why', models.CharField(max_length=200)),
                ('by', models.CharField(help_text='A kind and an id, such as “user 12”.', max_length=100)),
                ('planned_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField(blank=True, help_text='When a member of staff confirmed it; until then a plan.', null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'move of many declarations',
                'verbose_name_plural': 'moves of many declarations',
                'ordering': ('-planned_at', '-id'),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('to_state__in', ['submitted', 'eligible', 'payable', 'paid', 'voided', 'awaiting_clawback', 'clawed_back'])), name='statemove_state'),
                    models.CheckConstraint(condition=models.Q(models.Q(('by', ''), _negated=True), models.Q(('why', ''), _negated=True)), name='statemove_by_and_why'),
                    models.CheckConstraint(condition=models.Q(('finished_at__isnull', True), ('begun_at__isnull', False), _connector='OR'), name='statemove_begun_before_finished'),
                ],
            },
        ),

        migrations.CreateModel(
            name='StateMoveItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='declarations.statemove')),
                ('declaration_id', models.UUIDField()),
                ('from_state', models.CharField(blank=True, choices=[('submitted', 'Submitted'), ('eligible', 'Eligible'), ('payable', 'Payable'), ('paid', 'Paid'), ('voided', 'Voided'), ('awaiting_clawback', 'Awaiting clawback'), ('clawed_back', 'Clawed back')], max_length=20)),
                ('outcome', models.CharField(choices=[('waiting', 'Waiting'), ('moved', 'Moved'), ('refused', 'Refused')], default='waiting', max_length=10)),
                ('reason', models.CharField(blank=True, help_text='Why it was refused.', max_length=200)),
            ],
            options={
                'ordering': ('id',),
                'indexes': [
                    models.Index(condition=models.Q(('outcome', 'waiting')), fields=['move', 'id'], name='statemoveitem_waiting'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('move', 'declaration_id'), name='statemoveitem_once_in_a_move'),
                    models.CheckConstraint(condition=models.Q(('outcome__in', ['waiting', 'moved', 'refused'])), name='statemoveitem_outcome'),
                    models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='statemoveitem_says_why'),
                ],
            },
        ),
    ]
