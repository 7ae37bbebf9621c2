"""Whatever happens on a morning: everyone is accounted for, and people are told of everyone who is not well.

Hypothesis makes up the circle, how each call goes, who rings in, who turns out to be away, and when the machine sleeps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from backend.circles.domain import decisions, schedule
from backend.circles.domain.decisions import OpenNotReceived, TellBackup
from backend.circles.domain.modes import Mode
from backend.circles.domain.morning import VOLUNTEER, Member, Miss, Morning, Role, Standing, Volunteer
from backend.circles.domain.policy import DIALLED, ONE_RING, MorningPolicy
from tests.support.profiles import examples
from tests.unit.circles.driver import START, Driver
from tests.unit.circles.town import Anybody

policies = st.builds(
    MorningPolicy,
    retry_after_minutes=st.sampled_from([(3, 8), (1,), (2, 4, 20)]),
    busy_counts_at=st.sampled_from([3, 1, 2]),
    leg_minutes=st.sampled_from([3, 1]),
    slack_minutes=st.sampled_from([15, 5]),
    substitute_callers=st.integers(0, 3),
    star_by=st.sampled_from(["platform", "volunteer"]),
    pause_before_calling_seconds=st.sampled_from([12, 0]),
    joining=st.sampled_from([ONE_RING, DIALLED]),
)


@dataclass(frozen=True)
class Outside:
    """Something that nobody planned, so many seconds after the start."""

    after: int
    what: str
    who: int


outsides = st.lists(
    st.builds(
        Outside,
        after=st.integers(0, 45 * 60),
        what=st.sampled_from(["rings in", "rings in worried", "rings in for help", "is away", "the machine sleeps"]),
        who=st.integers(1, 15),
    ),
    max_size=4,
)


@st.composite
def mornings(draw: st.DrawFn) -> Morning:
    """A circle of 0 to 15, with couples on one line, second numbers, members who cannot ring, and absences."""
    members: list[Member] = []
    for key in range(1, draw(st.integers(0, 15)) + 1):
        lines: tuple[str, ...] = (f"+3113000{key:04d}",)
        if members and draw(st.sampled_from([False, False, False, True])):
            lines = members[-1].lines[:1]
        if draw(st.sampled_from([False, False, True])):
            lines = (*lines, f"+3160000{key:04d}")
        standing = draw(st.sampled_from([Standing.EXPECTED] * 5 + [Standing.EXCUSED]))
        can_ring = draw(st.sampled_from([True, True, True, False]))
        members.append(Member(key=key, lines=lines, can_ring=can_ring, standing=standing))
    policy = draw(policies)
    expected = sum(member.standing is Standing.EXPECTED for member in members)
    return Morning(
        policy=policy,
        started_at=START,
        deadline_at=schedule.deadline(START, expected=expected, policy=policy),
        members=tuple(members),
        mode=draw(st.sampled_from([Mode.BRIDGED, Mode.BRIDGED, Mode.STAR])),
        volunteer=Volunteer(lines=draw(st.sampled_from([("+31600000100",), ("+31600000100",), ()]))),
    )


@examples(300)
@given(start=mornings(), happenings=outsides, doubles=st.booleans(), data=st.data())
def test_everyone_is_accounted_for(
    start: Morning, happenings: list[Outside], doubles: bool, data: st.DataObject
) -> None:
    town = Anybody(data.draw)
    driver = Driver(start, town, doubles=doubles)
    town.say = driver.say
    driver.checks += [
        one_call_of_the_chain,
        nobody_in_two_calls,
        no_more_callers_than_allowed,
        standing_only_moves_on,
        deciding_again_changes_nothing,
        chain_never_stands_still,
        next_look_lies_ahead,
        tries_go_over_all_numbers,
        retries_are_not_early,
        retries_are_not_forgotten,
    ]
    for happening in happenings:
        driver.at(START + timedelta(seconds=happening.after), partial(befall, driver, happening))
    try:
        driver.play()
        at_the_end(driver, start)
    finally:
        note("\n".join(driver.trace))


def befall(driver: Driver, happening: Outside) -> None:
    """Something from outside reaches the morning."""
    if happening.what == "the machine sleeps":
        return driver.sleep(happening.who * 600)
    keys = [member.key for member in driver.morning.members]
    if happening.who not in keys:
        return None
    if happening.what == "is away":
        return driver.excuse(happening.who)
    mate = keys[(keys.index(happening.who) + 1) % len(keys)]
    said = {"rings in": "well", "rings in worried": "worried", "rings in for help": "help"}[happening.what]
    return driver.ring_in(happening.who, said=said, mate=mate)


def at_the_end(driver: Driver, start: Morning) -> None:
    """What must hold when everything has happened."""
    end = driver.morning
    assert end.closed
    in_incidents = {key for incident in driver.incidents for key in incident.members}
    for member in end.members:
        assert member.standing is not Standing.EXPECTED
        assert (member.standing is Standing.INCIDENT) == (member.key in in_incidents)
        if member.standing is Standing.WELL:
            assert member.key in driver.heard_from
        was_expected = start.member(member.key).standing is Standing.EXPECTED
        if was_expected and driver.closed_how != "deadline" and member.key not in driver.heard_from:
            was_rung = any(each.member == member.key for each in driver.tries)
            assert was_rung or member.standing is Standing.EXCUSED or member.key in in_incidents
    for incident in driver.incidents:
        if incident.cause.startswith("no_answer"):
            assert len(driver.misses[incident.members[0]]) > len(start.policy.retry_after_minutes)
    causes = {incident.cause for incident in driver.incidents}
    if driver.closed_how != "nobody_today" and not end.volunteer.received:
        assert causes & {"not_received", "deadline"}
    was_absent = not end.volunteer.proven and (end.volunteer.caller_out or not end.volunteer.lines)
    if was_absent and driver.closed_how in ("received", "not_received"):
        assert driver.backup_told
    assert ("deadline" in causes) == (driver.closed_how == "deadline")
    assert driver.closed_how == "deadline" or driver.calls_at_close == ()
    if not driver.jumped:
        assert driver.closed_at is not None and driver.closed_at <= end.deadline_at


def one_call_of_the_chain(driver: Driver, before: Morning) -> None:
    assert sum(call.role is not Role.RETRY for call in driver.morning.calls) <= 1


def nobody_in_two_calls(driver: Driver, before: Morning) -> None:
    people = [key for call in driver.morning.calls for key in (call.caller, call.target) if key is not None]
    assert len(people) == len(set(people))


def no_more_callers_than_allowed(driver: Driver, before: Morning) -> None:
    """The natural caller and the substitutes of the policy: the chain never stalls on callers."""
    callers = [leg for leg in driver.legs.values() if leg.role is Role.CALLER and leg.is_out]
    allowed = 1 + driver.morning.policy.substitute_callers
    for member in driver.morning.members:
        if not member.in_chain:
            assert sum(leg.first_target == member.key for leg in callers) <= allowed


def standing_only_moves_on(driver: Driver, before: Morning) -> None:
    """Incident over well over excused. Only a worry or a cry for help makes an incident of somebody who is well."""
    rank = {Standing.EXPECTED: 0, Standing.EXCUSED: 1, Standing.WELL: 2, Standing.INCIDENT: 3}
    for was, member in zip(before.members, driver.morning.members, strict=True):
        assert rank[member.standing] >= rank[was.standing]
        if was.standing in (Standing.WELL, Standing.EXCUSED) and member.standing is Standing.INCIDENT:
            assert member.how in ("worried", "help", "wants_call")


def deciding_again_changes_nothing(driver: Driver, before: Morning) -> None:
    """Reminders of what is under way may be named again; there is nothing new to do."""
    again = decisions.decide(driver.morning, driver.now)
    assert set(map(type, again)) <= {TellBackup, OpenNotReceived}
    assert driver.backup_told or TellBackup() not in again
    assert OpenNotReceived() not in again or "not_received" in {incident.cause for incident in driver.incidents}


def chain_never_stands_still(driver: Driver, before: Morning) -> None:
    """It is in a call, or has been everywhere; it only waits for a volunteer whose line was busy."""
    if not driver.morning.closed and driver.morning.chain is None:
        again = driver.morning.volunteer.next_try_at
        waits = again is not None and again > driver.now
        assert decisions.next_target(driver.morning) == (VOLUNTEER if waits else None)


def next_look_lies_ahead(driver: Driver, before: Morning) -> None:
    again = decisions.next_look(driver.morning)
    assert (again is None) == driver.morning.closed
    assert again is None or driver.now < again <= driver.morning.deadline_at


def tries_go_over_all_numbers(driver: Driver, before: Morning) -> None:
    for each in driver.tries:
        lines = driver.morning.member(each.member).lines
        assert each.line == lines[each.misses_before % len(lines)]


def retries_are_not_early(driver: Driver, before: Morning) -> None:
    """A retry is for somebody who was missed and of whom nothing is known, and never before its time."""
    for call in driver.morning.calls:
        if call.role is Role.RETRY and call.key not in {known.key for known in before.calls}:
            member = driver.morning.member(call.target)
            assert member.standing is Standing.EXPECTED
            assert driver.now >= due(driver.misses[call.target], driver.morning.policy)


def retries_are_not_forgotten(driver: Driver, before: Morning) -> None:
    """Whoever was missed and is in no call is rung at the planned time, or an incident has been opened."""
    if driver.morning.closed:
        return
    rung = {call.target for call in driver.morning.calls}
    for member in driver.morning.unresolved:
        if driver.misses[member.key] and member.key not in rung:
            again = due(driver.misses[member.key], driver.morning.policy)
            look = decisions.next_look(driver.morning)
            assert driver.now < again
            assert look is not None and look <= again


def due(misses: list[tuple[datetime, Miss]], policy: MorningPolicy) -> datetime:
    """When somebody with these misses is rung again, worked out from the domain text."""
    busy, first, counted = 0, None, 0
    again = START
    for at, why in misses:
        if why is Miss.BUSY and busy + 1 < policy.busy_counts_at:
            busy += 1
            again = at + timedelta(seconds=policy.busy_again_seconds)
        else:
            first = first or at
            counted += 1
            again = max(at, first + timedelta(minutes=policy.retry_after_minutes[counted - 1]))
    return again


@pytest.mark.parametrize("retries", [(3, 8), (1,), (60,), (2, 4, 20)])
@pytest.mark.parametrize("expected", range(1, 16))
def test_the_deadline_leaves_time_for_the_last_retry_of_somebody_missed_at_the_start(
    retries: tuple[int, ...], expected: int
) -> None:
    policy = replace(MorningPolicy(), retry_after_minutes=retries, slack_minutes=5)
    deadline = schedule.deadline(START, expected=expected, policy=policy)
    assert deadline >= START + timedelta(minutes=retries[-1])
