import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('notifications', '0001_initial'), ('notifications', '0002_initial'), ('notifications', '0003_letters'), ('notifications', '0004_accounts_turns_opt_outs'), ('notifications', '0005_inbox'), ('notifications', '0006_one_ring'), ('notifications', '0007_unheard'), ('notifications', '0008_fault'), ('notifications', '0009_no_number')]

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CarrierAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='first, second: see the settings.', max_length=40, unique=True)),
                ('calls_per_second', models.FloatField(default=1.0)),
                ('texts_per_second', models.FloatField(default=1.0)),
                ('burst', models.FloatField(default=3.0, help_text='So many at once, which the carrier queues itself.')),
                ('reserved', models.FloatField(default=1.0)),
                ('calls_at_once', models.PositiveSmallIntegerField(blank=True, help_text='Live legs that it allows.', null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('calls_per_second__gt', 0), ('reserved__gte', 0), ('texts_per_second__gt', 0), ('burst__gte', django.db.models.expressions.CombinedExpression(models.F('reserved'), '+', models.Value(1)))), name='account_lets_something_through')],
            },
        ),
        migrations.CreateModel(
            name='InboundText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lane', models.CharField(choices=[('alarm', 'Alarm'), ('live', 'Live'), ('notice', 'Notice'), ('bulk', 'Bulk')], max_length=10)),
                ('due_at', models.DateTimeField()),
                ('lease_token', models.UUIDField(null=True)),
                ('leased_until', models.DateTimeField(help_text='Real time.', null=True)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=200)),
                ('sid', models.CharField(max_length=40, unique=True)),
                ('line', models.CharField(help_text='Where it came from, as the carrier says; not always a number.', max_length=40)),
                ('body', models.TextField()),
                ('received_at', models.DateTimeField()),
                ('done', models.BooleanField(default=False, help_text='The rules have seen it.')),
                ('rule', models.CharField(blank=True, help_text='Which rule understood it; empty: none did.', max_length=40)),
                ('asked', models.JSONField(blank=True, default=dict, help_text='What the answer asked back: references only.')),
                ('answer', models.TextField(blank=True, help_text='What was texted back.')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done', False)), fields=['lane', 'due_at'], name='inbound_text_due'), models.Index(fields=['line', '-id'], name='inbound_text_by_line')],
            },
        ),
        migrations.CreateModel(
            name='InboxItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('text', 'a text that was not understood'), ('call_back', 'somebody wants to be rung back'), ('stopped_texts', 'somebody on duty receives no texts any more'), ('unconfirmed', 'somebody hung up before confirming what they reported'), ('fault', 'a call was cut short by a fault of ours'), ('no_number', 'somebody without a number hung up before a person spoke to them')], max_length=16)),
                ('line', models.CharField(blank=True, help_text='The number to ring (E.164), when one is known.', max_length=40)),
                ('note', models.CharField(blank=True, help_text="A code or a few words of the machine's own.", max_length=200)),
                ('received_at', models.DateTimeField()),
                ('dealt_with_at', models.DateTimeField(null=True)),
                ('dealt_with_by', models.CharField(blank=True, help_text='A reference such as user:3.', max_length=80)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('text', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='inbox_item', to='notifications.inboundtext')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('dealt_with_at', None)), fields=['organisation', 'received_at'], name='inbox_open')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lane', models.CharField(choices=[('alarm', 'Alarm'), ('live', 'Live'), ('notice', 'Notice'), ('bulk', 'Bulk')], max_length=10)),
                ('due_at', models.DateTimeField()),
                ('lease_token', models.UUIDField(null=True)),
                ('leased_until', models.DateTimeField(help_text='Real time.', null=True)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=200)),
                ('uuid', models.UUIDField(default=uuid.uuid4, help_text='In the Message-ID: one sent twice is known.', unique=True)),
                ('key', models.CharField(help_text='What it is, and to whom: never sent a second time.', max_length=200, unique=True)),
                ('address', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('body', models.TextField()),
                ('enclosure', models.CharField(blank=True, help_text='Who makes what is enclosed.', max_length=60)),
                ('reference', models.JSONField(default=dict, help_text='What the maker wants to know again: references only.')),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('sent', 'Sent'), ('expired', 'Expired')], default='queued', max_length=8)),
                ('expires_at', models.DateTimeField()),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['due_at'], name='letter_due')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lane', models.CharField(choices=[('alarm', 'Alarm'), ('live', 'Live'), ('notice', 'Notice'), ('bulk', 'Bulk')], max_length=10)),
                ('due_at', models.DateTimeField()),
                ('lease_token', models.UUIDField(null=True)),
                ('leased_until', models.DateTimeField(help_text='Real time.', null=True)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=200)),
                ('uuid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('way', models.CharField(choices=[('call', 'Call'), ('text', 'Text')], max_length=4)),
                ('line', models.CharField(help_text='The number to reach (E.164).', max_length=20)),
                ('host', models.CharField(help_text='Who decides what is said and hears how it went.', max_length=60)),
                ('subject_id', models.BigIntegerField(help_text="The host's aggregate: a round, an incident.")),
                ('reference', models.JSONField(default=dict, help_text='What the host wants to know again: references only.')),
                ('body', models.TextField(blank=True, help_text="A text's words; a call's are decided while it is going on.")),
                ('language', models.CharField(default='nl', max_length=5)),
                ('ring_seconds', models.PositiveSmallIntegerField(default=40)),
                ('any_hour', models.BooleanField(default=False, help_text='Chosen or asked for: quiet hours do not hold it up.')),
                ('expires_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('under_way', 'Under Way'), ('done', 'Done'), ('failed', 'Failed'), ('expired', 'Expired'), ('cancelled', 'Cancelled')], default='queued', max_length=10)),
                ('outcome', models.CharField(blank=True, help_text='How the last attempt ended, or why none was made.', max_length=30)),
                ('created_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['lane', 'due_at'], name='message_due'), models.Index(condition=models.Q(('state', 'queued')), fields=['lane', 'organisation', 'due_at'], name='message_turn'), models.Index(fields=['organisation', '-created_at'], name='message_by_organisation'), models.Index(fields=['host', 'subject_id'], name='message_by_subject'), models.Index(condition=models.Q(('lane', 'alarm'), ('state', 'queued')), fields=['line'], name='message_alarm_waits')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('call', 'Call'), ('text', 'Text'), ('dialled', 'dialled leg of another call'), ('inbound', 'Inbound')], max_length=8)),
                ('line', models.CharField(max_length=20)),
                ('host', models.CharField(max_length=60)),
                ('subject_id', models.BigIntegerField()),
                ('reference', models.JSONField(default=dict)),
                ('language', models.CharField(default='nl', max_length=5)),
                ('state', models.CharField(choices=[('sending', 'Sending'), ('undecided', 'Undecided'), ('queued', 'Queued'), ('ringing', 'Ringing'), ('in_progress', 'In Progress'), ('completed', 'Completed'), ('busy', 'Busy'), ('no_answer', 'No Answer'), ('canceled', 'Canceled'), ('failed', 'Failed')], default='sending', max_length=12)),
                ('account', models.CharField(default='first', help_text='The account with the carrier that it went by.', max_length=40)),
                ('sid', models.CharField(blank=True, max_length=40)),
                ('error_code', models.CharField(blank=True, max_length=10)),
                ('script', models.JSONField(default=dict, help_text='Where the conversation is.')),
                ('step', models.PositiveIntegerField(default=0, help_text='Which question is open; an older one is a replay.')),
                ('last_input', models.CharField(blank=True, max_length=40)),
                ('last_prompt', models.JSONField(default=dict, help_text='What was answered last: a retried request hears it again.')),
                ('created_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(help_text='When the host was told how it ended.', null=True)),
                ('look_at', models.DateTimeField(help_text='When to ask the carrier, should no callback come.', null=True)),
                ('looking_until', models.DateTimeField(help_text='Lease (real time) of whoever asks the carrier.', null=True)),
                ('asked_at', models.DateTimeField(help_text='When the carrier was last asked what became of it.', null=True)),
                ('seconds', models.PositiveIntegerField(help_text='How long a call lasted, as the carrier counts.', null=True)),
                ('segments', models.PositiveSmallIntegerField(help_text='What a text counts for.', null=True)),
                ('move_at', models.DateTimeField(help_text='When the carrier is to have this call ask what is next.', null=True)),
                ('move_step', models.PositiveIntegerField(default=0, help_text='The question it is to be moved from.')),
                ('move_tries', models.PositiveSmallIntegerField(default=0)),
                ('moving_until', models.DateTimeField(help_text='Lease (real time) of whoever has it moved.', null=True)),
                ('unheard_since', models.DateTimeField(help_text='Since when the carrier does not say how it is.', null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='legs', to='notifications.attempt')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='notifications.message')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('look_at__isnull', False)), fields=['look_at'], name='attempt_to_look_at'), models.Index(condition=models.Q(('move_at__isnull', False)), fields=['move_at'], name='attempt_to_move'), models.Index(fields=['host', 'subject_id'], name='attempt_by_subject'), models.Index(fields=['organisation', 'created_at'], name='attempt_by_organisation')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind__in', ['call', 'dialled']), ('state__in', ['sending', 'undecided', 'queued', 'ringing', 'in_progress'])), fields=('line',), name='line_has_one_live_attempt'), models.UniqueConstraint(condition=models.Q(('sid', ''), _negated=True), fields=('sid',), name='sid_belongs_to_one_attempt')],
            },
        ),
        migrations.CreateModel(
            name='OptOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(max_length=20)),
                ('how', models.CharField(choices=[('keyword', 'Keyword'), ('carrier', 'Carrier'), ('staff', 'Staff')], max_length=10)),
                ('since', models.DateTimeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'line'), name='opt_out_once')],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lane', models.CharField(choices=[('alarm', 'Alarm'), ('live', 'Live'), ('notice', 'Notice'), ('bulk', 'Bulk')], max_length=10)),
                ('served_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'lane'), name='turn_once')],
            },
        ),
        migrations.CreateModel(
            name='Callback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lane', models.CharField(choices=[('alarm', 'Alarm'), ('live', 'Live'), ('notice', 'Notice'), ('bulk', 'Bulk')], max_length=10)),
                ('due_at', models.DateTimeField()),
                ('lease_token', models.UUIDField(null=True)),
                ('leased_until', models.DateTimeField(help_text='Real time.', null=True)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=200)),
                ('sid', models.CharField(max_length=40)),
                ('status', models.CharField(max_length=20)),
                ('sequence', models.IntegerField(default=0)),
                ('details', models.JSONField(default=dict)),
                ('received_at', models.DateTimeField()),
                ('done', models.BooleanField(default=False)),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='callbacks', to='notifications.attempt')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done', False)), fields=['lane', 'due_at'], name='callback_due')],
                'constraints': [models.UniqueConstraint(fields=('sid', 'status'), name='callback_counts_once')],
            },
        ),
        migrations.CreateModel(
            name='Bucket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('call', 'Call'), ('text', 'Text')], max_length=4)),
                ('tokens', models.FloatField()),
                ('filled_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='buckets', to='notifications.carrieraccount')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'way'), name='bucket_once')],
            },
        ),
    ]
