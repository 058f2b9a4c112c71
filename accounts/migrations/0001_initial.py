import core.clock
import core.refs
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=core.refs.new_ref, editable=False, max_length=16, unique=True)),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=150)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('audience', models.CharField(choices=[('staff', 'Staff'), ('public', 'The public')], max_length=10)),
                ('job_title', models.CharField(blank=True, max_length=100)),
                ('is_active', models.BooleanField(default=True)),
                ('is_system', models.BooleanField(default=False, help_text='The account in whose name the machine acts.')),
                ('created_at', models.DateTimeField(default=core.clock.real_now, editable=False)),
                ('opened_again_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('lost_second_step_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='accounts_one_user_per_email')],
                'triggers': [pgtrigger.compiler.Trigger(name='audience_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."audience" IS DISTINCT FROM (NEW."audience"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e830cee100e566777453a0a6ea0591f99a4a3ba6', operation='UPDATE', pgid='pgtrigger_audience_never_changes_885ca', table='accounts_user', when='BEFORE')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_system" IS DISTINCT FROM (NEW."is_system") OR OLD."job_title" IS DISTINCT FROM (NEW."job_title") OR OLD."lost_second_step_at" IS DISTINCT FROM (NEW."lost_second_step_at") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."opened_again_at" IS DISTINCT FROM (NEW."opened_again_at") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."ref" IS DISTINCT FROM (NEW."ref"))', func='INSERT INTO "accounts_userevent" ("audience", "created_at", "email", "id", "is_active", "is_system", "job_title", "lost_second_step_at", "name", "opened_again_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "ref") VALUES (OLD."audience", OLD."created_at", OLD."email", OLD."id", OLD."is_active", OLD."is_system", OLD."job_title", OLD."lost_second_step_at", OLD."name", OLD."opened_again_at", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."phone", OLD."ref"); RETURN NULL;', hash='e7b79d48a7794952dd9a8768f870a12e570b3a4a', operation='UPDATE', pgid='pgtrigger_changed_update_1bd15', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("audience", "created_at", "email", "id", "is_active", "is_system", "job_title", "lost_second_step_at", "name", "opened_again_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "ref") VALUES (OLD."audience", OLD."created_at", OLD."email", OLD."id", OLD."is_active", OLD."is_system", OLD."job_title", OLD."lost_second_step_at", OLD."name", OLD."opened_again_at", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."phone", OLD."ref"); RETURN NULL;', hash='454bd87c748cd0730dcc0a96fa633f32473932a6', operation='DELETE', pgid='pgtrigger_deleted_delete_303ff', table='accounts_user', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='AccessList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=core.refs.new_ref, editable=False, max_length=16, unique=True)),
                ('purpose', models.CharField(max_length=60)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AccessListMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(max_length=200)),
                ('access_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='accounts.accesslist')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('access_list', 'user'), name='accounts_on_an_access_list_once')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=core.refs.new_ref, editable=False, max_length=16, unique=True)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=core.refs.new_ref, editable=False, max_length=16, unique=True)),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('service', models.CharField(blank=True, max_length=60)),
                ('is_front_door', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('practitioner', 'Practitioner'), ('social_worker', 'Registered social worker'), ('occupational_therapist', 'Occupational therapist'), ('team_manager', 'Team manager'), ('safeguarding_manager', 'Safeguarding adults manager'), ('broker', 'Broker'), ('finance_officer', 'Finance officer'), ('direct_payments_officer', 'Direct payments officer'), ('reablement_lead', 'Reablement lead'), ('reablement_worker', 'Reablement worker'), ('service_manager', 'Service manager'), ('director', 'Director'), ('analyst', 'Analyst'), ('information_officer', 'Information officer'), ('administrator', 'Administrator')], max_length=40)),
                ('is_main', models.BooleanField(default=False)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The last day; empty while open.', null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.team')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('user', 'team', 'role'), name='accounts_one_open_membership_per_role_and_team'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='accounts_membership_ends_after_it_starts')],
                'triggers': [pgtrigger.compiler.Trigger(name='members_are_staff', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (SELECT audience FROM accounts_user WHERE id = NEW.user_id) <> 'staff' THEN\n                        RAISE EXCEPTION 'a public account cannot belong to a team'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_members_are_staff';\n                    END IF;\n                    RETURN NEW;\n                ", hash='792ffa4bec38b5f8516ffa2e820dcdb8e6393768', operation='INSERT OR UPDATE', pgid='pgtrigger_members_are_staff_006e0', table='accounts_membership', when='BEFORE')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_membershipevent" ("id", "is_main", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "team_id", "user_id", "valid_from", "valid_to") VALUES (OLD."id", OLD."is_main", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."role", OLD."team_id", OLD."user_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='ca705c9cca3581168efe236cb6d04d6091c5cee0', operation='UPDATE', pgid='pgtrigger_changed_update_2ef26', table='accounts_membership', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_membershipevent" ("id", "is_main", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "team_id", "user_id", "valid_from", "valid_to") VALUES (OLD."id", OLD."is_main", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."role", OLD."team_id", OLD."user_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='45f7526778cef62d62d3dbac0c87953af690c12a', operation='DELETE', pgid='pgtrigger_deleted_delete_cdf4a', table='accounts_membership', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('practitioner', 'Practitioner'), ('social_worker', 'Registered social worker'), ('occupational_therapist', 'Occupational therapist'), ('team_manager', 'Team manager'), ('safeguarding_manager', 'Safeguarding adults manager'), ('broker', 'Broker'), ('finance_officer', 'Finance officer'), ('direct_payments_officer', 'Direct payments officer'), ('reablement_lead', 'Reablement lead'), ('reablement_worker', 'Reablement worker'), ('service_manager', 'Service manager'), ('director', 'Director'), ('analyst', 'Analyst'), ('information_officer', 'Information officer'), ('administrator', 'Administrator')], max_length=40)),
                ('is_main', models.BooleanField(default=False)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The last day; empty while open.', null=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.membership')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.team')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e1f05704110766345bef638c18be4307af995a77', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9ee6c', table='accounts_membershipevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.CharField(choices=[('swe', 'Social Work England'), ('hcpc', 'Health and Care Professions Council')], max_length=10)),
                ('number', models.CharField(max_length=12, validators=[django.core.validators.RegexValidator('^(SW|OT)\\d{1,6}$', 'Write the number as SW or OT and digits.')])),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'number', 'valid_from'), name='accounts_registration_once')],
            },
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('ref', models.CharField(default=core.refs.new_ref, editable=False, max_length=16)),
                ('email', models.EmailField(max_length=254)),
                ('name', models.CharField(max_length=150)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('audience', models.CharField(choices=[('staff', 'Staff'), ('public', 'The public')], max_length=10)),
                ('job_title', models.CharField(blank=True, max_length=100)),
                ('is_active', models.BooleanField(default=True)),
                ('is_system', models.BooleanField(default=False, help_text='The account in whose name the machine acts.')),
                ('created_at', models.DateTimeField(default=core.clock.real_now, editable=False)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                ('opened_again_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('lost_second_step_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e9498e73f6fbdf2642fb33fa14189f1ad2382c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45b21', table='accounts_userevent', when='BEFORE'))],
            },
        ),
    ]
