"""What a call script may know, and what it answers."""

from dataclasses import dataclass

from backend.circles.domain.morning import VOLUNTEER
from backend.circles.scripts.facts import Fact
from backend.notifications.domain.prompts import Prompt


@dataclass(frozen=True)
class Named:
    """Somebody in a call: their seat (or VOLUNTEER) and how they are spoken of."""

    seat: int
    name: str

    @property
    def is_volunteer(self) -> bool:
        """Whether this is the volunteer of the day."""
        return self.seat == VOLUNTEER


@dataclass(frozen=True)
class Bridge:
    """What the two calls of a talk know of each other, where each member is rung once.

    `call` and `line` are this side's; `room` is where the two talk. `target_over`: the target's call has ended.
    `other_there`: the other side waits, or talks. `rung_for` counts seconds since the target's call was asked for,
    `talked` since the talk began (None: it has not). `onward` is whom this side would be joined to next.
    """

    call: int = 0
    line: str = ""
    room: str = ""
    target_over: bool = False
    was_busy: bool = False
    other_there: bool = False
    rung_for: float = 0.0
    talked: float | None = None
    onward: Named | None = None


@dataclass(frozen=True)
class CallView:
    """A call as its script sees it. `next_up` is whom the chain comes to after the target.

    `target_is_away` when the target's absence was reported after the call had been placed.
    """

    circle: str
    language: str
    caller: Named | None
    target: Named
    next_up: Named | None
    target_proven: bool
    housemate: Named | None
    summary: str
    gather_seconds: int
    leg_minutes: int
    target_is_away: bool = False
    bridge: Bridge = Bridge()


@dataclass(frozen=True)
class Place:
    """Where a call is in its script. `asked` counts how often the open question was put."""

    phase: str = "greet"
    asked: int = 0


@dataclass(frozen=True)
class ToConnect:
    """Ring this seat, and join it to the call. The services find its line and make the leg."""

    text: str
    seat: int


@dataclass(frozen=True)
class Turn:
    """One turn: what is said next, where the call is then, and what came to light, in order."""

    answer: Prompt | ToConnect
    place: Place
    facts: tuple[Fact, ...] = ()
