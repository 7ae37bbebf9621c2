import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('incidents', '0001_initial'), ('incidents', '0002_initial'), ('incidents', '0003_duty_kind'), ('incidents', '0004_stranded'), ('incidents', '0005_bus_kinds'), ('incidents', '0006_evening_kind')]

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('no_answer', 'No Answer'), ('worried', 'Worried'), ('help', 'Help'), ('round', 'Round'), ('outage', 'Outage'), ('duty', 'Duty'), ('stranded', 'Stranded'), ('not_at_door', 'Not At Door'), ('run', 'Run'), ('evening', 'Evening')], max_length=12)),
                ('cause', models.CharField(help_text='What it came from, such as round:12:no_answer:4. One each.', max_length=80)),
                ('source_kind', models.CharField(blank=True, max_length=40)),
                ('source_id', models.BigIntegerField(null=True)),
                ('source_label', models.CharField(blank=True, max_length=120)),
                ('details', models.JSONField(default=dict, help_text='Why it was opened: codes only.')),
                ('state', models.CharField(choices=[('open', 'Open'), ('claimed', 'Claimed'), ('closed', 'Closed')], default='open', max_length=8)),
                ('policy', models.JSONField(help_text='Frozen when it was opened: levels, times, whom to reach and where.')),
                ('progress', models.JSONField(default=dict, help_text='Where the escalation is.')),
                ('opened_at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(null=True)),
                ('claimed_by_name', models.CharField(blank=True, max_length=120)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('claimed_by_contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.contact')),
                ('claimed_by_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'state'], name='incident_by_state'), models.Index(fields=['source_kind', 'source_id'], name='incident_by_source')],
                'constraints': [models.UniqueConstraint(fields=('cause',), name='one_cause_one_incident'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(('state', 'closed'), _negated=True), _connector='OR'), name='incident_closed_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='ClaimLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('target', models.CharField(help_text='A target of the frozen policy, such as person:7.', max_length=40)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='incidents.incident')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IncidentMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(blank=True, choices=[('answered_late', 'Answered Late'), ('false_alarm', 'False Alarm'), ('found_well', 'Found Well'), ('needed_help', 'Needed Help'), ('hospital', 'Hospital'), ('deceased', 'Deceased'), ('known_absent', 'Known Absent'), ('key_failed', 'Key Failed'), ('emergency_called', 'Emergency Called'), ('received', 'Received'), ('arranged', 'Arranged')], max_length=20)),
                ('outcome_at', models.DateTimeField(null=True)),
                ('outcome_by', models.CharField(blank=True, max_length=80)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='incidents.incident')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incident_memberships', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('incident', 'person'), name='member_once_per_incident')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=40)),
                ('actor', models.CharField(max_length=80)),
                ('actor_name', models.CharField(blank=True, max_length=120)),
                ('channel', models.CharField(max_length=20)),
                ('details', models.JSONField(default=dict)),
                ('at', models.DateTimeField(help_text='When it happened.')),
                ('recorded_at', models.DateTimeField()),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='incidents.incident')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
    ]
