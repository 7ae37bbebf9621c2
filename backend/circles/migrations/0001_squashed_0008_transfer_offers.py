import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('circles', '0001_initial'), ('circles', '0002_modes_and_practice'), ('circles', '0003_one_ring'), ('circles', '0004_life'), ('circles', '0005_paper_lists'), ('circles', '0006_ring_from'), ('circles', '0007_failing'), ('circles', '0008_transfer_offers')]

    initial = True

    dependencies = [
        ('incidents', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Circle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('status', models.CharField(choices=[('forming', 'Forming'), ('practice', 'Practice'), ('active', 'Active'), ('paused', 'Paused'), ('closed', 'Closed')], default='active', max_length=8)),
                ('mode', models.CharField(choices=[('bridged', 'BRIDGED'), ('own_phone', 'OWN_PHONE'), ('star', 'STAR')], default='bridged', max_length=9)),
                ('start_time', models.TimeField(help_text='Local wall time of the organisation.')),
                ('weekdays', models.JSONField(default=list, help_text='Days on which it goes round; 0 is Monday.')),
                ('first_day', models.DateField(help_text='Local date of its first morning; empty: no such limit.', null=True)),
                ('policy', models.JSONField(blank=True, default=dict, help_text='Where it differs from the defaults.')),
                ('paused_until', models.DateField(blank=True, help_text='Last local date of a pause; empty: no end known.', null=True)),
                ('closed_reason', models.CharField(blank=True, max_length=200)),
                ('shift_minutes', models.SmallIntegerField(default=0, help_text='So much later (or earlier) it starts, because the carrier cannot start all at once.')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='circles', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='circle_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('active', 'Active'), ('waiting', 'Waiting'), ('needs_number', 'Needs Number'), ('left', 'Left')], default='active', max_length=12)),
                ('weekdays', models.JSONField(default=list, help_text='Days on which this member takes part; 0 is Monday.')),
                ('can_ring', models.BooleanField(default=True, help_text='False: is rung, but rings nobody.')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='circles.circle')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.person')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('circle', 'person'), name='member_once_per_circle')],
            },
        ),
        migrations.CreateModel(
            name='PaperList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(help_text='Local date of the morning.')),
                ('reason', models.CharField(choices=[('evening', 'the evening before'), ('machine', 'the machine stands still'), ('carrier', 'the carrier takes no calls')], max_length=8)),
                ('made_at', models.DateTimeField()),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paper_lists', to='circles.circle')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('circle', 'date', 'reason'), name='paper_list_goes_out_once')],
            },
        ),
        migrations.CreateModel(
            name='PolicyTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('policy', models.JSONField(default=dict)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='policy_templates', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='policy_template_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(help_text='Local date of the organisation.')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('running', 'Running'), ('closed', 'Closed')], default='planned', max_length=8)),
                ('practice', models.BooleanField(default=False, help_text='A practice morning: nobody is alerted.')),
                ('mode', models.CharField(choices=[('bridged', 'BRIDGED'), ('own_phone', 'OWN_PHONE'), ('star', 'STAR')], default='bridged', max_length=9)),
                ('planned_start', models.DateTimeField()),
                ('check_in_at', models.DateTimeField(help_text='When the platform rings along a ring of own telephones that is not round.', null=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('deadline_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_how', models.CharField(blank=True, choices=[('received', 'Received'), ('nobody_today', 'Nobody Today'), ('accounted', 'Accounted'), ('not_received', 'Not Received'), ('deadline', 'Deadline'), ('not_held', 'Not Held')], max_length=14)),
                ('policy', models.JSONField(default=dict)),
                ('volunteer_state', models.JSONField(default=dict, help_text='Proven at the start, out as caller, received.')),
                ('backup_told', models.BooleanField(default=False)),
                ('failing', models.JSONField(default=dict, help_text='Actions that failed, by what they were: tries, again_at, error.')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='circles.circle')),
                ('volunteer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['date', 'state'], name='round_by_date')],
                'constraints': [models.UniqueConstraint(fields=('circle', 'date', 'practice'), name='one_round_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('lines', models.JSONField(default=list, help_text='Numbers (E.164) in the order in which they are tried.')),
                ('can_ring', models.BooleanField(default=True)),
                ('ring_longer', models.BooleanField(default=False)),
                ('not_before', models.DateTimeField(help_text='When they chose to be rung by a star; not earlier.', null=True)),
                ('standing', models.CharField(choices=[('expected', 'Expected'), ('well', 'Well'), ('excused', 'Excused'), ('incident', 'Incident'), ('missed', 'did not manage on a practice morning')], default='expected', max_length=8)),
                ('how', models.CharField(blank=True, help_text='How we know: a code.', max_length=30)),
                ('at', models.DateTimeField(help_text='When we knew.', null=True)),
                ('in_chain', models.BooleanField(default=False, help_text='The ring has been at this member.')),
                ('caller_out', models.BooleanField(default=False, help_text='Does not ring others any more this morning.')),
                ('misses', models.PositiveSmallIntegerField(default=0)),
                ('busy_times', models.PositiveSmallIntegerField(default=0)),
                ('first_missed_at', models.DateTimeField(null=True)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('on_line', models.BigIntegerField(help_text='The call in which they stay on the line for the next one.', null=True)),
                ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='incidents.incident')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='circles.round')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='seat_once_per_round'), models.UniqueConstraint(fields=('round', 'position'), name='seat_position_once')],
            },
        ),
        migrations.CreateModel(
            name='Leg',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('caller', 'rings a caller, who is joined to the target'), ('platform', 'the platform reaches the target in the chain'), ('retry', 'the platform reaches a member who was missed'), ('joined', 'somebody who rang in is joined to the target')], max_length=8)),
                ('state', models.CharField(choices=[('placed', 'asked for; nobody has proven themselves'), ('proven', 'the caller has pressed a key'), ('talking', 'caller and target are joined'), ('done', 'the chain goes on; the call itself may still be ending'), ('ended', 'Ended')], default='placed', max_length=8)),
                ('message_id', models.BigIntegerField(null=True)),
                ('caller_gone', models.BooleanField(default=False, help_text="The caller is off; the target's own call goes on.")),
                ('target_message_id', models.BigIntegerField(help_text='The call of its own by which the target is rung.', null=True)),
                ('target_rung_at', models.DateTimeField(null=True)),
                ('target_outcome', models.CharField(blank=True, help_text='How that call ended; empty: not over.', max_length=30)),
                ('placed_at', models.DateTimeField()),
                ('talk_started_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='legs', to='circles.round')),
                ('caller', models.ForeignKey(help_text='Null: volunteer.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.seat')),
                ('target', models.ForeignKey(help_text='Null: volunteer.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.seat')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('role__in', ['caller', 'platform']), ('state__in', ['placed', 'proven', 'talking'])), fields=('round',), name='chain_is_in_one_place'), models.CheckConstraint(condition=models.Q(('caller', None), ('target', None), models.Q(('caller', models.F('target')), _negated=True), _connector='OR'), name='nobody_rings_themselves')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('circle_name', models.CharField(max_length=120)),
                ('agreed_from', models.CharField(help_text='Who agreed for the old organisation, as what, and when.', max_length=200)),
                ('agreed_to', models.CharField(max_length=200)),
                ('actor', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('aggregates', models.JSONField(default=dict, help_text='Counts only: members, mornings by how they ended, cases.')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='circles.circle')),
                ('from_organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('to_organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='TransferOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed_from', models.CharField(help_text='Who agreed for the asking organisation, and as what.', max_length=200)),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='open', max_length=9)),
                ('answered_at', models.DateTimeField(null=True)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transfer_offers', to='circles.circle')),
                ('from_organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('to_organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('circle',), name='one_transfer_is_asked')],
            },
        ),
    ]
