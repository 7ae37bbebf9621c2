"""The route of a trip: where the bus goes there and home, in which order, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from backend.people.models import Home, Person
from backend.transport.domain.places import Place
from backend.transport.domain.sketch import Sketch, sketch
from backend.transport.models import Ride, Trip
from backend.transport.travel import Source, source_of


@dataclass(frozen=True)
class RouteStop:
    """Somebody's door. `number` counts on through the rounds of a way, from 1. Times are UTC."""

    number: int
    ride: Ride
    name: str
    address: str
    place: Place

    @property
    def at(self) -> datetime:
        """When the bus is planned to be at the door."""
        return self.ride.planned_at


@dataclass(frozen=True)
class RouteRound:
    """One round: the stops in their order; `number` is 0 for the first."""

    number: int
    stops: tuple[RouteStop, ...]


@dataclass(frozen=True)
class RouteWay:
    """All rounds there, or all rounds home."""

    way: str
    garage: Place
    destination: Place
    rounds: tuple[RouteRound, ...]

    @property
    def stops(self) -> list[RouteStop]:
        """Every stop, in order."""
        return [stop for round_ in self.rounds for stop in round_.stops]

    @property
    def is_several(self) -> bool:
        """Whether the bus goes more than once."""
        return len(self.rounds) > 1

    @cached_property
    def sketch(self) -> Sketch:
        """The drawing."""
        places = [[stop.place for stop in round_.stops] for round_ in self.rounds]
        return sketch(self.garage, self.destination, places, homewards=self.way == Ride.Way.HOME)


@dataclass(frozen=True)
class Route:
    """Where a trip goes. A way on which nobody rides has no rounds."""

    trip: Trip
    there: RouteWay
    home: RouteWay

    @property
    def ways(self) -> tuple[RouteWay, RouteWay]:
        """There, then home."""
        return self.there, self.home

    @property
    def unconfirmed(self) -> list[Person]:
        """Whose door nobody has confirmed on the map, or who has moved since to where nobody knows."""
        everybody = {stop.ride.booking.person: None for way in self.ways for stop in way.stops}
        return [person for person in everybody if not _is_confirmed(person)]

    @property
    def places(self) -> list[Place]:
        """Every place once, garage and destination first."""
        doors = [stop.place for way in self.ways for stop in way.stops]
        return list(dict.fromkeys([self.there.garage, self.there.destination, *doors]))


def route_of(trip: Trip) -> Route:
    """Where a trip goes. One query, when its vehicle and destination have been read along."""
    rides = list(
        Ride.objects.filter(trip=trip)
        .exclude(state=Ride.State.CANCELLED)
        .select_related("booking__person__home")
        .order_by("round_number", "position", "pk")
    )
    ends = Place.of(trip.vehicle), Place.of(trip.destination)
    there, home = (
        RouteWay(way, *ends, tuple(_rounds([ride for ride in rides if ride.way == way])))
        for way in (Ride.Way.THERE, Ride.Way.HOME)
    )
    return Route(trip, there, home)


def _is_confirmed(person: Person) -> bool:
    home: Home | None = getattr(person, "home", None)
    return home is not None and home.confirmed_at is not None


def says_who(route: Route) -> Source:
    """Where the travel times of a trip's places come from now."""
    return source_of(route.trip.organisation, route.places)


def _rounds(rides: list[Ride]) -> Iterator[RouteRound]:
    numbered = enumerate(rides, start=1)
    for number, of_round in groupby(numbered, key=lambda pair: pair[1].round_number):
        yield RouteRound(number, tuple(_stop(counted, ride) for counted, ride in of_round))


def _stop(number: int, ride: Ride) -> RouteStop:
    person = ride.booking.person
    return RouteStop(number, ride, person.name, person.address, Place.of(ride.booking))
