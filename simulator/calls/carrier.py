"""Calls as the accounts make and receive them: queued, rung, played; redirected or ended on request."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from simulator.accounts import Account, OwnNumber
from simulator.calls.legs import CallbackTarget, Leg, ScriptSource
from simulator.calls.player import Player
from simulator.calls.switchboard import Switchboard
from simulator.clock import ROUNDING, Signal
from simulator.errors import CONCURRENCY_EXCEEDED, CarrierError
from simulator.faults import Faults

LONGEST_QUEUED = 86_400.0
"""Scenario seconds; a call that waits longer is canceled (source: "How fast can I place or receive phone calls?")."""


@dataclass(frozen=True)
class CallRequest:
    """An accepted `POST Calls.json`. Durations in scenario seconds."""

    sender: str
    to: str
    source: ScriptSource
    fallback: ScriptSource | None = None
    callback: CallbackTarget | None = None
    timeout: float = 60.0
    time_limit: float = 14_400.0


@dataclass
class _Queue:
    """The calls of an account that wait for their turn, first come first served.

    `served_at` is when the latest left it (scenario time, unix seconds).
    """

    waiting: deque[tuple[Leg, CallRequest]] = field(default_factory=deque)
    served_at: float | None = None
    changed: Signal = field(default_factory=Signal)
    is_served: bool = False

    def next_turn(self, now: float, interval: float) -> float:
        """When the next call may leave."""
        if self.served_at is None or self.served_at > now:  # the clock was set back
            return now
        return max(now, self.served_at + interval)

    def drop_ended(self) -> None:
        """Nobody waits for a call that was canceled."""
        while self.waiting and self.waiting[0][0].ended:
            self.waiting.popleft()


class CallDesk:
    """Starts calls in both directions. Dial legs and inbound calls are outside the calls-per-second limit."""

    def __init__(self, switchboard: Switchboard, player: Player, faults: Faults) -> None:
        self._switchboard = switchboard
        self._player = player
        self._faults = faults
        self._queues: dict[str, _Queue] = {}

    def forget_queues(self) -> None:
        """Let the next call of every account go at once, as after a long silence."""
        queues, self._queues = self._queues, {}
        for queue in queues.values():
            queue.waiting.clear()
            queue.changed.fire()

    def look_again(self) -> None:
        """Limits or faults are others now: who waits in a queue may have to wait for longer or shorter."""
        for queue in self._queues.values():
            queue.changed.fire()

    def queued(self, account: Account) -> int:
        """How many calls of the account wait for their turn."""
        waiting = self._queues.get(account.sid, _Queue()).waiting
        return sum(not leg.ended for leg, _request in waiting)

    def place(self, account: Account, request: CallRequest) -> Leg:
        """Accept a call: it waits its turn as `queued`, then rings.

        Raises CarrierError (10004) when too many are live.
        """
        switchboard = self._switchboard
        if account.limits.when_full == "refused" and switchboard.is_full(account.sid):
            raise CarrierError(CONCURRENCY_EXCEEDED, "Call concurrency limit exceeded")
        leg = switchboard.admit(
            Leg(
                account_sid=account.sid,
                sender=request.sender,
                to=request.to,
                direction="outbound-api",
                created_at=switchboard.clock.now(),
                callback=request.callback,
                fallback=request.fallback,
                time_limit=request.time_limit,
            )
        )
        queue = self._queues.setdefault(account.sid, _Queue())
        queue.waiting.append((leg, request))
        if not queue.is_served:
            queue.is_served = True
            switchboard.clock.spawn(self._serve(account, queue), f"calls of {account.name}")
        return leg

    def ring_in(self, caller: str, account: Account, own: OwnNumber, withheld: str | None = None) -> Leg:
        """A resident rings one of the account's numbers; `withheld` is shown instead of their own."""
        switchboard = self._switchboard
        is_full = switchboard.is_full(account.sid)
        leg = switchboard.admit(
            Leg(
                account_sid=account.sid,
                sender=caller,
                to=own.number,
                direction="inbound",
                created_at=switchboard.clock.now(),
                callback=CallbackTarget(own.status_callback) if own.status_callback else None,
                fallback=ScriptSource(own.fallback_url) if own.fallback_url else None,
                status="ringing",
                started_at=switchboard.clock.now(),
                withheld=withheld,
            )
        )
        line = switchboard.subscribers.line(caller)
        if line is not None:
            line.take(leg)
        leg.note("rings_in", to=own.number)
        if is_full:
            leg.note("error", code=CONCURRENCY_EXCEEDED, text="Call concurrency limit exceeded.")
            leg.callback = None
            switchboard.finish(leg, "failed")
        else:
            switchboard.clock.spawn(self._receive(leg, own), f"inbound call {leg.sid}")
        return leg

    def end(self, leg: Leg, status: str) -> None:
        """`canceled` ends an unanswered call, `completed` any. Raises CarrierError (21220)."""
        self._refuse_ended(leg)
        if status == "canceled" and leg.answered_at is None:
            self._switchboard.finish(leg, "canceled")
        elif status == "completed":
            self._switchboard.finish(leg, "completed" if leg.answered_at is not None else "canceled")

    def redirect(self, leg: Leg, source: ScriptSource) -> None:
        """Go on with another script at once. Raises CarrierError (21220) if not in progress.

        Whatever plays is abandoned: a question, a conference (it leaves), a dial (the other side is let go). A leg that
        was dialled leaves its caller, whose script goes on after the dial, and plays its own script from then on.
        """
        self._refuse_ended(leg)
        if leg.answered_at is None:
            raise CarrierError(21220, "Call is not in-progress. Cannot redirect.")
        leg.redirect = source
        leg.signal.fire()

    def _refuse_ended(self, leg: Leg) -> None:
        if leg.ended:
            raise CarrierError(21220, f"Call is not in-progress: it is {leg.status} already.")

    async def _serve(self, account: Account, queue: _Queue) -> None:
        """Let one call after the other leave the queue, at the account's rate."""
        clock = self._switchboard.clock
        while True:
            queue.drop_ended()
            if not queue.waiting:
                break
            turn = queue.next_turn(clock.now(), 1 / account.limits.calls_per_second)
            if (outage_ends := self._faults.outage_ends(account.sid)) is not None:
                turn = max(turn, outage_ends)
            if turn > clock.now() + ROUNDING:
                await clock.wait(queue.changed, until=turn)
                continue
            leg, request = queue.waiting.popleft()
            queue.served_at = clock.now()
            if clock.now() - leg.created_at > LONGEST_QUEUED:
                self._switchboard.finish(leg, "canceled")
            else:
                clock.spawn(self._carry(leg, request), f"call {leg.sid}")
        queue.is_served = False

    async def _carry(self, leg: Leg, request: CallRequest) -> None:
        if not leg.ended:
            await self._switchboard.ring(leg, request.timeout)
        if leg.answered:
            await self._player.play_call(leg, request.source)

    async def _receive(self, leg: Leg, own: OwnNumber) -> None:
        if own.voice_url is None or self._faults.outage_ends(leg.account_sid) is not None:
            leg.note(
                "error",
                code=0,
                text="The number has no voice_url, or there is an outage.",
            )
            self._switchboard.finish(leg, "failed")
            return
        await self._player.play_call(leg, ScriptSource(own.voice_url))
