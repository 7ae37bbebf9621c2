"""The carrier takes no call: nobody has missed anything, the chain waits, and nobody is skipped."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from backend.circles.domain import morning as mornings
from backend.circles.domain.decisions import Ring, decide, next_look
from backend.circles.domain.morning import NOT_TAKEN_AGAIN as AGAIN
from backend.circles.domain.morning import VOLUNTEER, Call, Member, Miss, Morning, Role, Volunteer
from backend.circles.domain.not_taken import GO_ROUND, not_taken
from backend.circles.domain.policy import MorningPolicy

START = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
FIRST = Call(key=1, role=Role.CALLER, caller=VOLUNTEER, target=1)


def a_morning() -> Morning:
    return Morning(
        policy=MorningPolicy(),
        started_at=START,
        deadline_at=START + timedelta(minutes=30),
        members=tuple(Member(key=key, lines=(f"+3113000130{key}",)) for key in (1, 2, 3)),
        volunteer=Volunteer(lines=("+31600000100",)),
    )


def after(call: Call, times: int = 1, morning: Morning | None = None) -> Morning:
    """The morning after this call was not taken so many times in a row."""
    current = morning or a_morning()
    for _time in range(times):
        current = mornings.call_over(mornings.call_began(current, call), call.key)
        current = not_taken(current, call, at=START)
    return current


def test_a_caller_who_was_not_rung_is_rung_again_after_a_minute_and_stays_the_caller() -> None:
    held = after(FIRST)
    assert not held.volunteer.caller_out
    assert decide(held, START) == ()
    assert next_look(held) == START + AGAIN
    (ring,) = decide(held, START + AGAIN)
    assert isinstance(ring, Ring)
    assert (ring.caller, ring.target) == (VOLUNTEER, 1)


def test_a_member_whom_the_platform_could_not_ring_has_missed_nothing() -> None:
    by_platform = Call(key=1, role=Role.PLATFORM, caller=None, target=1)
    member = after(by_platform).member(1)
    assert (member.misses, member.first_missed_at, member.in_chain) == (0, None, False)


def test_a_retry_that_was_not_taken_is_made_again_and_does_not_hold_up_the_chain() -> None:
    missed = mornings.missed(a_morning(), 1, why=Miss.NO_ANSWER, at=START)
    again = after(Call(key=7, role=Role.RETRY, caller=None, target=1), morning=missed)
    assert (again.member(1).misses, again.member(1).next_try_at, again.again_at) == (1, START + AGAIN, None)


def test_no_number_of_calls_that_were_not_taken_makes_an_incident_before_the_deadline() -> None:
    held = after(Call(key=1, role=Role.PLATFORM, caller=None, target=1), times=50)
    assert held.member(1).misses == 0
    assert [action for action in decide(held, START + AGAIN) if not isinstance(action, Ring)] == []


def test_after_some_in_a_row_the_ring_goes_on_without_that_line_which_is_retried_beside() -> None:
    held = after(Call(key=1, role=Role.PLATFORM, caller=None, target=1), times=GO_ROUND)
    assert not held.member(1).in_chain
    held = after(Call(key=1, role=Role.PLATFORM, caller=None, target=1), morning=held)
    assert held.member(1).in_chain
    assert held.member(1).next_try_at == START + AGAIN
    callers = after(FIRST, times=GO_ROUND + 1)
    assert callers.volunteer.caller_out


def test_somebody_who_is_known_to_be_well_is_not_retried() -> None:
    well = mornings.proven(a_morning(), 1, how="rang_in", at=START)
    assert after(Call(key=7, role=Role.RETRY, caller=None, target=1), morning=well).member(1).next_try_at is None


def test_the_last_call_to_the_volunteer_is_made_again_too() -> None:
    last = Call(key=9, role=Role.PLATFORM, caller=None, target=VOLUNTEER)
    assert after(last, times=20).volunteer.received is None


def test_a_new_call_of_the_chain_ends_the_waiting() -> None:
    assert mornings.call_began(after(FIRST), replace(FIRST, key=2)).again_at is None
