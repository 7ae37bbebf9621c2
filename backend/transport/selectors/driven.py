"""How long the bus really took, from what was ticked on its trips, or from a file of measured drives.

Between two ticks "on board" lie a drive and the boarding of the second passenger, which is taken off as it was planned.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby, pairwise
from pathlib import Path

from backend.common.errors import RondjeError
from backend.people.models import Organisation
from backend.transport.domain.calibration import Drive
from backend.transport.domain.places import Place, metres_between
from backend.transport.models import Ride

COLUMNS = ("from_latitude", "from_longitude", "to_latitude", "to_longitude", "seconds")
"""Of a file of measured drives; `metres`, driven by the odometer, may be added."""

Leg = tuple[Place, Place, float]
"""From, to, seconds."""


class BadDrives(RondjeError):
    """A file of drives that cannot be read: what is wrong, and in which line."""


def driven_since(organisation: Organisation, day: date) -> list[tuple[Place, Place, Drive]]:
    """The drives of an organisation's trips from a local date on, as far as they were ticked."""
    rides = (
        Ride.objects.filter(trip__organisation=organisation, trip__date__gte=day)
        .exclude(state__in=(Ride.State.CANCELLED, Ride.State.PLANNED))
        .select_related("booking", "trip__destination")
        .order_by("trip_id", "way", "round_number", "pk")
    )
    found = []
    for _round, of_round in groupby(rides, key=lambda ride: (ride.trip_id, ride.way, ride.round_number)):
        found += [_with_drive(leg) for leg in _legs(list(of_round))]
    return found


def _with_drive(leg: Leg) -> tuple[Place, Place, Drive]:
    a, b, seconds = leg
    return a, b, Drive(metres_between(a, b), seconds)


def _legs(rides: list[Ride]) -> Iterator[Leg]:
    """Of one round; of none in which somebody was not there: the bus drove to a door that nobody ticked."""
    if any(ride.state == Ride.State.NOT_THERE or not ride.on_board_at for ride in rides):
        return iter(())
    return _there(rides) if rides[0].way == Ride.Way.THERE else _home(rides)


def _there(rides: list[Ride]) -> Iterator[Leg]:
    boarded = sorted((ride.on_board_at, ride.pk, ride) for ride in rides if ride.on_board_at)
    for (left, _pk, a), (ticked, _other, b) in pairwise(boarded):
        yield Place.of(a.booking), Place.of(b.booking), _seconds(left, ticked) - b.booking.boarding_seconds
    last_left, _pk, last = boarded[-1]
    arrived = [ride.done_at for ride in rides if ride.done_at and ride.done_at >= last_left]
    if len(arrived) == len(rides):
        yield Place.of(last.booking), Place.of(last.trip.destination), _seconds(last_left, min(arrived))


def _home(rides: list[Ride]) -> Iterator[Leg]:
    inside = sorted((ride.done_at, ride.pk, ride) for ride in rides if ride.done_at)
    if len(inside) < len(rides):
        return
    left = max(ride.on_board_at for ride in rides if ride.on_board_at)
    at = Place.of(rides[0].trip.destination)
    for ticked, _pk, ride in inside:
        door = Place.of(ride.booking)
        yield at, door, _seconds(left, ticked) - ride.booking.boarding_seconds
        left, at = ticked, door


def _seconds(begin: datetime, end: datetime) -> float:
    return (end - begin).total_seconds()


def measured(path: Path) -> list[tuple[Place, Place, Drive]]:
    """The drives of a file.

    Raises:
        BadDrives: it cannot be read, lacks a column, or a line holds no drive.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_lines(csv.DictReader(file)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadDrives(f"{path} cannot be read: {error}.") from error


def _lines(reader: Iterable[dict[str, str]]) -> Iterator[tuple[Place, Place, Drive]]:
    for number, line in enumerate(reader, start=2):
        lacking = [name for name in COLUMNS if not (line.get(name) or "").strip()]
        if lacking:
            raise BadDrives(f"Line {number} has no {', '.join(lacking)}. The columns are {', '.join(COLUMNS)}.")
        try:
            values = [float(line[name].replace(",", ".")) for name in COLUMNS]
            road = float(line["metres"].replace(",", ".")) if (line.get("metres") or "").strip() else None
        except ValueError as error:
            raise BadDrives(f"Line {number}: {error}. Write numbers such as 51.5600 and 240.") from error
        a, b = Place(*values[:2]), Place(*values[2:4])
        yield a, b, Drive(metres_between(a, b), values[4], road)
