"""What people are told about when the bus comes, and what a change of plan does to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.transport.domain.planning.timetable import Promised, Timetable

WINDOW = timedelta(minutes=15)
"""So long is the span that is told ("between 9:40 and 9:55": text of the programme)."""

BEFORE = timedelta(minutes=5)
"""So much before the planned time it begins, at least: who is ready too early waits indoors, who is not delays all."""

ROUNDED_TO = timedelta(minutes=5)
"""Nobody is told 9:41."""

MOVED = timedelta(minutes=10)
"""A move of more than this has to be told by a person (text of the programme)."""

OUTSIDE_SECONDS = round((MOVED - BEFORE).total_seconds())
"""As far outside of what they were told a time means that the span they are told moves by more than that."""


@dataclass(frozen=True)
class Promise:
    """The bus is at the door not before `from_` and not later than `until` (UTC)."""

    from_: datetime
    until: datetime

    def holds(self, at_door: datetime) -> bool:
        """Whether a bus that comes at this moment (UTC) keeps it."""
        return self.from_ <= at_door <= self.until


def promise_for(at_door: datetime) -> Promise:
    """What is told of a planned time: 9:46 becomes "between 9:40 and 9:55"."""
    earliest = at_door - BEFORE
    past = timedelta(
        minutes=earliest.minute % (ROUNDED_TO // timedelta(minutes=1)),
        seconds=earliest.second,
        microseconds=earliest.microsecond,
    )
    return Promise(earliest - past, earliest - past + WINDOW)


@dataclass(frozen=True)
class Moves:
    """What a plan does to promises: how many `broken` of people who count on them, `calls` to be made, seconds."""

    broken: int = 0
    calls: int = 0
    seconds: int = 0

    @property
    def cost(self) -> tuple[int, int, int]:
        """Plans with less of it are better, the first first."""
        return self.broken, self.calls, self.seconds


def moves(driven: Timetable, promised: Mapping[int, Promised]) -> Moves:
    """How much of what was promised a timetable misses."""
    return _sum(
        (promised[stop.key], promised[stop.key].missed_by(stop.at_door))
        for stop in driven.stops
        if stop.key in promised
    )


def _sum(missed: Iterable[tuple[Promised, int]]) -> Moves:
    broken = calls = seconds = 0
    for window, by in missed:
        broken += window.rigid and by > 0
        calls += by >= OUTSIDE_SECONDS
        seconds += by
    return Moves(broken, calls, seconds)
