import django.db.models.deletion
import pgtrigger.compiler
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
    ]
