"""Who is fetched and brought home when: the rounds of a trip."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.people.models import User
from backend.transport.models import Booking, Ride, Trip
from backend.transport.web import words


@dataclass(frozen=True)
class Round:
    """One round of one way: its rides in the order of the doors. `number` counts from 1."""

    way: str
    number: int
    rides: list[Ride]


def facts(trip: Trip, _user: User, _now: datetime) -> dict[str, Any]:
    """The part of the trip's page."""
    return {"rounds": rounds_of(trip), "unplanned": _unplanned(trip)}


def rounds_of(trip: Trip) -> list[Round]:
    """There first, then home."""
    found: dict[tuple[str, int], list[Ride]] = defaultdict(list)
    rides = trip.rides.exclude(state=Ride.State.CANCELLED).select_related("booking__person")
    for ride in rides.order_by("round_number", "position"):
        found[ride.way, ride.round_number].append(ride)
    return [
        Round(str(words.WAYS[way]), number + 1, found[way, number])
        for way in Ride.Way
        for key, number in sorted(found)
        if key == way
    ]


def _unplanned(trip: Trip) -> list[Booking]:
    """Booked, and without a ride on a way that they booked: somebody has to ring them."""
    booked = trip.bookings.filter(state=Booking.State.BOOKED).select_related("person").prefetch_related("rides")
    return [booking for booking in booked.order_by("pk") if _ways(booking) - _ridden(booking)]


def _ways(booking: Booking) -> set[str]:
    return {way for way, rides in ((Ride.Way.THERE, booking.there), (Ride.Way.HOME, booking.home)) if rides}


def _ridden(booking: Booking) -> set[str]:
    return {ride.way for ride in booking.rides.all() if ride.state != Ride.State.CANCELLED}
