"""Calls as the account makes and receives them: queued, rung, played; redirected or ended on request."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.calls.legs import CallbackTarget, Leg, ScriptSource
from simulator.calls.player import Player
from simulator.calls.switchboard import Switchboard
from simulator.errors import CarrierError
from simulator.faults import Faults

LONGEST_QUEUE = 86_400.0
"""Scenario seconds; a place further ahead than this dates from before the clock was set back."""


@dataclass(frozen=True)
class OwnNumber:
    """A number of the account, its name on the town page, and where calls and texts are announced."""

    number: str
    name: str | None = None
    voice_url: str | None = None
    sms_url: str | None = None
    fallback_url: str | None = None
    status_callback: str | None = None


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
class _Pace:
    """One call per 1/rate scenario seconds; who comes later gets a later place."""

    interval: float
    next_place: float = field(default=0.0)

    def place(self, now: float) -> float:
        place = max(now, self.next_place)
        if place > now + LONGEST_QUEUE:
            place = now
        self.next_place = place + self.interval
        return place


class CallDesk:
    """Starts calls in both directions. Dial legs and inbound calls are outside the calls-per-second limit."""

    def __init__(
        self,
        switchboard: Switchboard,
        player: Player,
        faults: Faults,
        account_sid: str,
        calls_per_second: float,
    ) -> None:
        self._switchboard = switchboard
        self._player = player
        self._faults = faults
        self._account_sid = account_sid
        self._pace = _Pace(1 / calls_per_second)

    def forget_pace(self) -> None:
        """Let the next call go at once, as after a long silence."""
        self._pace.next_place = 0.0

    def place(self, request: CallRequest) -> Leg:
        """Accept a call: it waits its turn as `queued`, then rings."""
        switchboard = self._switchboard
        leg = switchboard.admit(
            Leg(
                account_sid=self._account_sid,
                sender=request.sender,
                to=request.to,
                direction="outbound-api",
                created_at=switchboard.clock.now(),
                callback=request.callback,
                fallback=request.fallback,
                time_limit=request.time_limit,
            )
        )
        switchboard.clock.spawn(self._carry(leg, request), f"call {leg.sid}")
        return leg

    def ring_in(self, caller: str, own: OwnNumber) -> Leg:
        """A resident rings one of the account's numbers."""
        switchboard = self._switchboard
        callback = CallbackTarget(own.status_callback) if own.status_callback else None
        fallback = ScriptSource(own.fallback_url) if own.fallback_url else None
        leg = switchboard.admit(
            Leg(
                account_sid=self._account_sid,
                sender=caller,
                to=own.number,
                direction="inbound",
                created_at=switchboard.clock.now(),
                callback=callback,
                fallback=fallback,
                status="ringing",
                started_at=switchboard.clock.now(),
            )
        )
        line = switchboard.subscribers.line(caller)
        if line is not None:
            line.take(leg)
        leg.note("rings_in", to=own.number)
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

    async def _carry(self, leg: Leg, request: CallRequest) -> None:
        clock = self._switchboard.clock
        place = self._pace.place(clock.now())
        await clock.wait_for(leg.signal, lambda: leg.ended, seconds=place - clock.now())
        while (outage_ends := self._faults.outage_ends()) is not None and not leg.ended:
            await clock.wait_for(leg.signal, lambda: leg.ended, seconds=outage_ends - clock.now())
        if leg.ended:
            return
        await self._switchboard.ring(leg, request.timeout)
        if leg.answered:
            await self._player.play_call(leg, request.source)

    async def _receive(self, leg: Leg, own: OwnNumber) -> None:
        if own.voice_url is None or self._faults.outage_ends() is not None:
            leg.note(
                "error",
                code=0,
                text="The number has no voice_url, or there is an outage.",
            )
            self._switchboard.finish(leg, "failed")
            return
        await self._player.play_call(leg, ScriptSource(own.voice_url))
