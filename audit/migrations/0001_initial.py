import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='View',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('person_id', models.BigIntegerField()),
                ('page', models.CharField(max_length=80)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('access_list_id', models.BigIntegerField(null=True)),
                ('request_id', models.CharField(blank=True, max_length=40)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person_id', '-at', '-id'], name='audit_view_of_person'), models.Index(fields=['by', '-at'], name='audit_view_by_actor')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2a5e49b119dbd5e04d10660e6f26b136ae9eaa32', operation='UPDATE OR DELETE', pgid='pgtrigger_insert_only_fe169', table='audit_view', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('occurred_on', models.DateField()),
                ('code', models.CharField(max_length=80)),
                ('subject_type', models.CharField(max_length=60)),
                ('subject_ref', models.CharField(max_length=40)),
                ('person_id', models.BigIntegerField(null=True)),
                ('detail', models.JSONField(default=dict)),
                ('significant', models.BooleanField(default=False)),
                ('access_list_id', models.BigIntegerField(null=True)),
                ('request_id', models.CharField(blank=True, max_length=40)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person_id', '-at', '-id'], name='audit_event_of_person'), models.Index(fields=['subject_type', 'subject_ref'], name='audit_event_of_subject'), models.Index(fields=['by', '-at'], name='audit_event_by_actor')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3500cace299d25331bb331dee6792718d4b37e0c', operation='UPDATE OR DELETE', pgid='pgtrigger_insert_only_91811', table='audit_event', when='BEFORE'))],
            },
        ),
    ]
