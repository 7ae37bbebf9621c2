"""What people do about the bus in a scenario, and what became of its trips.

This module can be imported only once Django is set up on the town's database.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from backend.circles.services.setting_up import BY_COMMAND
from backend.common import actors
from backend.common.errors import RondjeError
from backend.events import clock
from backend.transport.domain.disruption import Part
from backend.transport.domain.run import What
from backend.transport.models import Booking, CallTask, CrewDuty, Disruption, Ride, Trip
from backend.transport.selectors.answering import Wish
from backend.transport.services import booking, crew, day, disruption
from backend.transport.services.setting_up import book_or_wait, party_of
from stack.scenario.bus_model import (
    BookEvent,
    BusEvent,
    CancelBookingEvent,
    CloseTripEvent,
    DropsOutEvent,
    GoesWrongEvent,
    SendTicksEvent,
    StartTripEvent,
    TickEvent,
)
from stack.scenario.product_people import somebody
from stack.scenario.programmes import TripSeen


class Bus:
    """The hands of planner, driver and host. Ticks that were made without signal wait here, as on a telephone."""

    def __init__(self) -> None:
        self._kept: list[day.Tick] = []

    def carry_out(self, event: BusEvent) -> str:
        """Do it now; returns what was done, in words. Raises RondjeError."""
        now = clock.now()
        trip = trip_number(event.trip)
        match event:
            case BookEvent() | CancelBookingEvent() | DropsOutEvent():
                return _beforehand(trip, event, now)
            case StartTripEvent():
                day.start(trip_id=trip.pk, actor=BY_COMMAND, now=now)
                return "the bus leaves the garage"
            case TickEvent():
                return self._tick(trip, event, now)
            case SendTicksEvent():
                return self._send(trip, event, now)
            case GoesWrongEvent():
                return _goes_wrong(trip, event, now)
            case CloseTripEvent():
                day.close(trip_id=trip.pk, actor=BY_COMMAND, now=now)
                return "the trip is closed"

    def _tick(self, trip: Trip, event: TickEvent, now: datetime) -> str:
        what = What(event.what)
        ride = _ride(trip, event.passenger, what)
        tick = day.Tick(uuid4(), ride.pk, what, now, trip.plan_version)
        if not event.signal:
            self._kept.append(tick)
            return f"{event.passenger}: {event.what}, kept on the telephone"
        day.record(trip_id=trip.pk, ticks=[tick], device_now=now, actor=BY_COMMAND, now=now)
        return f"{event.passenger}: {event.what}"

    def _send(self, trip: Trip, event: SendTicksEvent, now: datetime) -> str:
        fast = timedelta(minutes=event.clock_fast_minutes)
        ticks = [day.Tick(tick.key, tick.ride, tick.what, tick.at + fast, tick.plan_version) for tick in self._kept]
        for _twice in range(2):
            day.record(trip_id=trip.pk, ticks=ticks, device_now=now + fast, actor=BY_COMMAND, now=now)
        self._kept.clear()
        return f"{len(ticks)} kept ticks are sent, twice"


def _drops_out(trip: Trip, event: DropsOutEvent, now: datetime) -> str:
    duty = trip.crew.get(task=event.task)
    actor = actors.person(duty.person_id or 0, "link")
    dropped = crew.drop_out(duty_id=duty.pk, actor=actor, now=now, because="dropped_out")
    return f"the {event.task} drops out" if dropped else f"there is no {event.task} to drop out"


def _beforehand(trip: Trip, event: BookEvent | CancelBookingEvent | DropsOutEvent, now: datetime) -> str:
    if isinstance(event, DropsOutEvent):
        return _drops_out(trip, event, now)
    if isinstance(event, CancelBookingEvent):
        theirs = _booking(trip, event.passenger)
        booking.cancel(booking_id=theirs.pk, because="by_office", actor=BY_COMMAND, now=now)
        return f"{event.passenger} does not come along"
    party = party_of(trip, event.party) if event.party else None
    wish = Wish(somebody(event.passenger), companions=event.companions, party=party)
    return f"{event.passenger} asks for a place: {book_or_wait(trip, wish, now)}"


def _goes_wrong(trip: Trip, event: GoesWrongEvent, now: datetime) -> str:
    cause = disruption.Cause(Disruption.Kind(event.kind), BY_COMMAND, now)
    if event.action == "stop":
        disruption.stop(trip.pk, cause, ways_home={})
    else:
        disruption.shift(trip.pk, cause, minutes=event.minutes, part=Part.BOTH)
    return f"{event.kind}: {event.action}"


def trip_number(number: int) -> Trip:
    """The trip that is described in this place of the file. Raises RondjeError."""
    found = Trip.objects.filter(series=None).order_by("pk")[number : number + 1]
    if not found:
        raise RondjeError(f"There is no trip number {number}.")
    return found[0]


def _booking(trip: Trip, name: str) -> Booking:
    found = trip.bookings.exclude(state=Booking.State.CANCELLED).filter(person=somebody(name)).first()
    if found is None:
        raise RondjeError(f"{name} has no place on this trip.")
    return found


def _ride(trip: Trip, name: str, what: What) -> Ride:
    """The ride that a tick is about: home once they have been brought there, or do not ride there at all."""
    theirs = {ride.way: ride for ride in _booking(trip, name).rides.exclude(state=Ride.State.CANCELLED)}
    there = theirs.get(Ride.Way.THERE)
    if there is not None and (what is What.AT_DESTINATION or there.state == Ride.State.PLANNED):
        return there
    way_home = theirs.get(Ride.Way.HOME)
    if way_home is None:
        raise RondjeError(f"{name} is not brought home by the bus.")
    return way_home


def trips_seen() -> tuple[TripSeen, ...]:
    """The described trips as they stand."""
    return tuple(_seen(trip) for trip in Trip.objects.filter(series=None).order_by("pk"))


def _seen(trip: Trip) -> TripSeen:
    latest = {row.person_id: row for row in trip.bookings.select_related("person").order_by("pk")}
    tasks: Counter[Any] = Counter(CallTask.objects.filter(trip=trip).values_list("kind", flat=True))
    return TripSeen(
        state=trip.state,
        passengers={row.person.name: _ended(row) for row in latest.values()},
        calls_to_make=dict(tasks),
        crew={
            duty.task: duty.person.name
            for duty in trip.crew.filter(state=CrewDuty.State.CONFIRMED).select_related("person")
            if duty.person is not None
        },
    )


def _ended(row: Booking) -> str:
    rides = {ride.way: ride.state for ride in row.rides.exclude(state=Ride.State.CANCELLED)}
    there, home = rides.get(Ride.Way.THERE), rides.get(Ride.Way.HOME)
    if row.state != Booking.State.BOOKED:
        return row.state
    if home == Ride.State.DONE:
        return "home"
    if Ride.State.NOT_THERE in (there, home):
        return "not_there"
    if Ride.State.ON_BOARD in (there, home):
        return "on_board"
    return "at_destination" if there == Ride.State.DONE else "booked"
