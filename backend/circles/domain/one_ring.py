"""One ring a morning: each member is rung once, by a call of their own, and stays on the line to be joined to the next.

The chain's call then consists of two calls: the caller's and the target's. What the end of either means for the morning
is said here; everything else is as in `morning`.
"""

from dataclasses import replace
from datetime import datetime

from backend.circles.domain import decisions, morning
from backend.circles.domain.morning import VOLUNTEER, Call, Member, Miss, Morning, Standing


def was_met(current: Morning, target: int) -> bool:
    """Whether the target is known to be there: the call to them has done what it was for."""
    if target == VOLUNTEER:
        return bool(current.volunteer.received)
    member = current.member(target)
    return member.standing is not Standing.EXPECTED and member.in_chain


def stays(current: Morning, key: int, *, line: str, call: int) -> Morning:
    """Somebody stays on the line to be joined to the next; so does who proved themselves on the same telephone."""

    def is_there(member: Member) -> bool:
        return member.key == key or (member.standing is Standing.WELL and member.in_chain and line in member.lines)

    return replace(current, members=tuple(replace(m, on_line=call) if is_there(m) else m for m in current.members))


def is_off(current: Morning, call: int) -> Morning:
    """A call is over: nobody is on the line in it any more."""
    return replace(current, members=tuple(replace(m, on_line=0) if m.on_line == call else m for m in current.members))


def onward(current: Morning, *, leg: int, key: int, line: str, call: int, now: datetime) -> int | None:
    """To whom somebody would be joined next who is on the line in `call`, once their part in `leg` is over.

    None when somebody else is to ring the next one, when there is nobody left, or when the round is closed.
    """
    if current.closed:
        return None
    after = morning.reached(morning.proven(current, key, how="key", at=now), key)
    ring = decisions.ring_next(stays(morning.call_over(after, leg), key, line=line, call=call), now)
    return ring.target if ring is not None and ring.on_line == call else None


def caller_left(current: Morning, call: Call) -> Morning:
    """The caller's call is over. A target whose own call goes on is not let go: the chain waits for what becomes of it.

    Who hung up before their target was reached does not ring others again this morning.
    """
    assert call.caller is not None
    if not was_met(current, call.target):
        current = morning.caller_out(current, call.caller)
    if call.target_rung:
        return morning.call_changed(current, call.key, caller_gone=True)
    return morning.call_over(current, call.key)


def hung_up_in_time(current: Morning, call: Call) -> Morning:
    """Who was to stay on the line hung up before the next one was rung: they are rung again as caller.

    That call did not count as a try to have somebody ring the target.
    """
    return replace(morning.call_over(current, call.key), callers_tried=max(0, current.callers_tried - 1))


def target_left(current: Morning, call: Call, *, why: Miss, at: datetime) -> Morning:
    """The target's call is over. Without proof they were missed, and their caller is offered the next one."""
    if was_met(current, call.target):
        return morning.call_over(current, call.key)
    if call.target == VOLUNTEER:
        return morning.call_over(morning.not_received(current, why=why, at=at), call.key)
    current = morning.missed(current, call.target, why=why, at=at)
    if call.caller_gone:
        return morning.call_over(current, call.key)
    return morning.call_changed(current, call.key, target_rung=False)
