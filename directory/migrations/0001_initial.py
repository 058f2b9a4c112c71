import core.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=core.refs.new_ref, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False)),
                ('updated_at', models.DateTimeField(editable=False)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('home_care', 'Home care'), ('care_home', 'Care home'), ('nursing_home', 'Nursing home'), ('day', 'Day support'), ('equipment', 'Equipment or telecare'), ('voluntary', 'Voluntary or community group'), ('personal_assistant', 'Personal assistant'), ('council', 'The council'), ('other', 'Other')], max_length=20)),
                ('location_id', models.CharField(blank=True, help_text='CQC location, for example 1-100000001.', max_length=20)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('location_id', ''), _negated=True), fields=('location_id',), name='directory_one_provider_per_location'), models.UniqueConstraint(condition=models.Q(('location_id', '')), fields=('name',), name='directory_one_provider_per_name_without_location')],
            },
        ),
    ]
