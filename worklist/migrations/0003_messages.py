import core.refs
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('people', '0002_authority_and_its_limits'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('worklist', '0002_rules'),
    ]

    operations = [
        migrations.CreateModel(
            name='Conversation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=core.refs.new_ref, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False)),
                ('updated_at', models.DateTimeField(editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('about', models.CharField(choices=[('message', 'A message'), ('plan', 'A comment on the support plan')], default='message', max_length=10)),
                ('subject_line', models.CharField(max_length=100)),
                ('url', models.CharField(blank=True, help_text='What it is about; references only.', max_length=200)),
                ('status', models.CharField(choices=[('waiting', 'Waits for our reply'), ('answered', 'Answered'), ('closed', 'Closed')], default='waiting', max_length=10)),
                ('reply_by', models.DateField(blank=True, help_text='The day promised, while it waits.', null=True)),
                ('last_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conversations', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-last_at', '-id'], name='worklist_conversation_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reply_by__isnull', False), ('status', 'waiting')), models.Q(models.Q(('status', 'waiting'), _negated=True), ('reply_by__isnull', True)), _connector='OR'), name='worklist_conversation_waits_with_a_promise'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status', 'closed')), models.Q(models.Q(('status', 'closed'), _negated=True), ('closed_at', None)), _connector='OR'), name='worklist_conversation_closed_with_its_moment')],
                'triggers': [pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "worklist_conversationevent" ("about", "begun_by_id", "closed_at", "closed_by_id", "created_at", "id", "last_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ref", "reply_by", "status", "subject_line", "updated_at", "url", "version") VALUES (OLD."about", OLD."begun_by_id", OLD."closed_at", OLD."closed_by_id", OLD."created_at", OLD."id", OLD."last_at", OLD."person_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."ref", OLD."reply_by", OLD."status", OLD."subject_line", OLD."updated_at", OLD."url", OLD."version"); RETURN NULL;', hash='c938969deccb68723668333f51c0e49e0bd8ef4c', operation='UPDATE', pgid='pgtrigger_changed_update_a66e9', table='worklist_conversation', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "worklist_conversationevent" ("about", "begun_by_id", "closed_at", "closed_by_id", "created_at", "id", "last_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ref", "reply_by", "status", "subject_line", "updated_at", "url", "version") VALUES (OLD."about", OLD."begun_by_id", OLD."closed_at", OLD."closed_by_id", OLD."created_at", OLD."id", OLD."last_at", OLD."person_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."ref", OLD."reply_by", OLD."status", OLD."subject_line", OLD."updated_at", OLD."url", OLD."version"); RETURN NULL;', hash='89df7d83f391f259078dc07d236eadef4581f469', operation='DELETE', pgid='pgtrigger_deleted_delete_823d5', table='worklist_conversation', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ConversationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('ref', models.CharField(default=core.refs.new_ref, editable=False, max_length=16)),
                ('created_at', models.DateTimeField(editable=False)),
                ('updated_at', models.DateTimeField(editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('about', models.CharField(choices=[('message', 'A message'), ('plan', 'A comment on the support plan')], default='message', max_length=10)),
                ('subject_line', models.CharField(max_length=100)),
                ('url', models.CharField(blank=True, help_text='What it is about; references only.', max_length=200)),
                ('status', models.CharField(choices=[('waiting', 'Waits for our reply'), ('answered', 'Answered'), ('closed', 'Closed')], default='waiting', max_length=10)),
                ('reply_by', models.DateField(blank=True, help_text='The day promised, while it waits.', null=True)),
                ('last_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('begun_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='worklist.conversation')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b4d193289f264f57960abd2a8361d898f80d32c4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_894e3', table='worklist_conversationevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=core.refs.new_ref, editable=False, max_length=16, unique=True)),
                ('written_at', models.DateTimeField()),
                ('text', models.TextField(max_length=5000)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='worklist.conversation')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['conversation', 'written_at', 'id'], name='worklist_message_of')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2f757e637e2b6e489c3a4d096b6c4b18d91c5a95', operation='UPDATE OR DELETE', pgid='pgtrigger_insert_only_1a2e1', table='worklist_message', when='BEFORE'))],
            },
        ),
    ]
