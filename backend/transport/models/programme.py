"""What the bus offers: destinations, trips that recur, and each trip on its date."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from backend.people.models import Organisation
from backend.transport.models.fleet import Layout, Vehicle


class Area(models.Model):
    """A neighbourhood with a programme of its own. `postcodes` are beginnings such as "5041"."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="areas")
    name = models.CharField(max_length=80)
    postcodes = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "name"], name="area_name_once")]

    def __str__(self) -> str:
        return self.name


class Destination(models.Model):
    """Where a trip goes: market, supermarket, shopping centre, museum, garden centre."""

    class Kind(models.TextChoices):
        MARKET = "market"
        SUPERMARKET = "supermarket"
        SHOPPING_CENTRE = "shopping_centre"
        MUSEUM = "museum"
        GARDEN_CENTRE = "garden_centre"
        DINNER = "dinner"
        OTHER = "other"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="destinations")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.OTHER)
    address = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(help_text="Degrees, WGS 84.")
    longitude = models.FloatField(help_text="Degrees, WGS 84.")
    note = models.CharField(max_length=200, blank=True, help_text="For the driver: where to stop.")
    in_use = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "name"], name="destination_name_once")]

    def __str__(self) -> str:
        return self.name


class TripFacts(models.Model):
    """What a series gives to each of its trips."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    destination = models.ForeignKey(Destination, on_delete=models.PROTECT, related_name="+")
    vehicle = models.ForeignKey(Vehicle, on_delete=models.PROTECT, related_name="+")
    layout = models.ForeignKey(Layout, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120, blank=True, help_text="For the leaflet; empty: the destination's name.")
    note = models.CharField(max_length=300, blank=True, help_text="For the leaflet: entrance, lunch.")
    shift_minutes = models.PositiveSmallIntegerField(
        default=120, help_text="For all rounds of one way together, driving and boarding."
    )
    max_rounds = models.PositiveSmallIntegerField(default=2)

    class Meta:
        abstract = True


class Series(TripFacts):
    """A trip that recurs: an RRULE (RFC 5545, in local dates) with times of day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="trip_series")
    rule = models.CharField(max_length=200, help_text="RRULE such as FREQ=WEEKLY;BYDAY=TU.")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    leaves_at = models.TimeField(help_text="Local wall time at which the bus leaves the garage.")
    returns_at = models.TimeField(help_text="Local wall time at which the first round home leaves the destination.")
    on_holidays = models.BooleanField(default=False, help_text="Whether it is driven on public holidays, too.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(returns_at__gt=F("leaves_at")), name="series_returns_after_it_leaves")
        ]


class SeriesException(models.Model):
    """A date on which a series is not driven, or (with times) is driven at other times, or besides its rule."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="exceptions")
    date = models.DateField()
    leaves_at = models.TimeField(null=True, blank=True, help_text="Empty, with returns_at: not driven.")
    returns_at = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "date"], name="series_exception_once"),
            models.CheckConstraint(
                condition=Q(leaves_at=None, returns_at=None) | Q(returns_at__gt=F("leaves_at")),
                name="series_exception_returns_after_it_leaves",
            ),
        ]


class Trip(TripFacts):
    """One outing of the bus on a local date: the aggregate that is locked for whatever concerns its seats or its day.

    `plan_version` grows with every change of times, order or passengers: a manifest says which one it was made from.
    """

    class State(models.TextChoices):
        PLANNED = "planned"
        UNDERWAY = "underway"
        CLOSED = "closed"
        CANCELLED = "cancelled"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="trips")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="trips")
    date = models.DateField(help_text="Local date.")
    leaves_at = models.DateTimeField(help_text="The bus leaves the garage.")
    returns_at = models.DateTimeField(help_text="The first round home leaves the destination.")
    ends_at = models.DateTimeField(help_text="The last round home is over at the latest: returns_at and the shift.")
    cutoff_at = models.DateTimeField(help_text="Free cancellation and offers of seats until then.")
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    cancelled_because = models.CharField(max_length=200, blank=True)
    plan_version = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)
    odometer_km = models.PositiveIntegerField(null=True, blank=True, help_text="Driven, as read by the driver.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "date"], name="trip_once_per_series_and_date"),
            models.CheckConstraint(
                condition=Q(returns_at__gt=F("leaves_at"), ends_at__gt=F("returns_at")), name="trip_goes_and_returns"
            ),
            ExclusionConstraint(
                name="vehicle_on_one_trip_at_a_time",
                expressions=[
                    (
                        Func(F("vehicle_id"), F("vehicle_id"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (Func(F("leaves_at"), F("ends_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state="cancelled"),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "date"], name="trip_by_date")]

    @property
    def name(self) -> str:
        """What the trip is called on the leaflet and on the telephone."""
        return self.title or self.destination.name
