import core.refs
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=core.refs.new_ref, editable=False, max_length=16, unique=True)),
                ('council', models.CharField(blank=True, help_text='Rows of other councils are refused; empty: any.', max_length=9)),
                ('file_digest', models.CharField(max_length=64)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, help_text='Empty while running, or where it broke off.', null=True)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('created', models.PositiveIntegerField(default=0)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('updated', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('rows', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('created'), '+', models.F('unchanged')), '+', models.F('updated')), '+', models.F('refused')))), name='national_returns_every_row_accounted_for')],
            },
        ),
        migrations.CreateModel(
            name='ImportedEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identity', models.CharField(max_length=32, unique=True)),
                ('content', models.CharField(max_length=32)),
                ('person_content', models.CharField(max_length=32)),
                ('target_type', models.CharField(choices=[('contacts.contact', 'Contact'), ('assessments.assessment', 'Assessment'), ('support_plans.planitem', 'Line of a plan'), ('support_plans.review', 'Review')], max_length=30)),
                ('target_id', models.BigIntegerField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('run', models.ForeignKey(help_text='The first to bring it.', on_delete=django.db.models.deletion.PROTECT, related_name='events', to='national_returns.importrun')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('target_type', 'target_id'), name='national_returns_one_event_per_record')],
            },
        ),
    ]
