"""Vehicles, how they can be furnished, their papers, and when they cannot be used."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from backend.people.models import Organisation

LICENCE_B_PASSENGERS = 8
"""Besides the driver, on an ordinary driving licence (domain text, BoodschappenPlusBus)."""


class Vehicle(models.Model):
    """A small bus. Its rounds begin and end at the garage."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="vehicles")
    name = models.CharField(max_length=80)
    plate = models.CharField(max_length=12, blank=True)
    garage = models.CharField(max_length=200, blank=True, help_text="Address.")
    latitude = models.FloatField(help_text="Of the garage: degrees, WGS 84.")
    longitude = models.FloatField(help_text="Of the garage: degrees, WGS 84.")
    phone = models.CharField(max_length=20, blank=True, help_text="The telephone in the bus (E.164).")
    in_use = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "name"], name="vehicle_name_once")]

    def __str__(self) -> str:
        return self.name


class Layout(models.Model):
    """One way of furnishing a vehicle: what there is room for besides the driver. The host takes one of the seats."""

    vehicle = models.ForeignKey(Vehicle, on_delete=models.CASCADE, related_name="layouts")
    name = models.CharField(max_length=80)
    seats = models.PositiveSmallIntegerField(help_text="Ordinary seats, the host's included.")
    wheelchair_places = models.PositiveSmallIntegerField(default=0)
    rollator_places = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vehicle", "name"], name="layout_name_once"),
            models.CheckConstraint(condition=Q(seats__gte=2), name="layout_seats_the_host_and_somebody"),
            models.CheckConstraint(
                condition=Q(seats__lte=LICENCE_B_PASSENGERS - F("wheelchair_places")), name="layout_on_licence_b"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VehiclePaper(models.Model):
    """A paper of a vehicle, or a service that is due: after `valid_until` the bus stays in the garage."""

    class Kind(models.TextChoices):
        INSPECTION = "inspection"
        INSURANCE = "insurance"
        LIFT = "lift"
        SERVICE = "service"

    vehicle = models.ForeignKey(Vehicle, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=10, choices=Kind)
    valid_until = models.DateField(help_text="Last local date on which it holds.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["vehicle", "kind"], name="vehicle_paper_once")]


class OutOfService(models.Model):
    """Local dates, both included, on which a vehicle cannot be used."""

    vehicle = models.ForeignKey(Vehicle, on_delete=models.CASCADE, related_name="out_of_service")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="out_of_service_ends_after_it_begins"
            )
        ]
