"""When the bus is where: a plan driven along the clock, with the waits that keep what was promised.

Seconds from the moment at which a way begins: the bus leaves the garage, or the destination.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from backend.transport.domain.planning.problem import DESTINATION, GARAGE, Plan, Problem, start_of


class Way(StrEnum):
    """Fetched from home, or brought home."""

    THERE = "there"
    HOME = "home"


@dataclass(frozen=True)
class Stop:
    """One passenger's stop. `at_door`: the bus is there. The ride lasts from `boards` to `arrives`."""

    key: int
    round: int
    position: int
    at_door: int
    boards: int
    arrives: int

    def later(self, seconds: int) -> "Stop":
        """The same stop, so much later."""
        return Stop(
            self.key,
            self.round,
            self.position,
            self.at_door + seconds,
            self.boards + seconds,
            self.arrives + seconds,
        )


@dataclass(frozen=True)
class Promised:
    """What somebody was told: the bus is at their door not before, and not later. `rigid`: they count on it now."""

    earliest: int
    latest: int
    rigid: bool = False

    def missed_by(self, at_door: int) -> int:
        """How far (seconds) a time lies outside what was promised."""
        return max(self.earliest - at_door, at_door - self.latest, 0)


@dataclass(frozen=True)
class Timetable:
    """Everybody's stop, and when the bus is free again."""

    stops: tuple[Stop, ...]
    ends: int

    @property
    def by_key(self) -> dict[int, Stop]:
        """Stops by passenger."""
        return {stop.key: stop for stop in self.stops}


def timetable(problem: Problem, plan: Plan, way: Way, promised: Mapping[int, Promised] | None = None) -> Timetable:
    """Drive `plan`, and wait before a round as long as keeps most of what was promised, within the shift.

    `problem.seconds` is the way as it is driven. No round begins before the one before it has ended.
    """
    told = promised or {}
    rounds = [_one_round(problem, order, way, number, len(plan.rounds)) for number, order in enumerate(plan.rounds)]
    stops: list[Stop] = []
    clock, to_drive = 0, sum(ends for _stops, ends in rounds)
    for driven, lasts in rounds:
        latest_start = max(problem.shift_seconds - to_drive, clock)
        clock = _best_start(driven, told, clock, latest_start)
        stops += [stop.later(clock) for stop in driven]
        clock, to_drive = clock + lasts, to_drive - lasts
    return Timetable(tuple(stops), clock)


def _one_round(problem: Problem, order: tuple[int, ...], way: Way, number: int, count: int) -> tuple[list[Stop], int]:
    """The stops of a round that begins at 0, and how long it takes."""
    if way is Way.THERE:
        return _fetched(problem, order, number)
    return _brought_home(problem, order, number, GARAGE if number == count - 1 else DESTINATION)


def _fetched(problem: Problem, order: tuple[int, ...], number: int) -> tuple[list[Stop], int]:
    clock, here = 0, start_of(number)
    doors: list[tuple[int, int, int]] = []
    for key in order:
        passenger = problem.by_key[key]
        clock += problem.seconds[here][passenger.place]
        doors.append((key, clock, clock + passenger.boarding_seconds))
        clock, here = clock + passenger.boarding_seconds, passenger.place
    ends = clock + problem.seconds[here][DESTINATION]
    return [Stop(key, number, place, at, boards, ends) for place, (key, at, boards) in enumerate(doors)], ends


def _brought_home(problem: Problem, order: tuple[int, ...], number: int, then: int) -> tuple[list[Stop], int]:
    clock, here = 0, DESTINATION
    stops: list[Stop] = []
    for position, key in enumerate(order):
        passenger = problem.by_key[key]
        clock += problem.seconds[here][passenger.place]
        stops.append(Stop(key, number, position, clock, 0, clock))
        clock, here = clock + passenger.boarding_seconds, passenger.place
    return stops, clock + problem.seconds[here][then]


def _best_start(stops: list[Stop], told: Mapping[int, Promised], earliest: int, latest: int) -> int:
    """When a round begins so that least is moved; as early as possible where that changes nothing."""
    wished = {earliest}
    for stop in stops:
        if stop.key in told:
            window = told[stop.key]
            wished |= {window.earliest - stop.at_door, window.latest - stop.at_door}
    possible = sorted(start for start in wished if earliest <= start <= latest) or [earliest]
    return min(possible, key=lambda start: (*_missed(stops, told, start), start))


def _missed(stops: list[Stop], told: Mapping[int, Promised], start: int) -> tuple[int, int]:
    missed = [told[stop.key].missed_by(stop.at_door + start) for stop in stops if stop.key in told]
    return sum(1 for seconds in missed if seconds), sum(missed)
