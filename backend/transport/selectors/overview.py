"""Trips at a glance: seats taken by way, who waits, the crew, calls to make. A constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from backend.people.models import Organisation
from backend.transport.domain.programme import LeftOut, hindered
from backend.transport.models import Booking, CallTask, CrewDuty, Ride, Trip
from backend.transport.selectors.programme import in_programme, readiness_of

DIMENSIONS = ("seats", "wheelchair_places", "rollator_places")


@dataclass(frozen=True)
class Taken:
    """What is taken on one way of a trip, all rounds together. `room` is what one round carries, without the host."""

    way: Ride.Way
    people: int
    rounds: int
    taken: dict[str, int]
    room: dict[str, int]


@dataclass(frozen=True)
class Glance:
    """A trip and how it stands.

    `unplanned` are booked and have no ride on a way that they booked; `unconfirmed` are booked and have not said yes to
    the question of the evening before. `hindrance` says why its vehicle may not be driven that day.
    """

    trip: Trip
    ways: tuple[Taken, ...]
    booked: int
    waiting: int
    unplanned: int
    unconfirmed: int
    calls: int
    crew: tuple[CrewDuty, ...]
    hindrance: LeftOut | None = field(default=None)


def trips_between(
    organisations: "Sequence[Organisation] | QuerySet[Organisation]", first: date, last: date
) -> list[Trip]:
    """The trips of organisations on local dates, both included, in the order in which they leave."""
    found = in_programme(Trip.objects.filter(organisation__in=organisations, date__range=(first, last)))
    known = found.select_related("organisation", "area", "destination", "vehicle", "layout", "series")
    return list(
        known.prefetch_related("vehicle__papers", "vehicle__out_of_service").order_by("date", "leaves_at", "pk")
    )


def glances(trips: Sequence[Trip]) -> list[Glance]:
    """How each of these trips stands."""
    keys = [trip.pk for trip in trips]
    taken = _taken(keys)
    bookings = _bookings(keys)
    calls = dict(
        CallTask.objects.filter(trip__in=keys, state=CallTask.State.OPEN)
        .values_list("trip_id")
        .annotate(count=Count("pk"))
        .order_by()
    )
    crew: dict[int, list[CrewDuty]] = defaultdict(list)
    for duty in CrewDuty.objects.filter(trip__in=keys).select_related("person").order_by("task"):
        crew[duty.trip_id].append(duty)
    return [
        Glance(
            trip=trip,
            ways=tuple(_way(trip, way, taken.get((trip.pk, way), {})) for way in Ride.Way),
            booked=bookings.get(trip.pk, {}).get("booked", 0),
            waiting=bookings.get(trip.pk, {}).get("waiting", 0),
            unplanned=bookings.get(trip.pk, {}).get("unplanned", 0),
            unconfirmed=bookings.get(trip.pk, {}).get("unconfirmed", 0),
            calls=calls.get(trip.pk, 0),
            crew=tuple(crew[trip.pk]),
            hindrance=hindered(trip.date, readiness_of(trip.vehicle)) if trip.state == Trip.State.PLANNED else None,
        )
        for trip in trips
    ]


def _way(trip: Trip, way: Ride.Way, row: dict[str, Any]) -> Taken:
    layout = trip.layout
    return Taken(
        way=way,
        people=row.get("people", 0),
        rounds=row.get("rounds", -1) + 1,
        taken={name: row.get(name, 0) for name in DIMENSIONS},
        room={
            "seats": layout.seats - 1,
            "wheelchair_places": layout.wheelchair_places,
            "rollator_places": layout.rollator_places,
        },
    )


def _taken(keys: list[int]) -> dict[tuple[int, str], dict[str, Any]]:
    rides = Ride.objects.filter(trip__in=keys).exclude(state=Ride.State.CANCELLED)
    sums = {name: Sum(f"booking__{name}") for name in DIMENSIONS}
    rows = rides.values("trip_id", "way").annotate(people=Count("pk"), rounds=Max("round_number"), **sums).order_by()
    return {(row["trip_id"], row["way"]): {**row} for row in rows}


def _bookings(keys: list[int]) -> dict[int, dict[str, Any]]:
    booked = Q(state=Booking.State.BOOKED)
    rides = ~Q(state=Ride.State.CANCELLED)
    there, home = (
        set(
            Ride.objects.filter(rides, trip__in=keys, way=way).values_list("booking_id", flat=True),
        )
        for way in (Ride.Way.THERE, Ride.Way.HOME)
    )
    unplanned = booked & (Q(there=True) & ~Q(pk__in=there) | Q(home=True) & ~Q(pk__in=home))
    rows = (
        Booking.objects.filter(trip__in=keys)
        .values("trip_id")
        .annotate(
            booked=Count("pk", filter=booked),
            waiting=Count("pk", filter=Q(state=Booking.State.WAITING)),
            unplanned=Count("pk", filter=unplanned),
            unconfirmed=Count("pk", filter=booked & ~Q(answer=Booking.Answer.YES)),
        )
        .order_by()
    )
    return {row["trip_id"]: {**row} for row in rows}
