"""Own telephones: whatever happens, everybody is accounted for, and nobody who lies on the floor is called well.

Hypothesis makes up a circle, who of them lies on the floor, and what happens one after the other: members ring one
another, ring in, are reported away, are rung by the platform. People may leave things undone, but they do not lie: who
says "I was rung" was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from backend.circles.domain import course, morning, own_phone, schedule
from backend.circles.domain.decisions import Close, OpenNoAnswer, OpenUnclosed, Ring, TellBackup
from backend.circles.domain.modes import Mode
from backend.circles.domain.morning import VOLUNTEER, Call, Member, Miss, Morning, Role, Standing, Volunteer
from backend.circles.domain.policy import MorningPolicy
from tests.support.profiles import examples
from tests.unit.circles.driver import START


@dataclass
class World:
    """The morning, and what is true behind it. `rung` are those to whom the ring has really come."""

    morning: Morning
    down: frozenset[int]
    pick: Callable[[st.SearchStrategy[int]], int]
    now: datetime = START
    rung: set[int] = field(default_factory=set)
    has_rung_on: set[int] = field(default_factory=set)
    keys: set[int] = field(default_factory=set)
    incidents: set[int] = field(default_factory=set)
    trace: list[str] = field(default_factory=list)
    numbers: int = 0
    closed_how: str = ""

    def one_of(self, choices: int) -> int:
        return self.pick(st.integers(0, choices - 1))

    def say(self, what: str) -> None:
        self.trace.append(f"{int((self.now - START).total_seconds()) // 60:3d} {what}")

    # What the services do.

    def go_on(self, changed: Morning) -> None:
        self.morning = changed
        for _step in range(100):
            was = self.morning
            for action in course.decide(self.morning, self.now):
                self._carry_out(action)
            if was == self.morning:
                break
        else:
            raise AssertionError("Deciding does not come to rest.")
        self.check()

    def _carry_out(self, action: object) -> None:
        match action:
            case Ring(role=role, target=key):
                self.numbers += 1
                self.say(f"{role} rings {key}")
                self.morning = morning.call_began(self.morning, Call(self.numbers, role, None, key))
            case OpenNoAnswer(member=key):
                self._incident(key, "no_answer")
            case OpenUnclosed(members=keys):
                for key in keys:
                    self._incident(key, "deadline")
            case Close(how=how):
                self.say(f"closed: {how}")
                self.closed_how = how
                self.morning = replace(self.morning, closed=True, calls=())
            case TellBackup():
                pass
            case _:
                raise AssertionError(f"{action} has no place in a ring of own telephones.")

    def _incident(self, key: int, how: str) -> None:
        self.say(f"incident {key}: {how}")
        self.incidents.add(key)
        self.morning = morning.handed_to_incident(self.morning, key, how=how, at=self.now)

    def check(self) -> None:
        """What holds at every moment."""
        for member in self.morning.members:
            assert member.standing is not Standing.WELL or member.key not in self.down, f"{member.key} is down!"
            assert (member.standing is Standing.INCIDENT) == (member.key in self.incidents)
        rung = [call.target for call in self.morning.calls]
        assert len(rung) == len(set(rung)), "somebody is rung twice at the same time"
        assert sum(call.role is Role.PLATFORM for call in self.morning.calls) <= 1
        assert {type(one) for one in course.decide(self.morning, self.now)} <= {TellBackup}
        look = course.next_look(self.morning)
        assert (look is None) == self.morning.closed
        assert look is None or self.now < look <= self.morning.deadline_at

    # What people say.

    def proves(self, key: int, how: str) -> Morning:
        self.keys.add(key)
        return morning.proven(self.morning, key, how=how, at=self.now) if key != VOLUNTEER else self.morning

    def closes(self, current: Morning, by: int) -> Morning:
        self.say(f"{by} says that the ring is round")
        for key in own_phone.spoken_for(current, by):
            current = morning.proven(current, key, how="ring_closed", at=self.now)
        return morning.received(current, by_volunteer=True)

    def reports(self, by: int, key: int) -> Morning:
        self.say(f"{by} says that {key} does not answer")
        current = self.proves(by, "rang_in")
        for other in own_phone.spoken_for(current, by):
            current = morning.proven(current, other, how="ring_passed", at=self.now)
        member = current.member(key)
        by_word = member.standing is Standing.WELL and member.key not in self.keys
        if by_word or member.standing is Standing.EXPECTED:
            self.incidents.add(key)
            current = morning.handed_to_incident(current, key, how="mate_missed", at=self.now)
        return current

    # What happens.

    def ring_on(self, key: int) -> None:
        """Somebody to whom the ring has come rings their neighbour, and the number when nobody answers."""
        self.has_rung_on.add(key)
        neighbour = own_phone.neighbour(self.morning, key)
        if key != VOLUNTEER and own_phone.onward(self.morning, key) is None:
            if self.one_of(3):
                self.go_on(self.closes(self.proves(key, "rang_in"), key))
            return
        if neighbour is None:
            return
        if neighbour.key not in self.down and neighbour.standing is not Standing.EXCUSED:
            self.say(f"{key} rings {neighbour.key} on their own telephones")
            self.rung.add(neighbour.key)
        elif self.one_of(4):
            self.put_through(key, neighbour.key)

    def put_through(self, by: int, missing: int) -> None:
        """The report opens the case; the reporter is put through to one after the other until somebody answers."""
        behind = own_phone.onward(self.morning, missing)
        call = None
        if behind is not None:
            self.numbers += 1
            caller = None if by == VOLUNTEER else by
            call = Call(self.numbers, Role.JOINED, caller, behind.key, caller_proven=True)
            if any(behind.key in (one.caller, one.target) for one in self.morning.calls):
                behind = None
            else:
                self.morning = morning.call_began(self.morning, call)
        current = self.reports(by, missing)
        if behind is None:
            if own_phone.onward(current, missing) is None:
                current = self.closes(current, by)
            self.go_on(current)
            return
        assert call is not None
        self.go_on(current)
        if behind.key in self.down:
            if self.one_of(2):
                self.go_on(morning.missed(self.morning, behind.key, why=Miss.NO_ANSWER, at=self.now))
        else:
            current = morning.reached(self.proves(behind.key, "key_as_callee"), behind.key)
            self.say(f"{by} is put through to {behind.key}")
            self.rung.add(behind.key)
            if own_phone.onward(current, behind.key) is None:
                current = self.closes(current, behind.key)
            self.go_on(current)
        self.go_on(morning.call_over(self.morning, call.key))

    def platform_call_ends(self, call: Call) -> None:
        """Who is rung by the platform answers with a key, or does not."""
        key = call.target
        after = morning.call_over(self.morning, call.key)
        if key in self.down or not self.one_of(6):
            why = (Miss.NO_ANSWER, Miss.BUSY, Miss.UNPROVEN)[self.one_of(3)]
            self.go_on(morning.missed(after, key, why=why, at=self.now))
            return
        checking = own_phone.is_checking_in(self.morning, self.now)
        goes_on = not checking and own_phone.takes_over(self.morning, key)
        self.morning = after
        current = self.proves(key, "checked_in" if checking else "key_to_platform")
        if goes_on:
            self.rung.add(key)
            if own_phone.onward(current, key) is None:
                current = self.closes(current, key)
        self.go_on(current)

    def says_not_rung(self, key: int) -> None:
        self.say(f"{key} was not rung")
        self.rung.add(key)
        self.go_on(own_phone.not_rung(self.proves(key, "rang_in"), key, self.now))

    def asks_help(self, key: int) -> None:
        self.say(f"{key} asks for help")
        current = self.proves(key, "key_help")
        self.incidents.add(key)
        self.go_on(morning.handed_to_incident(current, key, how="help", at=self.now))

    def time_passes(self) -> None:
        look = course.next_look(self.morning)
        ahead = self.now + timedelta(minutes=1 + self.one_of(8))
        self.now = max(self.now, min(ahead, look) if look is not None else ahead)
        self.go_on(self.morning)

    def something_happens(self) -> None:
        """One of all that could happen now."""
        now = self.morning
        up = [m for m in now.members if m.key not in self.down]
        rings = {m.key for m in own_phone.ring(now)}
        possible: list[Callable[[], None]] = [self.time_passes]
        for key in sorted((self.rung & rings | ({VOLUNTEER} & self.rung)) - self.has_rung_on):
            possible += [lambda key=key: self.ring_on(key)] * 3
        for call in now.calls:
            possible += [lambda call=call: self.platform_call_ends(call)] * 3
        for member in up:
            if member.key in rings and member.key not in self.rung:
                possible.append(lambda key=member.key: self.says_not_rung(key))
            if self.one_of(8) == 0:
                possible.append(lambda key=member.key: self.asks_help(key))
                possible.append(lambda key=member.key: self.go_on(self.proves(key, "rang_in")))
        for member in now.members:
            if self.one_of(10) == 0:
                possible.append(
                    lambda key=member.key: self.go_on(morning.excused(self.morning, key, how="absent", at=self.now))
                )
        possible[self.one_of(len(possible))]()


@st.composite
def mornings(draw: st.DrawFn) -> Morning:
    """A circle of 0 to 8, with couples on one line, members who cannot ring, and absences."""
    members: list[Member] = []
    for key in range(1, draw(st.integers(0, 8)) + 1):
        lines: tuple[str, ...] = (f"+3113000{key:04d}",)
        if members and draw(st.sampled_from([False] * 5 + [True])):
            lines = members[-1].lines
        standing = draw(st.sampled_from([Standing.EXPECTED] * 6 + [Standing.EXCUSED]))
        members.append(Member(key, lines, can_ring=draw(st.sampled_from([True] * 5 + [False])), standing=standing))
    policy = MorningPolicy(own_phone_begins=draw(st.sampled_from(["volunteer", "first"])))
    check_in = schedule.deadline(START, expected=len(members), policy=policy)
    return Morning(
        policy=policy,
        started_at=START,
        deadline_at=schedule.deadline(check_in, expected=len(members), policy=policy),
        members=tuple(members),
        volunteer=Volunteer(lines=draw(st.sampled_from([("+31600000100",), ("+31600000100",), ()]))),
        mode=Mode.OWN_PHONE,
        check_in_at=check_in,
    )


@examples(150)
@given(start=mornings(), data=st.data())
def test_everyone_is_accounted_for_and_nobody_who_lies_down_is_called_well(start: Morning, data: st.DataObject) -> None:
    keys = [member.key for member in start.members]
    # Who shares a line with somebody who lies down may be helped by them; who lies there alone is what matters.
    down = frozenset(data.draw(st.sets(st.sampled_from(keys), max_size=3)) if keys else ())
    housemates = {m.key for m in start.members for o in start.members if o.key in down and set(m.lines) & set(o.lines)}
    world = World(start, frozenset(down | housemates), data.draw)
    first = [member.key for member in start.members if member.can_ring][:1]
    begins = {VOLUNTEER} if start.volunteer.lines else set()
    if start.policy.own_phone_begins == "first":
        begins = set(first) - world.down
    world.rung |= begins
    try:
        world.go_on(start)
        for _step in range(60):
            world.something_happens()
        for _step in range(300):
            if world.morning.closed:
                break
            for call in list(world.morning.calls):
                world.platform_call_ends(call)
            world.time_passes()
        at_the_end(world)
    finally:
        note("\n".join(world.trace))


def at_the_end(world: World) -> None:
    """Everybody has a standing, and of everybody who lies down people have been told, or that they are away."""
    assert world.morning.closed
    for member in world.morning.members:
        assert member.standing is not Standing.EXPECTED
        if member.key in world.down:
            assert member.standing in (Standing.INCIDENT, Standing.EXCUSED)
    assert world.closed_how in ("received", "accounted", "deadline", "nobody_today")


def circle(size: int = 5, **changed: dict[str, object]) -> Morning:
    members = tuple(
        replace(Member(key, (f"+3113000000{key}",)), **changed.get(f"m{key}", {})) for key in range(1, size + 1)
    )
    check_in = START + timedelta(minutes=33)
    return Morning(
        policy=MorningPolicy(),
        started_at=START,
        deadline_at=START + timedelta(minutes=66),
        members=members,
        volunteer=Volunteer(lines=("+31600000100",)),
        mode=Mode.OWN_PHONE,
        check_in_at=check_in,
    )


@pytest.mark.parametrize(
    ("changed", "by", "speaks_for"),
    [
        ({}, 5, (1, 2, 3, 4)),
        ({}, 3, (1, 2)),
        ({}, VOLUNTEER, ()),
        ({"m2": {"standing": Standing.INCIDENT}}, 5, (3, 4)),
        ({"m2": {"misses": 1}}, 5, (3, 4)),
        ({"m2": {"busy_times": 1}}, 5, (3, 4)),
        ({"m2": {"misses": 1, "standing": Standing.WELL}}, 5, (3, 4)),
        ({"m2": {"misses": 1, "standing": Standing.EXCUSED}}, 5, (3, 4)),
        ({"m2": {"next_try_at": START}}, 5, (3, 4)),
        ({"m2": {"standing": Standing.EXCUSED}}, 5, (1, 3, 4)),
        ({"m2": {"standing": Standing.WELL}}, 5, (1, 3, 4)),
        ({"m2": {"can_ring": False}}, 5, (1, 3, 4)),
        ({"m4": {"lines": ("+31130000003",)}, "m3": {"misses": 1}}, 5, ()),
    ],
)
def test_for_whom_a_word_speaks(changed: dict[str, dict[str, object]], by: int, speaks_for: tuple[int, ...]) -> None:
    """Back to the first break: a case, a miss, a doubt, or a line on which somebody else was missed."""
    assert own_phone.spoken_for(circle(**changed), by) == speaks_for


def test_nobody_is_rung_while_the_ring_goes_by_itself() -> None:
    start = circle()
    assert course.decide(start, START) == ()
    assert course.decide(start, START + timedelta(minutes=32)) == ()
    assert course.next_look(start) == start.check_in_at


def test_from_the_deadline_the_platform_rings_one_after_the_other() -> None:
    start = circle()
    assert start.check_in_at is not None
    assert course.decide(start, start.check_in_at) == (
        Ring(role=Role.PLATFORM, caller=None, target=1, line="+31130000001"),
    )


def test_an_impatient_member_sets_nothing_ringing_before_the_ring_could_have_come() -> None:
    start = own_phone.not_rung(morning.proven(circle(), 4, how="rang_in", at=START), 4, START)
    assert course.decide(start, START) == ()
    assert course.next_look(start) == START + timedelta(minutes=12)


def test_who_lives_with_somebody_who_is_away_is_rung_before_anybody_speaks_for_them() -> None:
    shared = ("+31130000001",)
    start = Morning(
        policy=MorningPolicy(),
        started_at=START,
        deadline_at=START + timedelta(hours=2),
        members=(
            Member(1, shared, standing=Standing.EXCUSED),
            Member(2, shared),
            Member(3, ("+31130000003",)),
        ),
        volunteer=Volunteer(lines=("+31600000100",)),
        mode=Mode.OWN_PHONE,
    )
    behind = own_phone.onward(start, 1)
    assert behind is not None and behind.key == 2
    rung_in_vain = morning.missed(start, 2, why=Miss.NO_ANSWER, at=START)
    assert own_phone.spoken_for(rung_in_vain, 3) == ()
