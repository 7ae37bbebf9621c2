"""Between the rows of a trip and what the planner knows: who rides, in which order, and what they were told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.transport.domain.booking import DIMENSIONS
from backend.transport.domain.planning.problem import Passenger, Plan, Problem
from backend.transport.domain.planning.timetable import Promised, Way
from backend.transport.models import Booking, Layout, Ride, SeatOffer, Trip
from backend.transport.selectors.settings import asking_begins
from backend.transport.travel import Place, Table, travel_times

HOST = 1
"""The host takes a seat (domain text, BoodschappenPlusBus)."""

FIRST_HOME = 2

HAS_A_SEAT = 100
"""So much more it counts (in priority) that somebody keeps their seat than that somebody else gets one."""


@dataclass(frozen=True)
class Rider:
    """Somebody who rides, or asks whether they could: then `key` is below zero."""

    key: int
    place: Place
    load: tuple[int, ...]
    boarding_seconds: int
    max_ride_seconds: int
    party: UUID
    ways: frozenset[Way]

    @classmethod
    def of(cls, booking: Booking) -> "Rider":
        """From what was frozen when it was booked."""
        return cls(
            key=booking.pk,
            place=Place.of(booking),
            load=(booking.seats, booking.wheelchair_places, booking.rollator_places),
            boarding_seconds=booking.boarding_seconds,
            max_ride_seconds=booking.max_ride_seconds,
            party=booking.party,
            ways=frozenset(way for way, rides in ((Way.THERE, booking.there), (Way.HOME, booking.home)) if rides),
        )


@dataclass(frozen=True)
class Journey:
    """One way of a trip as the planner sees it. `begins` (UTC) is second 0 of its timetable."""

    way: Way
    begins: datetime
    problem: Problem
    plan: Plan
    promised: dict[int, Promised]

    def at(self, seconds: int) -> datetime:
        """A second of the timetable as an instant (UTC)."""
        return self.begins + timedelta(seconds=seconds)


def capacity_of(layout: Layout) -> tuple[int, ...]:
    """What there is for passengers, in the order of DIMENSIONS: the host's seat is taken off."""
    return layout.seats - HOST, layout.wheelchair_places, layout.rollator_places


def booked_on(trip: Trip) -> list[Booking]:
    """Everybody who has a place, in the order in which they were booked."""
    return list(trip.bookings.filter(state=Booking.State.BOOKED).order_by("booked_at", "pk"))


def seated(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    """Those of them who have a ride on each way that they booked: the others cannot come along, and wait for a call."""
    rides = Ride.objects.filter(booking=OuterRef("pk")).exclude(state=Ride.State.CANCELLED)
    return bookings.filter(
        Q(there=False) | Exists(rides.filter(way=Ride.Way.THERE)),
        Q(home=False) | Exists(rides.filter(way=Ride.Way.HOME)),
    )


def has_place(booking: Booking) -> bool:
    """Whether they ride on each way that they booked."""
    return seated(Booking.objects.filter(pk=booking.pk)).exists()


def offered_on(trip: Trip) -> list[Booking]:
    """Whoever waits and is being offered a place at this moment: it is kept for them until they have answered."""
    offered = trip.bookings.filter(state=Booking.State.WAITING, offers__state=SeatOffer.State.OPEN)
    return list(offered.order_by("booked_at", "pk"))


def journeys(trip: Trip, riders: Iterable[Rider]) -> dict[Way, Journey]:
    """Both ways of a trip for these riders, as far as anybody rides them; plan and promises as the rows have them."""
    everybody = list(riders)
    places = [Place.of(trip.vehicle), Place.of(trip.destination), *(rider.place for rider in everybody)]
    seconds = travel_times(trip.organisation).table(places)
    rides = list(
        trip.rides.exclude(state=Ride.State.CANCELLED)
        .select_related("booking")
        .order_by("way", "round_number", "position", "pk")
    )
    return {way: _journey(trip, way, everybody, seconds, rides) for way in Way}


def _journey(trip: Trip, way: Way, riders: list[Rider], seconds: Table, rides: list[Ride]) -> Journey:
    asking = asking_begins(trip)
    begins = trip.leaves_at if way is Way.THERE else trip.returns_at
    own = [ride for ride in rides if ride.way == way.value and ride.booking_id in {rider.key for rider in riders}]
    seated_now = {ride.booking_id for ride in own}
    passengers = tuple(
        Passenger(
            key=rider.key,
            place=FIRST_HOME + index,
            load=rider.load,
            boarding_seconds=rider.boarding_seconds,
            max_ride_seconds=rider.max_ride_seconds,
            priority=HAS_A_SEAT if rider.key in seated_now else 1,
        )
        for index, rider in enumerate(riders)
        if way in rider.ways
    )
    return Journey(
        way=way,
        begins=begins,
        problem=Problem(
            seconds=seconds,
            passengers=passengers,
            capacity=capacity_of(trip.layout),
            dimensions=DIMENSIONS,
            shift_seconds=trip.shift_minutes * 60,
            max_rounds=trip.max_rounds,
            parties=_parties([rider for rider in riders if way in rider.ways]),
        ),
        plan=_plan(own),
        promised={ride.booking_id: _promised(ride, begins, asking) for ride in own},
    )


def _plan(rides: list[Ride]) -> Plan:
    """The order at the doors; rounds in which nobody rides any more are no rounds."""
    rounds: dict[int, list[int]] = {}
    for ride in rides:
        rounds.setdefault(ride.round_number, []).append(ride.booking_id)
    return Plan(tuple(tuple(rounds[number]) for number in sorted(rounds)))


def _promised(ride: Ride, begins: datetime, asking: datetime) -> Promised:
    """By what they were last told. Whoever booked after the others were asked (`asking`) counts on it as these do."""
    counted_on = ride.booking.answer != Booking.Answer.NOT_ASKED or ride.booking.booked_at >= asking
    first, last = ride.told
    return Promised(
        earliest=round((first - begins).total_seconds()),
        latest=round((last - begins).total_seconds()),
        rigid=counted_on,
    )


def _parties(riders: list[Rider]) -> tuple[frozenset[int], ...]:
    parties: dict[UUID, set[int]] = {}
    for rider in riders:
        parties.setdefault(rider.party, set()).add(rider.key)
    return tuple(frozenset(keys) for keys in parties.values() if len(keys) > 1)
