"""When a morning begins, when it must be round, and when it is too late: wall time in, UTC out."""

from __future__ import annotations

import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.circles.domain import schedule
from backend.circles.domain.policy import MorningPolicy, PolicyError, check_start

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
POLICY = MorningPolicy()


def last_sunday(year: int, month: int) -> date:
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


YEARS = range(2026, 2037)


@pytest.mark.parametrize("year", YEARS)
def test_the_night_the_clocks_go_forward(year: int) -> None:
    """8:30 is 7:30 UTC on Saturday and 6:30 UTC on Sunday: 23 hours later, and still 8:30 on the wall."""
    sunday = last_sunday(year, 3)
    before = schedule.instant(sunday - timedelta(days=1), time(8, 30), AMSTERDAM)
    after = schedule.instant(sunday, time(8, 30), AMSTERDAM)
    assert (before.time(), after.time()) == (time(7, 30), time(6, 30))
    assert after - before == timedelta(hours=23)
    assert after.astimezone(AMSTERDAM).time() == time(8, 30)


@pytest.mark.parametrize("year", YEARS)
def test_the_night_the_clocks_go_back(year: int) -> None:
    """8:30 is 6:30 UTC on Saturday and 7:30 UTC on Sunday: 25 hours later, and still 8:30 on the wall."""
    sunday = last_sunday(year, 10)
    before = schedule.instant(sunday - timedelta(days=1), time(8, 30), AMSTERDAM)
    after = schedule.instant(sunday, time(8, 30), AMSTERDAM)
    assert (before.time(), after.time()) == (time(6, 30), time(7, 30))
    assert after - before == timedelta(hours=25)
    assert after.astimezone(AMSTERDAM).time() == time(8, 30)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("month", [3, 10])
def test_midnight_belongs_to_its_own_date_in_both_nights(year: int, month: int) -> None:
    sunday = last_sunday(year, month)
    for day in (sunday, sunday + timedelta(days=1)):
        midnight = schedule.instant(day, time(0), AMSTERDAM)
        assert schedule.local_date(midnight, AMSTERDAM) == day
        assert schedule.local_date(midnight - timedelta(seconds=1), AMSTERDAM) == day - timedelta(days=1)


def test_a_time_that_is_skipped_and_one_that_comes_twice() -> None:
    """Half an hour into the gap is half an hour after it began; of a time that comes twice, the first."""
    skipped = schedule.instant(date(2026, 3, 29), time(2, 30), AMSTERDAM)
    assert skipped == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    twice = schedule.instant(date(2026, 10, 25), time(2, 30), AMSTERDAM)
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("year", [2028, 2032])
def test_leap_day(year: int) -> None:
    day = date(year, 2, 29)
    start = schedule.instant(day, time(8, 30), AMSTERDAM)
    assert start == datetime(year, 2, 29, 7, 30, tzinfo=UTC)
    assert schedule.local_date(start, AMSTERDAM) == day
    assert schedule.takes_part(day, [day.weekday()])
    assert not schedule.takes_part(day, [each for each in range(7) if each != day.weekday()])


def test_an_evening_in_amsterdam_is_still_the_same_date() -> None:
    assert schedule.local_date(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), AMSTERDAM) == date(2026, 7, 2)
    assert schedule.local_date(datetime(2026, 1, 1, 22, 30, tzinfo=UTC), AMSTERDAM) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("expected", "minutes"),
    [(8, 9 * 3 + 15), (1, 2 * 3 + 15), (15, 16 * 3 + 15), (0, 15)],
)
def test_the_deadline(expected: int, minutes: int) -> None:
    """Start + legs × 3 min + 15 min slack; a circle of n has n + 1 legs, one of none has none."""
    start = schedule.instant(date(2026, 11, 23), time(8, 30), AMSTERDAM)
    assert schedule.deadline(start, expected=expected, policy=POLICY) == start + timedelta(minutes=minutes)


def test_the_deadline_waits_for_the_last_retry() -> None:
    """Never earlier than the last retry: with a retry after 30 minutes, 15 minutes of slack are not enough."""
    start = schedule.instant(date(2026, 11, 23), time(8, 30), AMSTERDAM)
    policy = MorningPolicy(retry_after_minutes=(3, 30))
    assert schedule.deadline(start, expected=4, policy=policy) == start + timedelta(minutes=5 * 3 + 31)


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 3, 29), date(2026, 10, 25)])
def test_boot_at_twenty_past_nine_after_a_missed_half_past_eight(day: date) -> None:
    """A morning missed by downtime starts late, and its deadline counts from when it truly started."""
    boot = schedule.instant(day, time(9, 20), AMSTERDAM)
    assert not schedule.too_late_to_start(boot, day=day, policy=POLICY, zone=AMSTERDAM)
    deadline = schedule.deadline(boot, expected=8, policy=POLICY)
    assert deadline.astimezone(AMSTERDAM).time() == time(10, 2)


@pytest.mark.parametrize(
    ("wall", "too_late"),
    [(time(10, 30), False), (time(10, 30, 1), True), (time(10, 31), True), (time(23, 59), True), (time(8, 30), False)],
)
def test_late_until_half_past_ten(wall: time, too_late: bool) -> None:
    """Until 10:30, after that it is an incident."""
    for day in (date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29)):
        now = schedule.instant(day, wall, AMSTERDAM)
        assert schedule.too_late_to_start(now, day=day, policy=POLICY, zone=AMSTERDAM) is too_late


def test_boot_on_the_next_day_is_too_late() -> None:
    now = schedule.instant(date(2026, 11, 24), time(0, 5), AMSTERDAM)
    assert schedule.too_late_to_start(now, day=date(2026, 11, 23), policy=POLICY, zone=AMSTERDAM)


@pytest.mark.parametrize("start", [time(8, 0), time(8, 15), time(8, 30), time(9, 0), time(10, 0)])
def test_starts_within_the_hours(start: time) -> None:
    check_start(start)


@pytest.mark.parametrize("start", [time(7, 59), time(10, 1), time(0, 0), time(20, 30), time(7, 59, 59)])
def test_a_start_outside_the_hours_is_refused(start: time) -> None:
    with pytest.raises(PolicyError, match=f"between 08:00 and 10:00; {start:%H:%M} is outside that"):
        check_start(start)


def test_a_year_of_mornings() -> None:
    """Every date of eleven years: at 8:30 on the wall, one occurrence a day, a deadline before noon. In no time."""
    began = stopwatch.process_time()
    day, seen = date(2026, 1, 1), set()
    while day < date(2037, 1, 1):
        start = schedule.instant(day, time(8, 30), AMSTERDAM)
        assert start.tzinfo is UTC
        assert start.astimezone(AMSTERDAM).strftime("%F %H:%M") == f"{day:%F} 08:30"
        assert schedule.local_date(schedule.deadline(start, expected=15, policy=POLICY), AMSTERDAM) == day
        seen.add(start)
        day += timedelta(days=1)
    assert len(seen) == 4018
    assert stopwatch.process_time() - began < 3
