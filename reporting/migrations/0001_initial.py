import core.refs
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
            name='CountedDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('counted_at', models.DateTimeField()),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='insert_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9393b173d0e5eb92d42e5d183afab7e3de97cd9d', operation='UPDATE OR DELETE', pgid='pgtrigger_insert_only_cd68f', table='reporting_countedday', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='KeptFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('number', models.PositiveIntegerField()),
                ('counted_day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='reporting.countedday')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('counted_day', 'team', 'code'), name='reporting_one_figure_per_day_and_team', nulls_distinct=False)],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2876f2d85cbc79a1f5f7594b025db998b5e265ce', operation='UPDATE OR DELETE', pgid='pgtrigger_insert_only_7a3bb', table='reporting_keptfigure', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=core.refs.new_ref, editable=False, max_length=16, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('code', models.CharField(help_text='Which list or table.', max_length=40)),
                ('query', models.JSONField(blank=True, default=dict, help_text='The team chosen and what narrows the list; codes only.')),
                ('title', models.CharField(max_length=150)),
                ('format', models.CharField(choices=[('csv', 'CSV, for other programs'), ('xlsx', 'Spreadsheet (XLSX)')], max_length=4)),
                ('purpose', models.CharField(choices=[('supervision', 'Supervision or allocation of work'), ('planning', 'Planning of the service, or a meeting about it'), ('return', 'A return, an inspection or an audit'), ('request', 'A complaint or a request for information'), ('other', 'Something else')], max_length=12)),
                ('purpose_words', models.CharField(max_length=200)),
                ('asked_at', models.DateTimeField()),
                ('status', models.CharField(choices=[('asked', 'Being made'), ('held', 'Waits for a second manager'), ('ready', 'Ready'), ('refused', 'Refused'), ('failed', 'Could not be made'), ('expired', 'File taken away')], default='asked', max_length=8)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('not_made_because', models.CharField(blank=True, max_length=300)),
                ('rows', models.PositiveIntegerField(blank=True, help_text='Rows of the list; of the file, once it is made.', null=True)),
                ('written', models.PositiveIntegerField(blank=True, help_text='Rows that stand in the file so far; empty until it is begun.', null=True)),
                ('teams', models.JSONField(blank=True, default=list, help_text='Keys of the teams counted; empty: every team.')),
                ('stored_name', models.CharField(blank=True, max_length=40)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('taken_away_at', models.DateTimeField(blank=True, null=True)),
                ('fetched', models.PositiveIntegerField(default=0, help_text='How often the file was fetched.')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['-asked_at', '-id'], name='reporting_exports'), models.Index(fields=['asked_by', '-asked_at'], name='reporting_exports_of_asker'), models.Index(condition=models.Q(('status', 'ready')), fields=['expires_at'], name='reporting_exports_to_expire')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'ready'), _negated=True), models.Q(('expires_at__isnull', False), ('made_at__isnull', False), ('rows__isnull', False), models.Q(('digest', ''), _negated=True), models.Q(('stored_name', ''), _negated=True)), _connector='OR'), name='reporting_export_ready_is_complete'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['refused', 'failed', 'expired']), _negated=True), ('stored_name', ''), _connector='OR'), name='reporting_export_over_has_no_file'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['refused', 'failed']), _negated=True), models.Q(('not_made_because', ''), _negated=True), _connector='OR'), name='reporting_export_not_made_with_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='reporting_export_decided_with_its_moment'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='reporting_export_decided_by_a_second_manager')],
                'triggers': [pgtrigger.compiler.Trigger(name='register_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='90678363fd6b7eb1cf5d84433ccfed248aba70a7', operation='DELETE', pgid='pgtrigger_register_stays_53c63', table='reporting_export', when='BEFORE')), pgtrigger.compiler.Trigger(name='what_was_asked_is_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.code IS DISTINCT FROM NEW.code OR OLD.query IS DISTINCT FROM NEW.query OR OLD.title IS DISTINCT FROM NEW.title OR OLD.format IS DISTINCT FROM NEW.format OR OLD.purpose IS DISTINCT FROM NEW.purpose OR OLD.purpose_words IS DISTINCT FROM NEW.purpose_words OR OLD.asked_by_id IS DISTINCT FROM NEW.asked_by_id OR OLD.asked_at IS DISTINCT FROM NEW.asked_at)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='11dc28c97c9a4bc381f35b278a358a6ef4098894', operation='UPDATE', pgid='pgtrigger_what_was_asked_is_frozen_d3f9c', table='reporting_export', when='BEFORE'))],
            },
        ),
    ]
