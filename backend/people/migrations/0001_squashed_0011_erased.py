import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('people', '0001_initial'), ('people', '0002_mailboxes'), ('people', '0003_ways_and_hours'), ('people', '0004_integration'), ('people', '0005_duty_and_consent'), ('people', '0006_absence_on_behalf_of'), ('people', '0007_ring_from'), ('people', '0008_home_aids_papers_engagements'), ('people', '0009_consent_for_diets'), ('people', '0010_hygiene_paper'), ('people', '0011_erased')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=120)),
                ('timezone', models.CharField(default='Europe/Amsterdam', max_length=60)),
                ('language', models.CharField(default='nl', max_length=5)),
                ('phone', models.CharField(help_text='The number that rings people and that they ring (E.164).', max_length=20)),
                ('duty_phone', models.CharField(help_text='Answers day and night (E.164).', max_length=20)),
                ('email', models.EmailField(blank=True, help_text='The mailbox that gets every paper list, whoever is on duty.', max_length=254)),
                ('settings', models.JSONField(blank=True, default=dict, help_text='Defaults of its own, by name.')),
            ],
        ),
        migrations.CreateModel(
            name='PostcodePlace',
            fields=[
                ('postcode', models.CharField(help_text='1234 or 1234AB, without spaces.', max_length=6, primary_key=True, serialize=False)),
                ('latitude', models.FloatField()),
                ('longitude', models.FloatField()),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=20)),
                ('given_name', models.CharField(blank=True, max_length=80)),
                ('family_name', models.CharField(max_length=120)),
                ('normalised_name', models.CharField(max_length=200)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('postcode', models.CharField(blank=True, max_length=12)),
                ('place', models.CharField(blank=True, max_length=80)),
                ('email', models.EmailField(blank=True, help_text='Of volunteers and coordinators, for paper lists.', max_length=254)),
                ('language', models.CharField(default='nl', max_length=5)),
                ('ring_longer', models.BooleanField(default=False, help_text='Needs time to reach the telephone.')),
                ('preferred_way', models.CharField(blank=True, choices=[('call', 'Call'), ('text', 'Text')], help_text='How they want to be told; empty: a text if they have a mobile.', max_length=4)),
                ('any_hour', models.BooleanField(default=False, help_text='Chose to be rung and texted at any hour, any day.')),
                ('ring_from', models.TimeField(blank=True, help_text='Local wall time before which a star does not ring them; empty: any time.', null=True)),
                ('notes', models.TextField(blank=True)),
                ('erased_at', models.DateTimeField(help_text='Nothing tells who it was, and nothing is added any more.', null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'normalised_name'], name='person_by_name')],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('licence', 'Licence'), ('medical', 'Medical'), ('vog', 'Vog'), ('test_drive', 'Test Drive'), ('hygiene', 'Hygiene')], max_length=10)),
                ('seen_on', models.DateField(help_text='Local date on which somebody saw it.')),
                ('seen_by', models.CharField(help_text='A reference such as user:3.', max_length=80)),
                ('valid_until', models.DateField(blank=True, help_text='Last local date on which it holds; empty: no end.', null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='paper_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Home',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('latitude', models.FloatField(help_text='Degrees, WGS 84.')),
                ('longitude', models.FloatField(help_text='Degrees, WGS 84.')),
                ('source', models.CharField(choices=[('postcode', 'Postcode'), ('imported', 'Imported'), ('map', 'Map')], max_length=8)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.CharField(blank=True, help_text='A reference such as user:3.', max_length=80)),
                ('door_note', models.CharField(blank=True, help_text='For driver and host: where to stop and ring.', max_length=200)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='home', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), name='home_is_on_earth'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', '')), models.Q(('confirmed_at__isnull', False), models.Q(('confirmed_by', ''), _negated=True)), _connector='OR'), name='home_is_confirmed_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.PositiveSmallIntegerField(choices=[(1, 'Bus'), (2, 'Bus Crew'), (3, 'Dinner'), (4, 'Dinner Crew')])),
                ('source', models.CharField(help_text='What it follows from, such as booking:12.', max_length=60, unique=True)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='engagements', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'starts_at'], name='engagement_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='engagement_takes_time'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('person_id'), models.F('person_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('programme'), models.F('programme'), models.Value('[]'), function='int4range'), '&&'), (models.Func(models.F('starts_at'), models.F('ends_at'), function='tstzrange'), '&&')], name='engaged_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='DutySwap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=60)),
                ('rank', models.CharField(choices=[('primary', 'Primary'), ('backup', 'Backup'), ('coordinator', 'Coordinator')], max_length=12)),
                ('date', models.DateField(help_text='Local date of the duty.')),
                ('state', models.CharField(choices=[('open', 'Open'), ('taken', 'Taken'), ('lapsed', 'Lapsed'), ('withdrawn', 'Withdrawn')], default='open', max_length=9)),
                ('offered_at', models.DateTimeField()),
                ('deadline_at', models.DateTimeField(help_text='The owner keeps the duty when nobody has taken it by then.')),
                ('asked', models.JSONField(default=list, help_text='Keys of the people who were asked.')),
                ('ended_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duty_swaps', to='people.organisation')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('scope', 'rank', 'date'), name='duty_swap_open_once')],
            },
        ),
        migrations.CreateModel(
            name='DutyShift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=60)),
                ('rank', models.CharField(choices=[('primary', 'Primary'), ('backup', 'Backup'), ('coordinator', 'Coordinator')], max_length=12)),
                ('weekday', models.PositiveSmallIntegerField(blank=True, help_text='0 is Monday.', null=True)),
                ('date', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duty_shifts', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duty_shifts', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('date__isnull', False), ('weekday', None)), models.Q(('date', None), ('weekday__lte', 6)), _connector='OR'), name='duty_is_for_a_weekday_or_a_date'), models.UniqueConstraint(fields=('scope', 'rank', 'weekday'), name='duty_weekday_once'), models.UniqueConstraint(fields=('scope', 'rank', 'date'), name='duty_date_once')],
            },
        ),
        migrations.CreateModel(
            name='DutyLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duty_links', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('relation', models.CharField(blank=True, max_length=60)),
                ('phone', models.CharField(blank=True, help_text='E.164, or empty when unknown.', max_length=20)),
                ('has_key', models.BooleanField(help_text='Null: nobody has asked yet.', null=True)),
                ('key_note', models.CharField(blank=True, help_text='Shown only to who claimed an incident.', max_length=200)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='people.person')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('circle', 'Circle'), ('aids', 'Aids'), ('diet', 'Diet'), ('follow_up', 'Follow Up')], max_length=20)),
                ('wording', models.TextField(help_text='Exactly what was read or shown.')),
                ('version', models.CharField(max_length=20)),
                ('language', models.CharField(max_length=5)),
                ('given_at', models.DateTimeField(help_text='When they agreed (true time).')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(help_text='A reference such as user:3.', max_length=80)),
                ('channel', models.CharField(help_text='How they agreed: call, paper, visit.', max_length=20)),
                ('on_behalf_by', models.CharField(blank=True, help_text='Who agreed for them, and as what.', max_length=120)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.CharField(blank=True, max_length=80)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'purpose'], name='consent_by_purpose')],
            },
        ),
        migrations.CreateModel(
            name='Aid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('rollator', 'Rollator'), ('wheelchair', 'Wheelchair'), ('folding_chair', 'Folding Chair'), ('scootmobiel', 'Scootmobiel'), ('stick', 'Stick')], max_length=14)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aids', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='aid_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(blank=True, help_text='Empty: until further notice.', null=True)),
                ('reason', models.CharField(choices=[('away', 'Away'), ('hospital', 'Hospital'), ('other', 'Other')], default='away', max_length=20)),
                ('reported_by', models.CharField(max_length=80)),
                ('on_behalf_of', models.CharField(blank=True, help_text='A reference; empty: for themselves.', max_length=80)),
                ('channel', models.CharField(max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day', None), ('last_day__gte', models.F('first_day')), _connector='OR'), name='absence_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='PhoneNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('e164', models.CharField(max_length=20)),
                ('kind', models.CharField(choices=[('landline', 'Landline'), ('mobile', 'Mobile')], max_length=10)),
                ('position', models.PositiveSmallIntegerField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='people.person')),
            ],
            options={
                'ordering': ['position'],
                'indexes': [models.Index(fields=['e164'], name='phone_by_number')],
                'constraints': [models.UniqueConstraint(fields=('person', 'e164'), name='number_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('coordinator', 'Coordinator'), ('circle_volunteer', 'Circle Volunteer'), ('bus_planner', 'Bus Planner'), ('driver', 'Driver'), ('host', 'Host'), ('resto_manager', 'Resto Manager'), ('crew', 'Crew'), ('reader', 'Reader'), ('operator', 'Operator')], max_length=20)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='people.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'organisation', 'kind'), name='role_is_given_once')],
            },
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('source', models.CharField(max_length=60)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sightings', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-at'], name='sighting_latest')],
            },
        ),
        migrations.CreateModel(
            name='Integration',
            fields=[
                ('id', models.CharField(editable=False, max_length=150, primary_key=True, serialize=False, unique=True)),
                ('prefix', models.CharField(editable=False, max_length=8, unique=True)),
                ('hashed_key', models.CharField(editable=False, max_length=150)),
                ('created', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('name', models.CharField(default=None, help_text='A free-form name for the API key. Need not be unique. 50 characters max.', max_length=50)),
                ('revoked', models.BooleanField(blank=True, default=False, help_text='If the API key is revoked, clients cannot use it anymore. (This cannot be undone.)')),
                ('expiry_date', models.DateTimeField(blank=True, help_text='Once API key expires, clients cannot use it anymore.', null=True, verbose_name='Expires')),
                ('may_write', models.BooleanField(default=False, help_text='False: it may only read.')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='integrations', to='people.organisation')),
            ],
            options={
                'verbose_name': 'API key',
                'verbose_name_plural': 'API keys',
                'ordering': ('-created',),
                'abstract': False,
                'indexes': [models.Index(fields=['organisation', 'prefix'], name='integration_by_organisation')],
            },
        ),
    ]
