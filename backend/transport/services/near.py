"""The next passenger is told that the bus is near: by text, or by a short call. Once.

The bus is near when it comes from the door before, or minutes before it is planned there; never after a stop.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from backend.common.errors import RondjeError
from backend.events.models import Lane
from backend.notifications.selectors.telling import way_to
from backend.notifications.services import speaking, telling
from backend.people.domain.telephone import format_for_people
from backend.transport.domain import stops
from backend.transport.domain.run import Run
from backend.transport.models import Ride, Trip
from backend.transport.selectors.disruption import standing_stops
from backend.transport.selectors.run import run_of
from backend.transport.services import unfinished
from backend.transport.words_day import say

log = logging.getLogger(__name__)

LIVES = timedelta(minutes=8)
"""Later than this the bus has been at the door."""


def tell_next(trip: Trip, run: Run, *, last_tick: datetime, now: datetime) -> None:
    """Tell whoever is fetched next, once, if the last tick is news; else look again. Under the trip's lock.

    Nothing of this keeps a tick from being taken in: who could not be told waits for the bus as promised.
    """
    if not _drives_on(trip):
        return
    doors = _doors(run)
    key = stops.to_tell(doors, run.states(), planned_at=_planned_at(trip), last_tick=last_tick, now=now)
    if key is not None:
        _tell_once(trip, key, now)
    elif _near_from(trip, run) is not None:
        unfinished.look_soon(trip, now)


def tell_due(trip: Trip, now: datetime) -> None:
    """Tell whoever is fetched next when the bus is near by its plan. Any number of times, under the trip's lock."""
    run = run_of(trip)
    due, key = _near_from(trip, run), stops.next_door(_doors(run), run.states())
    if due is not None and key is not None and due <= now <= due + stops.NEAR_IS_NEWS_FOR:
        _tell_once(trip, key, now)


def next_due(trip: Trip, now: datetime) -> datetime | None:
    """When whoever is fetched next has to be told (UTC), or None when only a tick can say that the bus is near."""
    due = _near_from(trip, run_of(trip))
    return due if due is not None and due > now else None


def _near_from(trip: Trip, run: Run) -> datetime | None:
    """When the bus is near whoever is fetched next, by its plan; None when it drives to nobody, or they know."""
    key = stops.next_door(_doors(run), run.states())
    if key is None or trip.started_at is None or not _drives_on(trip):
        return None
    ride = Ride.objects.get(pk=key)
    last_tick = max([trip.started_at, *(entry.at for entry in run.entries)])
    return stops.near_from(ride.planned_at, last_tick) if ride.near_told_at is None else None


def _drives_on(trip: Trip) -> bool:
    return trip.state == Trip.State.UNDERWAY and not standing_stops().filter(trip=trip).exists()


def _doors(run: Run) -> list[stops.Stop]:
    return stops.stops_of([ride for ride in run.rides if not ride.is_cancelled])


def _planned_at(trip: Trip) -> dict[int, datetime]:
    return dict(trip.rides.values_list("pk", "planned_at"))


def _tell_once(trip: Trip, key: int, now: datetime) -> None:
    ride = Ride.objects.select_related("booking__person").get(pk=key)
    if ride.near_told_at is not None:
        return
    try:
        with transaction.atomic():
            _tell(trip, ride, now)
    except RondjeError:
        log.exception("Trip %s: ride %s could not be told that the bus is near.", trip.pk, ride.pk)


def _tell(trip: Trip, ride: Ride, now: datetime) -> None:
    person = ride.booking.person
    found = way_to(person)
    if found is None:
        return
    telling.reach(
        person,
        found,
        organisation=trip.organisation,
        lane=Lane.LIVE,
        host=speaking.HOST,
        subject_id=trip.organisation_id,
        reference={"trip": trip.pk, "ride": ride.pk},
        body=say("near", person.language, phone=format_for_people(trip.organisation.phone)),
        expires_at=now + LIVES,
    )
    Ride.objects.filter(pk=ride.pk).update(near_told_at=now)
