"""The people of a played morning: how they take their calls. Scripted for stories, or chosen by hypothesis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Protocol, TypeVar

from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.unit.circles.driver import Event

T = TypeVar("T")


class Draw(Protocol):
    """How hypothesis hands out an example."""

    def __call__(self, strategy: st.SearchStrategy[T]) -> T: ...


class Answer(Enum):
    """What becomes of a line that is rung."""

    PICKS_UP = "picks up"
    NO_ANSWER = "does not answer"
    BUSY = "is busy"
    NOT_PLACED = "cannot be rung"


class Press(Enum):
    """What somebody does at a question. The keys are their digits."""

    ONE = "1"
    TWO = "2"
    NINE = "9"
    FIVE = "5"
    SILENCE = "nothing"
    HANGS_UP = "hangs up"
    HANGS_UP_AND_KEY_IS_LATE = "hangs up, and the key arrives late"


KINDLY_ANSWERS: list[Answer] = [Answer.PICKS_UP, *Answer]
KIND_KEYS: list[Press] = [Press.ONE, *Press]


class TalkEnds(Enum):
    """How a talk ends."""

    CALLEE_OR_STAR_OR_LIMIT = "the menu follows"
    CALLER_HANGS_UP = "the caller hangs up"


class Town(Protocol):
    """Decides what people do. Delays are in seconds."""

    def answers(self, who: int, at: datetime) -> Answer: ...

    def presses(self, who: int, phase: str) -> Press: ...

    def waits(self, who: int) -> bool:
        """Whether a caller stays on the line until the other side is off or there."""
        ...

    def talks(self, callee: int) -> tuple[TalkEnds, int]: ...

    def report_after(self) -> int | None:
        """How long the carrier takes to say that a call is over; None when that is lost."""
        ...

    def asks_after_hangup(self) -> int | None:
        """Whether, and when, the carrier asks what is next for a caller who hung up while the other line rang."""
        ...

    def moved_after(self) -> int | None:
        """How long it takes to have somebody's call moved; None when that request is lost."""
        ...

    def shuffled(self, events: list[Event]) -> list[Event]: ...


@dataclass
class Told:
    """People as a story has them; whoever is not named answers, proves themselves and says that all is well.

    `answering` and `pressing` hold what somebody does at successive calls and questions; the last is kept up.
    """

    answering: dict[int, list[Answer]] = field(default_factory=dict)
    pressing: dict[tuple[int, str], list[Press]] = field(default_factory=dict)
    impatient: set[int] = field(default_factory=set)
    talk: TalkEnds = TalkEnds.CALLEE_OR_STAR_OR_LIMIT

    def answers(self, who: int, at: datetime) -> Answer:
        return _next(self.answering.get(who, []), Answer.PICKS_UP)

    def presses(self, who: int, phase: str) -> Press:
        return _next(self.pressing.get((who, phase), []), Press.ONE)

    def waits(self, who: int) -> bool:
        return who not in self.impatient

    def talks(self, callee: int) -> tuple[TalkEnds, int]:
        return self.talk, 60

    def report_after(self) -> int | None:
        return 0

    def asks_after_hangup(self) -> int | None:
        return None

    def moved_after(self) -> int | None:
        return 1

    def shuffled(self, events: list[Event]) -> list[Event]:
        return events


@dataclass
class Anybody:
    """People of whom hypothesis chooses, at each call and question, what they do. The first choice is the kindest."""

    draw: Draw
    say: Callable[[str], None] = lambda _what: None

    def _one(self, label: str, choices: Sequence[T]) -> T:
        chosen = self.draw(st.sampled_from(choices))
        self.say(f"    {label}: {chosen.value if isinstance(chosen, Enum) else chosen}")
        return chosen

    def answers(self, who: int, at: datetime) -> Answer:
        return self._one(f"{who}", KINDLY_ANSWERS)

    def presses(self, who: int, phase: str) -> Press:
        return self._one(f"{who} at {phase}", KIND_KEYS)

    def waits(self, who: int) -> bool:
        return self._one(f"{who} waits", [True, True, False])

    def talks(self, callee: int) -> tuple[TalkEnds, int]:
        return self._one("talk", [(ends, seconds) for ends in TalkEnds for seconds in (20, 180)])

    def report_after(self) -> int | None:
        return self._one("the end is reported after", [0, 0, 2, 45, 300, None])

    def asks_after_hangup(self) -> int | None:
        return self._one("the carrier asks what is next after", [None, 0, 1, 60])

    def moved_after(self) -> int | None:
        return self._one("is moved after", [1, 0, 7, None])

    def shuffled(self, events: list[Event]) -> list[Event]:
        return self.draw(st.permutations(events)) if len(events) < 6 else events


def _next(planned: list[T], otherwise: T) -> T:
    if not planned:
        return otherwise
    return planned.pop(0) if len(planned) > 1 else planned[0]
