"""One leg of a call: the line between the carrier and one person."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from simulator.clock import Signal
from simulator.journal import Note
from simulator.twiml import Method

Direction = Literal["outbound-api", "outbound-dial", "inbound"]
Status = Literal["queued", "ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled"]
STATUSES: frozenset[str] = frozenset(get_args(Status))
FINAL: frozenset[Status] = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})


@dataclass(frozen=True)
class ScriptSource:
    """Where a call's script comes from: an address, or the TwiML itself."""

    url: str = ""
    method: Method = "POST"
    twiml: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    """Extra form values for the request, such as Digits."""


@dataclass(frozen=True)
class CallbackTarget:
    """Where a leg's status callbacks go, and which of them are asked for."""

    url: str
    method: Method = "POST"
    events: frozenset[str] = frozenset({"completed"})


@dataclass(frozen=True)
class Heard:
    """Something was said to this leg at a scenario time (unix seconds)."""

    text: str
    at: float


@dataclass(frozen=True)
class Asked:
    """A question was opened on this leg; `prompt` is what is said while it is open."""

    prompt: str
    at: float


@dataclass(frozen=True)
class Joined:
    """This leg was joined to another; `as_caller` when it was this leg that dialled, or may end the talk by `*`."""

    as_caller: bool
    at: float
    in_conference: bool = False


@dataclass(frozen=True)
class Parted:
    """The conversation ended, the leg did not."""

    at: float


Sound = Heard | Asked | Joined | Parted


def _nobody_listens(kind: str, **facts: object) -> None:
    """The journal of a leg that the switchboard has not admitted yet."""


@dataclass
class Question:
    """An open <Gather>: the keys pressed so far."""

    prompt: str
    keys: list[str] = field(default_factory=list)


@dataclass(eq=False)
class Leg:
    """The facts and the present state of one leg. Times are scenario time, unix seconds.

    `signal` fires at every change, so that the script's player and the person react to it.
    """

    account_sid: str
    sender: str
    to: str
    direction: Direction
    created_at: float
    note: Note = _nobody_listens
    callback: CallbackTarget | None = None
    fallback: ScriptSource | None = None
    parent_sid: str | None = None
    time_limit: float = 14_400.0
    sid: str = ""
    """Given by the switchboard when it admits the leg."""
    withheld: str | None = None
    """What the carrier shows instead of the number of somebody who withholds it."""
    status: Status = "queued"
    updated_at: float = 0.0
    started_at: float | None = None
    answered_at: float | None = None
    ended_at: float | None = None
    sip_code: int | None = None
    signal: Signal = field(default_factory=Signal)
    sounds: list[Sound] = field(default_factory=list)
    question: Question | None = None
    peer: Leg | None = None
    star_ends: bool = False
    """This leg's <Dial> has hangupOnStar; never true on the leg of somebody who was dialled."""
    star_pressed: bool = False
    in_room: bool = False
    """In a conference, alone or not."""
    redirect: ScriptSource | None = None
    by_hand: bool = False
    """A person took this call over from the resident's habit."""

    @property
    def person(self) -> str:
        """The number of the person at the far end of this leg."""
        return self.sender if self.direction == "inbound" else self.to

    @property
    def shown_sender(self) -> str:
        """The caller as the person called, and the account, get to see them."""
        return self.withheld or self.sender

    @property
    def ended(self) -> bool:
        """True once the status is final; it never changes again."""
        return self.status in FINAL

    @property
    def answered(self) -> bool:
        """True while somebody, or something, is on the line."""
        return self.answered_at is not None and not self.ended

    @property
    def duration(self) -> int | None:
        """Whole seconds from answer to end, as the carrier bills them; None before the end."""
        if self.ended_at is None:
            return None
        return 0 if self.answered_at is None else math.ceil(self.ended_at - self.answered_at)

    @property
    def last_heard(self) -> str | None:
        """The last sentence that was said to this leg."""
        return next((sound.text for sound in reversed(self.sounds) if isinstance(sound, Heard)), None)

    def hear(self, text: str, at: float) -> None:
        """Say something to the person."""
        self.note("hears", text=text)
        self._sound(Heard(text, at))

    def ask(self, prompt: str, at: float) -> Question:
        """Open a question; the caller of this closes it by clearing `question`."""
        self.question = Question(prompt)
        self.note("asked", prompt=prompt)
        self._sound(Asked(prompt, at))
        return self.question

    def join(self, peer: Leg, at: float, *, as_caller: bool, in_conference: bool = False) -> None:
        """Put this leg into a conversation with another; called for both sides."""
        self.peer = peer
        self.note("joined", **{"with": peer.person})
        self._sound(Joined(as_caller, at, in_conference))

    def part(self, at: float) -> None:
        """Take this leg out of its conversation."""
        if self.peer is None:
            return
        self.note("parted", **{"with": self.peer.person})
        self.peer = None
        self._sound(Parted(at))

    def press(self, keys: Sequence[str]) -> None:
        """The person presses keys. Heard are only an open question, and `*` where it ends a talk."""
        for key in keys:
            if self.peer is not None or self.in_room:
                if key == "*" and self.star_ends:
                    self.star_pressed = True
                    self.note("pressed", digits=key)
                else:
                    self.note("ignored_key", digits=key, reason="nothing listens to keys during a conversation")
            elif self.question is not None:
                self.question.keys.append(key)
                self.note("pressed", digits=key)
            else:
                self.note("ignored_key", digits=key, reason="no question is open")
        self.signal.fire()

    def _sound(self, sound: Sound) -> None:
        self.sounds.append(sound)
        self.signal.fire()
