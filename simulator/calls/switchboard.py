"""The switchboard: rings lines, notices who picks up, and ends legs. It knows nothing of scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from simulator.accounts import Accounts
from simulator.calls.legs import Leg, Status
from simulator.calls.progress import CallProgress
from simulator.clock import Clock
from simulator.errors import CONCURRENCY_EXCEEDED
from simulator.journal import Journal, Note
from simulator.sids import Sids

SIP_NOT_FOUND = 404
SIP_UNAVAILABLE = 480
"""The phone is off or out of reach (carrier status `failed`)."""


@dataclass
class Line:
    """A subscriber's line. A call on it, ringing included, makes it busy for others."""

    number: str
    call_waiting: bool = False
    leg: Leg | None = None
    waiting: list[Leg] = field(default_factory=list)

    def take(self, leg: Leg) -> None:
        """Put a call on the line, behind the present one if there is call waiting."""
        if self.leg is None:
            self.leg = leg
        else:
            self.waiting.append(leg)

    def release(self, leg: Leg) -> None:
        """Take a call off the line; one that was waiting comes forward."""
        if leg in self.waiting:
            self.waiting.remove(leg)
        elif self.leg is leg:
            self.leg = self.waiting.pop(0) if self.waiting else None


@dataclass(frozen=True)
class Reception:
    """What a call finds at the far end; `begin` starts the person's part once it rings.

    `habit` names how the person takes the call, for the journal.
    """

    kind: Literal["rings", "busy", "off"]
    begin: Callable[[], None]
    habit: str = ""


class Subscribers(Protocol):
    """Whoever lives behind the numbers."""

    def line(self, number: str) -> Line | None:
        """The line of a number; None when nobody has it."""

    def receive(self, leg: Leg) -> Reception:
        """How this call is received; asked once per call that finds the line free."""

    def name_of(self, number: str) -> str | None:
        """The resident's name, for the journal."""


class Switchboard:
    """All legs of all accounts, and the few things that can happen to one."""

    def __init__(
        self,
        clock: Clock,
        journal: Journal,
        progress: CallProgress,
        subscribers: Subscribers,
        *,
        accounts: Accounts,
        sids: Sids,
    ) -> None:
        self.clock = clock
        self.accounts = accounts
        self.sids = sids
        self.progress = progress
        self.subscribers = subscribers
        self._journal = journal
        self.legs: dict[str, Leg] = {}

    def notes_for(self, number: str, sid: str | None) -> Note:
        """The journal about one number writes it: number, resident and call (None: no call) are filled in."""

        def note(kind: str, **facts: object) -> None:
            self._journal.write(kind, number=number, resident=self.subscribers.name_of(number), call_sid=sid, **facts)

        return note

    def admit(self, leg: Leg) -> Leg:
        """Register a new leg, and give it its sid."""
        leg.sid = self.sids.next("CA")
        leg.note = self.notes_for(leg.person, leg.sid)
        leg.updated_at = leg.created_at
        self.legs[leg.sid] = leg
        return leg

    def is_full(self, account_sid: str) -> bool:
        """Whether the account has as many live legs, in both directions, as it may."""
        most = self.accounts.of(account_sid).limits.live_legs
        if most is None:
            return False
        live = (leg for leg in self.legs.values() if leg.started_at is not None and not leg.ended)
        return sum(leg.account_sid == account_sid for leg in live) >= most

    async def ring(self, leg: Leg, timeout: float) -> None:
        """Ring the person for at most `timeout` scenario seconds: afterwards the leg is answered or ended."""
        if self.is_full(leg.account_sid):
            leg.note("error", code=CONCURRENCY_EXCEEDED, text="Call concurrency limit exceeded.")
            return self.finish(leg, "failed")
        leg.started_at = self.clock.now()
        self.progress.tell(leg, "initiated", "initiated")
        line = self.subscribers.line(leg.person)
        if line is None:
            return self.finish(leg, "failed", sip_code=SIP_NOT_FOUND)
        if line.leg is not None and not line.call_waiting:
            return self.finish(leg, "busy")
        reception = self.subscribers.receive(leg)
        if reception.kind == "off":
            return self.finish(leg, "failed", sip_code=SIP_UNAVAILABLE)
        if reception.kind == "busy":
            return self.finish(leg, "busy")
        line.take(leg)
        self._change(leg, "ringing")
        leg.note("rings", habit=reception.habit, **{"from": leg.sender})
        self.progress.tell(leg, "ringing", "ringing")
        reception.begin()
        if not await self.clock.wait_for(leg.signal, lambda: leg.answered or leg.ended, seconds=timeout):
            self.finish(leg, "no-answer")
        return None

    def pick_up(self, leg: Leg, **facts: object) -> None:
        """The far end is answered, by a person or by voicemail."""
        leg.note("picked_up", **facts)
        self.answer(leg)

    def answer(self, leg: Leg) -> None:
        """The call is in progress from now on."""
        leg.answered_at = self.clock.now()
        self._change(leg, "in-progress")
        self.progress.tell(leg, "answered", "in-progress")
        self.clock.spawn(self._limit(leg), f"time limit {leg.sid}")

    def hang_up(self, leg: Leg) -> None:
        """The person puts the receiver down: ends a talk, declines a ringing call, gives up waiting."""
        leg.note("hung_up")
        if leg.answered_at is not None:
            self.finish(leg, "completed")
        else:
            self.finish(leg, "no-answer" if leg.direction == "inbound" else "busy")

    def finish(self, leg: Leg, status: Status, *, sip_code: int | None = None) -> None:
        """End a leg for good; a leg that has ended stays as it is."""
        if leg.ended:
            return
        now = self.clock.now()
        leg.part(now)
        leg.ended_at = now
        leg.sip_code = sip_code
        line = self.subscribers.line(leg.person)
        if line is not None:
            line.release(leg)
        self._change(leg, status)
        leg.note("call_ended", status=status)
        self.progress.tell(leg, "completed", status)

    def _change(self, leg: Leg, status: Status) -> None:
        leg.status = status
        leg.updated_at = self.clock.now()
        leg.signal.fire()

    async def _limit(self, leg: Leg) -> None:
        if not await self.clock.wait_for(leg.signal, lambda: leg.ended, seconds=leg.time_limit):
            self.finish(leg, "completed")
