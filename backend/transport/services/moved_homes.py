"""Somebody's door was found on the map, or they moved: the bus drives there, also on trips that are booked already."""

from datetime import datetime

from django.db.models import QuerySet

from backend.common.actors import SYSTEM
from backend.people import calls_to_make
from backend.people.models import Home
from backend.transport.domain.places import Place, metres_between
from backend.transport.models import Booking, CallTask, Trip
from backend.transport.services import planning, trips

ABOUT_HOME = "home_unknown"
"""In the details of a call to make: somebody has booked, and nobody knows where they live now."""

SAME_DOOR_METRES = 10.0
"""Moved by less, nothing is planned anew."""


def follow(person_id: int, now: datetime) -> None:
    """Take somebody's home over into what they have booked, and plan those trips anew. Runs in a transaction.

    Where it is not known any more, nobody loses a seat, and a person rings to ask where the bus has to come. A trip
    that is underway goes by the address.
    """
    home = Home.objects.filter(person_id=person_id).first()
    coming = Booking.objects.filter(
        person_id=person_id, trip__state=Trip.State.PLANNED, trip__leaves_at__gt=now
    ).exclude(state=Booking.State.CANCELLED)
    for trip_id in sorted(set(coming.values_list("trip_id", flat=True))):
        trip = trips.locked(trip_id)
        if home is None:
            _ask_where_they_live(trip, coming, now)
            continue
        _no_question(trip, person_id, now)
        moved = [
            booking
            for booking in coming.filter(trip=trip)
            if metres_between(Place.of(booking), Place.of(home)) > SAME_DOOR_METRES
        ]
        for booking in moved:
            Booking.objects.filter(pk=booking.pk).update(latitude=home.latitude, longitude=home.longitude)
        if trip.state == Trip.State.PLANNED and any(booking.state == Booking.State.BOOKED for booking in moved):
            planning.replan(trip, now, actor=SYSTEM)


def _ask_where_they_live(trip: Trip, coming: "QuerySet[Booking]", now: datetime) -> None:
    for booking in coming.filter(trip=trip, state=Booking.State.BOOKED):
        planning.call_to_make(trip, booking, CallTask.Kind.SPEAK, now, {"about": ABOUT_HOME})


def _no_question(trip: Trip, person_id: int, now: datetime) -> None:
    """Their home is known; whoever asked to be rung is rung all the same."""
    questions = trip.call_tasks.filter(person_id=person_id, details__about=ABOUT_HOME)
    calls_to_make.lapse(questions.exclude(booking__answer=Booking.Answer.SPEAK), SYSTEM.who, now)


def follow_booked(booking_id: int, now: datetime) -> None:
    """The same for whoever has just been booked: their door may have been found elsewhere in that moment."""
    for person_id in Booking.objects.filter(pk=booking_id).values_list("person_id", flat=True):
        follow(person_id, now)
