"""Carries status callbacks to the product: late, twice, in the wrong order or not at all if the faults say so."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from simulator.calls.legs import CallbackTarget
from simulator.clock import Clock
from simulator.faults import Faults, Way
from simulator.webhooks import Webhooks


@dataclass(frozen=True)
class Letter:
    """One status callback. `about` is the sid of the call or text; `last` when no other follows it."""

    about: str
    way: Way
    event: str
    target: CallbackTarget
    form: dict[str, str]
    last: bool

    @property
    def account_sid(self) -> str:
        """The account whose call or text it is."""
        return self.form["AccountSid"]


@dataclass
class _Outbox:
    """Letters about one call or text on their way out, in order, each with the scenario time at which it goes."""

    waiting: list[tuple[float, Letter]] = field(default_factory=list)
    held: Letter | None = None
    busy: bool = False
    first_gone: asyncio.Event = field(default_factory=asyncio.Event)


class Courier:
    """Delivers the callbacks about one call or text one after the other, and different ones side by side."""

    def __init__(self, clock: Clock, webhooks: Webhooks, faults: Faults) -> None:
        self._clock = clock
        self._webhooks = webhooks
        self._faults = faults
        self._outboxes: dict[str, _Outbox] = {}

    def post(self, letter: Letter) -> None:
        """Put a callback into the post. Out of order means: held back until the next one has gone."""
        faults = self._faults.callbacks(letter.account_sid, letter.way)
        outbox = self._outbox(letter.about)
        if faults.reorder and outbox.held is None and not letter.last:
            outbox.held = letter
            return
        self._enqueue(outbox, letter)
        self.flush(letter.about)

    def flush(self, about: str) -> None:
        """Nothing more follows about this call or text: let go of what is held back."""
        outbox = self._outbox(about)
        if outbox.held is not None:
            self._enqueue(outbox, outbox.held)
            outbox.held = None

    def forget(self) -> None:
        """Let go of all that was posted before; what is on its way arrives."""
        self._outboxes.clear()

    async def first_gone(self, about: str) -> None:
        """Return when the first callback about a call or text has been delivered, or lost."""
        await self._outbox(about).first_gone.wait()

    async def deliver(self, letter: Letter) -> None:
        """Deliver one callback. For actors only."""
        faults = self._faults.callbacks(letter.account_sid, letter.way)
        if self._faults.drops(faults.drop, letter.event, letter.about):
            return
        while (held_until := self._faults.held_until(letter.account_sid)) is not None:
            await self._clock.wait(until=held_until)
        for _ in range(2 if faults.double else 1):
            await self._webhooks.notify(letter.event, letter.target.method, letter.target.url, letter.form)

    def _outbox(self, about: str) -> _Outbox:
        return self._outboxes.setdefault(about, _Outbox())

    def _enqueue(self, outbox: _Outbox, letter: Letter) -> None:
        faults = self._faults.callbacks(letter.account_sid, letter.way)
        goes_at = self._clock.now() + self._faults.lateness(faults.late, letter.event, letter.about)
        outbox.waiting.append((goes_at, letter))
        if not outbox.busy:
            outbox.busy = True
            self._clock.spawn(self._carry(outbox), f"callbacks about {letter.about}")

    async def _carry(self, outbox: _Outbox) -> None:
        while outbox.waiting:
            goes_at, letter = outbox.waiting.pop(0)
            await self._clock.wait(until=goes_at)
            await self.deliver(letter)
            outbox.first_gone.set()
        outbox.busy = False
