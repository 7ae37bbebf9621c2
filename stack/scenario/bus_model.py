"""What a scenario file may say about the bus: events of the day, and what must have come of it."""

from typing import Annotated, Literal

from pydantic import Field

from backend.people.domain.setup import Name, Strict
from stack.scenario.times import At

Number = Annotated[int, Field(ge=0)]
"""Which of the described trips: 0 is the first."""


class TripEvent(Strict):
    """Something that happens to one of the described trips."""

    at: At
    trip: Number = 0


class BookEvent(TripEvent):
    """Somebody rings and asks for a place; who finds none waits."""

    do: Literal["book"]
    passenger: Name
    companions: Annotated[int, Field(ge=0, le=2)] = 0
    party: str = ""


class CancelBookingEvent(TripEvent):
    """Somebody rings the office and does not come along."""

    do: Literal["cancel_booking"]
    passenger: Name


class StartTripEvent(TripEvent):
    """The bus leaves the garage."""

    do: Literal["start_trip"]


class TickEvent(TripEvent):
    """Driver or host tick somebody off. Without signal the tick stays on the telephone until it is sent."""

    do: Literal["tick"]
    passenger: Name
    what: Literal["on_board", "not_there", "at_destination", "home_inside", "undone"]
    signal: bool = True


class SendTicksEvent(TripEvent):
    """The telephone finds signal and sends what it kept, twice. Its clock is so many minutes fast."""

    do: Literal["send_ticks"]
    clock_fast_minutes: float = 0


class GoesWrongEvent(TripEvent):
    """Something goes wrong with the trip, and the planner decides."""

    do: Literal["goes_wrong"]
    kind: Literal["bus_down", "driver_ill", "road_closed", "weather", "other"]
    action: Literal["stop", "shift"]
    minutes: Annotated[int, Field(ge=-120, le=240)] = 0


class DropsOutEvent(TripEvent):
    """The driver or the host cannot come after all, and says so behind their link."""

    do: Literal["drops_out"]
    task: Literal["driver", "host"]


class CloseTripEvent(TripEvent):
    """Everybody is home, and driver or host close the trip."""

    do: Literal["close_trip"]


BusEvent = (
    BookEvent
    | CancelBookingEvent
    | DropsOutEvent
    | StartTripEvent
    | TickEvent
    | SendTicksEvent
    | GoesWrongEvent
    | CloseTripEvent
)

Ended = Literal["home", "not_there", "on_board", "at_destination", "booked", "waiting", "cancelled"]
"""Where a passenger is in the end."""


class TripExpected(Strict):
    """A trip in the end; `passengers`, where it is given, names all there are.

    `crew` are who has confirmed, by task.
    """

    state: Literal["planned", "underway", "closed", "cancelled"] | None = None
    passengers: dict[str, Ended] | None = None
    calls_to_make: dict[str, int] | None = None
    """How many calls a person had to make, by kind, done or not."""
    crew: dict[Literal["driver", "host"], str] | None = None
