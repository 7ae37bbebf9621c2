"""Status callbacks of calls: what they carry, and which were asked for."""

from __future__ import annotations

from collections import Counter

from simulator.calls.legs import Leg
from simulator.clock import Clock
from simulator.courier import Courier, Letter
from simulator.moments import rfc2822

API_VERSION = "2010-04-01"


def call_facts(leg: Leg) -> dict[str, str]:
    """The form values that every request about a call carries."""
    facts = {
        "CallSid": leg.sid,
        "AccountSid": leg.account_sid,
        "From": leg.shown_sender,
        "To": leg.to,
        "Caller": leg.shown_sender,
        "Called": leg.to,
        "CallStatus": leg.status,
        "Direction": leg.direction,
        "ApiVersion": API_VERSION,
    }
    if leg.parent_sid:
        facts["ParentCallSid"] = leg.parent_sid
    return facts


class CallProgress:
    """Tells the product how its calls fare."""

    def __init__(self, clock: Clock, courier: Courier) -> None:
        self._clock = clock
        self._courier = courier
        self._told: Counter[str] = Counter()

    def tell(self, leg: Leg, event: str, status: str) -> None:
        """Post the callback for `event` if it was asked for."""
        target = leg.callback
        if target is not None and event in target.events:
            form = self._form(leg, status, self._told[leg.sid])
            self._told[leg.sid] += 1
            self._courier.post(Letter(leg.sid, "call", event, target, form, last=leg.ended))
        elif leg.ended:
            self._courier.flush(leg.sid)

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
