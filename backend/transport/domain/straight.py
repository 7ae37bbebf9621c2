"""Travel times without a map: the straight line, made longer by a factor, at one speed.

The factor is how much longer the road is than the straight line. Measured for 300 European cities it is 1.34 on average
(radial detours, Environment and Planning B, 2023, doi:10.1177/23998083231168870). Speed and the seconds of every drive
are our inference: a small bus among houses, where 30 and 50 km/h are allowed and every stop is left from standstill.
All are settings of an organisation, found from its own drives by `manage.py calibrate_travel`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from backend.common.errors import RondjeError
from backend.transport.domain.places import Place, metres_between

Table = tuple[tuple[int, ...], ...]
"""Seconds of driving: `table[a][b]` is the drive from place a to place b."""

SAME_DOOR_METRES = 1.0
"""Who lives so close to another is fetched at the same stop."""

BOUNDS = {
    "factor": (1.0, 3.0),
    "km_per_hour": (5.0, 120.0),
    "start_seconds": (0.0, 300.0),
    "router_factor": (0.5, 3.0),
}


@dataclass(frozen=True)
class Pace:
    """How fast a bus gets somewhere. Raises RondjeError for what no bus on a road does.

    `factor` is road over straight line, `km_per_hour` the speed on the road, `start_seconds` what every drive takes
    besides, however short it is. `router_factor` is how much longer it takes than a router with a map says.
    """

    factor: float = 1.35
    km_per_hour: float = 30.0
    start_seconds: float = 20.0
    router_factor: float = 1.0

    def __post_init__(self) -> None:
        for name, (low, high) in BOUNDS.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
                raise RondjeError(f"travel.{name}: must be a number between {low:g} and {high:g}.")

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Pace":
        """From an organisation's settings under "travel"; the default for what is not there. Raises RondjeError."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in settings.items() if name in known})

    def seconds(self, metres: float) -> float:
        """A drive over a straight line of so many metres."""
        if metres < SAME_DOOR_METRES:
            return 0.0
        return self.start_seconds + metres * self.factor * 3.6 / self.km_per_hour

    def as_json(self) -> dict[str, float]:
        """For an organisation's settings."""
        return asdict(self)


@dataclass(frozen=True)
class StraightLine:
    """Travel times for any places, with nothing but arithmetic."""

    pace: Pace = Pace()

    def table(self, places: Sequence[Place]) -> Table:
        """Seconds between all places."""
        half = [[round(self.pace.seconds(metres_between(a, b))) for b in places[:i]] for i, a in enumerate(places)]
        size = range(len(places))
        return tuple(tuple(0 if i == j else half[max(i, j)][min(i, j)] for j in size) for i in size)
