"""Which dates a series of dinners has, why some are left out, and the instants of an evening."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.common.errors import RondjeError
from backend.common.holidays import KEPT, holidays_between
from backend.meals.domain.series import Day, Recurring, SeriesSettings, Times, Why, days_of, moments

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
FRIDAYS = Recurring("FREQ=WEEKLY;BYDAY=FR", FIRST)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def december(series: Recurring) -> list[Day]:
    kept = holidays_between(FIRST, LAST, kept=KEPT, language="nl")
    return days_of(series, FIRST, LAST, holidays=kept)


def test_a_holiday_is_left_out_and_named_unless_the_series_is_held_on_holidays() -> None:
    assert december(FRIDAYS)[-1] == Day(date(2026, 12, 25), Why.HOLIDAY, "Eerste kerstdag")
    assert december(Recurring(FRIDAYS.rule, FIRST, on_holidays=True))[-1] == Day(date(2026, 12, 25))


def test_a_closed_day_is_closed_also_on_a_holiday_and_a_day_that_somebody_named_is_held() -> None:
    closed = Recurring(FRIDAYS.rule, FIRST, closed={date(2026, 12, 25): "Kerst", date(2026, 12, 4): "Verbouwing"})
    assert [one for one in december(closed) if one.why] == [
        Day(date(2026, 12, 4), Why.CLOSED, "Verbouwing"),
        Day(date(2026, 12, 25), Why.CLOSED, "Kerst"),
    ]
    named = Recurring(FRIDAYS.rule, FIRST, besides=frozenset({date(2026, 12, 25), date(2026, 12, 9)}))
    assert [one.day.day for one in december(named) if not one.why] == [4, 9, 11, 18, 25]


@given(st.sets(st.integers(1, 31)), st.sets(st.integers(1, 31)), st.booleans())
def test_each_date_comes_once_in_order_and_only_those_without_a_reason_are_held(
    closed: set[int], besides: set[int], on_holidays: bool
) -> None:
    days = december(
        Recurring(
            "FREQ=WEEKLY;BYDAY=TU,FR",
            FIRST,
            on_holidays=on_holidays,
            closed={date(2026, 12, day): "" for day in closed},
            besides=frozenset(date(2026, 12, day) for day in besides),
        )
    )
    assert [one.day for one in days] == sorted({one.day for one in days})
    assert not {one.day.day for one in days if one.why is None} & closed


def test_six_o_clock_is_six_o_clock_on_both_sides_of_the_night_in_which_the_clocks_change() -> None:
    summer, winter = (moments(date(2026, 10, day), Times(), AMSTERDAM) for day in (23, 27))
    assert (summer.dinner_at, winter.dinner_at) == (
        datetime(2026, 10, 23, 16, 0, tzinfo=UTC),
        datetime(2026, 10, 27, 17, 0, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "times", [Times(cutoff=time(17, 30)), Times(doors=time(18, 30)), Times(ends=time(18, 0)), Times(dinner=time(9))]
)
def test_times_come_one_after_the_other(times: Times) -> None:
    with pytest.raises(RondjeError, match="not in order"):
        times.check()


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, SeriesSettings()),
        ({"weeks_ahead": 400, "holidays": "alle"}, SeriesSettings()),
        ({"weeks_ahead": 4, "holidays": []}, SeriesSettings(4, frozenset())),
    ],
)
def test_an_organisations_own_settings_and_what_makes_no_sense(
    settings: dict[str, object], expected: SeriesSettings
) -> None:
    assert SeriesSettings.of(settings) == expected
