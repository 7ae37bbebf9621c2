import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('keeping', '0001_initial'), ('keeping', '0002_words_left')]

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Counted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateField()),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='counted', to='people.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_id', models.BigIntegerField()),
                ('asked_by', models.CharField(choices=[('themselves', 'Themselves'), ('family', 'Family'), ('carer', 'Carer'), ('heirs', 'Heirs'), ('organisation', 'Organisation')], max_length=12)),
                ('done_by', models.CharField(help_text='A reference, such as user:3.', max_length=80)),
                ('channel', models.CharField(max_length=20)),
                ('done_at', models.DateTimeField()),
                ('removed', models.JSONField(default=dict, help_text='How many rows of each kind were removed or blanked.')),
                ('words_left', models.JSONField(default=dict, help_text='What texts have still to be searched for: spoken, names, lines; empty when it is done.')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='erasures', to='people.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='MonthlyFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='Its first day, local date of the organisation.')),
                ('name', models.CharField(help_text='A code, such as rounds or outcome:found_well.', max_length=60)),
                ('value', models.PositiveIntegerField(default=0)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='monthly_figures', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'month', 'name'), name='figure_once_a_month'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='figure_is_of_a_whole_month')],
            },
        ),
        migrations.CreateModel(
            name='Purge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('rows', models.PositiveIntegerField()),
                ('older_than', models.DateTimeField()),
                ('ran_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='purges', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-ran_at'], name='purge_latest')],
            },
        ),
    ]
