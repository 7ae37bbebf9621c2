"""What a ride costs, and how it was paid. Amounts in euro cents."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.people.models import Organisation, Person
from backend.transport.models.bookings import Booking
from backend.transport.models.programme import Area, Trip


class Tariff(models.Model):
    """A price per trip. Only which one applies is recorded, never a proof of income."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="bus_tariffs")
    name = models.CharField(max_length=80)
    cents = models.PositiveIntegerField()
    in_use = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "name"], name="tariff_name_once")]


class Pass(models.Model):
    """A pass of somebody: a number of trips, or all trips until a date."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bus_passes")
    trips = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How many it was sold for; empty: all.")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    cents = models.PositiveIntegerField(help_text="What was paid for it.")
    is_over = models.BooleanField(default=False, help_text="Used up or expired so long ago that its uses may go.")
    sold_at = models.DateTimeField()
    sold_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(trips__isnull=False) | Q(valid_until__isnull=False), name="pass_ends_somehow"
            )
        ]


class Payment(models.Model):
    """How a booking was paid."""

    class Way(models.TextChoices):
        CASH = "cash"
        PASS = "pass"  # noqa: S105 -- a bus pass
        FREE = "free"

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="payment")
    way = models.CharField(max_length=4, choices=Way)
    tariff = models.ForeignKey(Tariff, on_delete=models.PROTECT, null=True, related_name="+")
    used_pass = models.ForeignKey(Pass, on_delete=models.PROTECT, null=True, related_name="uses")
    cents = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(way="pass", used_pass__isnull=False, cents=0) | ~Q(way="pass") & Q(used_pass=None),
                name="payment_by_pass_names_it",
            )
        ]


class CashCount(models.Model):
    """What was in the cash box after a trip, beside what should have been in it."""

    trip = models.OneToOneField(Trip, on_delete=models.PROTECT, related_name="cash_count")
    expected_cents = models.PositiveIntegerField(help_text="By the payments that were known when it was counted.")
    counted_cents = models.PositiveIntegerField()
    note = models.CharField(max_length=200, blank=True, help_text="Why the two differ.")
    at = models.DateTimeField()
    by = models.CharField(max_length=80, help_text="A reference such as user:3.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expected_cents=models.F("counted_cents")) | ~Q(note=""), name="cash_that_differs_has_a_note"
            )
        ]


class MonthlyCosts(models.Model):
    """What the bus cost in a month, as the planner enters it: fuel, lease, insurance. Of the whole organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="bus_costs")
    month = models.DateField(help_text="Its first day, local date of the organisation.")
    cents = models.PositiveIntegerField()
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "month"], name="costs_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="costs_are_of_a_whole_month"),
        ]


class MonthlyFigures(models.Model):
    """The figures of an area in a month that is over, kept when the rows they were counted from have gone.

    No person can be told from them: they are counts, and pages hide the small ones.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="bus_figures")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, null=True, related_name="+", help_text="Empty: all areas.")
    month = models.DateField(help_text="Its first day, local date of the organisation.")
    counts = models.JSONField(help_text="Codes and whole numbers.")
    frozen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "area", "month"], nulls_distinct=False, name="bus_figures_once_a_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="bus_figures_are_of_a_whole_month"),
        ]
