"""Who comes along, who waits for a seat, and each person's ride there and home."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from backend.common.offer_rows import OfferRow, ends_once
from backend.people import coming
from backend.people.models import Organisation, Person
from backend.transport.models.programme import Area, Trip


class Booking(models.Model):
    """Somebody's place on a trip, or on its waiting list. What they take of the bus is frozen when it is booked."""

    class State(models.TextChoices):
        WAITING = "waiting"
        BOOKED = "booked"
        CANCELLED = "cancelled"

    Answer = coming.Answer

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bus_bookings")
    state = models.CharField(max_length=9, choices=State)
    companions = models.PositiveSmallIntegerField(default=0, help_text="Ride free, and take a seat each.")
    party = models.UUIDField(default=uuid.uuid4, help_text="Friends who travel together have the same one.")
    seats = models.PositiveSmallIntegerField(help_text="Ordinary seats that they take, companions included.")
    wheelchair_places = models.PositiveSmallIntegerField(default=0)
    rollator_places = models.PositiveSmallIntegerField(default=0)
    boarding_seconds = models.PositiveIntegerField()
    max_ride_seconds = models.PositiveIntegerField(help_text="Nobody sits in the bus for longer.")
    latitude = models.FloatField(help_text="Where they are fetched: degrees, WGS 84.")
    longitude = models.FloatField()
    there = models.BooleanField(default=True, help_text="Fetched by the bus.")
    home = models.BooleanField(default=True, help_text="Brought home by the bus.")
    booked_at = models.DateTimeField()
    booked_by = models.CharField(max_length=80, help_text="A reference such as user:3.")
    on_behalf_of = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=20)
    note = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=9, choices=Answer, default=Answer.NOT_ASKED, help_text="The evening before.")
    answered_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_because = models.CharField(max_length=40, blank=True, help_text="A code.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["trip", "person"], condition=~Q(state="cancelled"), name="booked_once_per_trip"
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False) | ~Q(state="cancelled"),
                name="booking_cancelled_has_a_time",
            ),
            models.CheckConstraint(condition=Q(there=True) | Q(home=True), name="booking_rides_somewhere"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-booked_at"], name="booking_by_person")]


class Ride(models.Model):
    """One way of a booking: fetched from home, or brought home. Seats are counted from these rows.

    `is_first`, whether it is their first trip, is on rows of `selectors.first_rides.marked` only.
    """

    is_first: bool

    class Way(models.TextChoices):
        THERE = "there"
        HOME = "home"

    class State(models.TextChoices):
        PLANNED = "planned"
        ON_BOARD = "on_board"
        DONE = "done"
        NOT_THERE = "not_there"
        CANCELLED = "cancelled"

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="rides")
    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="rides")
    way = models.CharField(max_length=5, choices=Way)
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    round_number = models.PositiveSmallIntegerField(help_text="0 is the first round.")
    position = models.PositiveSmallIntegerField(help_text="Order at the doors within the round; 0 is the first.")
    planned_at = models.DateTimeField(help_text="At their door.")
    boards_at = models.DateTimeField(help_text="Ride begins: seated at their door, or leaving the destination.")
    arrives_at = models.DateTimeField(help_text="Ride ends: at the destination, or at their door.")
    promised_from = models.DateTimeField(help_text="As it is planned now: not before.")
    promised_until = models.DateTimeField(help_text="As it is planned now: not later.")
    told_from = models.DateTimeField(null=True, help_text="They were told otherwise: not before. Empty: as promised.")
    told_until = models.DateTimeField(null=True, help_text="They were told otherwise: not later. Empty: as promised.")
    on_board_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True, help_text="At the destination, or home and inside.")
    near_told_at = models.DateTimeField(null=True, help_text="Told that the bus is near.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["booking", "way"], condition=~Q(state="cancelled"), name="ride_once_per_way"
            ),
            models.CheckConstraint(condition=Q(promised_until__gt=F("promised_from")), name="ride_promise_is_a_window"),
        ]
        indexes: ClassVar = [models.Index(fields=["trip", "way", "round_number", "position"], name="ride_in_order")]

    @property
    def told(self) -> tuple[datetime, datetime]:
        """The window (UTC) that they were last told, or are going to be told by a call that is on the list."""
        return self.told_from or self.promised_from, self.told_until or self.promised_until


class SeatOffer(OfferRow):
    """A freed seat, offered to one booking that waits. Ends exactly once."""

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="offers")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="offers")
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["booking"], condition=Q(state="open"), name="seat_offer_open_once"),
            ends_once("seat_offer_ends_once"),
        ]


class PassedOver(models.Model):
    """Somebody on the waiting list was not offered a seat that another got, and why: can be read aloud to them."""

    offer = models.ForeignKey(SeatOffer, on_delete=models.CASCADE, related_name="passed_over")
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="passed_over")
    reason = models.CharField(max_length=40, help_text="A code.")
    details = models.JSONField(default=dict)


class RideRequest(models.Model):
    """A ride that another programme asked for by event (`backend.common.contracts`), and the booking it has become."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ride_requests")
    reference = models.CharField(max_length=60, unique=True, help_text="What it is for, such as reservation:12.")
    number = models.PositiveIntegerField(help_text="Of the question that was answered last.")
    is_wanted = models.BooleanField(default=True)
    booking = models.ForeignKey(Booking, on_delete=models.SET_NULL, null=True, related_name="ride_requests")
    answer = models.JSONField(default=dict, help_text="What was answered last: codes and times only.")
    at = models.DateTimeField()


class UnmetRequest(models.Model):
    """Somebody asked and was told no: counted for the funder, with the reason."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="unmet_requests")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    trip = models.ForeignKey(Trip, on_delete=models.SET_NULL, null=True, related_name="unmet_requests")
    area = models.ForeignKey(Area, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=40, help_text="A code.")
    at = models.DateTimeField()
