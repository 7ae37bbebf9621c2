"""When a trip goes wrong: where everybody is, whom to ring first, what to do next for each. Pure.

Instants are UTC. Where somebody is follows from what was ticked; where nothing was ticked although the bus should have
been there, it is unknown, and taken as badly as it could be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

OUTSIDE_BEFORE = timedelta(minutes=15)
"""So long before the bus was promised somebody may be standing outside already (our own estimate)."""

NEAR = timedelta(hours=12)
"""A trip that leaves within this is told of at once, but by night; a later one keeps to the hours of decency."""

NIGHT_BEGINS, NIGHT_ENDS = time(22), time(7)
GETS_READY = timedelta(minutes=90)
"""Local wall times, and so long before leaving somebody gets ready (our own estimates)."""

CALLS_AT_MOST = 2
AGAIN_NEAR, AGAIN_FAR = timedelta(minutes=4), timedelta(hours=1)
"""Between two calls that nobody answered."""

TEXT_NEAR, TEXT_FAR = timedelta(minutes=5), timedelta(hours=3)
"""So long a text may stay unanswered before its reader is rung."""

CASE_BEFORE, CASE_AFTER = timedelta(minutes=30), timedelta(minutes=20)
"""Whoever has not confirmed so long before they expect the bus is a case; not before calls could have been made."""


class Where(StrEnum):
    """Where a passenger is. The order is the order of the calls. Who is waiting for a seat has none to lose."""

    ON_BOARD = "on_board"
    UNKNOWN = "unknown"
    AWAY = "away"
    OUTSIDE = "outside"
    HOME = "home"
    CREW = "crew"
    WAITING = "waiting"
    OVER = "over"


FROM_HOME = (Where.ON_BOARD, Where.UNKNOWN, Where.AWAY)
"""Away from home, or perhaps: without the bus they need another way home."""

_RANK = {where: rank for rank, where in enumerate(Where)}


class Part(StrEnum):
    """Which of the rides that are still to come."""

    BOTH = "both"
    THERE = "there"
    HOME = "home"


@dataclass(frozen=True)
class RideFacts:
    """One way of a passenger: its state (a code of `models.Ride.State`) and where it stands in the plan."""

    state: str
    round_number: int
    position: int
    planned_at: datetime
    promised_from: datetime

    @property
    def is_to_come(self) -> bool:
        """Not begun."""
        return self.state == "planned"


@dataclass(frozen=True)
class Passenger:
    """Somebody's rides; None where the bus does not take them that way."""

    key: int
    there: RideFacts | None
    home: RideFacts | None

    def has_to_come(self, part: Part) -> bool:
        """Whether a ride of this part has not begun yet."""
        rides = {Part.THERE: (self.there,), Part.HOME: (self.home,), Part.BOTH: (self.there, self.home)}[part]
        return any(ride is not None and ride.is_to_come for ride in rides)


def where_is(passenger: Passenger, now: datetime, *, left_at: datetime) -> Where:
    """Where somebody is. `left_at`: when the bus left, or should have."""
    there, home = passenger.there, passenger.home
    if any(ride is not None and ride.state == "on_board" for ride in (there, home)):
        return Where.ON_BOARD
    # Who was not there when the bus came is at home, if anywhere: the case about the door looks after them.
    if not passenger.has_to_come(Part.BOTH) or (there is not None and there.state == "not_there"):
        return Where.OVER
    if there is not None and there.is_to_come:
        return _not_fetched(there, now, left_at)
    if there is None and now < left_at:
        return Where.HOME
    return Where.AWAY


def _not_fetched(there: RideFacts, now: datetime, left_at: datetime) -> Where:
    if now < left_at and now < there.promised_from - OUTSIDE_BEFORE:
        return Where.HOME
    if there.planned_at <= now:
        return Where.UNKNOWN
    return Where.OUTSIDE if there.promised_from - OUTSIDE_BEFORE <= now else Where.HOME


def in_order(people: Iterable[tuple[Passenger, Where]]) -> list[tuple[Passenger, Where]]:
    """Whom to ring first: on board, away from home, outside, then in boarding order. Who is home again is left out."""
    return sorted(
        (one for one in people if one[1] is not Where.OVER), key=lambda one: (_RANK[one[1]], *_boards(one[0]))
    )


def _boards(passenger: Passenger) -> tuple[int, int, int, int]:
    for number, ride in enumerate((passenger.there, passenger.home)):
        if ride is not None and ride.state in ("planned", "on_board"):
            return (number, ride.round_number, ride.position, passenger.key)
    return (2, 0, 0, passenger.key)


class Do(StrEnum):
    """What is done next for somebody who has not confirmed."""

    TEXT = "text"
    CALL = "call"
    WAIT = "wait"
    PERSON = "person"


@dataclass(frozen=True)
class Telling:
    """How far the machine is with somebody. `can_text` and `can_call`: there is such a line where they are now."""

    texts: int
    calls: int
    is_under_way: bool
    look_at: datetime | None
    can_text: bool
    can_call: bool


@dataclass(frozen=True)
class Next:
    """What to do; `why` is a code when a person has to: silent, no_line."""

    do: Do
    why: str = ""


def is_near(leaves_at: datetime, now: datetime) -> bool:
    """Whether somebody has to know now rather than in the morning."""
    return leaves_at - now <= NEAR


def may_ring_from(where: Where, leaves_at: datetime, local_now: datetime) -> datetime:
    """From when somebody is rung about a trip that is near, in the zone of `local_now`.

    Nobody who is at home is woken by night for a bus in the morning: it can wait until seven, or until shortly before
    they would get ready. Who is away from home is rung at once.
    """
    if where in FROM_HOME or NIGHT_ENDS <= local_now.time() < NIGHT_BEGINS:
        return local_now
    day = local_now.date() + timedelta(days=local_now.time() >= NIGHT_BEGINS)
    morning = datetime.combine(day, NIGHT_ENDS, local_now.tzinfo)
    return max(local_now, min(morning, leaves_at - GETS_READY))


def next_step(telling: Telling, now: datetime) -> Next:
    """A text to who wants texts, then calls, then a person. Nobody is done because the machine has tried."""
    if telling.is_under_way or (telling.look_at is not None and now < telling.look_at):
        return Next(Do.WAIT)
    if telling.can_text and telling.texts == 0 and telling.calls == 0:
        return Next(Do.TEXT)
    if telling.can_call and telling.calls < CALLS_AT_MOST:
        return Next(Do.CALL)
    return Next(Do.PERSON, "silent" if telling.calls or telling.texts else "no_line")


def look_again_at(now: datetime, *, was_text: bool, near: bool) -> datetime:
    """When to try the next way after one that brought nothing."""
    if was_text:
        return now + (TEXT_NEAR if near else TEXT_FAR)
    return now + (AGAIN_NEAR if near else AGAIN_FAR)


def look_after_unsent_at(now: datetime, leaves_at: datetime) -> datetime:
    """When to try again after a call or text that was not sent, such as in quiet hours.

    For a trip that is far from leaving: as soon as it is near, when such hours hold up nothing any more.
    """
    return now + AGAIN_NEAR if is_near(leaves_at, now) else max(leaves_at - NEAR, now + AGAIN_NEAR)


def case_at(first_promise: datetime, decided_at: datetime) -> datetime:
    """When somebody who has not confirmed is a case: shortly before they expect the bus, or a while after the news."""
    return max(first_promise - CASE_BEFORE, decided_at + CASE_AFTER)


@dataclass(frozen=True)
class Load:
    """What a passenger takes of the bus in one round."""

    key: int
    seats: int
    wheelchair_places: int
    rollator_places: int


@dataclass(frozen=True)
class Room:
    """What a layout has. The host takes one of the seats."""

    seats: int
    wheelchair_places: int
    rollator_places: int


@dataclass(frozen=True)
class NoRoom:
    """Somebody who does not fit. `what` is seats, wheelchair_places or rollator_places."""

    key: int
    what: str


DIMENSIONS = ("wheelchair_places", "rollator_places", "seats")
HOST_SEATS = 1


def who_does_not_fit(room: Room, rounds: Iterable[Iterable[Load]]) -> list[NoRoom]:
    """Who of these rounds (each in boarding order) has no place in another bus, and of what there is too little.

    Each round is filled in its order; nobody is named twice.
    """
    found: dict[int, NoRoom] = {}
    for loads in rounds:
        left = {"seats": room.seats - HOST_SEATS, **{name: getattr(room, name) for name in DIMENSIONS[:2]}}
        for load in loads:
            lacking = next((name for name in DIMENSIONS if getattr(load, name) > left[name]), None)
            if lacking is not None:
                found.setdefault(load.key, NoRoom(load.key, lacking))
                continue
            for name in DIMENSIONS:
                left[name] -= getattr(load, name)
    return list(found.values())
