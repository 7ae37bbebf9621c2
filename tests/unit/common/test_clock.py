"""The piecewise-linear clock: no jump, no step back, whatever is done with its rate."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.common.clock import Anchor, real_now, whole_seconds
from tests.support.profiles import examples

REAL = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DEMO = datetime(2026, 11, 24, 7, 29, 40, tzinfo=UTC)

rates = st.sampled_from([0.0, 1.0, 20.0, 0.5, 3600.0])


def test_twenty_times_as_fast() -> None:
    clock = Anchor(real=REAL, virtual=DEMO, rate=20)
    assert clock.at(REAL) == DEMO
    assert clock.at(REAL + timedelta(seconds=1)) == DEMO + timedelta(seconds=20)
    assert clock.at(REAL + timedelta(seconds=90)) == DEMO + timedelta(minutes=30)


def test_a_clock_that_stands_still() -> None:
    clock = Anchor(real=REAL, virtual=DEMO, rate=0)
    assert clock.at(REAL + timedelta(days=1)) == DEMO


def test_slowing_down_while_a_person_takes_part() -> None:
    """A minute at 1 × between two at 20 ×."""
    clock = Anchor(real=REAL, virtual=DEMO, rate=20)
    slow = clock.with_rate(1, real=REAL + timedelta(minutes=1))
    fast = slow.with_rate(20, real=REAL + timedelta(minutes=2))
    assert fast.at(REAL + timedelta(minutes=3)) == DEMO + timedelta(minutes=20 + 1 + 20)


@examples(150)
@given(changes=st.lists(st.tuples(st.integers(0, 10**6), rates), max_size=8), start=rates)
def test_the_clock_is_continuous_and_never_goes_back(changes: list[tuple[int, float]], start: float) -> None:
    clock, real = Anchor(real=REAL, virtual=DEMO, rate=start), REAL
    for milliseconds, rate in changes:
        before = clock.at(real)
        real += timedelta(milliseconds=milliseconds)
        there = clock.at(real)
        assert there >= before
        clock = clock.with_rate(rate, real=real)
        assert clock.at(real) == there


def test_an_anchor_looks_back_as_well_as_ahead() -> None:
    """Two processes disagree by a moment about the real time: neither is thrown off."""
    clock = Anchor(real=REAL, virtual=DEMO, rate=20)
    assert clock.at(REAL - timedelta(seconds=1)) == DEMO - timedelta(seconds=20)


def test_real_time_is_in_utc() -> None:
    assert real_now().tzinfo is UTC


@pytest.mark.parametrize(("seconds", "told"), [(0, 0), (0.4, 0), (0.6, 1), (59.7, 60), (-0.2, 0)])
def test_whole_seconds(seconds: float, told: int) -> None:
    assert whole_seconds(timedelta(seconds=seconds)) == told
