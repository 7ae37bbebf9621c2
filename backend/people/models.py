"""Organisations and people: who they are, how to reach them, who may do what, who is away, who is on duty."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from rest_framework_api_key.models import AbstractAPIKey

from backend.common.clock import DEFAULT_ZONE
from backend.common.link_rows import LinkRow


class Organisation(models.Model):
    """A welfare organisation that runs programmes. Organisations see nothing of one another."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    timezone = models.CharField(max_length=60, default=DEFAULT_ZONE)
    language = models.CharField(max_length=5, default="nl")
    phone = models.CharField(max_length=20, help_text="The number that rings people and that they ring (E.164).")
    duty_phone = models.CharField(max_length=20, help_text="Answers day and night (E.164).")
    email = models.EmailField(blank=True, help_text="The mailbox that gets every paper list, whoever is on duty.")
    settings = models.JSONField(default=dict, blank=True, help_text="Defaults of its own, by name.")

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """Somebody who signs in. What they may do follows from their roles."""


class Role(models.Model):
    """What a user may do in an organisation."""

    class Kind(models.TextChoices):
        COORDINATOR = "coordinator"
        CIRCLE_VOLUNTEER = "circle_volunteer"
        BUS_PLANNER = "bus_planner"
        DRIVER = "driver"
        HOST = "host"
        RESTO_MANAGER = "resto_manager"
        CREW = "crew"
        READER = "reader"
        OPERATOR = "operator"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "organisation", "kind"], name="role_is_given_once"),
        ]


class Person(models.Model):
    """A participant, a volunteer or a coordinator of one organisation."""

    class Way(models.TextChoices):
        CALL = "call"
        TEXT = "text"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    title = models.CharField(max_length=20, blank=True)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=120)
    normalised_name = models.CharField(max_length=200)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    place = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True, help_text="Of volunteers and coordinators, for paper lists.")
    language = models.CharField(max_length=5, default="nl")
    ring_longer = models.BooleanField(default=False, help_text="Needs time to reach the telephone.")
    preferred_way = models.CharField(
        max_length=4,
        blank=True,
        choices=Way,
        help_text="How they want to be told; empty: a text if they have a mobile.",
    )
    any_hour = models.BooleanField(default=False, help_text="Chose to be rung and texted at any hour, any day.")
    ring_from = models.TimeField(
        null=True, blank=True, help_text="Local wall time before which a star does not ring them; empty: any time."
    )
    max_ride_minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Agreed with them: no ride in the bus is longer. Null: as for everybody."
    )
    notes = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True, help_text="Nothing tells who it was, and nothing is added any more.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "normalised_name"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How a person is written: given name and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def spoken_name(self) -> str:
        """How a person is spoken of on the telephone and on a board: the given name, else the family name."""
        return self.given_name or self.family_name


class PhoneNumber(models.Model):
    """A number on which a person can be reached, in the order in which it is tried."""

    class Kind(models.TextChoices):
        LANDLINE = "landline"
        MOBILE = "mobile"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="phones")
    e164 = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "e164"], name="number_once_per_person"),
        ]
        indexes: ClassVar = [models.Index(fields=["e164"], name="phone_by_number")]


class Contact(models.Model):
    """Somebody near a participant, named beforehand: family, a neighbour, a key holder."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164, or empty when unknown.")
    has_key = models.BooleanField(null=True, help_text="Null: nobody has asked yet.")
    key_note = models.CharField(max_length=200, blank=True, help_text="Shown only to who claimed an incident.")

    class Meta:
        ordering: ClassVar = ["position"]


class Absence(models.Model):
    """A person is away or not to be rung, from one local date to another, both included. For all programmes."""

    class Reason(models.TextChoices):
        AWAY = "away"
        HOSPITAL = "hospital"
        OTHER = "other"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True, help_text="Empty: until further notice.")
    reason = models.CharField(max_length=20, choices=Reason, default=Reason.AWAY)
    reported_by = models.CharField(max_length=80)
    on_behalf_of = models.CharField(max_length=80, blank=True, help_text="A reference; empty: for themselves.")
    channel = models.CharField(max_length=20)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="absence_ends_after_it_begins"
            ),
        ]


class Sighting(models.Model):
    """When somebody was last known to be well, and how we know."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sightings")
    at = models.DateTimeField()
    source = models.CharField(max_length=60)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-at"], name="sighting_latest")]


class DutyShift(models.Model):
    """Who is on duty for what, on a weekday; with a date, only on that date (it then replaces the weekday's).

    `scope` names what the duty is for, such as "circle:3": people know of no programme.
    """

    class Rank(models.TextChoices):
        PRIMARY = "primary"
        BACKUP = "backup"
        COORDINATOR = "coordinator"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="duty_shifts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="duty_shifts")
    scope = models.CharField(max_length=60)
    rank = models.CharField(max_length=12, choices=Rank)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 is Monday.")
    date = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(weekday=None, date__isnull=False) | Q(weekday__lte=6, date=None),
                name="duty_is_for_a_weekday_or_a_date",
            ),
            models.UniqueConstraint(fields=["scope", "rank", "weekday"], name="duty_weekday_once"),
            models.UniqueConstraint(fields=["scope", "rank", "date"], name="duty_date_once"),
        ]


class Integration(AbstractAPIKey):
    """Another system that may ask on behalf of one organisation. Only a hash of its token is kept.

    `name` is what the organisation calls it; `revoked` closes it for good.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="integrations")
    may_write = models.BooleanField(default=False, help_text="False: it may only read.")

    class Meta(AbstractAPIKey.Meta):
        indexes: ClassVar = [models.Index(fields=["organisation", "prefix"], name="integration_by_organisation")]

    @property
    def is_authenticated(self) -> bool:
        """True, always: whoever holds one of these came in with its token."""
        return True

    @property
    def reference(self) -> str:
        """How events name it: never by its token."""
        return f"integration:{self.prefix}"


class DutySwap(models.Model):
    """Somebody asks the others of their roster to take a duty over. The first to answer has it."""

    class State(models.TextChoices):
        OPEN = "open"
        TAKEN = "taken"
        LAPSED = "lapsed"
        WITHDRAWN = "withdrawn"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="duty_swaps")
    scope = models.CharField(max_length=60)
    rank = models.CharField(max_length=12, choices=DutyShift.Rank)
    date = models.DateField(help_text="Local date of the duty.")
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    offered_at = models.DateTimeField()
    deadline_at = models.DateTimeField(help_text="The owner keeps the duty when nobody has taken it by then.")
    asked = models.JSONField(default=list, help_text="Keys of the people who were asked.")
    taken_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scope", "rank", "date"], condition=Q(state="open"), name="duty_swap_open_once"
            ),
        ]


class DutyLink(LinkRow):
    """A link in a text to somebody's own duties."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="duty_links")


class Consent(models.Model):
    """Somebody agreed to something, in so many words: kept as it was read to them, and never changed but withdrawn."""

    class Purpose(models.TextChoices):
        CIRCLE = "circle"
        AIDS = "aids"
        DIET = "diet"
        FOLLOW_UP = "follow_up"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    wording = models.TextField(help_text="Exactly what was read or shown.")
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    given_at = models.DateTimeField(help_text="When they agreed (true time).")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80, help_text="A reference such as user:3.")
    channel = models.CharField(max_length=20, help_text="How they agreed: call, paper, visit.")
    on_behalf_by = models.CharField(max_length=120, blank=True, help_text="Who agreed for them, and as what.")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "purpose"], name="consent_by_purpose")]


class Home(models.Model):
    """Where somebody is fetched and brought home to. A centroid of a postcode is a start; a person confirms it."""

    class Source(models.TextChoices):
        POSTCODE = "postcode"
        IMPORTED = "imported"
        MAP = "map"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="home")
    latitude = models.FloatField(help_text="Degrees, WGS 84.")
    longitude = models.FloatField(help_text="Degrees, WGS 84.")
    source = models.CharField(max_length=8, choices=Source)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=80, blank=True, help_text="A reference such as user:3.")
    door_note = models.CharField(max_length=200, blank=True, help_text="For driver and host: where to stop and ring.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="home_is_on_earth"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by="") | Q(confirmed_at__isnull=False) & ~Q(confirmed_by=""),
                name="home_is_confirmed_by_somebody",
            ),
        ]


class PostcodePlace(models.Model):
    """The middle of a postcode, imported from a file: where a home is looked for on the map."""

    postcode = models.CharField(max_length=6, primary_key=True, help_text="1234 or 1234AB, without spaces.")
    latitude = models.FloatField()
    longitude = models.FloatField()


class Aid(models.Model):
    """What somebody needs to get about. Special-category data: kept with consent (`Consent.Purpose.AIDS`)."""

    class Kind(models.TextChoices):
        ROLLATOR = "rollator"
        WHEELCHAIR = "wheelchair"
        FOLDING_CHAIR = "folding_chair"
        SCOOTMOBIEL = "scootmobiel"
        STICK = "stick"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aids")
    kind = models.CharField(max_length=14, choices=Kind)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "kind"], name="aid_once_per_person")]


class Paper(models.Model):
    """A paper of a volunteer that somebody has seen. Of a VOG only the date on which it was seen is kept."""

    class Kind(models.TextChoices):
        LICENCE = "licence"
        MEDICAL = "medical"
        VOG = "vog"
        TEST_DRIVE = "test_drive"
        HYGIENE = "hygiene"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=10, choices=Kind)
    seen_on = models.DateField(help_text="Local date on which somebody saw it.")
    seen_by = models.CharField(max_length=80, help_text="A reference such as user:3.")
    valid_until = models.DateField(null=True, blank=True, help_text="Last local date on which it holds; empty: no end.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "kind"], name="paper_once_per_person")]


class Engagement(models.Model):
    """Somebody is with a programme from one moment to another: on a trip, at a dinner, behind the wheel.

    Nobody is engaged twice at once in one programme: the database refuses it.
    """

    class Programme(models.IntegerChoices):
        BUS = 1
        BUS_CREW = 2
        DINNER = 3
        DINNER_CREW = 4

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="engagements")
    programme = models.PositiveSmallIntegerField(choices=Programme)
    source = models.CharField(max_length=60, unique=True, help_text="What it follows from, such as booking:12.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="engagement_takes_time"),
            # Ranges of one whole number stand for equality: a scalar in such an index would need an extension.
            ExclusionConstraint(
                name="engaged_once_at_a_time",
                expressions=[
                    (Func(F("person_id"), F("person_id"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (Func(F("programme"), F("programme"), Value("[]"), function="int4range"), RangeOperators.OVERLAPS),
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "starts_at"], name="engagement_by_person")]
