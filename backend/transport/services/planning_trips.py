"""Trips made from series: some weeks ahead, once per series and date, however often and by however many."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from backend.common import exclusion
from backend.common.actors import SYSTEM, Actor
from backend.common.recurrence import RuleError
from backend.events import clock
from backend.transport.domain.programme import Driven, Moments
from backend.transport.models import CrewDuty, Series, Trip
from backend.transport.models.crew import Task
from backend.transport.selectors.programme import NOT_IN_SERIES, horizon, in_the_way, moments_of, series_days
from backend.transport.services import restoring, trips
from backend.transport.services.restoring import PutBack

TRIP_PLANNED = "trip_planned"
"""The subject is the trip. It is in the programme now, and nobody drives it yet."""

TRIP_RESTORED = "trip_restored"
"""The subject is the trip. It is driven after all; `restoring` says what becomes of who had booked."""

log = logging.getLogger(__name__)

FACTS = ("area_id", "destination_id", "vehicle_id", "layout_id", "title", "note", "shift_minutes", "max_rounds")
"""What a series gives to each of its trips."""


def plan_trips(now: datetime) -> int:
    """Make the trips of the coming weeks (setting of the organisation) that are not there; returns how many.

    A series whose rule cannot be read, or whose vehicle is busy, holds no other up: its page says so.
    """
    made = 0
    known = Series.objects.select_related("organisation", "vehicle", "layout").prefetch_related(
        "exceptions", "vehicle__papers", "vehicle__out_of_service"
    )
    for series in known.order_by("pk"):
        try:
            made += plan_series(series, now).made
        except RuleError as error:
            log.warning("Series %s has a rule that cannot be kept: %s", series.pk, error)
        except Exception:
            log.exception("Series %s could not be planned; the others are.", series.pk)
    return made


@dataclass(frozen=True)
class Planned:
    """How many trips of a series are there that were not before, and who was put back on those of them that had been
    cancelled.
    """

    made: int
    put_back: tuple[PutBack, ...] = ()


def plan_series(series: Series, now: datetime) -> Planned:
    """The same for one series, and trips that it had lost and has again. Raises RuleError."""
    first, last = horizon(series, now)
    there = {trip.date: trip for trip in series.trips.filter(date__range=(first, last))}
    made: list[PutBack | None] = []
    for day in series_days(series, first, last):
        trip = there.get(day.day)
        is_missing = trip is None or is_lost(trip)
        if isinstance(day, Driven) and is_missing and moments_of(series, day).leaves_at > now:
            made += _make(series, day, trip)
    return Planned(len(made), tuple(one for one in made if one is not None and one.people))


def is_lost(trip: Trip) -> bool:
    """Whether the trip was cancelled only because its series had no such date any more."""
    return trip.state == Trip.State.CANCELLED and trip.cancelled_because == NOT_IN_SERIES


def _make(series: Series, driven: Driven, lost: Trip | None) -> list[PutBack | None]:
    """The trip that there is now, if it had been lost with who is back on it; nothing when its vehicle is busy, or
    another planner was there first.
    """
    if in_the_way(series, driven) is not None:
        return []
    try:
        if lost is not None:
            return _take_up_again(lost.pk, series, driven)
        trip = Trip(organisation=series.organisation, series=series, date=driven.day)
        set_facts(trip, series)
        exclusion.in_turn(lambda: make_trip(trip, moments_of(series, driven), SYSTEM))
    except IntegrityError:
        return []
    return [None]


@transaction.atomic
def _take_up_again(trip_id: int, series: Series, driven: Driven) -> list[PutBack | None]:
    """Raises IntegrityError when the vehicle is busy."""
    trip = trips.locked(trip_id)
    if not is_lost(trip):
        return []
    trip.state, trip.cancelled_because = Trip.State.PLANNED, ""
    set_facts(trip, series)
    set_moments(trip, moments_of(series, driven))
    exclusion.in_turn(trip.save)
    trips.changed(trip)
    trips.tell(trip, TRIP_RESTORED, SYSTEM)
    return [restoring.put_back(trip, clock.now())]


@transaction.atomic
def make_trip(trip: Trip, moments: Moments, actor: Actor) -> Trip:
    """A trip with a driver's and a host's place, both open. Raises IntegrityError when its vehicle is busy."""
    set_moments(trip, moments)
    trip.save()
    CrewDuty.objects.bulk_create([CrewDuty(trip=trip, task=task) for task in Task])
    trips.tell(trip, TRIP_PLANNED, actor)
    return trip


def set_facts(trip: Trip, series: Series) -> None:
    """Let a trip go where its series goes; the caller saves it."""
    for name in FACTS:
        setattr(trip, name, getattr(series, name))


def set_moments(trip: Trip, moments: Moments) -> None:
    """Give a trip its instants; the caller saves it."""
    trip.leaves_at, trip.returns_at = moments.leaves_at, moments.returns_at
    trip.ends_at, trip.cutoff_at = moments.ends_at, moments.cutoff_at
