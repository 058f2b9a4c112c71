import core.refs
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
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
        migrations.CreateModel(
            name='ServiceEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=core.refs.new_ref, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False)),
                ('updated_at', models.DateTimeField(editable=False)),
                ('name', models.CharField(max_length=200)),
                ('category', models.CharField(choices=[('home', 'Help at home'), ('meals', 'Meals and shopping'), ('getting_out', 'Getting out and meeting people'), ('carers', 'Support for carers'), ('equipment', 'Equipment and telecare'), ('money', 'Money and benefits advice'), ('advocacy', 'Advocacy and rights'), ('staying_well', 'Staying well'), ('care_homes', 'Care homes'), ('housing', 'Housing with support')], max_length=14)),
                ('for_whom', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('older', 'Older people'), ('physical', 'People with a physical disability'), ('learning', 'People with a learning disability'), ('autism', 'Autistic people'), ('mental_health', 'People with poor mental health'), ('dementia', 'People with dementia'), ('sensory', 'People with sight or hearing loss'), ('carers', 'Unpaid carers')], max_length=14), blank=True, default=list, help_text='Empty: for everyone.', size=None)),
                ('summary', models.CharField(help_text='One sentence, in plain words.', max_length=200)),
                ('description', models.TextField(blank=True, max_length=4000)),
                ('how_to_get_it', models.TextField(blank=True, max_length=1000)),
                ('cost', models.CharField(choices=[('free', 'Free'), ('some', 'Free for some'), ('paid', 'You pay')], max_length=5)),
                ('cost_words', models.CharField(blank=True, help_text='For example, £6 a session.', max_length=200)),
                ('area', models.CharField(blank=True, help_text='Where it is given.', max_length=100)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('opening', models.CharField(blank=True, max_length=200)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('website', models.URLField(blank=True)),
                ('accessibility', models.CharField(blank=True, help_text='For example, step-free, hearing loop.', max_length=300)),
                ('is_published', models.BooleanField(default=False)),
                ('checked_on', models.DateField(help_text='When somebody last checked that this is right.')),
                ('search_text', models.CharField(blank=True, editable=False, max_length=800)),
                ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='directory.provider')),
            ],
            options={
                'verbose_name_plural': 'service entries',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='directory_service_text', opclasses=['gin_trgm_ops']), models.Index(condition=models.Q(('is_published', True)), fields=['name', 'id'], name='directory_service_name')],
            },
        ),
    ]
