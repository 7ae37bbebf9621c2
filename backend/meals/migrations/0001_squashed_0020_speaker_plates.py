import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('meals', '0001_initial'), ('meals', '0002_crew_reminders'), ('meals', '0003_kitchen'), ('meals', '0004_the_door'), ('meals', '0005_standing'), ('meals', '0006_seating'), ('meals', '0007_confirmed_numbers'), ('meals', '0008_rides'), ('meals', '0009_free_of'), ('meals', '0010_kitchen_calls'), ('meals', '0011_plate_theirs'), ('meals', '0012_after_all'), ('meals', '0013_speakers_by_hand'), ('meals', '0014_dinner_figures'), ('meals', '0015_newcomers_are_read'), ('meals', '0016_moved_calls'), ('meals', '0017_elsewhere_calls'), ('meals', '0018_kept_notes'), ('meals', '0019_crew_hours'), ('meals', '0020_speaker_plates')]

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DiningTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20)),
                ('chairs', models.PositiveSmallIntegerField(default=10)),
                ('x', models.PositiveSmallIntegerField(default=0, help_text='Decimetres from the left, of its middle.')),
                ('y', models.PositiveSmallIntegerField(default=0, help_text='Decimetres from the top, of its middle.')),
                ('in_use', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('chairs__gte', 1)), name='table_has_chairs')],
            },
        ),
        migrations.CreateModel(
            name='EveningSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(help_text='RRULE such as FREQ=WEEKLY;BYDAY=TU,TH.', max_length=200)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(blank=True, null=True)),
                ('cutoff', models.TimeField(help_text="Local wall time: the kitchen's final count, reservations and cancelling.")),
                ('doors', models.TimeField(help_text='Local wall time.')),
                ('dinner', models.TimeField(help_text='Local wall time.')),
                ('ends', models.TimeField(help_text='Local wall time.')),
                ('theme', models.CharField(blank=True, max_length=120)),
                ('on_holidays', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('dinner__gte', models.F('doors')), ('doors__gt', models.F('cutoff')), ('ends__gt', models.F('dinner'))), name='evening_series_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Evening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(help_text='Local date.')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('open', 'Open'), ('closed', 'Closed'), ('cancelled', 'Cancelled')], default='planned', max_length=9)),
                ('cutoff_at', models.DateTimeField()),
                ('doors_at', models.DateTimeField()),
                ('dinner_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('chairs', models.PositiveSmallIntegerField()),
                ('theme', models.CharField(blank=True, max_length=120)),
                ('speaker', models.CharField(blank=True, help_text='A role, such as the district police officer.', max_length=120)),
                ('speakers', models.PositiveSmallIntegerField(default=0, help_text='Who speak eat along.')),
                ('speakers_table_by_hand', models.BooleanField(default=False, help_text='A person chose it: planning leaves it.')),
                ('pots_on_at', models.DateTimeField(help_text='From then on only diets and plates made apart are pushed.', null=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('cancelled_because', models.CharField(blank=True, max_length=200)),
                ('version', models.PositiveIntegerField(default=0, help_text='Grows with every change of guests, plates or tables.')),
                ('speakers_table', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meals.diningtable')),
                ('series', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evenings', to='meals.eveningseries')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('dinner_at__gte', models.F('doors_at')), ('doors_at__gt', models.F('cutoff_at')), ('ends_at__gt', models.F('dinner_at'))), name='evening_in_order')],
            },
        ),
        migrations.CreateModel(
            name='CrewPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(choices=[('kitchen', 'Kitchen'), ('serving', 'Serving'), ('till', 'Till'), ('bar', 'Bar'), ('host', 'Host'), ('shopping', 'Shopping'), ('cook', 'Cook')], max_length=8)),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('state', models.CharField(choices=[('open', 'Open'), ('confirmed', 'Confirmed')], default='open', max_length=9)),
                ('eats', models.BooleanField(default=True)),
                ('table_by_hand', models.BooleanField(default=False, help_text='A person chose the table: planning leaves it.')),
                ('changed_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(help_text='When they were reminded that they help.', null=True)),
                ('came_at', models.DateTimeField(null=True)),
                ('left_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meal_places', to='people.person')),
                ('table', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meals.diningtable')),
                ('evening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='crew', to='meals.evening')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('evening', 'job', 'number'), name='crew_place_once'), models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('evening', 'person'), name='in_the_crew_once_per_evening'), models.CheckConstraint(condition=models.Q(models.Q(('person', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('person__isnull', False)), _connector='OR'), name='crew_place_has_somebody_unless_open')],
            },
        ),
        migrations.CreateModel(
            name='CrewHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(choices=[('kitchen', 'Kitchen'), ('serving', 'Serving'), ('till', 'Till'), ('bar', 'Bar'), ('host', 'Host'), ('shopping', 'Shopping'), ('cook', 'Cook')], max_length=8)),
                ('came_at', models.DateTimeField()),
                ('left_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meals.crewplace')),
                ('evening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='crew_hours', to='meals.evening')),
            ],
        ),
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('starter', 'Starter'), ('main', 'Main'), ('dessert', 'Dessert')], max_length=7)),
                ('name', models.CharField(max_length=120)),
                ('without', models.JSONField(default=list, help_text='Codes of `domain.diets` that the dish itself is free of.')),
                ('evening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='courses', to='meals.evening')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('evening', 'kind'), name='course_once')],
            },
        ),
        migrations.CreateModel(
            name='EveningCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cooked', models.PositiveSmallIntegerField(help_text='Portions of the main course.')),
                ('left', models.PositiveSmallIntegerField(help_text='Portions nobody ate.')),
                ('till_cents', models.PositiveIntegerField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('evening', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='count', to='meals.evening')),
            ],
        ),
        migrations.CreateModel(
            name='EveningException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('closed', models.BooleanField(default=True)),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exceptions', to='meals.eveningseries')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('series', 'date'), name='evening_exception_once')],
            },
        ),
        migrations.CreateModel(
            name='CrewNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(choices=[('kitchen', 'Kitchen'), ('serving', 'Serving'), ('till', 'Till'), ('bar', 'Bar'), ('host', 'Host'), ('shopping', 'Shopping'), ('cook', 'Cook')], max_length=8)),
                ('people', models.PositiveSmallIntegerField()),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='meals.eveningseries')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('series', 'job'), name='crew_need_once')],
            },
        ),
        migrations.CreateModel(
            name='Guest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('without', models.JSONField(default=list, help_text='What they do not eat. Never why.')),
                ('own_plate', models.BooleanField(default=False, help_text='An allergy: their plate is made apart, with their name.')),
                ('note', models.CharField(blank=True, help_text='For the kitchen, in their own words.', max_length=200)),
                ('may_follow_up', models.BooleanField(default=False, help_text='Agreed to be rung when they stay away.')),
                ('may_volunteer', models.BooleanField(default=False, help_text='Would like to help some time.')),
                ('near_door', models.BooleanField(default=False, help_text='Would like a table near the door. Never why.')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='guest', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='KitchenCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('provisional', 'Provisional'), ('final', 'Final'), ('late', 'Late')], max_length=11)),
                ('counts', models.JSONField(help_text='Covers, and per course and variant: numbers, codes and references.')),
                ('changes', models.JSONField(default=list, help_text='What is different from the count before it, as codes.')),
                ('covers', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(help_text='When the cook said so.', null=True)),
                ('seen_by', models.CharField(blank=True, max_length=80)),
                ('told_again_at', models.DateTimeField(null=True)),
                ('manager_told_at', models.DateTimeField(help_text='That nobody in the kitchen has seen it.', null=True)),
                ('evening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kitchen_counts', to='meals.evening')),
            ],
            options={
                'indexes': [models.Index(fields=['evening', 'at'], name='kitchen_count_by_time')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'late'), _negated=True), fields=('evening', 'kind'), name='one_provisional_and_one_final_count')],
            },
        ),
        migrations.CreateModel(
            name='MealVolunteer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(choices=[('kitchen', 'Kitchen'), ('serving', 'Serving'), ('till', 'Till'), ('bar', 'Bar'), ('host', 'Host'), ('shopping', 'Shopping'), ('cook', 'Cook')], max_length=8)),
                ('is_standby', models.BooleanField(default=False)),
                ('in_use', models.BooleanField(default=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meal_crew', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meal_crew', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'job'), name='meal_volunteer_once_per_job')],
            },
        ),
        migrations.CreateModel(
            name='Reservation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('unconfirmed', 'Unconfirmed'), ('reserved', 'Reserved'), ('waiting', 'Waiting'), ('cancelled', 'Cancelled')], max_length=11)),
                ('covers', models.PositiveSmallIntegerField()),
                ('way', models.CharField(choices=[('telephone', 'Telephone'), ('text', 'Text'), ('menu', 'Menu'), ('page', 'Page'), ('standing', 'Standing'), ('walk_in', 'Walk In'), ('api', 'Api')], max_length=9)),
                ('party', models.UUIDField(help_text='Friends who want one table have the same one.', null=True)),
                ('reserved_at', models.DateTimeField()),
                ('reserved_by', models.CharField(help_text='A reference such as user:3.', max_length=80)),
                ('on_behalf_of', models.CharField(blank=True, max_length=80)),
                ('holds_until', models.DateTimeField(help_text='An unconfirmed one keeps its chairs until then.', null=True)),
                ('answer', models.CharField(choices=[('not_asked', 'Not Asked'), ('asked', 'Asked'), ('yes', 'Yes'), ('speak', 'Speak'), ('silent', 'Silent')], default='not_asked', help_text='The day before.', max_length=9)),
                ('answered_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancelled_because', models.CharField(blank=True, help_text='A code.', max_length=40)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('arrived_covers', models.PositiveSmallIntegerField(help_text='How many of them came.', null=True)),
                ('wants_ride', models.BooleanField(default=False)),
                ('table_by_hand', models.BooleanField(default=False, help_text='A person chose the table: planning leaves it.')),
                ('note', models.CharField(blank=True, max_length=200)),
                ('evening', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='meals.evening')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='people.person')),
                ('table', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meals.diningtable')),
            ],
            options={
                'indexes': [models.Index(fields=['evening', 'state'], name='reservation_by_state'), models.Index(fields=['person', '-reserved_at'], name='reservation_by_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('evening', 'person'), name='reserved_once_per_evening'), models.CheckConstraint(condition=models.Q(('covers__gte', 1)), name='reservation_is_for_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('state', 'cancelled')), models.Q(('state', 'cancelled'), _negated=True), _connector='OR'), name='reservation_cancelled_has_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('holds_until__isnull', False), ('state', 'unconfirmed')), models.Q(('state', 'unconfirmed'), _negated=True), _connector='OR'), name='unconfirmed_reservation_ends')],
            },
        ),
        migrations.CreateModel(
            name='Plate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('without', models.JSONField(default=list, help_text='Codes of `domain.diets`: food, never a religion or diagnosis.')),
                ('own_plate', models.BooleanField(default=False)),
                ('name', models.CharField(blank=True, help_text='Only where a plate of its own needs one.', max_length=80)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('theirs', models.BooleanField(default=False, help_text='Of the guest themselves: follows what they do not eat every time.')),
                ('note_is_kept', models.BooleanField(default=False, help_text='The note is the one that is kept for every time.')),
                ('reservation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plates', to='meals.reservation')),
            ],
        ),
        migrations.CreateModel(
            name='NumberCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(help_text='E.164.', max_length=20)),
                ('code_hash', models.CharField(max_length=128)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('locked_until', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(help_text='Confirmed, locked, over, or another code was sent.', null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='number_checks', to='people.organisation')),
                ('person', models.ForeignKey(help_text='Who was written down for it; nobody knows yet whether the number is theirs.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('reservation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='number_checks', to='meals.reservation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'line', '-sent_at'], name='number_check_by_line')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('line',), name='number_check_open_once')],
            },
        ),
        migrations.CreateModel(
            name='GuestCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('lapsed', 'Lapsed')], default='open', max_length=6)),
                ('details', models.JSONField(default=dict, help_text='Codes and times only.')),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=80)),
                ('outcome', models.CharField(blank=True, help_text='A code.', max_length=20)),
                ('kind', models.CharField(choices=[('silent', 'Silent'), ('speak', 'Speak'), ('stayed_away', 'Stayed Away'), ('cancelled', 'Cancelled'), ('crew', 'Crew'), ('table', 'Table'), ('ride', 'Ride'), ('after_all', 'After All'), ('kitchen', 'Kitchen'), ('moved', 'Moved'), ('elsewhere', 'Elsewhere')], max_length=11)),
                ('evening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='meals.evening')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meal_call_tasks', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('reservation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='meals.reservation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('evening', 'person', 'kind'), name='guest_call_open_once')],
            },
        ),
        migrations.CreateModel(
            name='DoorEntry',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('came', 'Came'), ('undone', 'Undone'), ('walked_in', 'Walked In'), ('paid', 'Paid'), ('paid_back', 'Paid Back')], max_length=9)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(help_text='A reference such as user:3.', max_length=80)),
                ('evening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='door_entries', to='meals.evening')),
                ('reservation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='door_entries', to='meals.reservation')),
            ],
            options={
                'indexes': [models.Index(fields=['evening', 'at'], name='door_entry_by_evening')],
            },
        ),
        migrations.CreateModel(
            name='DividedSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('people', models.PositiveSmallIntegerField()),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meals.diningtable')),
                ('reservation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='divided', to='meals.reservation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reservation', 'table'), name='divided_seat_once'), models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='divided_seat_of_somebody')],
            },
        ),
        migrations.CreateModel(
            name='ChairOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('expired', 'Expired'), ('withdrawn', 'Withdrawn')], default='open', max_length=9)),
                ('offered_at', models.DateTimeField()),
                ('deadline_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=80)),
                ('evening', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='meals.evening')),
                ('reservation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='meals.reservation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('reservation',), name='chair_offer_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='chair_offer_ends_once')],
            },
        ),
        migrations.CreateModel(
            name='Resto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(unique=True)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('place', models.CharField(blank=True, max_length=80)),
                ('latitude', models.FloatField(blank=True, help_text='Degrees, WGS 84: for rides with the bus.', null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('chairs', models.PositiveSmallIntegerField(help_text='For guests, crew and speakers together.')),
                ('welcome', models.TextField(blank=True, help_text='For the public page.')),
                ('public', models.BooleanField(default=True)),
                ('in_use', models.BooleanField(default=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restos', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='resto_name_once'), models.CheckConstraint(condition=models.Q(('chairs__gte', 1)), name='resto_has_chairs')],
            },
        ),
        migrations.AddField(
            model_name='eveningseries',
            name='resto',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='meals.resto'),
        ),
        migrations.AddField(
            model_name='evening',
            name='resto',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evenings', to='meals.resto'),
        ),
        migrations.CreateModel(
            name='DinnerFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='Its first day, local date of the organisation.')),
                ('counts', models.JSONField(help_text='Codes and whole numbers.')),
                ('frozen_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dinner_figures', to='people.organisation')),
                ('resto', models.ForeignKey(help_text='Empty: all.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meals.resto')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'resto', 'month'), name='dinner_figures_once_a_month', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='dinner_figures_are_of_a_whole_month')],
            },
        ),
        migrations.CreateModel(
            name='RideAsked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('comes', 'Comes'), ('no_bus', 'No Bus'), ('taken_back', 'Taken Back')], default='asked', max_length=10)),
                ('number', models.PositiveIntegerField(default=0)),
                ('asked', models.JSONField(default=dict, help_text='What was asked, to see whether it has changed.')),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('there_from', models.DateTimeField(help_text='The bus is at their door: not before.', null=True)),
                ('there_until', models.DateTimeField(help_text='The bus is at their door: not later.', null=True)),
                ('home_at', models.DateTimeField(help_text='Home at about this time.', null=True)),
                ('why', models.CharField(blank=True, help_text='A code: why no bus comes.', max_length=40)),
                ('reservation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='ride', to='meals.reservation')),
            ],
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('width', models.PositiveSmallIntegerField(default=100, help_text='Decimetres.')),
                ('depth', models.PositiveSmallIntegerField(default=80, help_text='Decimetres.')),
                ('door', models.CharField(blank=True, choices=[('top', 'Top'), ('right', 'Right'), ('bottom', 'Bottom'), ('left', 'Left')], help_text='In which wall; empty: not known.', max_length=6)),
                ('resto', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rooms', to='meals.resto')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('resto', 'name'), name='room_name_once')],
            },
        ),
        migrations.AddField(
            model_name='diningtable',
            name='room',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tables', to='meals.room'),
        ),
        migrations.CreateModel(
            name='SeatingWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('with', 'With'), ('apart', 'Apart')], max_length=5)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seating_wishes', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'other'), name='seating_wish_once'), models.CheckConstraint(condition=models.Q(('person', models.F('other')), _negated=True), name='seating_wish_about_another')],
            },
        ),
        migrations.CreateModel(
            name='SkippedParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(help_text='A code.', max_length=40)),
                ('details', models.JSONField(default=dict)),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skipped', to='meals.chairoffer')),
                ('reservation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skipped', to='meals.reservation')),
            ],
        ),
        migrations.CreateModel(
            name='SpeakerPlate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('without', models.JSONField(default=list, help_text='Codes of `domain.diets`: food, never a religion or diagnosis.')),
                ('own_plate', models.BooleanField(default=False)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('evening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='speaker_plates', to='meals.evening')),
            ],
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('covers', models.PositiveSmallIntegerField(default=1)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(blank=True, null=True)),
                ('paused_until', models.DateField(blank=True, help_text='No places until then, this local date included.', null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standing_reservations', to='people.person')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standing', to='meals.eveningseries')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('series', 'person'), name='standing_once'), models.CheckConstraint(condition=models.Q(('covers__gte', 1)), name='standing_is_for_somebody')],
            },
        ),
        migrations.AddField(
            model_name='reservation',
            name='standing',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reservations', to='meals.standing'),
        ),
        migrations.CreateModel(
            name='StandingSkip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(help_text='A code.', max_length=20)),
                ('at', models.DateTimeField()),
                ('evening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standing_skips', to='meals.evening')),
                ('standing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skips', to='meals.standing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('standing', 'evening'), name='standing_skipped_once')],
            },
        ),
        migrations.CreateModel(
            name='Tariff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('cents', models.PositiveIntegerField()),
                ('in_use', models.BooleanField(default=True)),
                ('resto', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tariffs', to='meals.resto')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('resto', 'name'), name='meal_tariff_name_once')],
            },
        ),
        migrations.CreateModel(
            name='MealPayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('covers', models.PositiveSmallIntegerField()),
                ('way', models.CharField(choices=[('cash', 'Cash'), ('card', 'Card'), ('free', 'Free')], max_length=4)),
                ('cents', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('reservation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='meals.reservation')),
                ('tariff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meals.tariff')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('covers__gte', 1)), name='meal_payment_for_somebody')],
            },
        ),
        migrations.CreateModel(
            name='TurnedAway',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('covers', models.PositiveSmallIntegerField(default=1)),
                ('reason', models.CharField(help_text='A code.', max_length=40)),
                ('at', models.DateTimeField()),
                ('evening', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='turned_away', to='meals.evening')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('resto', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turned_away', to='meals.resto')),
            ],
        ),
        migrations.CreateModel(
            name='Variant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('without', models.JSONField(default=list)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='variants', to='meals.course')),
            ],
        ),
        migrations.CreateModel(
            name='CrewAsk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('expired', 'Expired'), ('withdrawn', 'Withdrawn')], default='open', max_length=9)),
                ('offered_at', models.DateTimeField()),
                ('deadline_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asks', to='meals.crewplace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('place', 'person'), name='crew_ask_open_once')],
            },
        ),
        migrations.AddIndex(
            model_name='evening',
            index=models.Index(fields=['resto', 'date'], name='evening_by_date'),
        ),
        migrations.AddConstraint(
            model_name='evening',
            constraint=models.UniqueConstraint(fields=('resto', 'date'), name='one_evening_a_day'),
        ),
        migrations.AddConstraint(
            model_name='diningtable',
            constraint=models.UniqueConstraint(fields=('room', 'name'), name='table_name_once'),
        ),
    ]
