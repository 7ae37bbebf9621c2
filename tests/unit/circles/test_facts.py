"""Facts may come twice, late or in another order: what they leave behind does not depend on that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from backend.circles.domain import morning
from backend.circles.domain.morning import VOLUNTEER, Call, Member, Miss, Morning, Role, Standing, Volunteer
from backend.circles.domain.policy import MorningPolicy
from tests.unit.circles.driver import START

Fact = Callable[[Morning], Morning]

NOW = START + timedelta(minutes=4)

MORNING = Morning(
    policy=MorningPolicy(),
    started_at=START,
    deadline_at=START + timedelta(minutes=24),
    members=(Member(key=1, lines=("+31130000001",)), Member(key=2, lines=("+31130000002",))),
    volunteer=Volunteer(lines=("+31600000100",)),
    calls=(Call(key=7, role=Role.CALLER, caller=1, target=2),),
)

PROVEN: Fact = lambda before: morning.proven(before, 2, how="key_as_callee", at=NOW)  # noqa: E731
EXCUSED: Fact = lambda before: morning.excused(before, 2, how="absent_ill", at=NOW)  # noqa: E731
WORRIED: Fact = lambda before: morning.handed_to_incident(before, 2, how="worried", at=NOW)  # noqa: E731
REACHED: Fact = lambda before: morning.reached(before, 2)  # noqa: E731
CALLER_OUT: Fact = lambda before: morning.caller_out(before, 1)  # noqa: E731
RECEIVED: Fact = lambda before: morning.received(before, by_volunteer=True)  # noqa: E731
NOT_RECEIVED: Fact = lambda before: morning.received(before, by_volunteer=False)  # noqa: E731
OVER: Fact = lambda before: morning.call_over(before, 7)  # noqa: E731
MISSED: Fact = lambda before: morning.missed(before, 2, why=Miss.NO_ANSWER, at=NOW)  # noqa: E731
VOLUNTEER_THERE: Fact = lambda before: morning.proven(before, VOLUNTEER, how="key_as_caller", at=NOW)  # noqa: E731

FACTS = {
    "proven": PROVEN,
    "excused": EXCUSED,
    "worried": WORRIED,
    "reached": REACHED,
    "caller out": CALLER_OUT,
    "received": RECEIVED,
    "not received": NOT_RECEIVED,
    "over": OVER,
    "the volunteer is there": VOLUNTEER_THERE,
}


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_that_comes_twice_changes_nothing_more(fact: str) -> None:
    once = FACTS[fact](MORNING)
    assert once != MORNING
    assert FACTS[fact](once) == once


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ([PROVEN, EXCUSED], Standing.WELL),
        ([PROVEN, MISSED], Standing.WELL),
        ([EXCUSED, MISSED], Standing.EXCUSED),
        ([PROVEN, EXCUSED, WORRIED], Standing.INCIDENT),
        ([PROVEN, EXCUSED, WORRIED, MISSED], Standing.INCIDENT),
    ],
)
def test_the_order_of_facts_does_not_matter(facts: list[Fact], standing: Standing) -> None:
    """Incident over well over excused over missed (invariant 1); nobody of whom something is known is rung again."""
    for order in permutations(facts):
        after = MORNING
        for fact in order:
            after = fact(after)
        assert after.member(2).standing is standing
        assert after.member(2).next_try_at is None


def test_somebody_known_to_be_well_is_not_missed() -> None:
    """The chain has been there; it leaves no misses and no retry behind."""
    after = MISSED(PROVEN(MORNING))
    assert after == REACHED(PROVEN(MORNING))


def test_a_close_that_was_received_stays_so() -> None:
    assert NOT_RECEIVED(RECEIVED(MORNING)) == RECEIVED(MORNING)
    assert RECEIVED(NOT_RECEIVED(MORNING)).volunteer.received is True
    late = morning.not_received(RECEIVED(MORNING), why=Miss.BUSY, at=NOW)
    assert late == RECEIVED(MORNING)


def test_no_answer_is_retried_after_three_and_eight_minutes_counted_from_the_first() -> None:
    missed = MORNING
    planned = []
    for minutes in (0, 3, 8):
        missed = morning.missed(missed, 2, why=Miss.NO_ANSWER, at=NOW + timedelta(minutes=minutes))
        planned.append(missed.member(2).next_try_at)
    assert planned == [NOW + timedelta(minutes=3), NOW + timedelta(minutes=8), None]


def test_a_retry_that_is_late_is_followed_at_once_by_the_next() -> None:
    """After downtime: the second retry was due at 8 minutes, and it is 20 already."""
    missed = morning.missed(MISSED(MORNING), 2, why=Miss.NO_ANSWER, at=NOW + timedelta(minutes=20))
    assert missed.member(2).next_try_at == NOW + timedelta(minutes=20)


def test_a_busy_line_is_no_answer_at_the_third_time_in_all() -> None:
    """Busy, busy, no answer, busy: the last is the third time busy, and counts as no answer at once."""
    missed = MORNING
    seen = []
    for why in (Miss.BUSY, Miss.BUSY, Miss.NO_ANSWER, Miss.BUSY):
        missed = morning.missed(missed, 2, why=why, at=NOW)
        member = missed.member(2)
        seen.append((member.misses, member.busy_times, (member.next_try_at or NOW) - NOW))
    minute = timedelta(minutes=1)
    assert seen == [(0, 1, minute), (0, 2, minute), (1, 2, 3 * minute), (2, 2, 8 * minute)]


def test_callers_are_counted_anew_for_each_target() -> None:
    """Whether the last target was reached, turned out to be away, or was handed to an incident, and only then."""
    tried = replace(morning.reached(MORNING, 1), callers_tried=2)
    for fact in (REACHED, EXCUSED, WORRIED):
        assert fact(tried).callers_tried == 0
        assert fact(replace(MORNING, callers_tried=2)).callers_tried == 2


def test_the_key_of_nobody_in_the_round_is_an_error() -> None:
    with pytest.raises(KeyError):
        morning.proven(MORNING, 99, how="key_as_callee", at=NOW)
