"""Status callbacks of calls: what they carry, and in which order (or disorder) they arrive."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from simulator.calls.legs import CallbackTarget, Leg
from simulator.clock import Clock
from simulator.courier import Courier
from simulator.faults import Faults
from simulator.moments import rfc2822

API_VERSION = "2010-04-01"


def call_facts(leg: Leg) -> dict[str, str]:
    """The form values that every request about a call carries."""
    facts = {
        "CallSid": leg.sid,
        "AccountSid": leg.account_sid,
        "From": leg.sender,
        "To": leg.to,
        "Caller": leg.sender,
        "Called": leg.to,
        "CallStatus": leg.status,
        "Direction": leg.direction,
        "ApiVersion": API_VERSION,
    }
    if leg.parent_sid:
        facts["ParentCallSid"] = leg.parent_sid
    return facts


@dataclass
class _Outbox:
    """Callbacks of one leg on their way out, in order."""

    waiting: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    held: tuple[str, dict[str, str]] | None = None
    sequence: int = 0
    busy: bool = False
    first_gone: asyncio.Event = field(default_factory=asyncio.Event)


class CallProgress:
    """Tells the product how its calls fare: one callback of a leg at a time, in order."""

    def __init__(self, clock: Clock, courier: Courier, faults: Faults) -> None:
        self._clock = clock
        self._courier = courier
        self._faults = faults
        self._outboxes: dict[str, _Outbox] = {}

    def tell(self, leg: Leg, event: str, status: str) -> None:
        """Queue the callback for `event` if it was asked for."""
        target = leg.callback
        if target is None or event not in target.events:
            return
        outbox = self._outbox(leg.sid)
        form = self._form(leg, status, outbox.sequence)
        outbox.sequence += 1
        self._enqueue(outbox, (event, form))
        if outbox.waiting and not outbox.busy:
            outbox.busy = True
            self._clock.spawn(self._deliver(outbox, target), f"callbacks {leg.sid}")

    async def first_gone(self, sid: str) -> None:
        """Return when the first callback of a call has been delivered."""
        await self._outbox(sid).first_gone.wait()

    def _outbox(self, sid: str) -> _Outbox:
        return self._outboxes.setdefault(sid, _Outbox())

    def _form(self, leg: Leg, status: str, sequence: int) -> dict[str, str]:
        form = call_facts(leg) | {
            "CallStatus": status,
            "SequenceNumber": str(sequence),
            "Timestamp": rfc2822(self._clock.now()),
            "CallbackSource": "call-progress-events",
        }
        if leg.ended:
            seconds = leg.duration or 0
            form |= {"CallDuration": str(seconds), "Duration": str(-(-seconds // 60))}
            if leg.sip_code is not None:
                form["SipResponseCode"] = str(leg.sip_code)
        return form

    def _enqueue(self, outbox: _Outbox, item: tuple[str, dict[str, str]]) -> None:
        """Out of order means: held back until the next one has gone; the last one is never held."""
        if self._faults.callbacks.reorder and outbox.held is None and item[0] != "completed":
            outbox.held = item
            return
        outbox.waiting.append(item)
        if outbox.held is not None:
            outbox.waiting.append(outbox.held)
            outbox.held = None

    async def _deliver(self, outbox: _Outbox, target: CallbackTarget) -> None:
        while outbox.waiting:
            event, form = outbox.waiting.pop(0)
            await self._courier.deliver(event, target, form)
            outbox.first_gone.set()
        outbox.busy = False
