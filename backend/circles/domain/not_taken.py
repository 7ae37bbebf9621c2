"""When the carrier takes no call: nobody was rung, so nobody has missed anything, and nobody is forgotten.

The chain stays where it is and tries again a minute later; the deadline holds as ever, and a trouble that lasts is an
incident of its own (see `services.outage`).
"""

from dataclasses import replace
from datetime import datetime

from backend.circles.domain import morning as mornings
from backend.circles.domain.morning import NOT_TAKEN_AGAIN, VOLUNTEER, Call, Miss, Morning, Role

GO_ROUND = 3
"""After so many in a row it may be this one line after all: the ring goes on without it, and it is retried beside."""


def not_taken(morning: Morning, call: Call, *, at: datetime) -> Morning:
    """The carrier did not take this call, which is no longer among the morning's. Counts as nobody's miss."""
    if call.role is Role.RETRY:
        return mornings.missed(morning, call.target, why=Miss.NOT_TAKEN, at=at)
    held = replace(morning, not_taken=morning.not_taken + 1, again_at=at + NOT_TAKEN_AGAIN)
    too_often = held.not_taken > GO_ROUND
    if call.role is Role.CALLER:
        assert call.caller is not None
        if too_often:
            return mornings.caller_out(held, call.caller)
        return replace(held, callers_tried=max(0, held.callers_tried - 1))
    if too_often and call.target != VOLUNTEER:
        return mornings.missed(held, call.target, why=Miss.NOT_TAKEN, at=at)
    return held
