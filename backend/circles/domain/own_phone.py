"""Own-phone mode, the classic circle: members ring one another on their own telephones, in the fixed order.

The platform places no calls while the ring goes by itself. It hears of it only when somebody rings the circle's number:
the last one, who closes the ring; whoever gets no answer; whoever was not rung. Each is a word about others, and what
that word proves is worked out here (decision 12):

- Whoever says "I was rung" speaks for everybody before them, back to the first break in the ring. A break is a member
  with a case, one who was missed, and one of whom it is in doubt whether the ring came by.
- Behind a break the ring begins anew: the reporter is put through to the next, or the platform rings them.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from backend.circles.domain.decisions import (
    Action,
    Close,
    OpenNoAnswer,
    OpenUnclosed,
    Ring,
    TellBackup,
    cannot_be_rung,
    line_to_try,
)
from backend.circles.domain.morning import VOLUNTEER, Member, Morning, Role, Standing


def ring(morning: Morning) -> tuple[Member, ...]:
    """Who ring and are rung on their own telephones, in order.

    Neither members who cannot ring (the platform rings them itself: a star within the circle), nor those who are away.
    """
    return tuple(m for m in morning.members if m.can_ring and m.standing is not Standing.EXCUSED and not m.caller_out)


def neighbour(morning: Morning, key: int) -> Member | None:
    """Whom somebody rings every morning, here or away: the next who can ring. None behind the last.

    Nobody rings their own line: of two who live together the second is not the neighbour of the first.
    """
    return next((member for member in _after(morning, key) if member.can_ring), None)


def onward(morning: Morning, key: int) -> Member | None:
    """To whom the ring goes on behind somebody: past who is away or has a case. None behind the last."""
    in_ring = {member.key for member in ring(morning)}
    gone = (Standing.INCIDENT, Standing.MISSED)
    ahead = (member for member in _after(morning, key) if member.key in in_ring and member.standing not in gone)
    return next(ahead, None)


def spoken_for(morning: Morning, key: int) -> tuple[int, ...]:
    """For whom somebody speaks who says that they were rung: back to the first break, all of whom nothing is known."""
    silent_lines = {line for member in morning.members if is_break(member) for line in member.lines}
    found: list[int] = []
    ahead = () if key == VOLUNTEER else morning.members[: _place(morning, key)]
    for member in reversed([member for member in ahead if member.can_ring]):
        if is_break(member) or member.next_try_at is not None:
            break
        if member.standing is Standing.EXPECTED and silent_lines & set(member.lines):
            break
        if member.standing is Standing.EXPECTED:
            found.append(member.key)
    return tuple(reversed(found))


def is_break(member: Member) -> bool:
    """Whether the ring stops at this member: it did not come by here, or did not go on from here by itself."""
    return member.standing in (Standing.INCIDENT, Standing.MISSED) or bool(member.misses or member.busy_times)


def not_rung(morning: Morning, key: int, now: datetime) -> Morning:
    """Somebody says that nobody rang them: of everybody before them it is in doubt whether the ring came by.

    The platform rings those, but not before the ring could have come to the caller: they may only be impatient.
    """
    before = _before(morning, key)
    could_be_here = morning.started_at + timedelta(minutes=morning.policy.leg_minutes * (len(before) + 1))
    for member in before:
        if member.standing is Standing.EXPECTED and not is_break(member) and member.next_try_at is None:
            morning = morning.with_member(replace(member, next_try_at=max(now, could_be_here)))
    return morning


def takes_over(morning: Morning, key: int) -> bool:
    """Whether this member is to ring on when the platform reaches them: the ring has broken just before them."""
    at = next((index for index, member in enumerate(ring(morning)) if member.key == key), None)
    if at is None:
        return False
    return is_break(ring(morning)[at - 1]) if at else _has_nobody_to_begin(morning)


def decide(morning: Morning, now: datetime) -> tuple[Action, ...]:
    """What is to be done now. Empty while the ring goes by itself."""
    if morning.closed:
        return ()
    exhausted = [
        OpenNoAnswer(member=member.key)
        for member in morning.unresolved
        if member.misses > len(morning.policy.retry_after_minutes) and not _is_on_the_line(morning, member)
    ]
    if now >= morning.deadline_at and not _is_complete(morning):
        gone_to = {action.member for action in exhausted}
        rest = tuple(member.key for member in morning.unresolved if member.key not in gone_to)
        return (*exhausted, OpenUnclosed(members=rest), Close(how="deadline"))
    actions: list[Action] = [TellBackup()] if _has_nobody_to_begin(morning) and morning.taking_part else []
    actions += exhausted
    to_be_reached = _to_be_reached(morning, now)
    actions += cannot_be_rung(to_be_reached)
    actions += [
        Ring(role=Role.RETRY, caller=None, target=member.key, line=line_to_try(member))
        for member in morning.unresolved
        if is_break(member)
        and member.lines
        and member.next_try_at is not None
        and member.next_try_at <= now
        and not _is_on_the_line(morning, member)
    ]
    if morning.chain is None and (waiting := [member for member in to_be_reached if member.lines]):
        first = waiting[0]
        actions.append(Ring(role=Role.PLATFORM, caller=None, target=first.key, line=line_to_try(first)))
    if _is_complete(morning):
        actions.append(Close(how=_closed_how(morning)))
    return tuple(actions)


def next_look(morning: Morning) -> datetime | None:
    """When to decide again if nothing happens before: a retry, a doubt, the check-in, at the latest the deadline."""
    if morning.closed:
        return None
    waits = [morning.deadline_at]
    for member in morning.unresolved:
        if _is_on_the_line(morning, member) or (not is_break(member) and morning.chain is not None):
            continue
        if member.next_try_at is not None:
            waits.append(member.next_try_at)
        if not is_break(member) and morning.check_in_at is not None:
            waits.append(morning.check_in_at)
    return min(waits)


def is_checking_in(morning: Morning, now: datetime) -> bool:
    """Whether the platform rings along the ring: it was not closed in time, or was closed with members left open."""
    return bool(morning.volunteer.received) or (morning.check_in_at is not None and now >= morning.check_in_at)


def _to_be_reached(morning: Morning, now: datetime) -> list[Member]:
    """Whom the platform rings itself now, in the order of the ring; who was missed has retries instead."""
    fresh = [m for m in morning.unresolved if not is_break(m) and not _is_on_the_line(morning, m)]
    if is_checking_in(morning, now):
        return fresh
    somebody_is_put_through = any(call.role is Role.JOINED for call in morning.calls)
    return [
        member
        for member in fresh
        if not member.can_ring
        or member.caller_out
        or (member.next_try_at is not None and member.next_try_at <= now)
        or (not somebody_is_put_through and takes_over(morning, member.key))
    ]


def _has_nobody_to_begin(morning: Morning) -> bool:
    """Nobody is on duty who would ring the first member: the platform does."""
    return not morning.volunteer.lines and morning.policy.own_phone_begins == "volunteer"


def _is_on_the_line(morning: Morning, member: Member) -> bool:
    return any(member.key in (call.caller, call.target) for call in morning.calls)


def _is_complete(morning: Morning) -> bool:
    """Everyone has a standing, and the platform rings nobody any more. Who has been put through may talk on."""
    return not morning.unresolved and all(call.role is Role.JOINED for call in morning.calls)


def _closed_how(morning: Morning) -> str:
    if not morning.taking_part:
        return "nobody_today"
    return "received" if morning.volunteer.received else "accounted"


def _after(morning: Morning, key: int) -> tuple[Member, ...]:
    """Who comes behind somebody, and does not live on the same line.

    Behind who is away comes whoever else lives there: nobody has rung them yet, and nobody else will.
    """
    if key == VOLUNTEER:
        own, ahead = set(morning.volunteer.lines), morning.members
    else:
        member = morning.member(key)
        own = set() if member.standing is Standing.EXCUSED else set(member.lines)
        ahead = morning.members[_place(morning, key) + 1 :]
    return tuple(member for member in ahead if not own & set(member.lines))


def _before(morning: Morning, key: int) -> tuple[Member, ...]:
    """The members of the ring ahead of somebody."""
    if key == VOLUNTEER:
        return ()
    ahead = {member.key for member in morning.members[: _place(morning, key)]}
    return tuple(member for member in ring(morning) if member.key in ahead)


def _place(morning: Morning, key: int) -> int:
    return next(index for index, member in enumerate(morning.members) if member.key == key)
