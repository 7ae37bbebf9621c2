"""Somebody's aids were noted, or their longest ride was agreed: it holds for trips that are booked already as well."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet

from backend.common.actors import SYSTEM
from backend.people.models import Aid, Person
from backend.transport.domain.booking import load_of
from backend.transport.domain.policy import BusPolicy
from backend.transport.models import Booking, Trip
from backend.transport.services import planning, trips


def follow(person_id: int, now: datetime) -> None:
    """Take somebody's aids over into what they have booked, and plan those trips anew. Runs in a transaction.

    Who does not fit any more, or for whom somebody else does not, is rung (`planning.replan`). A trip that is underway
    goes by what was booked.
    """
    aids = set(Aid.objects.filter(person_id=person_id).values_list("kind", flat=True))
    _follow(_coming(now).filter(person_id=person_id), lambda booking, trip: _takes(booking, aids, trip), now)


def follow_limit(person_id: int, now: datetime) -> None:
    """The same for how long they may sit in the bus."""
    _follow(_coming(now).filter(person_id=person_id), _rides, now)


def follow_booked(booking_id: int, now: datetime) -> None:
    """The same for whoever has just been booked: aids and limit may have been noted in that moment."""
    for person_id in Booking.objects.filter(pk=booking_id).values_list("person_id", flat=True):
        follow(person_id, now)
        _follow(_coming(now).filter(pk=booking_id), _rides, now)


def _coming(now: datetime) -> "QuerySet[Booking]":
    planned = Booking.objects.filter(trip__state=Trip.State.PLANNED, trip__leaves_at__gt=now)
    return planned.exclude(state=Booking.State.CANCELLED)


def _follow(coming: "QuerySet[Booking]", takes_over: Callable[[Booking, Trip], bool], now: datetime) -> None:
    for trip_id in sorted(set(coming.values_list("trip_id", flat=True))):
        trip = trips.locked(trip_id)
        changed = [booking for booking in coming.filter(trip=trip) if takes_over(booking, trip)]
        if trip.state == Trip.State.PLANNED and any(booking.state == Booking.State.BOOKED for booking in changed):
            planning.replan(trip, now, actor=SYSTEM)


def _rides(booking: Booking, trip: Trip) -> bool:
    """Write how long they may sit in the bus; whether it is something else than before."""
    agreed = Person.objects.values_list("max_ride_minutes", flat=True).get(pk=booking.person_id)
    seconds = round(BusPolicy.of(trip.organisation.settings).max_ride_of(agreed).total_seconds())
    limit = {"max_ride_seconds": seconds}
    return bool(Booking.objects.filter(pk=booking.pk).exclude(**limit).update(**limit))


def _takes(booking: Booking, aids: set[str], trip: Trip) -> bool:
    """Write what they take with these aids; whether it is something else than before."""
    load = load_of(aids, booking.companions, BusPolicy.of(trip.organisation.settings))
    taken = {
        "seats": load.seats,
        "wheelchair_places": load.wheelchair_places,
        "rollator_places": load.rollator_places,
        "boarding_seconds": load.boarding_seconds,
    }
    return bool(Booking.objects.filter(pk=booking.pk).exclude(**taken).update(**taken))
