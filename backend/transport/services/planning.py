"""Rides written as the planner found them: times, order, and what people were told. Always under the trip's lock."""

from datetime import datetime
from typing import Any

from backend.common.actors import SYSTEM, Actor
from backend.people import calls_to_make
from backend.people.models import Engagement
from backend.people.services import engagements
from backend.transport.domain.planning.promises import OUTSIDE_SECONDS, Promise, promise_for
from backend.transport.domain.planning.replanning import Replanned
from backend.transport.domain.planning.replanning import replan as planned_anew
from backend.transport.domain.planning.timetable import Stop, Timetable, Way
from backend.transport.models import Booking, CallTask, Ride, Trip
from backend.transport.selectors.journeys import Journey, Rider, booked_on, journeys
from backend.transport.services import trips


def replan(trip: Trip, now: datetime, *, actor: Actor = SYSTEM) -> list[Booking]:
    """Give everybody who is booked their place in the rounds anew, moving what they were told as little as possible.

    Returns those who cannot be served any more, whatever the order: they keep no ride, their booking stays, and a call
    to make says so (nobody loses a seat without having been rung). A trip that is underway is not planned anew: the
    day's own services say what happens to who is on board.
    """
    if trip.state != Trip.State.PLANNED:
        return []
    bookings = {booking.pk: booking for booking in booked_on(trip)}
    riding = set(trip.rides.exclude(state=Ride.State.CANCELLED).values_list("booking_id", flat=True))
    planned, left_out = _planned(trip, bookings)
    for journey, anew in planned:
        write(trip, journey, anew.driven, bookings, now)
    trip.rides.filter(booking__in=left_out, state=Ride.State.PLANNED).update(state=Ride.State.CANCELLED)
    for key in sorted(left_out & riding):
        _loses_place(trip, bookings[key], now)
    for key in sorted(bookings.keys() - left_out - riding):
        _has_place_again(trip, bookings[key], now)
    for booking in bookings.values():
        engage_or_ring(trip, booking, now)
    trips.changed(trip)
    trips.tell(trip, "replanned", actor, left_out=sorted(left_out))
    return [bookings[key] for key in sorted(left_out)]


def _planned(trip: Trip, bookings: dict[int, Booking]) -> tuple[list[tuple[Journey, Replanned]], set[int]]:
    """Each way planned anew, and who is left out of both: nobody is fetched who could not be brought home."""
    left_out: set[int] = set()
    while True:
        found: list[tuple[Journey, Replanned]] = []
        riders = [Rider.of(booking) for key, booking in bookings.items() if key not in left_out]
        for way, journey in journeys(trip, riders).items():
            found.append((journey, planned_anew(journey.problem, journey.plan, way, journey.promised)))
            if found[-1][1].left_out:
                break
        else:
            return found, left_out
        left_out |= found[-1][1].left_out


def _loses_place(trip: Trip, booking: Booking, now: datetime) -> None:
    """Nobody asks them whether they come along any more; a person tells them that the bus does not."""
    booking.answer, booking.answered_at = Booking.Answer.NOT_ASKED, None
    booking.save(update_fields=["answer", "answered_at"])
    calls_to_make.lapse(CallTask.objects.filter(booking=booking, kind=CallTask.Kind.SILENT), SYSTEM.who, now)
    call_to_make(trip, booking, CallTask.Kind.MOVED, now, {"no_place": True, "again": False})


def _has_place_again(trip: Trip, booking: Booking, now: datetime) -> None:
    """They were told, or were going to be, that the bus does not come: a person tells them that it does, and when."""
    knows = not CallTask.objects.filter(
        booking=booking, kind=CallTask.Kind.MOVED, state=CallTask.State.OPEN, details__no_place=True
    ).exists()
    details: dict[str, Any] = {"no_place": False, "again": knows}
    for ride in booking.rides.exclude(state=Ride.State.CANCELLED):
        last = booking.rides.filter(way=ride.way, state=Ride.State.CANCELLED).order_by("-pk").first() or ride
        details[ride.way] = {"was": _as_json(Promise(*last.told)), "now": _as_json(Promise(*ride.told))}
    call_to_make(trip, booking, CallTask.Kind.MOVED, now, details)


def write(trip: Trip, journey: Journey, driven: Timetable, bookings: dict[int, Booking], now: datetime) -> None:
    """Write one way of the trip as it is going to be driven; who has a ride keeps it, with its times and promise."""
    rides = {
        ride.booking_id: ride
        for ride in trip.rides.filter(way=journey.way).exclude(state=Ride.State.CANCELLED).select_related("booking")
    }
    for stop in driven.stops:
        ride = rides.get(stop.key)
        if ride is None:
            _new_ride(trip, journey, stop, bookings[stop.key])
        else:
            _moved_ride(trip, journey, stop, ride, now)


def _new_ride(trip: Trip, journey: Journey, stop: Stop, booking: Booking) -> None:
    promise = promise_for(journey.at(stop.at_door))
    Ride.objects.create(
        booking=booking,
        trip=trip,
        way=journey.way,
        promised_from=promise.from_,
        promised_until=promise.until,
        **_times(journey, stop),
    )


def _moved_ride(trip: Trip, journey: Journey, stop: Stop, ride: Ride, now: datetime) -> None:
    """Measured by what they were last told, so that small moves do not add up to a large one that nobody tells."""
    known, at_door = Promise(ride.promised_from, ride.promised_until), journey.at(stop.at_door)
    told, new = Promise(*ride.told), known if known.holds(at_door) else promise_for(at_door)
    missed, counted_on = journey.promised[stop.key].missed_by(stop.at_door), journey.promised[stop.key].rigid
    is_rung = missed >= OUTSIDE_SECONDS or (missed > 0 and counted_on)
    if not missed:
        new = told
    elif is_rung:
        _tell_of_move(trip, ride, told, new, now)
    differs = new != told and not is_rung
    Ride.objects.filter(pk=ride.pk).update(
        promised_from=new.from_,
        promised_until=new.until,
        told_from=told.from_ if differs else None,
        told_until=told.until if differs else None,
        **_times(journey, stop),
    )


def _times(journey: Journey, stop: Stop) -> dict[str, Any]:
    return {
        "round_number": stop.round,
        "position": stop.position,
        "planned_at": journey.at(stop.at_door),
        "boards_at": journey.at(stop.boards),
        "arrives_at": journey.at(stop.arrives),
    }


def _tell_of_move(trip: Trip, ride: Ride, was: Promise, new: Promise, now: datetime) -> None:
    details = {"was": _as_json(was), "now": _as_json(new)}
    call_to_make(trip, ride.booking, CallTask.Kind.MOVED, now, {ride.way: details})


def _as_json(promise: Promise) -> list[str]:
    return [promise.from_.isoformat(), promise.until.isoformat()]


def call_to_make(
    trip: Trip, booking: Booking, kind: CallTask.Kind, now: datetime, details: dict[str, Any], *, order: int = 0
) -> CallTask:
    """A person has to ring about this; what is open of the same kind is brought up to date instead of doubled.

    `details`: codes and times only. Of somebody who was moved twice, "was" stays what they were told last.
    """
    task, is_new = CallTask.objects.get_or_create(
        trip=trip,
        person_id=booking.person_id,
        kind=kind,
        state=CallTask.State.OPEN,
        defaults={
            "organisation_id": trip.organisation_id,
            "booking": booking,
            "details": details,
            "order": order,
            "created_at": now,
        },
    )
    if not is_new:
        kept = {
            way: {**details[way], "was": task.details[way]["was"]}
            for way in Way
            if way in details and way in task.details
        }
        task.details = {**task.details, **details, **kept}
        task.save(update_fields=["details"])
    return task


def engage_or_ring(trip: Trip, booking: Booking, now: datetime) -> None:
    """The same for somebody who was moved by what others do: if they cannot be in two places, a person rings them."""
    try:
        engage(booking)
    except engagements.Engaged:
        call_to_make(trip, booking, CallTask.Kind.MOVED, now, {"elsewhere": True})


def engage(booking: Booking) -> None:
    """Whoever rides is with the bus from the first moment they were told to the end of their last ride.

    Raises:
        Engaged: they are on another trip then.
    """
    rides = list(booking.rides.exclude(state=Ride.State.CANCELLED))
    if not rides:
        engagements.release(trips.source_of(booking))
        return
    starts = [ride.promised_from if ride.way == Ride.Way.THERE else ride.boards_at for ride in rides]
    ends = [ride.arrives_at if ride.way == Ride.Way.THERE else ride.promised_until for ride in rides]
    engagements.engage(
        booking.person,
        programme=Engagement.Programme.BUS,
        source=trips.source_of(booking),
        starts_at=min(starts),
        ends_at=max(ends),
    )
