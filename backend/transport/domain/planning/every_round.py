"""Every round that the bus could make: all groups of people who fit in it and whose rides stay within their limits.

Built from the end: a group of one is driven straight to the destination; whoever is put in front of a group makes a
larger one. For each group and each person who could be the first, only the shortest way counts: it is the best for who
is the first and for everybody who is put in front of them (Held and Karp's argument, read backwards). A group of which
nobody can be the first within their limit is no round, and neither is any that would grow from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from backend.transport.domain.planning.one_round import MOST_HOMES
from backend.transport.domain.planning.problem import DESTINATION, GARAGE, Problem

NEVER = 10**9
"""Seconds of a way that does not exist."""

MOST_OF_A_SIZE = 6_000
"""Of groups of one size no more than these are kept: all of them would take longer than half a second."""

MOST_PASSENGERS = 62
"""Groups are the bits of one 64-bit number."""

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Rounds:
    """Rounds, one a row: who (bit i is the problem's i-th passenger), and what it costs to drive it.

    `complete` says that no possible round is missing.
    """

    members: Numbers
    priority: Numbers
    boarding: Numbers
    from_garage: Numbers
    from_destination: Numbers
    complete: bool = True

    def __len__(self) -> int:
        return len(self.members)

    def and_(self, others: "Rounds") -> "Rounds":
        """These and others; what is complete stays so."""
        parts = ("members", "priority", "boarding", "from_garage", "from_destination")
        joined = {part: np.concatenate([getattr(self, part), getattr(others, part)]) for part in parts}
        return Rounds(**joined, complete=self.complete)

    def parting_none_of(self, masks: Iterable[int]) -> "Rounds":
        """Those that have all or nobody of each group of bits."""
        kept = np.ones(len(self), dtype=np.bool_)
        for mask in masks:
            kept &= np.isin(self.members & mask, (0, mask))
        parts = ("members", "priority", "boarding", "from_garage", "from_destination")
        return Rounds(**{part: getattr(self, part)[kept] for part in parts}, complete=self.complete)


@dataclass(frozen=True)
class _Level:
    """All groups of one size. `tail[g, i]`: the shortest way from i past everybody else in g to the destination."""

    members: Numbers
    tail: Numbers
    boarding: Numbers
    load: Numbers
    complete: bool = True

    def narrowed(self, most: int) -> "_Level":
        """At most so many of them: those whose people live closest together and to the destination."""
        if len(self.members) <= most:
            return self
        near = np.argpartition(self.tail.min(axis=1), most)[:most]
        return _Level(self.members[near], self.tail[near], self.boarding[near], self.load[near], complete=False)


@dataclass(frozen=True)
class _Bus:
    """The problem in arrays, by the order of its passengers."""

    between: Numbers
    last: Numbers
    boarding: Numbers
    load: Numbers
    limit: Numbers
    capacity: Numbers

    @classmethod
    def of(cls, problem: Problem) -> "_Bus":
        seconds = np.array(problem.seconds, dtype=np.int64)
        places = [passenger.place for passenger in problem.passengers]
        return cls(
            between=seconds[np.ix_(places, places)],
            last=seconds[places, DESTINATION],
            boarding=np.array([p.boarding_seconds for p in problem.passengers], dtype=np.int64),
            load=np.array([p.load for p in problem.passengers], dtype=np.int64),
            limit=np.array([p.max_ride_seconds for p in problem.passengers], dtype=np.int64),
            capacity=np.array(problem.capacity, dtype=np.int64),
        )


def every_round(problem: Problem, *, most_of_a_size: int = MOST_OF_A_SIZE) -> Rounds:
    """List every round that is possible; of a size of which there are too many, the shortest.

    Raises:
        ValueError: there are more than 62 passengers.
    """
    if len(problem.passengers) > MOST_PASSENGERS:
        raise ValueError(
            f"{len(problem.passengers)} passengers are too many to list rounds; {MOST_PASSENGERS} is the most"
        )
    if not problem.passengers:
        return _rounds(problem, [])
    bus = _Bus.of(problem)
    levels = [_alone(bus)]
    while len(levels[-1].members) and len(levels) < MOST_HOMES:
        levels.append(_one_more(bus, levels[-1]).narrowed(most_of_a_size))
    return _rounds(problem, levels)


def _alone(bus: _Bus) -> _Level:
    count = len(bus.last)
    fits = np.flatnonzero((bus.last <= bus.limit) & (bus.load <= bus.capacity).all(axis=1))
    tail = np.full((len(fits), count), NEVER, dtype=np.int64)
    tail[np.arange(len(fits)), fits] = bus.last[fits]
    return _Level(np.int64(1) << fits, tail, bus.boarding[fits], bus.load[fits])


def _one_more(bus: _Bus, level: _Level) -> _Level:
    """All groups of one person more."""
    grown: list[tuple[Numbers, Numbers, Numbers]] = []
    for person in range(len(bus.last)):
        room = np.flatnonzero(
            ((level.members >> person) & 1 == 0) & (level.load + bus.load[person] <= bus.capacity).all(axis=1)
        )
        way = (level.tail[room] + bus.between[person]).min(axis=1)
        in_time = way + level.boarding[room] <= bus.limit[person]
        grown.append((room[in_time], way[in_time], np.full(in_time.sum(), person, dtype=np.int64)))
    parent, way, first = (np.concatenate(part) for part in zip(*grown, strict=True))
    members, one, group = np.unique(
        level.members[parent] | (np.int64(1) << first), return_index=True, return_inverse=True
    )
    tail = np.full((len(members), len(bus.last)), NEVER, dtype=np.int64)
    tail[group, first] = way
    return _Level(
        members,
        tail,
        (level.boarding[parent] + bus.boarding[first])[one],
        (level.load[parent] + bus.load[first])[one],
    )


def _rounds(problem: Problem, levels: list[_Level]) -> Rounds:
    if not levels:
        nothing = np.zeros(0, dtype=np.int64)
        return Rounds(nothing, nothing, nothing, nothing, nothing)
    seconds = np.array(problem.seconds, dtype=np.int64)
    places = [passenger.place for passenger in problem.passengers]
    members = np.concatenate([level.members for level in levels])
    priorities = np.array([p.priority for p in problem.passengers], dtype=np.int64)
    return Rounds(
        members=members,
        priority=belonging(members, len(places)).astype(np.int64) @ priorities,
        boarding=np.concatenate([level.boarding for level in levels]),
        from_garage=np.concatenate([(level.tail + seconds[GARAGE, places]).min(axis=1) for level in levels]),
        from_destination=np.concatenate([(level.tail + seconds[DESTINATION, places]).min(axis=1) for level in levels]),
        complete=all(level.complete for level in levels),
    )


def belonging(members: Numbers, count: int) -> npt.NDArray[np.bool_]:
    """A table of who (columns) is in which group (rows)."""
    table: npt.NDArray[np.bool_] = (members[:, None] >> np.arange(count)) & 1 == 1
    return table
