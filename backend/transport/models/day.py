"""The day itself: what was ticked off, what went wrong, and whom a person still has to ring."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.common.link_rows import LinkRow
from backend.people.calls_to_make import CallToMake
from backend.people.models import Organisation, Person
from backend.transport.models.bookings import Booking, Ride
from backend.transport.models.crew import CrewDuty
from backend.transport.models.programme import Trip


class ManifestEntry(models.Model):
    """What driver or host ticked, on a telephone that may have been without signal, or on paper.

    The key is made by the telephone: an entry that is sent twice is one. `at` is the true time, corrected by how far
    that telephone's clock was off when it was sent.
    """

    class What(models.TextChoices):
        ON_BOARD = "on_board"
        NOT_THERE = "not_there"
        AT_DESTINATION = "at_destination"
        HOME_INSIDE = "home_inside"
        UNDONE = "undone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="entries")
    ride = models.ForeignKey(Ride, on_delete=models.PROTECT, related_name="entries")
    what = models.CharField(max_length=14, choices=What)
    at = models.DateTimeField()
    device_at = models.DateTimeField(help_text="As that telephone's clock said.")
    received_at = models.DateTimeField()
    plan_version = models.PositiveIntegerField(help_text="Of the manifest on which it was ticked.")
    by = models.CharField(max_length=80, help_text="A reference such as user:3.")
    channel = models.CharField(max_length=20)
    takes_back = models.UUIDField(
        null=True, help_text="Of UNDONE: the entry that was corrected; empty: what held then."
    )
    applied = models.BooleanField(default=True, help_text="False: kept, but something later had been said already.")


class Disruption(models.Model):
    """Something went wrong with a trip, and what was decided."""

    class Kind(models.TextChoices):
        BUS_DOWN = "bus_down"
        DRIVER_ILL = "driver_ill"
        ROAD_CLOSED = "road_closed"
        WEATHER = "weather"
        OTHER = "other"

    class Action(models.TextChoices):
        STOP = "stop"
        REPLACE = "replace"
        SHIFT = "shift"
        RESTORE = "restore"

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="disruptions")
    kind = models.CharField(max_length=11, choices=Kind)
    action = models.CharField(max_length=7, choices=Action)

    class Part(models.TextChoices):
        BOTH = "both"
        THERE = "there"
        HOME = "home"

    shift_minutes = models.SmallIntegerField(default=0)
    part = models.CharField(max_length=5, choices=Part, default=Part.BOTH, help_text="Which rides it concerns.")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)


class DisruptionNotice(models.Model):
    """One person of a trip that went wrong: rung or texted until they confirmed, or until a person has spoken to them.

    Without a booking it is somebody of the crew. The list is worked off in `order`.
    """

    class State(models.TextChoices):
        OPEN = "open"
        PERSON = "person"
        CONFIRMED = "confirmed"
        SUPERSEDED = "superseded"

    class How(models.TextChoices):
        KEY = "key"
        TEXT = "text"
        PERSON = "person"

    disruption = models.ForeignKey(Disruption, on_delete=models.PROTECT, related_name="notices")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, null=True, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField(help_text="Lower is rung first.")
    whereabouts = models.CharField(max_length=10, help_text="A code: where they were when it was decided.")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    texts = models.PositiveSmallIntegerField(default=0)
    calls = models.PositiveSmallIntegerField(default=0)
    under_way = models.BooleanField(default=False, help_text="A call or text is on its way to them.")
    look_at = models.DateTimeField(null=True, help_text="When they are rung again.")
    why_person = models.CharField(max_length=12, blank=True, help_text="A code: why the machine does not reach them.")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_how = models.CharField(max_length=6, choices=How, blank=True)
    confirmed_by = models.CharField(max_length=80, blank=True)
    way_home = models.CharField(max_length=12, blank=True, help_text="A code: how they get home without the bus.")
    way_home_by = models.CharField(max_length=80, blank=True)
    way_home_at = models.DateTimeField(null=True, help_text="When that was said.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["disruption", "person"], name="notice_once_per_person"),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False) & ~Q(confirmed_how="")
                | ~Q(state="confirmed"),
                name="notice_is_confirmed_by_something",
            ),
        ]


class CallTask(CallToMake):
    """Somebody whom a person has to ring about a trip, where no machine could or should. One open per cause."""

    class Kind(models.TextChoices):
        MOVED = "moved"
        SILENT = "silent"
        SPEAK = "speak"
        DISRUPTED = "disrupted"
        CREW = "crew"
        SEAT = "seat"
        NO_SEAT = "no_seat"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="bus_call_tasks")
    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="call_tasks")
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, null=True, related_name="call_tasks")
    kind = models.CharField(max_length=9, choices=Kind)
    order = models.PositiveIntegerField(default=0, help_text="Lower is rung first.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["trip", "person", "kind"], condition=Q(state="open"), name="call_task_open_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "order"], condition=Q(state="open"), name="call_task_open")
        ]


class ManifestLink(LinkRow):
    """A link in a text to the list of passengers, for one of the crew on the day itself."""

    duty = models.ForeignKey(CrewDuty, on_delete=models.CASCADE, related_name="links")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="The list is not shown any more; ticks are still taken for a while.")
