"""What happens next in a morning: a function of its state and the time, and of nothing else.

It may be asked at any moment and any number of times: it names only what is not already under way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from backend.circles.domain.modes import Mode
from backend.circles.domain.morning import VOLUNTEER, Call, Member, Morning, Role, Standing, Volunteer


@dataclass(frozen=True)
class Ring:
    """Place a call: ring `caller` to be joined to `target`, or `target` alone when `caller` is None.

    `line` is the number to ring; `after_seconds` a pause before, so that somebody who has just put the receiver
    down is not startled. `on_line` is the call in which the caller is on the line already (0: none): then `line` is the
    target's.
    """

    role: Role
    caller: int | None
    target: int
    line: str
    after_seconds: int = 0
    on_line: int = 0


@dataclass(frozen=True)
class Pass:
    """The chain passes a member who is already known to be well and whom nobody is there to ring."""

    member: int


@dataclass(frozen=True)
class OpenNoAnswer:
    """All tries have been in vain, or there is no number to ring: people go and look. `how` is a code."""

    member: int
    how: str = "no_answer"


@dataclass(frozen=True)
class OpenNotReceived:
    """The ring is round, but the volunteer did not take the last call. Named until the round closes."""


@dataclass(frozen=True)
class OpenUnclosed:
    """The deadline has passed: an alarm, with everyone of whom nothing is known."""

    members: tuple[int, ...]


@dataclass(frozen=True)
class TellBackup:
    """The volunteer was absent at the start: the backup should know; the chain does not wait."""


@dataclass(frozen=True)
class Close:
    """Everyone is accounted for, and somebody knows it."""

    how: str


Action = Ring | Pass | OpenNoAnswer | OpenNotReceived | OpenUnclosed | TellBackup | Close


def decide(morning: Morning, now: datetime) -> tuple[Action, ...]:
    """What is to be done now, in this order. Empty while the only thing to do is wait."""
    if morning.closed:
        return ()
    if now >= morning.deadline_at and not _is_complete(morning):
        found_out = _exhausted(morning)
        gone_to = {action.member for action in found_out}
        rest = tuple(member.key for member in morning.unresolved if member.key not in gone_to)
        return (*found_out, OpenUnclosed(members=rest), Close(how="deadline"))
    actions: list[Action] = []
    if _volunteer_absent_at_start(morning):
        actions.append(TellBackup())
    if morning.volunteer.received is False:
        actions.append(OpenNotReceived())
    actions += _exhausted(morning)
    actions += _retries(morning, now)
    actions += _chain(morning, now)
    if _is_complete(morning):
        actions.append(Close(how=_closed_how(morning)))
    return tuple(actions)


def next_look(morning: Morning) -> datetime | None:
    """When to decide again if nothing happens before: the next retry, at the latest the deadline."""
    if morning.closed:
        return None
    waits = [m.next_try_at for m in morning.unresolved if m.next_try_at is not None and not _is_being_rung(morning, m)]
    if morning.volunteer.next_try_at is not None and morning.chain is None:
        waits.append(morning.volunteer.next_try_at)
    chain_waits = _chain_waits_until(morning)
    if chain_waits is not None and morning.chain is None:
        waits.append(chain_waits)
    return min([morning.deadline_at, *waits])


def next_target(morning: Morning) -> int | None:
    """The member whom the chain comes to next; VOLUNTEER when only the close is left; None when that is done."""
    member = morning.next_in_chain
    if member is not None:
        return member.key
    return VOLUNTEER if morning.volunteer.received is None and morning.taking_part else None


def choose_caller(morning: Morning, target: int) -> int | None:
    """Who rings `target`: the last proven member, at the beginning the volunteer, else (None) the platform.

    Nobody is skipped because *their caller* is missing (case table). Only the natural caller and as many
    substitutes as the policy allows are tried for one target, so that the chain never stalls on callers.
    A circle of one is rung by the platform, and so is a volunteer who was busy: the last caller has been thanked.
    """
    if target == VOLUNTEER and morning.volunteer.busy_times:
        return None
    if morning.mode is Mode.STAR:
        return _star_caller(morning, target)
    if len(morning.taking_part) <= 1 or morning.callers_tried > morning.policy.substitute_callers:
        return None
    lines = morning.volunteer.lines if target == VOLUNTEER else morning.member(target).lines
    before = _before(morning, target)
    for member in reversed(before):
        if _may_ring_others(morning, member) and not set(member.lines) & set(lines):
            return member.key
    volunteer = morning.volunteer
    first_to_answer = not any(member.standing is Standing.WELL and member.in_chain for member in before)
    may_begin = volunteer.lines and not volunteer.caller_out and not set(volunteer.lines) & set(lines)
    return VOLUNTEER if target != VOLUNTEER and first_to_answer and may_begin else None


def _star_caller(morning: Morning, target: int) -> int | None:
    """In a star members ring nobody: the platform does, or the volunteer where the circle says so and they answer."""
    volunteer = morning.volunteer
    if target == VOLUNTEER or morning.policy.star_by != "volunteer" or not volunteer.lines or volunteer.caller_out:
        return None
    member = morning.member(target)
    shares_line = bool(set(volunteer.lines) & set(member.lines))
    return None if shares_line or member.standing is Standing.WELL else VOLUNTEER


def ring_next(morning: Morning, now: datetime) -> Ring | None:
    """The call that takes the chain on, if it is to go on by one now."""
    return next((action for action in _chain(morning, now) if isinstance(action, Ring)), None)


def line_to_try(member: Member) -> str:
    """The number for the next try: each try goes to the next of the member's numbers."""
    return member.lines[(member.misses + member.busy_times) % len(member.lines)]


def is_needless(morning: Morning, call: Call) -> bool:
    """Whether a call has lost its reason: if it has not gone out, it is to be taken back.

    The platform rings nobody of whom is known where they stand; nobody is rung to be joined to somebody who is away
    (case table, absence in mid-round).
    """
    if call.target == VOLUNTEER:
        return False
    standing = morning.member(call.target).standing
    if call.role is Role.CALLER:
        return standing is Standing.EXCUSED
    return standing is not Standing.EXPECTED


def _before(morning: Morning, target: int) -> tuple[Member, ...]:
    """The members ahead of `target` in the ring."""
    if target == VOLUNTEER:
        return morning.members
    at = next(index for index, member in enumerate(morning.members) if member.key == target)
    return morning.members[:at]


def _may_ring_others(morning: Morning, member: Member) -> bool:
    return (
        member.standing is Standing.WELL
        and member.in_chain
        and member.can_ring
        and bool(member.lines)
        and not member.caller_out
        and not _is_being_rung(morning, member)
    )


def _is_being_rung(morning: Morning, member: Member) -> bool:
    return any(member.key in (call.caller, call.target) for call in morning.calls)


def _volunteer_absent_at_start(morning: Morning) -> bool:
    """True once the volunteer could not be reached to begin (nobody on duty counts as absent)."""
    volunteer = morning.volunteer
    return bool(morning.taking_part) and not volunteer.proven and (volunteer.caller_out or not volunteer.lines)


def cannot_be_rung(members: Iterable[Member]) -> list[OpenNoAnswer]:
    """Cases for those of the members who have no number: they count on the morning, and nobody would miss them."""
    return [OpenNoAnswer(member=member.key, how="no_number") for member in members if not member.lines]


def _exhausted(morning: Morning) -> list[OpenNoAnswer]:
    return cannot_be_rung(morning.unresolved) + [
        OpenNoAnswer(member=m.key)
        for m in morning.unresolved
        if m.misses > len(morning.policy.retry_after_minutes) and not _is_being_rung(morning, m)
    ]


def _retries(morning: Morning, now: datetime) -> list[Action]:
    return [
        Ring(role=Role.RETRY, caller=None, target=m.key, line=line_to_try(m))
        for m in morning.unresolved
        if m.next_try_at is not None and m.next_try_at <= now and m.in_chain and not _is_being_rung(morning, m)
    ]


def _chain(morning: Morning, now: datetime) -> list[Action]:
    """Where the chain goes when it is in no call."""
    waits = _chain_waits_until(morning)
    if morning.chain is not None or (waits is not None and now < waits):
        return []
    target = next_target(morning)
    if target is None or (target == VOLUNTEER and _is_to_wait(morning.volunteer, now)):
        return []
    if target == VOLUNTEER and not morning.volunteer.lines:
        return [OpenNotReceived()]
    caller = choose_caller(morning, target)
    if caller is None and target != VOLUNTEER and morning.member(target).standing is Standing.WELL:
        return [Pass(member=target)]
    return [_ring(morning, caller, target)]


def _chain_waits_until(morning: Morning) -> datetime | None:
    """For a carrier that took no call, and for the time that the next member of a star has chosen."""
    target = next_target(morning)
    if target is None:
        return None
    member = morning.member(target) if target != VOLUNTEER else None
    chosen = member.not_before if member is not None and member.standing is Standing.EXPECTED else None
    return max((moment for moment in (morning.again_at, chosen) if moment is not None), default=None)


def _ring(morning: Morning, caller: int | None, target: int) -> Ring:
    """The call by which `caller`, or the platform, reaches `target`."""
    line = morning.volunteer.lines[0] if target == VOLUNTEER else line_to_try(morning.member(target))
    if caller is None:
        return Ring(role=Role.PLATFORM, caller=None, target=target, line=line)
    if caller != VOLUNTEER and morning.member(caller).on_line:
        return Ring(role=Role.CALLER, caller=caller, target=target, line=line, on_line=morning.member(caller).on_line)
    line = morning.volunteer.lines[0] if caller == VOLUNTEER else morning.member(caller).lines[0]
    pause = morning.policy.pause_before_calling_seconds
    return Ring(role=Role.CALLER, caller=caller, target=target, line=line, after_seconds=pause)


def _is_to_wait(volunteer: Volunteer, now: datetime) -> bool:
    """Whether the volunteer's line was busy a moment ago."""
    return volunteer.next_try_at is not None and now < volunteer.next_try_at


def _is_complete(morning: Morning) -> bool:
    """Everyone has a standing, the close was tried, and no call of the round is going on."""
    if morning.unresolved or morning.calls:
        return False
    return not morning.taking_part or morning.volunteer.received is not None


def _closed_how(morning: Morning) -> str:
    if not morning.taking_part:
        return "nobody_today"
    return "received" if morning.volunteer.received else "not_received"
