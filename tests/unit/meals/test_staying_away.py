"""Who is a regular, and which morning comes next."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.meals.domain.staying_away import is_regular, next_morning

TUESDAY = date(2026, 11, 24)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("days_ago", "regular"),
    [((2, 7, 14), True), ((56, 7, 14), True), ((57, 7, 14), False), ((7, 14), False), ((0, 7, 14), False)],
)
def test_a_regular_came_three_times_in_eight_weeks(days_ago: tuple[int, ...], regular: bool) -> None:
    assert is_regular([TUESDAY - timedelta(days=days) for days in days_ago], TUESDAY) is regular


@pytest.mark.parametrize(
    ("closed", "rung"),
    [
        ("2026-11-24T20:00", "2026-11-25T08:00"),
        ("2026-11-24T23:30", "2026-11-26T08:00"),
        ("2026-11-28T20:00", "2026-11-30T08:00"),
        ("2027-03-27T20:00", "2027-03-29T07:00"),
    ],
)
def test_the_next_morning_is_nine_on_the_wall_and_never_a_sunday(closed: str, rung: str) -> None:
    morning = next_morning(datetime.fromisoformat(closed).replace(tzinfo=UTC), AMSTERDAM)
    assert morning.astimezone(UTC) == datetime.fromisoformat(rung).replace(tzinfo=UTC)
