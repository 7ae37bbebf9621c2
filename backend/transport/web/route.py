"""The route of a trip, as its own page and a part of the trip's page show it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from backend.people.models import User
from backend.transport.domain.places import Place
from backend.transport.models import Ride, Trip
from backend.transport.selectors.routes import Route, RouteWay, route_of
from backend.transport.web import words


def facts(trip: Trip, _user: User, _now: datetime) -> dict[str, Any]:
    """The part of the trip's page; nothing while nobody rides."""
    route = route_of(trip)
    ways = ways_of(route)
    if not ways:
        return {}
    several = any(way.is_several for way, _name in ways)
    return {
        "ways": ways,
        "destination": trip.destination.name,
        "several": several,
        "trip_pk": trip.pk,
        "unconfirmed": route.unconfirmed,
    }


def ways_of(route: Route) -> list[tuple[RouteWay, str]]:
    """The ways on which somebody rides, with their names."""
    return [(way, str(words.WAYS[Ride.Way(way.way)])) for way in route.ways if way.rounds]


def on_map(route: Route, way: RouteWay) -> dict[str, Any]:
    """What the map draws of one way."""
    trip = route.trip
    return {
        "garage": _spot(way.garage, trip.vehicle.garage or _("Garage")),
        "destination": _spot(way.destination, trip.destination.name),
        "stops": [{**_spot(stop.place, f"{stop.number}. {stop.name}"), "number": stop.number} for stop in way.stops],
        "lines": [
            {"round": round_.number, "points": [[place.latitude, place.longitude] for place in places]}
            for round_, places in zip(way.rounds, _drives(way), strict=True)
        ],
    }


def _spot(place: Place, name: str) -> dict[str, Any]:
    return {"latitude": place.latitude, "longitude": place.longitude, "name": name}


def _drives(way: RouteWay) -> Iterator[list[Place]]:
    """The places of each round, where it starts and ends included."""
    last = len(way.rounds) - 1
    for index, round_ in enumerate(way.rounds):
        stops = [stop.place for stop in round_.stops]
        if way.way == Ride.Way.HOME:
            yield [way.destination, *stops, way.garage if index == last else way.destination]
        else:
            yield [way.garage if index == 0 else way.destination, *stops, way.destination]
