import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('transport', '0001_initial'), ('transport', '0002_disruption_notices'), ('transport', '0003_manifest_links'), ('transport', '0004_call_task_seat'), ('transport', '0005_money_and_figures'), ('transport', '0006_corrected_ticks'), ('transport', '0007_passes_that_are_over'), ('transport', '0008_what_they_were_told'), ('transport', '0009_way_home_at'), ('transport', '0010_ride_requests')]

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Disruption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('bus_down', 'Bus Down'), ('driver_ill', 'Driver Ill'), ('road_closed', 'Road Closed'), ('weather', 'Weather'), ('other', 'Other')], max_length=11)),
                ('action', models.CharField(choices=[('stop', 'Stop'), ('replace', 'Replace'), ('shift', 'Shift')], max_length=7)),
                ('shift_minutes', models.SmallIntegerField(default=0)),
                ('part', models.CharField(choices=[('both', 'Both'), ('there', 'There'), ('home', 'Home')], default='both', help_text='Which rides it concerns.', max_length=5)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name='Layout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('seats', models.PositiveSmallIntegerField(help_text="Ordinary seats, the host's included.")),
                ('wheelchair_places', models.PositiveSmallIntegerField(default=0)),
                ('rollator_places', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('seats__gte', 2)), name='layout_seats_the_host_and_somebody'), models.CheckConstraint(condition=models.Q(('seats__lte', django.db.models.expressions.CombinedExpression(models.Value(8), '-', models.F('wheelchair_places')))), name='layout_on_licence_b')],
            },
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('postcodes', models.JSONField(blank=True, default=list)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='areas', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='area_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Availability',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('can', models.BooleanField()),
                ('said_at', models.DateTimeField()),
                ('said_by', models.CharField(help_text='A reference such as user:3.', max_length=80)),
                ('channel', models.CharField(max_length=20)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bus_availability', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'date'), name='availability_once')],
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('booked', 'Booked'), ('cancelled', 'Cancelled')], max_length=9)),
                ('companions', models.PositiveSmallIntegerField(default=0, help_text='Ride free, and take a seat each.')),
                ('party', models.UUIDField(default=uuid.uuid4, help_text='Friends who travel together have the same one.')),
                ('seats', models.PositiveSmallIntegerField(help_text='Ordinary seats that they take, companions included.')),
                ('wheelchair_places', models.PositiveSmallIntegerField(default=0)),
                ('rollator_places', models.PositiveSmallIntegerField(default=0)),
                ('boarding_seconds', models.PositiveIntegerField()),
                ('max_ride_seconds', models.PositiveIntegerField(help_text='Nobody sits in the bus for longer.')),
                ('latitude', models.FloatField(help_text='Where they are fetched: degrees, WGS 84.')),
                ('longitude', models.FloatField()),
                ('there', models.BooleanField(default=True, help_text='Fetched by the bus.')),
                ('home', models.BooleanField(default=True, help_text='Brought home by the bus.')),
                ('is_first', models.BooleanField(default=False, help_text='Their first trip ever.')),
                ('booked_at', models.DateTimeField()),
                ('booked_by', models.CharField(help_text='A reference such as user:3.', max_length=80)),
                ('on_behalf_of', models.CharField(blank=True, max_length=80)),
                ('channel', models.CharField(max_length=20)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('answer', models.CharField(choices=[('not_asked', 'Not Asked'), ('asked', 'Asked'), ('yes', 'Yes'), ('speak', 'Speak'), ('silent', 'Silent')], default='not_asked', help_text='The evening before.', max_length=9)),
                ('answered_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancelled_because', models.CharField(blank=True, help_text='A code.', max_length=40)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bus_bookings', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-booked_at'], name='booking_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('state', 'cancelled')), models.Q(('state', 'cancelled'), _negated=True), _connector='OR'), name='booking_cancelled_has_a_time'), models.CheckConstraint(condition=models.Q(('there', True), ('home', True), _connector='OR'), name='booking_rides_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='CrewDuty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(choices=[('driver', 'Driver'), ('host', 'Host')], max_length=6)),
                ('state', models.CharField(choices=[('open', 'Open'), ('asked', 'Asked'), ('confirmed', 'Confirmed')], default='open', max_length=9)),
                ('changed_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bus_duties', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('person', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('person__isnull', False)), _connector='OR'), name='crew_duty_has_somebody_unless_open')],
            },
        ),
        migrations.CreateModel(
            name='CrewMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(choices=[('driver', 'Driver'), ('host', 'Host')], max_length=6)),
                ('is_standby', models.BooleanField(default=False, help_text='Asked first when somebody drops out.')),
                ('in_use', models.BooleanField(default=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bus_crew', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bus_crew', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'task'), name='crew_member_once_per_task')],
            },
        ),
        migrations.CreateModel(
            name='CrewOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('expired', 'Expired'), ('withdrawn', 'Withdrawn')], default='open', max_length=9)),
                ('offered_at', models.DateTimeField()),
                ('deadline_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='transport.crewduty')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('duty', 'person'), name='crew_offer_open_once')],
            },
        ),
        migrations.CreateModel(
            name='Destination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('market', 'Market'), ('supermarket', 'Supermarket'), ('shopping_centre', 'Shopping Centre'), ('museum', 'Museum'), ('garden_centre', 'Garden Centre'), ('dinner', 'Dinner'), ('other', 'Other')], default='other', max_length=16)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('latitude', models.FloatField(help_text='Degrees, WGS 84.')),
                ('longitude', models.FloatField(help_text='Degrees, WGS 84.')),
                ('note', models.CharField(blank=True, help_text='For the driver: where to stop.', max_length=200)),
                ('in_use', models.BooleanField(default=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='destinations', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='destination_name_once')],
            },
        ),
        migrations.CreateModel(
            name='DisruptionNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField(help_text='Lower is rung first.')),
                ('whereabouts', models.CharField(help_text='A code: where they were when it was decided.', max_length=10)),
                ('state', models.CharField(choices=[('open', 'Open'), ('person', 'Person'), ('confirmed', 'Confirmed'), ('superseded', 'Superseded')], default='open', max_length=10)),
                ('texts', models.PositiveSmallIntegerField(default=0)),
                ('calls', models.PositiveSmallIntegerField(default=0)),
                ('under_way', models.BooleanField(default=False, help_text='A call or text is on its way to them.')),
                ('look_at', models.DateTimeField(help_text='When they are rung again.', null=True)),
                ('why_person', models.CharField(blank=True, help_text='A code: why the machine does not reach them.', max_length=12)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_how', models.CharField(blank=True, choices=[('key', 'Key'), ('text', 'Text'), ('person', 'Person')], max_length=6)),
                ('confirmed_by', models.CharField(blank=True, max_length=80)),
                ('way_home', models.CharField(blank=True, help_text='A code: how they get home without the bus.', max_length=12)),
                ('way_home_by', models.CharField(blank=True, max_length=80)),
                ('way_home_at', models.DateTimeField(help_text='When that was said.', null=True)),
                ('booking', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='transport.booking')),
                ('disruption', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='transport.disruption')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('disruption', 'person'), name='notice_once_per_person'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', False), ('state', 'confirmed'), models.Q(('confirmed_how', ''), _negated=True)), models.Q(('state', 'confirmed'), _negated=True), _connector='OR'), name='notice_is_confirmed_by_something')],
            },
        ),
        migrations.CreateModel(
            name='ManifestLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(help_text='The list is not shown any more; ticks are still taken for a while.')),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='transport.crewduty')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MonthlyCosts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='Its first day, local date of the organisation.')),
                ('cents', models.PositiveIntegerField()),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.CharField(max_length=80)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bus_costs', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'month'), name='costs_once_a_month'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='costs_are_of_a_whole_month')],
            },
        ),
        migrations.CreateModel(
            name='MonthlyFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='Its first day, local date of the organisation.')),
                ('counts', models.JSONField(help_text='Codes and whole numbers.')),
                ('frozen_at', models.DateTimeField()),
                ('area', models.ForeignKey(help_text='Empty: all areas.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='transport.area')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bus_figures', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'area', 'month'), name='bus_figures_once_a_month', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='bus_figures_are_of_a_whole_month')],
            },
        ),
        migrations.CreateModel(
            name='Pass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trips', models.PositiveSmallIntegerField(blank=True, help_text='How many it was sold for; empty: all.', null=True)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('cents', models.PositiveIntegerField(help_text='What was paid for it.')),
                ('is_over', models.BooleanField(default=False, help_text='Used up or expired so long ago that its uses may go.')),
                ('sold_at', models.DateTimeField()),
                ('sold_by', models.CharField(max_length=80)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bus_passes', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('trips__isnull', False), ('valid_until__isnull', False), _connector='OR'), name='pass_ends_somehow')],
            },
        ),
        migrations.CreateModel(
            name='RideRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(help_text='What it is for, such as reservation:12.', max_length=60, unique=True)),
                ('number', models.PositiveIntegerField(help_text='Of the question that was answered last.')),
                ('is_wanted', models.BooleanField(default=True)),
                ('answer', models.JSONField(default=dict, help_text='What was answered last: codes and times only.')),
                ('at', models.DateTimeField()),
                ('booking', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ride_requests', to='transport.booking')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ride_requests', to='people.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='SeatOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('expired', 'Expired'), ('withdrawn', 'Withdrawn')], default='open', max_length=9)),
                ('offered_at', models.DateTimeField()),
                ('deadline_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=80)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='transport.booking')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('booking',), name='seat_offer_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='seat_offer_ends_once')],
            },
        ),
        migrations.CreateModel(
            name='PassedOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(help_text='A code.', max_length=40)),
                ('details', models.JSONField(default=dict)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passed_over', to='transport.booking')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passed_over', to='transport.seatoffer')),
            ],
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, help_text="For the leaflet; empty: the destination's name.", max_length=120)),
                ('note', models.CharField(blank=True, help_text='For the leaflet: entrance, lunch.', max_length=300)),
                ('shift_minutes', models.PositiveSmallIntegerField(default=120, help_text='For all rounds of one way together, driving and boarding.')),
                ('max_rounds', models.PositiveSmallIntegerField(default=2)),
                ('rule', models.CharField(help_text='RRULE such as FREQ=WEEKLY;BYDAY=TU.', max_length=200)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(blank=True, null=True)),
                ('leaves_at', models.TimeField(help_text='Local wall time at which the bus leaves the garage.')),
                ('returns_at', models.TimeField(help_text='Local wall time at which the first round home leaves the destination.')),
                ('on_holidays', models.BooleanField(default=False, help_text='Whether it is driven on public holidays, too.')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.area')),
                ('destination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.destination')),
                ('layout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.layout')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trip_series', to='people.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('returns_at__gt', models.F('leaves_at'))), name='series_returns_after_it_leaves')],
            },
        ),
        migrations.CreateModel(
            name='SeriesException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('leaves_at', models.TimeField(blank=True, help_text='Empty, with returns_at: not driven.', null=True)),
                ('returns_at', models.TimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exceptions', to='transport.series')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('series', 'date'), name='series_exception_once'), models.CheckConstraint(condition=models.Q(models.Q(('leaves_at', None), ('returns_at', None)), ('returns_at__gt', models.F('leaves_at')), _connector='OR'), name='series_exception_returns_after_it_leaves')],
            },
        ),
        migrations.CreateModel(
            name='Tariff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('cents', models.PositiveIntegerField()),
                ('in_use', models.BooleanField(default=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bus_tariffs', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='tariff_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('cash', 'Cash'), ('pass', 'Pass'), ('free', 'Free')], max_length=4)),
                ('cents', models.PositiveIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('booking', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='payment', to='transport.booking')),
                ('used_pass', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='transport.pass')),
                ('tariff', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.tariff')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cents', 0), ('used_pass__isnull', False), ('way', 'pass')), models.Q(models.Q(('way', 'pass'), _negated=True), ('used_pass', None)), _connector='OR'), name='payment_by_pass_names_it')],
            },
        ),
        migrations.CreateModel(
            name='Trip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, help_text="For the leaflet; empty: the destination's name.", max_length=120)),
                ('note', models.CharField(blank=True, help_text='For the leaflet: entrance, lunch.', max_length=300)),
                ('shift_minutes', models.PositiveSmallIntegerField(default=120, help_text='For all rounds of one way together, driving and boarding.')),
                ('max_rounds', models.PositiveSmallIntegerField(default=2)),
                ('date', models.DateField(help_text='Local date.')),
                ('leaves_at', models.DateTimeField(help_text='The bus leaves the garage.')),
                ('returns_at', models.DateTimeField(help_text='The first round home leaves the destination.')),
                ('ends_at', models.DateTimeField(help_text='The last round home is over at the latest: returns_at and the shift.')),
                ('cutoff_at', models.DateTimeField(help_text='Free cancellation and offers of seats until then.')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('underway', 'Underway'), ('closed', 'Closed'), ('cancelled', 'Cancelled')], default='planned', max_length=9)),
                ('cancelled_because', models.CharField(blank=True, max_length=200)),
                ('plan_version', models.PositiveIntegerField(default=0)),
                ('started_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.CharField(blank=True, max_length=80)),
                ('odometer_km', models.PositiveIntegerField(blank=True, help_text='Driven, as read by the driver.', null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.area')),
                ('destination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.destination')),
                ('layout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.layout')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trips', to='people.organisation')),
                ('series', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='trips', to='transport.series')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'date'], name='trip_by_date')],
                'constraints': [models.UniqueConstraint(fields=('series', 'date'), name='trip_once_per_series_and_date'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('returns_at')), ('returns_at__gt', models.F('leaves_at'))), name='trip_goes_and_returns')],
            },
        ),
        migrations.AddField(
            model_name='seatoffer',
            name='trip',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='transport.trip'),
        ),
        migrations.CreateModel(
            name='Ride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('there', 'There'), ('home', 'Home')], max_length=5)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('on_board', 'On Board'), ('done', 'Done'), ('not_there', 'Not There'), ('cancelled', 'Cancelled')], default='planned', max_length=9)),
                ('round_number', models.PositiveSmallIntegerField(help_text='0 is the first round.')),
                ('position', models.PositiveSmallIntegerField(help_text='Order at the doors within the round; 0 is the first.')),
                ('planned_at', models.DateTimeField(help_text='At their door.')),
                ('boards_at', models.DateTimeField(help_text='Ride begins: seated at their door, or leaving the destination.')),
                ('arrives_at', models.DateTimeField(help_text='Ride ends: at the destination, or at their door.')),
                ('promised_from', models.DateTimeField(help_text='As it is planned now: not before.')),
                ('promised_until', models.DateTimeField(help_text='As it is planned now: not later.')),
                ('told_from', models.DateTimeField(help_text='They were told otherwise: not before. Empty: as promised.', null=True)),
                ('told_until', models.DateTimeField(help_text='They were told otherwise: not later. Empty: as promised.', null=True)),
                ('on_board_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(help_text='At the destination, or home and inside.', null=True)),
                ('near_told_at', models.DateTimeField(help_text='Told that the bus is near.', null=True)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rides', to='transport.booking')),
                ('trip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rides', to='transport.trip')),
            ],
            options={
                'indexes': [models.Index(fields=['trip', 'way', 'round_number', 'position'], name='ride_in_order')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('booking', 'way'), name='ride_once_per_way'), models.CheckConstraint(condition=models.Q(('promised_until__gt', models.F('promised_from'))), name='ride_promise_is_a_window')],
            },
        ),
        migrations.CreateModel(
            name='ManifestEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('on_board', 'On Board'), ('not_there', 'Not There'), ('at_destination', 'At Destination'), ('home_inside', 'Home Inside'), ('undone', 'Undone')], max_length=14)),
                ('at', models.DateTimeField()),
                ('device_at', models.DateTimeField(help_text="As that telephone's clock said.")),
                ('received_at', models.DateTimeField()),
                ('plan_version', models.PositiveIntegerField(help_text='Of the manifest on which it was ticked.')),
                ('by', models.CharField(help_text='A reference such as user:3.', max_length=80)),
                ('channel', models.CharField(max_length=20)),
                ('takes_back', models.UUIDField(help_text='Of UNDONE: the entry that was corrected; empty: what held then.', null=True)),
                ('applied', models.BooleanField(default=True, help_text='False: kept, but something later had been said already.')),
                ('ride', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='transport.ride')),
                ('trip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='transport.trip')),
            ],
        ),
        migrations.AddField(
            model_name='disruption',
            name='trip',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disruptions', to='transport.trip'),
        ),
        migrations.AddField(
            model_name='crewduty',
            name='trip',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='crew', to='transport.trip'),
        ),
        migrations.CreateModel(
            name='CashCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('expected_cents', models.PositiveIntegerField(help_text='By the payments that were known when it was counted.')),
                ('counted_cents', models.PositiveIntegerField()),
                ('note', models.CharField(blank=True, help_text='Why the two differ.', max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(help_text='A reference such as user:3.', max_length=80)),
                ('trip', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cash_count', to='transport.trip')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('expected_cents', models.F('counted_cents')), models.Q(('note', ''), _negated=True), _connector='OR'), name='cash_that_differs_has_a_note')],
            },
        ),
        migrations.CreateModel(
            name='CallTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('lapsed', 'Lapsed')], default='open', max_length=6)),
                ('details', models.JSONField(default=dict, help_text='Codes and times only.')),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=80)),
                ('outcome', models.CharField(blank=True, help_text='A code.', max_length=20)),
                ('kind', models.CharField(choices=[('moved', 'Moved'), ('silent', 'Silent'), ('speak', 'Speak'), ('disrupted', 'Disrupted'), ('crew', 'Crew'), ('seat', 'Seat')], max_length=9)),
                ('order', models.PositiveIntegerField(default=0, help_text='Lower is rung first.')),
                ('booking', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='call_tasks', to='transport.booking')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bus_call_tasks', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('trip', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='call_tasks', to='transport.trip')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['organisation', 'order'], name='call_task_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('trip', 'person', 'kind'), name='call_task_open_once')],
            },
        ),
        migrations.AddField(
            model_name='booking',
            name='trip',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='transport.trip'),
        ),
        migrations.CreateModel(
            name='UnmetRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(help_text='A code.', max_length=40)),
                ('at', models.DateTimeField()),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='transport.area')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unmet_requests', to='people.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('trip', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='unmet_requests', to='transport.trip')),
            ],
        ),
        migrations.CreateModel(
            name='Vehicle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('plate', models.CharField(blank=True, max_length=12)),
                ('garage', models.CharField(blank=True, help_text='Address.', max_length=200)),
                ('latitude', models.FloatField(help_text='Of the garage: degrees, WGS 84.')),
                ('longitude', models.FloatField(help_text='Of the garage: degrees, WGS 84.')),
                ('phone', models.CharField(blank=True, help_text='The telephone in the bus (E.164).', max_length=20)),
                ('in_use', models.BooleanField(default=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vehicles', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='vehicle_name_once')],
            },
        ),
        migrations.AddField(
            model_name='trip',
            name='vehicle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.vehicle'),
        ),
        migrations.AddField(
            model_name='series',
            name='vehicle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.vehicle'),
        ),
        migrations.CreateModel(
            name='OutOfService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('vehicle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='out_of_service', to='transport.vehicle')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='out_of_service_ends_after_it_begins')],
            },
        ),
        migrations.AddField(
            model_name='layout',
            name='vehicle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='layouts', to='transport.vehicle'),
        ),
        migrations.CreateModel(
            name='VehiclePaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('inspection', 'Inspection'), ('insurance', 'Insurance'), ('lift', 'Lift'), ('service', 'Service')], max_length=10)),
                ('valid_until', models.DateField(help_text='Last local date on which it holds.')),
                ('vehicle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='transport.vehicle')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('vehicle', 'kind'), name='vehicle_paper_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='crewduty',
            constraint=models.UniqueConstraint(fields=('trip', 'task'), name='crew_duty_once'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('trip', 'person'), name='booked_once_per_trip'),
        ),
        migrations.AddConstraint(
            model_name='trip',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), expressions=[(models.Func(models.F('vehicle_id'), models.F('vehicle_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('leaves_at'), models.F('ends_at'), function='tstzrange'), '&&')], name='vehicle_on_one_trip_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='layout',
            constraint=models.UniqueConstraint(fields=('vehicle', 'name'), name='layout_name_once'),
        ),
    ]
