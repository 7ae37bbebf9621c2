"""A morning as pure values: who is expected, where the chain is, and what each fact changes.

Facts may come twice, late or in another order: applying one again changes nothing, and *well* is never taken back.
What is to be done next follows from the state alone (see `decisions`).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from backend.circles.domain.modes import Mode
from backend.circles.domain.policy import MorningPolicy

VOLUNTEER = 0
"""Stands for the volunteer of the day where a member's key could stand. Members' keys are positive."""


NOT_TAKEN_AGAIN = timedelta(minutes=1)
"""How long the chain, or a retry, waits for a carrier that took no call."""


class Standing(StrEnum):
    """Where a member stands this morning."""

    EXPECTED = "expected"
    WELL = "well"
    EXCUSED = "excused"
    INCIDENT = "incident"
    MISSED = "missed"
    """Did not manage, on a practice morning: nobody goes and looks, the coordinator has a list."""


class Role(StrEnum):
    """What a call of the round is for."""

    CALLER = "caller"
    PLATFORM = "platform"
    RETRY = "retry"
    JOINED = "joined"


class Miss(StrEnum):
    """Why a member was not reached."""

    NO_ANSWER = "no_answer"
    BUSY = "busy"
    UNPROVEN = "unproven"
    NOT_PLACED = "not_placed"
    """The carrier refuses this number, or its network does: nobody is reached there by another try of the same."""
    NOT_TAKEN = "not_taken"
    """The carrier took no call at all: it says nothing about anybody (see `not_taken`)."""


@dataclass(frozen=True)
class Member:
    """A member's place in the ring. `lines` are their numbers, tried in turn. Instants are UTC."""

    key: int
    lines: tuple[str, ...]
    can_ring: bool = True
    standing: Standing = Standing.EXPECTED
    how: str = ""
    at: datetime | None = None
    in_chain: bool = False
    caller_out: bool = False
    misses: int = 0
    busy_times: int = 0
    first_missed_at: datetime | None = None
    next_try_at: datetime | None = None
    on_line: int = 0
    """The call in which they stay on the line, to be joined to the next one; 0 when they are not."""
    not_before: datetime | None = None
    """In a star: when they chose to be rung (UTC). The chain waits for it."""


@dataclass(frozen=True)
class Volunteer:
    """The volunteer of the day. `received` is None until the close was tried; `next_try_at` after a busy line."""

    lines: tuple[str, ...] = ()
    proven: bool = False
    caller_out: bool = False
    received: bool | None = None
    busy_times: int = 0
    next_try_at: datetime | None = None


@dataclass(frozen=True)
class Call:
    """A call of the round that is going on. `caller` is None when the platform speaks itself.

    Where the target is rung by a call of its own (see `one_ring`), `target_rung` says that this call is not over yet,
    and `caller_gone` that the caller is off the line.
    """

    key: int
    role: Role
    caller: int | None
    target: int
    caller_proven: bool = False
    target_rung: bool = False
    caller_gone: bool = False


@dataclass(frozen=True)
class Morning:
    """Everything that decides what happens next. Members are in the order of the ring.

    `check_in_at` is when the platform rings along a ring of own telephones that has not been closed (UTC).
    """

    policy: MorningPolicy
    started_at: datetime
    deadline_at: datetime
    members: tuple[Member, ...]
    volunteer: Volunteer
    calls: tuple[Call, ...] = ()
    callers_tried: int = 0
    not_taken: int = 0
    """How many calls in a row the carrier did not take."""
    again_at: datetime | None = None
    """Until then the chain waits, because the carrier took no call."""
    closed: bool = False
    mode: Mode = Mode.BRIDGED
    check_in_at: datetime | None = None

    def member(self, key: int) -> Member:
        """The member with this key; KeyError when there is none."""
        for member in self.members:
            if member.key == key:
                return member
        raise KeyError(key)

    def with_member(self, changed: Member) -> "Morning":
        """This morning with one member changed."""
        return replace(self, members=tuple(changed if member.key == changed.key else member for member in self.members))

    @property
    def chain(self) -> Call | None:
        """The call in which the chain is now, if it is in one."""
        return next((call for call in self.calls if call.role not in (Role.RETRY, Role.JOINED)), None)

    @property
    def next_in_chain(self) -> Member | None:
        """The member to whom the chain comes next: neither away nor in an incident, and not reached yet.

        Who has no number is passed: a case is opened for them.
        """
        ahead = (member for member in self.members if not member.in_chain and member.lines)
        return next((member for member in ahead if member.standing in (Standing.EXPECTED, Standing.WELL)), None)

    @property
    def unresolved(self) -> tuple[Member, ...]:
        """Members of whom nothing is known yet."""
        return tuple(member for member in self.members if member.standing is Standing.EXPECTED)

    @property
    def taking_part(self) -> tuple[Member, ...]:
        """Members who were expected when the morning began, or still are."""
        return tuple(member for member in self.members if member.standing is not Standing.EXCUSED)


def proven(morning: Morning, key: int, *, how: str, at: datetime) -> Morning:
    """A member has given proof of life: a key, a ring-in. Ends every search for them.

    *Well* goes before *excused* (invariant 1), whichever came first; somebody who is away stays out of the ring.
    """
    if key == VOLUNTEER:
        return replace(morning, volunteer=replace(morning.volunteer, proven=True))
    member = morning.member(key)
    if member.standing is Standing.EXCUSED:
        member = replace(member, standing=Standing.EXPECTED, in_chain=True, caller_out=True)
    if member.standing not in (Standing.EXPECTED, Standing.MISSED):
        return morning
    return morning.with_member(replace(member, standing=Standing.WELL, how=how, at=at, next_try_at=None))


def reached(morning: Morning, key: int) -> Morning:
    """The chain has been at this member, with or without an answer: it goes on behind them."""
    if key == VOLUNTEER:
        return morning
    return _with_chain_at(morning, replace(morning.member(key), in_chain=True))


def _with_chain_at(morning: Morning, changed: Member) -> Morning:
    """A member has changed; when the chain now comes to somebody else, callers for them are counted anew."""
    after = morning.with_member(changed)
    was, now = morning.next_in_chain, after.next_in_chain
    if (was and was.key) == (now and now.key):
        return after
    return replace(after, callers_tried=0)


def missed(morning: Morning, key: int, *, why: Miss, at: datetime) -> Morning:
    """A member did not answer, was busy or gave no proof. Sets when to try again (domain text, case table).

    A busy line is no answer from the third time on; the times before that are not counted anew after a miss, so that
    `misses + busy_times` is the number of tries.
    """
    morning = reached(morning, key)
    member = morning.member(key)
    if member.standing is not Standing.EXPECTED:
        return morning
    if why is Miss.NOT_TAKEN:
        return morning.with_member(replace(member, next_try_at=at + NOT_TAKEN_AGAIN))
    policy = morning.policy
    if why is Miss.BUSY and member.busy_times + 1 < policy.busy_counts_at:
        again = at + timedelta(seconds=policy.busy_again_seconds)
        return morning.with_member(replace(member, busy_times=member.busy_times + 1, next_try_at=again))
    first = member.first_missed_at or at
    misses = member.misses + 1
    next_try: datetime | None = None
    if misses <= len(policy.retry_after_minutes):
        next_try = max(at, first + timedelta(minutes=policy.retry_after_minutes[misses - 1]))
    return morning.with_member(replace(member, misses=misses, first_missed_at=first, next_try_at=next_try))


def caller_out(morning: Morning, key: int) -> Morning:
    """Somebody does not ring others any more this morning. It says nothing about how they are."""
    if key == VOLUNTEER:
        return replace(morning, volunteer=replace(morning.volunteer, caller_out=True))
    return morning.with_member(replace(morning.member(key), caller_out=True))


def excused(morning: Morning, key: int, *, how: str, at: datetime) -> Morning:
    """An absence was reported: not rung any more. A member known to be well stays well; an incident stays."""
    member = morning.member(key)
    if member.standing is not Standing.EXPECTED:
        return morning
    return _with_chain_at(morning, replace(member, standing=Standing.EXCUSED, how=how, at=at, next_try_at=None))


def expected_again(morning: Morning, key: int, *, at: datetime) -> Morning:
    """What excused a member has fallen through: the platform rings them at once, and the chain goes on as it was."""
    member = morning.member(key)
    if member.standing is not Standing.EXCUSED or morning.closed:
        return morning
    in_no_chain = replace(member, in_chain=True, caller_out=True)
    return morning.with_member(replace(in_no_chain, standing=Standing.EXPECTED, how="", at=None, next_try_at=at))


def is_back(morning: Morning, key: int) -> Morning:
    """Who was excused says that they are back: shown as such, and not rung any more this morning."""
    member = morning.member(key)
    if member.standing is not Standing.EXCUSED:
        return morning
    return morning.with_member(replace(member, how="back"))


def handed_to_incident(morning: Morning, key: int, *, how: str, at: datetime) -> Morning:
    """An incident has been opened for this member: from here on people find out, and it is they who end it."""
    member = replace(morning.member(key), in_chain=True)
    return _with_chain_at(morning, replace(member, standing=Standing.INCIDENT, how=how, at=at, next_try_at=None))


def did_not_manage(morning: Morning, key: int, *, how: str, at: datetime) -> Morning:
    """On a practice morning: noted for the coordinator, where on a real one an incident would be opened."""
    member = replace(morning.member(key), in_chain=True)
    return _with_chain_at(morning, replace(member, standing=Standing.MISSED, how=how, at=at, next_try_at=None))


def received(morning: Morning, *, by_volunteer: bool) -> Morning:
    """The close was tried: the volunteer has pressed a key, or has not. A close once received stays so."""
    if morning.volunteer.received:
        return morning
    return replace(morning, volunteer=replace(morning.volunteer, received=by_volunteer, next_try_at=None))


def not_received(morning: Morning, *, why: Miss, at: datetime) -> Morning:
    """The volunteer did not take the last call. A busy line is rung again, as a member's is (case table, busy)."""
    volunteer = morning.volunteer
    if volunteer.received is not None:
        return morning
    if why is Miss.NOT_TAKEN:
        return replace(morning, volunteer=replace(volunteer, next_try_at=at + NOT_TAKEN_AGAIN))
    if why is Miss.BUSY and volunteer.busy_times + 1 < morning.policy.busy_counts_at:
        again = at + timedelta(seconds=morning.policy.busy_again_seconds)
        return replace(morning, volunteer=replace(volunteer, busy_times=volunteer.busy_times + 1, next_try_at=again))
    return received(morning, by_volunteer=False)


def call_began(morning: Morning, call: Call) -> Morning:
    """The round asked for a call. Who stayed on the line to be joined to the next one is in that call now."""
    if call.caller_proven:
        morning = replace(morning, members=tuple(replace(member, on_line=0) for member in morning.members))
    tried = morning.callers_tried + (call.role is Role.CALLER)
    again_at = morning.again_at if call.role is Role.RETRY else None
    return replace(morning, calls=(*morning.calls, call), callers_tried=tried, again_at=again_at)


def call_changed(morning: Morning, key: int, **changes: Any) -> Morning:
    """The caller pressed a key or is off, is offered another target in this call, or the target's own call is over."""
    return replace(
        morning, calls=tuple(replace(call, **changes) if call.key == key else call for call in morning.calls)
    )


def call_over(morning: Morning, key: int) -> Morning:
    """A call of the round no longer holds up the chain."""
    return replace(morning, calls=tuple(call for call in morning.calls if call.key != key))
