"""The stops of a trip in the order in which the bus makes them, and which one is next. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby

from backend.transport.domain.run import RideOfRun, State, Way

NEAR_BY_PLAN = timedelta(minutes=10)
"""From the garage, and from the destination, the bus may take long: it is near so long before it is planned at a door
(our own estimate).
"""

NEAR_IS_NEWS_FOR = timedelta(minutes=10)
"""A tick that came in later than so long after it was made says nothing about where the bus is now."""


class Kind(StrEnum):
    """What is done at a stop."""

    FETCH = "fetch"
    ARRIVE = "arrive"
    BOARD = "board"
    BRING = "bring"


OVER: dict[Kind, tuple[State, ...]] = {
    Kind.FETCH: (State.ON_BOARD, State.DONE, State.NOT_THERE, State.CANCELLED),
    Kind.ARRIVE: (State.DONE, State.NOT_THERE, State.CANCELLED),
    Kind.BOARD: (State.ON_BOARD, State.DONE, State.NOT_THERE, State.CANCELLED),
    Kind.BRING: (State.DONE, State.NOT_THERE, State.CANCELLED),
}
"""A stop lies behind the bus when all its rides are in one of these."""


@dataclass(frozen=True)
class Stop:
    """A place at which something is ticked, of one round (0 is the first). `rides` are keys, in order."""

    kind: Kind
    round_number: int
    rides: tuple[int, ...]


def seen_from_the_bus(rides: Iterable[RideOfRun], states: Mapping[int, State]) -> dict[int, State]:
    """The states as they matter to the crew: who was not fetched in the morning is not looked for on the way home."""
    rides = list(rides)
    stayed = {ride.person for ride in rides if ride.way is Way.THERE and states[ride.ride] is State.NOT_THERE}
    found = {ride.ride: states[ride.ride] for ride in rides}
    for ride in rides:
        if ride.way is Way.HOME and ride.person in stayed and found[ride.ride] is State.PLANNED:
            found[ride.ride] = State.NOT_THERE
    return found


def stops_of(rides: Iterable[RideOfRun]) -> list[Stop]:
    """Fetch everybody of a round, arrive, the next round; then everybody boards, and each is brought to their door."""
    found: list[Stop] = []
    for way in (Way.THERE, Way.HOME):
        own = sorted((r for r in rides if r.way is way), key=lambda r: (r.round_number, r.position, r.ride))
        for number, round_ in groupby(own, key=lambda r: r.round_number):
            keys = tuple(ride.ride for ride in round_)
            if way is Way.THERE:
                found += [*(Stop(Kind.FETCH, number, (key,)) for key in keys), Stop(Kind.ARRIVE, number, keys)]
            else:
                found += [Stop(Kind.BOARD, number, keys), *(Stop(Kind.BRING, number, (key,)) for key in keys)]
    return found


def is_over(stop: Stop, states: Mapping[int, State]) -> bool:
    """Whether everything at this stop has been ticked."""
    return all(states[ride] in OVER[stop.kind] for ride in stop.rides)


def ahead(stops: Sequence[Stop], states: Mapping[int, State]) -> list[Stop]:
    """The stops at which something is still to be ticked; the bus goes to the first."""
    return [stop for stop in stops if not is_over(stop, states)]


def next_door(stops: Sequence[Stop], states: Mapping[int, State]) -> int | None:
    """The ride that is fetched next; None when the bus goes somewhere else first."""
    coming = ahead(stops, states)
    return coming[0].rides[0] if coming and coming[0].kind is Kind.FETCH else None


def near_from(planned_at: datetime, last_tick: datetime) -> datetime:
    """When the bus is near by its plan (UTC): only minutes before, and not before it had been at the stop before."""
    return max(planned_at - NEAR_BY_PLAN, last_tick)


def to_tell(
    stops: Sequence[Stop],
    states: Mapping[int, State],
    *,
    planned_at: Mapping[int, datetime],
    last_tick: datetime,
    now: datetime,
) -> int | None:
    """The ride of whom it may be said after a tick that the bus is near: fetched next, and the tick is news. UTC.

    From the door before it is said at once. The first of a round is told by the plan (`planned_at`, by ride).
    """
    ride = next_door(stops, states)
    if ride is None:
        return None
    since = last_tick if _follows_a_door(stops, states, ride) else near_from(planned_at[ride], last_tick)
    return ride if since <= now <= since + NEAR_IS_NEWS_FOR else None


def _follows_a_door(stops: Sequence[Stop], states: Mapping[int, State], ride: int) -> bool:
    """Whether the bus has been at another door of the same round."""
    doors = [stop for stop in stops if stop.kind is Kind.FETCH]
    number = next(stop.round_number for stop in doors if ride in stop.rides)
    been = (State.ON_BOARD, State.NOT_THERE, State.DONE)
    return any(states[one] in been for stop in doors if stop.round_number == number for one in stop.rides)
