"""Scenario time: a piecewise-linear clock, and the only way to wait inside the simulator.

Every telephone duration is in scenario seconds. Code that takes time runs as an *actor* (`Clock.spawn`)
and waits with `Clock.wait` or `Clock.wait_for`. The clock counts actors that are awake (computing, or
waiting for a webhook's answer), so it knows exactly when the town has come to rest: that is what lets a
frozen clock jump from one due event to the next and play hours in milliseconds.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime

SETTLE_LIMIT = 120.0
"""Real seconds that an advance waits for the town to come to rest; a webhook may take 2 x 20."""
EARLIEST = 1e-3
"""Scenario seconds by which `to` may lie in the past: others count in microseconds, not in floats."""
ROUNDING = 1e-6
"""Scenario seconds by which an event may fire early, so that float rounding costs no extra lap."""


class ClockError(Exception):
    """The clock cannot do that now; the message says why."""


@dataclass(frozen=True)
class Anchor:
    """At `real` (unix seconds) it was `virtual` (unix seconds); since then time goes `rate` times as fast."""

    real: float
    virtual: float
    rate: float

    def at(self, real: float) -> float:
        """Scenario time (unix seconds) at a real moment (unix seconds)."""
        return self.virtual + (real - self.real) * self.rate


class Signal:
    """Something that actors wait for. Firing wakes everyone who waits at that moment."""

    def __init__(self) -> None:
        self._waiters: list[_Waiter] = []

    def fire(self) -> None:
        """Wake all who wait now; they look for themselves whether it concerns them."""
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            waiter.wake(signalled=True)

    def _join(self, waiter: _Waiter) -> None:
        self._waiters.append(waiter)

    def _leave(self, waiter: _Waiter) -> None:
        if waiter in self._waiters:
            self._waiters.remove(waiter)


@dataclass(eq=False)
class _Waiter:
    clock: Clock
    future: asyncio.Future[bool]
    woken: bool = False

    def wake(self, *, signalled: bool) -> None:
        if not self.future.done():
            self.woken = True
            self.clock.rouse()
            self.future.set_result(signalled)


@dataclass(order=True)
class _Due:
    at: float
    order: int
    waiter: _Waiter = field(compare=False)


class Clock:
    """The town's clock. Not thread-safe: it belongs to one event loop."""

    def __init__(self, report: Callable[[BaseException, str], None]) -> None:
        """`report` is told of an actor that failed, with the actor's name."""
        self._anchor = Anchor(real=time.time(), virtual=time.time(), rate=1.0)
        self._heap: list[_Due] = []
        self._order = itertools.count()
        self._awake = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._timer: asyncio.TimerHandle | None = None
        self._advancing = asyncio.Lock()
        self._actors: set[asyncio.Task[None]] = set()
        self._report = report

    @property
    def anchor(self) -> Anchor:
        """The anchor in force."""
        return self._anchor

    @property
    def in_flight(self) -> int:
        """How many actors are at work now, webhooks that wait for an answer included."""
        return self._awake

    def now(self) -> float:
        """Scenario time, unix seconds."""
        return self._anchor.at(time.time())

    def moment(self) -> datetime:
        """Scenario time as an aware datetime in UTC."""
        return datetime.fromtimestamp(self.now(), UTC)

    def next_due(self) -> float | None:
        """When the next waiting actor is due (scenario unix seconds), or None."""
        while self._heap and self._heap[0].waiter.future.done():
            heapq.heappop(self._heap)
        return self._heap[0].at if self._heap else None

    def set_anchor(self, anchor: Anchor) -> None:
        """Follow another anchor from now on."""
        if anchor.rate < 0:
            raise ClockError("The rate of the clock cannot be negative.")
        self._anchor = anchor
        self._rearm()

    def spawn(self, work: Coroutine[object, object, None], name: str) -> asyncio.Task[None]:
        """Start an actor: it counts as awake until it waits on this clock or ends."""
        self.rouse()
        task = asyncio.create_task(self._run(work, name), name=name)
        self._actors.add(task)
        task.add_done_callback(self._actors.discard)
        return task

    async def wait(self, signal: Signal | None = None, *, until: float | None = None) -> bool:
        """Rest until the signal fires (True) or scenario time `until` has come (False). Actors only."""
        if until is not None and until <= self.now() + ROUNDING:
            return False
        waiter = _Waiter(self, asyncio.get_running_loop().create_future())
        if signal is not None:
            signal._join(waiter)
        if until is not None:
            heapq.heappush(self._heap, _Due(until, next(self._order), waiter))
            self._rearm()
        self._rest()
        try:
            return await waiter.future
        finally:
            if not waiter.woken:
                self.rouse()
            if signal is not None:
                signal._leave(waiter)

    async def wait_for(self, signal: Signal, happened: Callable[[], bool], *, seconds: float | None = None) -> bool:
        """Rest until `happened()`, seen when the signal fires; False after scenario `seconds`."""
        until = None if seconds is None else self.now() + seconds
        while not happened():
            if not await self.wait(signal, until=until):
                return happened()
        return True

    async def sleep(self, seconds: float) -> None:
        """Rest for scenario seconds. Actors only."""
        await self.wait(until=self.now() + seconds)

    async def settled(self) -> None:
        """Return when no actor is awake. Raises ClockError after SETTLE_LIMIT real seconds."""
        try:
            async with asyncio.timeout(SETTLE_LIMIT):
                while self._awake:
                    await self._idle.wait()
        except TimeoutError as error:
            raise ClockError(
                f"The town did not come to rest within {SETTLE_LIMIT:.0f} s; {self._awake} still at work. "
                "Look in the journal for a webhook that does not answer."
            ) from error

    async def advance(self, to: float) -> None:
        """Move a frozen clock to scenario time `to`, event by event, each with all that follows from it."""
        async with self._advancing:
            if self._anchor.rate != 0:
                raise ClockError("The clock runs by itself; set an anchor with rate 0 before advancing it.")
            if to < self.now() - EARLIEST:
                raise ClockError("The clock only goes forward; `to` lies in the past.")
            await self.settled()
            while (due := self.next_due()) is not None and due <= to:
                self._move_to(max(due, self.now()))
                heapq.heappop(self._heap).waiter.wake(signalled=False)
                await self.settled()
            self._move_to(max(to, self.now()))

    async def close(self) -> None:
        """Stop every actor."""
        if self._timer is not None:
            self._timer.cancel()
        actors = list(self._actors)
        for actor in actors:
            actor.cancel()
        await asyncio.gather(*actors, return_exceptions=True)

    def rouse(self) -> None:
        """Count one more actor as awake."""
        self._awake += 1
        self._idle.clear()

    def _rest(self) -> None:
        self._awake -= 1
        if self._awake == 0:
            self._idle.set()

    async def _run(self, work: Coroutine[object, object, None], name: str) -> None:
        try:
            await work
        except Exception as error:  # one failing actor must not stop the town
            self._report(error, name)
        finally:
            self._rest()

    def _move_to(self, virtual: float) -> None:
        self._anchor = Anchor(real=time.time(), virtual=virtual, rate=0)

    def _rearm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due = self.next_due()
        if due is None:
            return
        ahead = due - self.now()
        loop = asyncio.get_running_loop()
        if ahead <= ROUNDING:
            self._timer = loop.call_later(0, self._fire_due)
        elif self._anchor.rate > 0:
            self._timer = loop.call_later(ahead / self._anchor.rate, self._fire_due)

    def _fire_due(self) -> None:
        while (due := self.next_due()) is not None and due <= self.now() + ROUNDING:
            heapq.heappop(self._heap).waiter.wake(signalled=False)
        self._rearm()
