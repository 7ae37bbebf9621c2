"""Whether the account carries the mornings planned, and how starts are spread when two hundred begin at 8:30."""

from collections import Counter
from datetime import time

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.circles.domain.capacity import LAST_MINUTE, Account, Plan, as_planned, spread

HALF_PAST_EIGHT = 8 * 60 + 30


def circles(count: int, **more: object) -> list[Plan]:
    return [Plan(key=number, start=time(8, 30), members=8, **more) for number in range(count)]  # type: ignore[arg-type]


def test_a_circle_of_eight_asks_the_carrier_for_nine_calls() -> None:
    (plan,) = circles(1)
    assert plan.calls == 9


def test_a_few_circles_start_at_their_own_time() -> None:
    verdict = spread(circles(40), Account())
    assert verdict.fits
    assert set(verdict.starts.values()) == {HALF_PAST_EIGHT}


def test_a_new_account_with_two_calls_at_once_carries_one_circle() -> None:
    assert spread(circles(1), Account(calls_at_once=2)).fits
    verdict = spread(circles(3), Account(calls_at_once=2))
    assert len(verdict.unplaced) == 1, "the second starts when the first is round, a third does not fit the half hour"
    assert verdict.enough_calls_per_second is None, "more calls per second would not help"


def test_a_storm_is_spread_within_a_quarter_of_an_hour() -> None:
    assert not as_planned(circles(150), Account()).fits
    verdict = spread(circles(150), Account())
    assert verdict.fits
    assert max(Counter(verdict.starts.values()).values()) <= 48
    assert all(abs(minute - HALF_PAST_EIGHT) <= 15 for minute in verdict.starts.values())


def test_two_hundred_at_half_past_eight_on_one_call_a_second_are_too_many_and_it_says_by_how_much() -> None:
    verdict = spread(circles(200), Account(calls_per_second=1.0))
    assert len(verdict.unplaced) == 8
    assert verdict.enough_calls_per_second == 1.5
    assert spread(circles(200), Account(calls_per_second=1.5)).fits
    assert spread(circles(200, window=20), Account(calls_per_second=1.0)).fits


def test_circles_on_own_telephones_cost_nothing() -> None:
    assert spread(circles(5000, mode="own_phone"), Account()).moved == 0


def test_who_is_used_to_a_time_keeps_it_while_it_fits() -> None:
    before = spread(circles(150), Account()).starts
    again = spread(circles(149), Account(), before)
    assert again.starts == {key: minute for key, minute in before.items() if key != 149}


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 120), st.integers(1, 15), st.sampled_from(["bridged", "star"])), max_size=25),
    st.sampled_from([0.2, 0.5, 1.0, 3.0]),
    st.sampled_from([None, 2, 10]),
)
def test_whatever_is_planned_no_minute_carries_too_much_and_nobody_leaves_their_window(
    wanted: list[tuple[int, int, str]], rate: float, at_once: int | None
) -> None:
    plans = [
        Plan(key, time(8 + minute // 60, minute % 60), members, mode)
        for key, (minute, members, mode) in enumerate(wanted)
    ]
    account = Account(rate, at_once)
    verdict = spread(plans, account)
    placed = [plan for plan in plans if plan.key not in verdict.unplaced]
    starts = Counter(verdict.starts[plan.key] for plan in placed if plan.calls)
    assert all(count <= account.starts_a_minute for count in starts.values())
    for plan in plans:
        assert verdict.starts[plan.key] in plan.slots
        assert 8 * 60 <= verdict.starts[plan.key] <= LAST_MINUTE
    assert as_planned(placed, account, verdict.starts).fits
