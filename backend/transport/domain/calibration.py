"""What driven drives say about how fast the bus is. Pure.

A drive takes `start` seconds and so many for each metre of straight line. Both are chosen so that the sum of what is
missed by is least (least absolute deviations): a bus that once waited for ten minutes at a level crossing counts once,
and not a hundred times, as it would with squares. How fast and how far cannot be told apart from times alone; the
detour is known only from metres driven.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from backend.common.errors import RondjeError
from backend.transport.domain.straight import Pace

SHORTEST_METRES = 100.0
"""Drives over less say more about doors than about roads."""

LEAST_DRIVES = 20
"""Fewer prove nothing."""

STARTS = range(0, 125, 5)
SLOWEST, FASTEST = 2.0, 100.0
"""Kilometres an hour in a straight line: beyond, something else was measured (a break, a tick that was forgotten)."""


class TooFewDrives(RondjeError):
    """There is not enough to go by."""


@dataclass(frozen=True)
class Drive:
    """One drive: metres of straight line, seconds it took, metres driven (None: nobody read the odometer), and the
    seconds that a router with a map says (None: none was asked).
    """

    metres: float
    seconds: float
    road_metres: float | None = None
    router_seconds: float | None = None


@dataclass(frozen=True)
class Misses:
    """By how many seconds drives were missed: whichever way, and too late (below 0: too early); both on average."""

    mean: float
    late: float


@dataclass(frozen=True)
class Proposal:
    """A pace, and how well it and the present one would have said how long the drives took."""

    pace: Pace
    now: Misses
    then: Misses
    drives: int


def usable(drives: Sequence[Drive]) -> list[Drive]:
    """The drives that a bus drove, without breaks and without those next door."""
    return [
        drive
        for drive in drives
        if drive.metres >= SHORTEST_METRES
        and drive.seconds > 0
        and SLOWEST <= 3.6 * drive.metres / drive.seconds <= FASTEST
    ]


def propose(drives: Sequence[Drive], now: Pace) -> Proposal:
    """The pace that fits the drives best. Raises TooFewDrives."""
    good = _enough(drives)
    factor = _detour(good) or now.factor
    found = min((_with_start(good, start, factor, now) for start in STARTS), key=lambda pace: _misses(good, pace).mean)
    pace = replace(
        found,
        factor=round(found.factor, 2),
        km_per_hour=round(found.km_per_hour, 1),
        router_factor=round(_slower_than_router(good) or now.router_factor, 2),
    )
    return Proposal(pace, _misses(good, now), _misses(good, pace), len(good))


def _enough(drives: Sequence[Drive]) -> list[Drive]:
    good = usable(drives)
    if len(good) < LEAST_DRIVES:
        raise TooFewDrives(
            f"There are {len(good)} drives that can be used; at least {LEAST_DRIVES} are needed. Drive for some weeks, "
            "or give a file of measured drives."
        )
    return good


def _with_start(drives: Sequence[Drive], start: int, factor: float, now: Pace) -> Pace:
    """With so many seconds for every drive, the speed that misses least: a median of all, weighed by their metres."""
    a_metre = _weighed_median([((drive.seconds - start) / drive.metres, drive.metres) for drive in drives])
    speed = 3.6 * factor / max(a_metre, 0.01)
    return replace(now, factor=factor, km_per_hour=min(max(speed, 5.0), 120.0), start_seconds=float(start))


def _detour(drives: Sequence[Drive]) -> float | None:
    known = [drive.road_metres / drive.metres for drive in drives if drive.road_metres]
    return min(max(median(known), 1.0), 3.0) if known else None


def _slower_than_router(drives: Sequence[Drive]) -> float | None:
    known = [(drive.seconds / drive.router_seconds, drive.router_seconds) for drive in drives if drive.router_seconds]
    return min(max(_weighed_median(known), 0.5), 3.0) if known else None


def _weighed_median(values: Sequence[tuple[float, float]]) -> float:
    """The value at which half of all weight is reached; each is a value and its weight."""
    reached, half = 0.0, sum(weight for _value, weight in values) / 2
    for value, weight in sorted(values):
        reached += weight
        if reached >= half:
            return value
    raise ValueError("A median of nothing.")


def _misses(drives: Sequence[Drive], pace: Pace) -> Misses:
    late = [drive.seconds - pace.seconds(drive.metres) for drive in drives]
    return Misses(mean=sum(map(abs, late)) / len(late), late=sum(late) / len(late))
