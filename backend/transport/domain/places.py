"""Where something is."""

from dataclasses import dataclass
from enum import StrEnum
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import Protocol

EARTH_METRES = 6_371_009.0
"""Mean radius of the earth (IUGG)."""


class Located(Protocol):
    """Whatever has coordinates: a home, a garage, a destination, a booking."""

    @property
    def latitude(self) -> float: ...

    @property
    def longitude(self) -> float: ...


@dataclass(frozen=True)
class Place:
    """A point on earth: degrees, WGS 84."""

    latitude: float
    longitude: float

    @classmethod
    def of(cls, located: Located) -> "Place":
        """The place of anything that has coordinates."""
        return cls(located.latitude, located.longitude)


def metres_between(a: Place, b: Place) -> float:
    """The distance as the crow flies: haversine, on a sphere (at most 0.5% off)."""
    north, east = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    share = sin(north / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east / 2) ** 2
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(share)))


class Wind(StrEnum):
    """A direction, as people say it."""

    NORTH = "north"
    NORTH_EAST = "north_east"
    EAST = "east"
    SOUTH_EAST = "south_east"
    SOUTH = "south"
    SOUTH_WEST = "south_west"
    WEST = "west"
    NORTH_WEST = "north_west"


def wind(a: Place, b: Place) -> Wind:
    """In which direction b lies, seen from a."""
    east = (b.longitude - a.longitude) * cos(radians(a.latitude))
    turned = degrees(atan2(east, b.latitude - a.latitude)) % 360
    return list(Wind)[round(turned / 45) % 8]
