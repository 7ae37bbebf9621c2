"""The roster's rules: who stands on it, where it has gaps, when people are told."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.people.domain.duty import (
    DutyPolicy,
    DutySettingError,
    Lack,
    Rank,
    Shift,
    Volunteer,
    days_to_secure,
    may_text,
    next_look,
    roster,
    swap_deadline,
)

ZONE = ZoneInfo("Europe/Amsterdam")
MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)
ANNEKE, BRAM, CARLA = 1, 2, 3
EVERYBODY = {pk: Volunteer(pk) for pk in (ANNEKE, BRAM, CARLA)}


def shifts(*more: Shift) -> list[Shift]:
    """Anneke on Mondays, Bram behind her, Carla coordinates."""
    usual = [
        Shift(ANNEKE, Rank.PRIMARY, weekday=0),
        Shift(BRAM, Rank.BACKUP, weekday=0),
        Shift(CARLA, Rank.COORDINATOR, weekday=0),
    ]
    return [*usual, *more]


def local(day: date, wall: str) -> datetime:
    hour, minute = map(int, wall.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def test_the_weekday_says_who_is_on_duty() -> None:
    (monday,) = roster([MONDAY], shifts(), EVERYBODY)
    assert [duty.serves for duty in monday.duties] == [ANNEKE, BRAM, CARLA]
    assert not monday.has_gap


def test_a_date_replaces_the_weekday_on_that_date_only() -> None:
    days = roster([MONDAY, MONDAY + timedelta(7)], shifts(Shift(CARLA, Rank.PRIMARY, day=MONDAY)), EVERYBODY)
    assert [day.of(Rank.PRIMARY).serves for day in days] == [CARLA, ANNEKE]
    assert [day.of(Rank.PRIMARY).is_exception for day in days] == [True, False]


@pytest.mark.parametrize(
    ("people", "lack"),
    [
        ({}, Lack.NOBODY),
        ({ANNEKE: Volunteer(ANNEKE, away=((MONDAY, MONDAY),))}, Lack.AWAY),
        ({ANNEKE: Volunteer(ANNEKE, away=((MONDAY - timedelta(3), None),))}, Lack.AWAY),
        ({ANNEKE: Volunteer(ANNEKE, has_number=False)}, Lack.NO_NUMBER),
    ],
)
def test_who_cannot_be_there_leaves_a_gap(people: dict[int, Volunteer], lack: Lack) -> None:
    (monday,) = roster([MONDAY], [Shift(ANNEKE, Rank.PRIMARY, weekday=0)], people)
    assert monday.of(Rank.PRIMARY).lack is lack
    assert monday.has_gap


def test_an_absence_that_ended_the_day_before_is_none() -> None:
    people = {ANNEKE: Volunteer(ANNEKE, away=((MONDAY - timedelta(3), MONDAY - timedelta(1)),))}
    assert not roster([MONDAY], [Shift(ANNEKE, Rank.PRIMARY, weekday=0)], people)[0].has_gap


def test_a_backup_who_is_the_volunteer_backs_nobody_up() -> None:
    (monday,) = roster([MONDAY], shifts(Shift(BRAM, Rank.PRIMARY, day=MONDAY)), EVERYBODY)
    assert monday.of(Rank.BACKUP).lack is Lack.DOUBLE
    assert not monday.has_gap


@pytest.mark.parametrize(
    ("day", "wall", "may"),
    [
        (MONDAY, "08:59", False),
        (MONDAY, "09:00", True),
        (MONDAY, "19:59", True),
        (MONDAY, "20:00", False),
        (SUNDAY, "12:00", False),
    ],
)
def test_what_is_not_urgent_is_told_in_the_day_and_never_on_sunday(day: date, wall: str, may: bool) -> None:
    assert may_text(local(day, wall), DutyPolicy(), ZONE) is may


@pytest.mark.parametrize(
    ("wall", "following"),
    [("07:00", "23 09:00"), ("09:00", "23 18:00"), ("17:59", "23 18:00"), ("18:00", "24 09:00")],
)
def test_the_roster_is_looked_at_each_morning_and_each_evening(wall: str, following: str) -> None:
    assert f"{next_look(local(MONDAY, wall), DutyPolicy(), ZONE).astimezone(ZONE):%d %H:%M}" == following


def test_from_the_evening_on_tomorrow_must_be_certain() -> None:
    assert days_to_secure(local(MONDAY, "17:59"), DutyPolicy(), ZONE) == [MONDAY]
    assert days_to_secure(local(MONDAY, "18:00"), DutyPolicy(), ZONE) == [MONDAY, MONDAY + timedelta(1)]


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        (local(MONDAY, "10:00"), "26-11 10:00"),  # three days at most
        (local(MONDAY + timedelta(4), "10:00"), "28-11 17:00"),  # the afternoon before
        (local(MONDAY + timedelta(5), "16:30"), "28-11 17:30"),  # late: an hour
    ],
)
def test_a_swap_may_be_answered_until_the_afternoon_before(asked: datetime, until: str) -> None:
    assert f"{swap_deadline(SUNDAY, asked, DutyPolicy(), ZONE).astimezone(ZONE):%d-%m %H:%M}" == until


@pytest.mark.parametrize(
    "settings",
    [
        {"gap_days": 0},
        {"gap_days": "7"},
        {"evening": "later"},
        {"texts_from": "21:00"},
        {"evening": "16:00"},
        {"no_such": 1},
    ],
)
def test_settings_that_could_not_work_are_refused_by_name(settings: dict[str, object]) -> None:
    with pytest.raises(DutySettingError) as refused:
        DutyPolicy.of(settings)
    assert refused.value.message.split(":")[0] in {"gap_days", "evening", "texts_until", "swap_closes", "no_such"}


@given(st.integers(min_value=0, max_value=2 * 365 * 24 * 60))
def test_whatever_the_time_the_next_look_is_soon(minutes: int) -> None:
    now = local(MONDAY, "00:00") + timedelta(minutes=minutes)
    assert timedelta(0) < next_look(now, DutyPolicy(), ZONE) - now <= timedelta(hours=16)
