"""A destination or a garage was put elsewhere on the map: coming trips are planned anew, and whoever is fetched at
another time is rung."""

from datetime import datetime

from django.db.models import QuerySet

from backend.common.actors import SYSTEM
from backend.transport.models import Booking, Trip
from backend.transport.services import planning, trips


def follow_destination(destination_id: int, now: datetime) -> None:
    """Plan the coming trips to a destination anew. Runs in a transaction."""
    _plan_anew(Trip.objects.filter(destination=destination_id), now)


def follow_garage(vehicle_id: int, now: datetime) -> None:
    """Plan the coming trips of a vehicle anew. Runs in a transaction."""
    _plan_anew(Trip.objects.filter(vehicle=vehicle_id), now)


def _plan_anew(known: "QuerySet[Trip]", now: datetime) -> None:
    booked = known.filter(state=Trip.State.PLANNED, leaves_at__gt=now, bookings__state=Booking.State.BOOKED)
    for trip_id in sorted(set(booked.values_list("pk", flat=True))):
        planning.replan(trips.locked(trip_id), now, actor=SYSTEM)
