"""When people may be disturbed about what can wait: wall time of their zone, on any day of the year."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.notifications.domain.quiet import Hours, next_allowed

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START_OF_2026 = datetime(2026, 1, 1, tzinfo=UTC)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        ("2026-11-23T08:59:59", "2026-11-23T09:00"),
        ("2026-11-23T09:00", "2026-11-23T09:00"),
        ("2026-11-23T19:59:59", "2026-11-23T19:59:59"),
        ("2026-11-23T20:00", "2026-11-24T09:00"),
        ("2026-11-21T20:30", "2026-11-23T09:00"),  # Saturday evening: Monday
        ("2026-11-22T12:00", "2026-11-23T09:00"),  # Sunday
        ("2026-12-31T23:59", "2027-01-01T09:00"),
        ("2026-03-28T21:00", "2026-03-30T09:00"),  # over the night in which clocks go forward
        ("2026-10-24T21:00", "2026-10-26T09:00"),  # and back
    ],
)
def test_what_can_wait_waits_for_nine_and_never_goes_on_sunday(moment: str, goes: str) -> None:
    assert next_allowed(local(moment), AMSTERDAM, Hours()) == local(goes)


@pytest.mark.parametrize(("day", "utc_hour"), [("2026-03-29", 7), ("2026-10-25", 8)])
def test_on_the_days_on_which_clocks_change_nine_is_nine_on_the_wall(day: str, utc_hour: int) -> None:
    sundays = Hours(sundays=True)
    assert next_allowed(local(f"{day}T01:00"), AMSTERDAM, sundays).astimezone(UTC).hour == utc_hour


def test_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="must end after they begin"):
        Hours(begin=time(20), end=time(9))


@given(
    moment=st.integers(0, 4 * 365 * 24 * 3600).map(lambda after: START_OF_2026 + timedelta(seconds=after)),
    zone=st.sampled_from(["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    sundays=st.booleans(),
)
def test_the_answer_is_always_allowed_soon_and_the_earliest(moment: datetime, zone: str, sundays: bool) -> None:
    hours, where = Hours(sundays=sundays), ZoneInfo(zone)
    answer = next_allowed(moment, where, hours)
    assert moment <= answer <= moment + timedelta(days=2, hours=14)
    assert hours.allow(answer.astimezone(where))
    if answer > moment:
        assert not hours.allow((answer - timedelta(seconds=1)).astimezone(where))
