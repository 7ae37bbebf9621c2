"""Drivers and hosts: who may do it, when they can, and who does it on which trip."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.common.offer_rows import OfferRow
from backend.people.models import Organisation, Person
from backend.transport.models.programme import Trip


class Task(models.TextChoices):
    """What somebody does on a trip."""

    DRIVER = "driver"
    HOST = "host"


class CrewMember(models.Model):
    """A volunteer of the bus. Their papers are kept with the person (`people.Paper`)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="bus_crew")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="bus_crew")
    task = models.CharField(max_length=6, choices=Task)
    is_standby = models.BooleanField(default=False, help_text="Asked first when somebody drops out.")
    in_use = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "task"], name="crew_member_once_per_task")]


class Availability(models.Model):
    """Somebody said that they can, or cannot, on a local date."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="bus_availability")
    date = models.DateField()
    can = models.BooleanField()
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=80, help_text="A reference such as user:3.")
    channel = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "date"], name="availability_once")]


class CrewDuty(models.Model):
    """The driver's or the host's place on a trip. Only CONFIRMED lets the bus leave."""

    class State(models.TextChoices):
        OPEN = "open"
        ASKED = "asked"
        CONFIRMED = "confirmed"

    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="crew")
    task = models.CharField(max_length=6, choices=Task)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="bus_duties")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trip", "task"], name="crew_duty_once"),
            models.CheckConstraint(
                condition=Q(state="open", person=None) | ~Q(state="open") & Q(person__isnull=False),
                name="crew_duty_has_somebody_unless_open",
            ),
        ]


class CrewOffer(OfferRow):
    """Somebody was asked to drive or to host. Ends exactly once."""

    duty = models.ForeignKey(CrewDuty, on_delete=models.CASCADE, related_name="offers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["duty", "person"], condition=Q(state="open"), name="crew_offer_open_once"),
        ]
