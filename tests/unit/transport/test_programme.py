"""The dates of a series, what is left out and why, and the instants of a trip."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.common.holidays import KEPT, holidays_between
from backend.transport.domain.policy import BusPolicy, BusSettingError
from backend.transport.domain.programme import (
    Change,
    Driven,
    LeftOut,
    ProgrammeSettings,
    Readiness,
    Recurring,
    Span,
    Times,
    Why,
    days_of,
    moments,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
USUAL, LATER = Times(time(9, 30), time(12, 30)), Times(time(10, 30), time(14, 0))
READY = Readiness()


def a_series(**fields: object) -> Recurring:
    known: dict[str, object] = {"rule": "FREQ=WEEKLY;BYDAY=FR", "first_day": date(2026, 12, 4), "last_day": None}
    return Recurring(**{**known, "times": USUAL, **fields})  # type: ignore[arg-type]


def december(series: Recurring, vehicle: Readiness = READY) -> list[Driven | LeftOut]:
    first, last = date(2026, 12, 1), date(2026, 12, 31)
    kept = holidays_between(first, last, kept=KEPT, language="nl")
    return days_of(series, first, last, holidays=kept, vehicle=vehicle)


def test_a_friday_that_is_christmas_is_left_out_and_named() -> None:
    assert december(a_series()) == [
        Driven(date(2026, 12, 4), USUAL),
        Driven(date(2026, 12, 11), USUAL),
        Driven(date(2026, 12, 18), USUAL),
        LeftOut(date(2026, 12, 25), Why.HOLIDAY, "Eerste kerstdag"),
    ]


def test_a_series_may_be_driven_on_holidays_as_well() -> None:
    assert december(a_series(on_holidays=True))[-1] == Driven(date(2026, 12, 25), USUAL)


def test_exceptions_leave_out_a_date_change_its_times_and_add_one() -> None:
    changes = (
        Change(date(2026, 12, 4), None, "Sinterklaas"),
        Change(date(2026, 12, 11), LATER),
        Change(date(2026, 12, 16), LATER, "Kerstmarkt"),
    )
    assert december(a_series(changes=changes)) == [
        LeftOut(date(2026, 12, 4), Why.NOT_DRIVEN, "Sinterklaas"),
        Driven(date(2026, 12, 11), LATER),
        Driven(date(2026, 12, 16), LATER),
        Driven(date(2026, 12, 18), USUAL),
        LeftOut(date(2026, 12, 25), Why.HOLIDAY, "Eerste kerstdag"),
    ]


def test_a_holiday_that_somebody_named_is_driven() -> None:
    assert december(a_series(changes=(Change(date(2026, 12, 25), LATER),)))[-1] == Driven(date(2026, 12, 25), LATER)


def test_a_series_ends_with_its_last_day_but_not_an_extra_date() -> None:
    series = a_series(last_day=date(2026, 12, 11), changes=(Change(date(2026, 12, 30), LATER),))
    assert [day.day.day for day in december(series)] == [4, 11, 30]


def test_a_bus_in_the_garage_or_without_its_papers_is_not_driven_even_on_an_extra_date() -> None:
    vehicle = Readiness(
        papers={"inspection": date(2026, 12, 11), "insurance": date(2027, 3, 1)},
        out_of_service=[Span(date(2026, 12, 3), date(2026, 12, 4), "Remmen")],
    )
    series = a_series(changes=(Change(date(2026, 12, 25), LATER),))
    assert december(series, vehicle) == [
        LeftOut(date(2026, 12, 4), Why.OUT_OF_SERVICE, "Remmen"),
        Driven(date(2026, 12, 11), USUAL),  # a paper holds on its last day
        LeftOut(date(2026, 12, 18), Why.PAPER, "inspection"),
        LeftOut(date(2026, 12, 25), Why.PAPER, "inspection"),
    ]


def test_a_bus_that_is_not_in_use_any_more_drives_nowhere() -> None:
    assert {day.why for day in december(a_series(), Readiness(in_use=False)) if isinstance(day, LeftOut)} == {
        Why.NOT_IN_USE,
        Why.HOLIDAY,
    }


@given(
    first=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    weekdays=st.sets(st.sampled_from(["MO", "TU", "WE", "TH", "FR"]), min_size=1),
    gone=st.sets(st.integers(0, 60)),
    extra=st.sets(st.integers(0, 60)),
)
def test_each_date_is_named_once_in_order_and_each_has_its_reason(
    first: date, weekdays: set[str], gone: set[int], extra: set[int]
) -> None:
    changes = [Change(first + timedelta(days=day), None, "dicht") for day in gone]
    changes += [Change(first + timedelta(days=day), LATER) for day in extra - gone]
    series = a_series(rule=f"FREQ=WEEKLY;BYDAY={','.join(sorted(weekdays))}", first_day=first, changes=tuple(changes))
    last = first + timedelta(days=60)
    kept = holidays_between(first, last, kept=KEPT, language="nl")
    days = days_of(series, first, last, holidays=kept, vehicle=READY)
    assert [day.day for day in days] == sorted({day.day for day in days})
    assert {day.day for day in days if isinstance(day, Driven)} >= {first + timedelta(days=n) for n in extra - gone}
    for day in days:
        number = (day.day - first).days
        if isinstance(day, LeftOut):
            assert day.why is (Why.NOT_DRIVEN if number in gone else Why.HOLIDAY)
        else:
            assert number not in gone
            assert number in extra or day.day not in kept


@pytest.mark.parametrize(
    ("day", "leaves", "cutoff"),
    [
        (date(2026, 3, 28), "08:30", "2026-03-27 16:00"),  # the Saturday before the clocks go forward
        (date(2026, 3, 29), "07:30", "2026-03-28 16:00"),
        (date(2026, 3, 30), "07:30", "2026-03-29 15:00"),
        (date(2026, 10, 24), "07:30", "2026-10-23 15:00"),  # and before they go back
        (date(2026, 10, 25), "08:30", "2026-10-24 15:00"),
        (date(2026, 10, 26), "08:30", "2026-10-25 16:00"),
    ],
)
def test_half_past_nine_is_half_past_nine_on_the_wall_all_year(day: date, leaves: str, cutoff: str) -> None:
    found = moments(day, USUAL, shift_minutes=120, cutoff=time(17), zone=AMSTERDAM)
    assert f"{found.leaves_at.astimezone(UTC):%H:%M}" == leaves
    assert found.leaves_at.astimezone(AMSTERDAM).time() == time(9, 30)
    assert found.returns_at - found.leaves_at == timedelta(hours=3)
    assert found.ends_at - found.returns_at == timedelta(hours=2)
    assert f"{found.cutoff_at.astimezone(UTC):%Y-%m-%d %H:%M}" == cutoff


def test_a_trip_through_the_night_of_the_change_is_an_hour_shorter() -> None:
    found = moments(date(2026, 3, 29), Times(time(1), time(4)), shift_minutes=60, cutoff=time(17), zone=AMSTERDAM)
    assert found.returns_at - found.leaves_at == timedelta(hours=2)
    assert found.leaves_at == datetime(2026, 3, 29, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, ProgrammeSettings()),
        ({"cutoff": "16:30", "weeks_ahead": 4}, ProgrammeSettings(cutoff=time(16, 30), weeks_ahead=4)),
        ({"cutoff": "half vijf", "weeks_ahead": 400, "holidays": "alle"}, ProgrammeSettings()),
        ({"holidays": ["kings_day"]}, ProgrammeSettings(holidays=frozenset({"kings_day"}))),
        ({"holidays": []}, ProgrammeSettings(holidays=frozenset())),
    ],
)
def test_an_organisations_own_settings_and_what_makes_no_sense(
    settings: dict[str, object], expected: ProgrammeSettings
) -> None:
    assert ProgrammeSettings.of(settings) == expected


def test_settings_of_the_programme_and_the_day_stand_beside_those_of_booking_and_stop_nobody_from_booking() -> None:
    together = {"max_ride_minutes": 40, "holidays": ["kings_day"], "phone": "", "weeks_ahead": 4, "link_minutes": 60}
    assert BusPolicy.of({"bus": together}).max_ride_minutes == 40
    with pytest.raises(BusSettingError, match="holydays"):
        BusPolicy.of({"bus": {"holydays": []}})
