"""The trip's timer: crew get their list, the next is told, a bus that does not leave is missed, a run is closed."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from backend.events.models import Lane, Timer
from backend.events.services import cancel_timer, set_timer
from backend.transport.models import Ride, Trip
from backend.transport.services import day, manifest_links, near, unfinished
from backend.transport.services.trips import locked

TIMER = unfinished.TIMER

AHEAD, BEHIND = timedelta(hours=36), timedelta(days=3)
"""Trips that leave within this time have a timer, and those that should have left within that time still get one."""


def keep_watch(now: datetime) -> None:
    """Every trip that could go wrong has a timer. Called by planners, as often as they like."""
    watched = Timer.objects.filter(kind=TIMER).values("subject_id")
    waiting = Exists(Ride.objects.filter(trip=OuterRef("pk"), state=Ride.State.PLANNED))
    soon = Q(waiting, state=Trip.State.PLANNED, leaves_at__gt=now - BEHIND, leaves_at__lt=now + AHEAD)
    trips = Trip.objects.filter(soon | Q(state=Trip.State.UNDERWAY)).exclude(pk__in=watched)
    for trip in trips.select_related("organisation"):
        _set(trip, now)


def look(trip_id: int, now: datetime) -> None:
    """The timer's handler. Runs in a transaction, and any number of times."""
    trip = locked(trip_id)
    manifest_links.send_due(trip, now)
    near.tell_due(trip, now)
    if unfinished.is_overdue(trip, now):
        day.close_if_all_are_home(trip, now)
    unfinished.look(trip, now)
    _set(trip, now)


def _set(trip: Trip, now: datetime) -> None:
    """Look when something could be due next."""
    parts = (manifest_links, near, unfinished)
    dues = [due for due in (part.next_due(trip, now) for part in parts) if due is not None]
    if dues:
        set_timer(kind=TIMER, subject_id=trip.pk, due_at=min(dues), lane=Lane.ALARM)
    else:
        cancel_timer(kind=TIMER, subject_id=trip.pk)
