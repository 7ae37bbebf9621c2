"""Plays a whole morning on the pure core: the rules, the facts and the call scripts, without a database or a clock.

What the services do between the rules and the rows (`rounds`, `facts`, `calls` and `conversing`) is done here on plain
values. Who answers, what is pressed and how long things take is asked of a `Town` (see `town`). Whatever happens is
written to `trace`, one readable line each.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from backend.circles.domain import decisions, morning, one_ring
from backend.circles.domain.decisions import Close, OpenNoAnswer, OpenNotReceived, OpenUnclosed, Pass, Ring, TellBackup
from backend.circles.domain.modes import Mode
from backend.circles.domain.morning import VOLUNTEER, Call, Miss, Morning, Role, Standing
from backend.circles.domain.policy import ONE_RING
from backend.circles.scripts import facts
from tests.unit.circles.conversations import Conversations
from tests.unit.circles.one_ring_calls import OneRing
from tests.unit.circles.town import Town

START = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
"""8:30 in the morning in the Netherlands."""


@dataclass
class Leg:
    """A call that the round asked for, as its row has it."""

    key: int
    role: Role
    caller: int | None
    target: int
    line: str
    not_before: datetime
    is_out: bool = False
    is_live: bool = True
    first_target: int = VOLUNTEER


@dataclass(frozen=True)
class Incident:
    """What was opened: no_answer, worried, help, or a round's reason; and whom it is about."""

    cause: str
    members: tuple[int, ...]
    at: datetime


@dataclass(frozen=True)
class Try:
    """A number of a member was rung."""

    member: int
    line: str
    role: Role
    at: datetime
    misses_before: int


@dataclass(order=True)
class Event:
    """Something that happens to somebody at a time."""

    at: datetime
    number: int
    what: Callable[[], None] = field(compare=False)


class Driver:
    """One morning, from its start to long after its close."""

    def __init__(self, start: Morning, town: Town, *, doubles: bool = False) -> None:
        self.morning = start
        self.town = town
        self.doubles = doubles
        self.now = start.started_at
        self.trace: list[str] = []
        self.legs: dict[int, Leg] = {}
        self.incidents: list[Incident] = []
        self.tries: list[Try] = []
        self.course: list[str] = []
        self.heard_from: set[int] = set()
        self.misses: dict[int, list[tuple[datetime, Miss]]] = {member.key: [] for member in start.members}
        self.backup_told = False
        self.closed_how = ""
        self.closed_at: datetime | None = None
        self.calls_at_close: tuple[Call, ...] = ()
        self.jumped = False
        self.look_at: datetime | None = start.started_at
        self.checks: list[Callable[[Driver, Morning], None]] = []
        self._numbers = count(1)
        self._events: list[Event] = []
        is_one_ring = start.mode is Mode.BRIDGED and start.policy.joining == ONE_RING
        self.calls: Conversations = OneRing(self) if is_one_ring else Conversations(self)

    # The clock of the morning.

    def later(self, seconds: int, what: Callable[[], None]) -> None:
        """Let something happen after so many seconds."""
        self.at(self.now + timedelta(seconds=seconds), what)

    def at(self, moment: datetime, what: Callable[[], None]) -> None:
        """Let something happen at an instant."""
        heapq.heappush(self._events, Event(moment, next(self._numbers), what))

    def play(self, *, until: timedelta = timedelta(hours=8)) -> Driver:
        """Let everything happen, in the order of time; ends when nothing is left to happen."""
        end = self.morning.started_at + until
        for _step in range(5000):
            upcoming = [self._events[0].at] if self._events else []
            upcoming += [self.look_at] if self.look_at is not None else []
            if not upcoming or min(upcoming) > end:
                return self
            self.now = max(self.now, min(upcoming))
            if self.look_at is not None and self.look_at <= self.now:
                self.look()
            else:
                heapq.heappop(self._events).what()
        raise AssertionError("The morning does not come to rest.")

    def sleep(self, seconds: int) -> None:
        """Nothing runs for so long; afterwards everything that came meanwhile is worked off, in any order."""
        self.say(f"the machine is down for {seconds} s")
        self.jumped = True
        self.now += timedelta(seconds=seconds)
        missed = []
        while self._events and self._events[0].at <= self.now:
            missed.append(heapq.heappop(self._events))
        for event in self.town.shuffled(missed):
            event.what()
        self.look()

    def say(self, what: str) -> None:
        """A line of the trace."""
        passed = int((self.now - self.morning.started_at).total_seconds())
        self.trace.append(f"{passed // 60:3d}:{passed % 60:02d} {what}")

    # What `services.rounds` does.

    def look(self) -> None:
        """The timer: decide."""
        self.look_at = None
        if not self.morning.closed:
            self.go_on(self.morning)

    def go_on(self, changed: Morning) -> None:
        """Carry out what is decided until there is nothing to do but wait."""
        before, self.morning = self.morning, self._drop_needless_calls(changed)
        for _step in range(100):
            was = self.morning
            for action in decisions.decide(self.morning, self.now):
                self._carry_out(action)
            if self.morning == was:
                break
        else:
            raise AssertionError("Deciding does not come to rest.")
        for check in self.checks:
            check(self, before)
        again = decisions.next_look(self.morning)
        self.look_at = None if again is None else max(again, self.now + timedelta(seconds=1))

    def _carry_out(self, action: decisions.Action) -> None:
        match action:
            case Ring():
                self._place(action)
            case Pass(member=key):
                self.say(f"the chain passes {key}")
                self.morning = morning.reached(self.morning, key)
            case OpenNoAnswer(member=key):
                self.open(f"no_answer:{key}", (key,))
                self.morning = morning.handed_to_incident(self.morning, key, how="no_answer", at=self.now)
            case OpenNotReceived():
                self.open("not_received", ())
                self.morning = morning.received(self.morning, by_volunteer=False)
            case OpenUnclosed(members=keys):
                self.open("deadline", keys)
                for key in keys:
                    self.morning = morning.handed_to_incident(self.morning, key, how="deadline", at=self.now)
            case TellBackup():
                self.backup_told = True
            case Close(how=how):
                self.say(f"closed: {how}")
                self.closed_how, self.closed_at = how, self.now
                self.calls_at_close = self.morning.calls
                for leg in self.legs.values():
                    leg.is_live = False
                self.morning = replace(self.morning, closed=True, calls=())

    def _place(self, ring: Ring) -> None:
        leg = Leg(
            key=len(self.legs) + 1,
            role=ring.role,
            caller=ring.caller,
            target=ring.target,
            line=ring.line,
            not_before=self.now + timedelta(seconds=ring.after_seconds),
            first_target=ring.target,
        )
        self.legs[leg.key] = leg
        self.say(f"call {leg.key}: {ring.role} {'' if ring.caller is None else f'{ring.caller} → '}{ring.target}")
        if ring.caller is None:
            self.note_try(ring.target, ring.line, ring.role)
        on_line = ring.on_line != 0
        call = Call(leg.key, ring.role, ring.caller, ring.target, caller_proven=on_line)
        self.morning = morning.call_began(self.morning, call)
        if on_line and isinstance(self.calls, OneRing):
            self.calls.hand_on(leg, ring)
        else:
            self.at(leg.not_before, lambda: self.calls.goes_out(leg))

    def note_try(self, key: int, line: str, role: Role, *, caller: int | None = None) -> None:
        """Somebody's number is rung, by the platform or to be joined to `caller`."""
        self.course.append(f"{role} {key}" if caller is None else f"{caller} → {key}")
        if key != VOLUNTEER:
            self.tries.append(Try(key, line, role, self.now, len(self.misses[key])))

    def _drop_needless_calls(self, current: Morning) -> Morning:
        for call in current.calls:
            leg = self.legs[call.key]
            if not decisions.is_needless(current, call):
                continue
            if isinstance(self.calls, OneRing) and call.target_rung and self.calls.take_back(leg):
                current = morning.call_changed(current, call.key, target_rung=False)
                current = morning.call_over(current, call.key) if call.caller_gone else current
            elif not leg.is_out:
                self.say(f"call {leg.key} is taken back")
                leg.is_live = False
                current = morning.call_over(current, call.key)
        return current

    def open(self, cause: str, members: Iterable[int]) -> None:
        """Open an incident, or add to the one that this cause has already. One cause, one incident."""
        known = next((each for each in self.incidents if each.cause == cause), None)
        if known is None:
            self.say(f"incident {cause} {list(members) or ''}")
            self.incidents.append(Incident(cause, tuple(members), self.now))
        else:
            together = tuple(dict.fromkeys((*known.members, *members)))
            self.incidents[self.incidents.index(known)] = replace(known, members=together)

    # What `services.facts` does.

    def take(self, leg: Leg | None, found: Iterable[facts.Fact]) -> None:
        """Apply what came to light, then decide."""
        current = self.morning
        for fact in found:
            self.say(f"{f'call {leg.key}' if leg else 'rang in'}: {fact}")
            current = self._apply(leg, current, fact)
            if self.doubles and not isinstance(fact, facts.TargetMissed):
                current = self._apply(leg, current, fact)
        self.go_on(current)

    def _apply(self, leg: Leg | None, current: Morning, fact: facts.Fact) -> Morning:
        match fact:
            case facts.Proven(seat=key, how=how):
                current = morning.proven(current, key, how=how, at=self.now)
                if leg is not None and key != leg.caller:
                    current = morning.reached(current, key)
            case facts.Stays(seat=key, line=line, call=call):
                current = one_ring.stays(current, key, line=line, call=call)
            case facts.Received():
                current = morning.received(current, by_volunteer=True)
            case facts.Worried(seat=key):
                self.open(f"worried:{key}", (key,))
                current = morning.handed_to_incident(current, key, how="worried", at=self.now)
            case facts.WantsCall(seat=key):
                self.open(f"worried:{key}", (key,))
                current = morning.handed_to_incident(current, key, how="wants_call", at=self.now)
            case facts.HelpAsked(seat=key):
                self.open(f"help:{key}", (key,))
                if key != VOLUNTEER:
                    current = morning.handed_to_incident(current, key, how="help", at=self.now)
            case _ if leg is not None:
                current = self._apply_to_call(leg, current, fact)
        return current

    def _apply_to_call(self, leg: Leg, current: Morning, fact: facts.Fact) -> Morning:
        match fact:
            case facts.CallerReady() | facts.TalkBegins():
                current = morning.call_changed(current, leg.key, caller_proven=True)
            case facts.TargetMet():
                current = morning.call_over(current, leg.key)
            case facts.TargetMissed(was_busy=was_busy):
                current = self._target_missed(leg, current, Miss.BUSY if was_busy else Miss.NO_ANSWER)
            case facts.OnTo(seat=key):
                leg.target = key
                current = morning.call_changed(current, leg.key, target=key)
        return current

    def _target_missed(self, leg: Leg, current: Morning, why: Miss) -> Morning:
        """The miss of a call that is over already is no news: somebody else is on the way to the target by then."""
        if leg.key not in {call.key for call in current.calls}:
            return current
        if leg.target == VOLUNTEER:
            return morning.call_over(morning.not_received(current, why=why, at=self.now), leg.key)
        return self.missed(current, leg.target, why)

    def missed(self, current: Morning, key: int, why: Miss) -> Morning:
        """Somebody was not reached; kept apart from the rules, to judge them by."""
        self.note_miss(current, key, why)
        return morning.missed(current, key, why=why, at=self.now)

    def note_miss(self, current: Morning, key: int, why: Miss) -> None:
        """Somebody of whom nothing is known was not reached."""
        if key != VOLUNTEER and current.member(key).standing is Standing.EXPECTED:
            self.misses[key].append((self.now, why))

    def call_ended(self, leg: Leg, outcome: str) -> None:
        """A call is over, or could not be placed. Reported again, or after the close, it is no news."""
        if not leg.is_live:
            return
        self.say(f"call {leg.key} ended: {outcome}")
        leg.is_live = False
        current = self.morning
        call = next((call for call in current.calls if call.key == leg.key), None)
        if call is not None:
            why = {"busy": Miss.BUSY, "no_answer": Miss.NO_ANSWER, "completed": Miss.UNPROVEN}.get(
                outcome, Miss.NOT_PLACED
            )
            current = self.without(current, call, why)
        self.go_on(current)

    def without(self, current: Morning, call: Call, why: Miss) -> Morning:
        """The morning without a call in which somebody gave no proof."""
        current = morning.call_over(current, call.key)
        if call.role is not Role.CALLER:
            if call.target == VOLUNTEER:
                return morning.not_received(current, why=why, at=self.now)
            return self.missed(current, call.target, why)
        assert call.caller is not None
        if call.target == VOLUNTEER:
            was_met = bool(current.volunteer.received)
        else:
            target = current.member(call.target)
            was_met = target.standing is not Standing.EXPECTED and target.in_chain
        return current if was_met else morning.caller_out(current, call.caller)

    def excuse(self, key: int) -> None:
        """An absence is reported in mid-round."""
        if not self.morning.closed:
            self.say(f"{key} is reported absent")
            self.go_on(morning.excused(self.morning, key, how="absent_holiday", at=self.now))

    def ring_in(self, key: int, *, said: str, mate: int | None = None) -> None:
        """A member rings the circle's number and presses 1 (well), 2 (worried about the mate) or 9 (help)."""
        self.heard_from.add(key)
        found: list[facts.Fact] = [facts.Proven(key, "rang_in")]
        if said == "worried" and mate is not None:
            found.append(facts.Worried(mate, by=key))
        elif said == "help":
            found.append(facts.HelpAsked(key))
        self.take(None, found)
