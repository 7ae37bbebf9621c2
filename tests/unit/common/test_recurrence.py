"""Which dates a trip recurs on, from what people choose in a form to the dates on the leaflet."""

from datetime import date, datetime, time, timedelta
from time import process_time

import pytest
from dateutil.rrule import rrulestr

from backend.common.recurrence import Monthly, Pattern, RuleError, Weekly, check, dates, pattern_of, rule_of

TUESDAY = date(2026, 11, 24)
YEAR = date(2027, 11, 23)


def some(rule: str, count: int = 3, begins: date = TUESDAY) -> list[str]:
    return [f"{day:%a %d %b}" for day in dates(rule, begins, begins, YEAR)][:count]


@pytest.mark.parametrize(
    ("pattern", "rule", "first"),
    [
        (Weekly((1,)), "FREQ=WEEKLY;BYDAY=TU", ["Tue 24 Nov", "Tue 01 Dec", "Tue 08 Dec"]),
        (Weekly((1, 3)), "FREQ=WEEKLY;BYDAY=TU,TH", ["Tue 24 Nov", "Thu 26 Nov", "Tue 01 Dec"]),
        (Weekly((1,), 2), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", ["Tue 24 Nov", "Tue 08 Dec", "Tue 22 Dec"]),
        (Monthly(1, 1), "FREQ=MONTHLY;BYDAY=1TU", ["Tue 01 Dec", "Tue 05 Jan", "Tue 02 Feb"]),
        (Monthly(-1, 4), "FREQ=MONTHLY;BYDAY=-1FR", ["Fri 27 Nov", "Fri 25 Dec", "Fri 29 Jan"]),
    ],
)
def test_what_people_choose_becomes_a_rule_and_comes_back(pattern: Pattern, rule: str, first: list[str]) -> None:
    assert rule_of(pattern) == rule
    assert pattern_of(rule) == pattern
    assert some(rule) == first


def test_every_other_week_is_counted_from_the_week_of_the_first_day_whatever_weekday_that_is() -> None:
    assert some("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", begins=date(2026, 11, 24)) == [
        "Mon 07 Dec",
        "Mon 21 Dec",
        "Mon 04 Jan",
    ]


@pytest.mark.parametrize(
    "rule", ["FREQ=WEEKLY;BYDAY=TU;BYMONTH=3", "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYDAY=5TU"]
)
def test_a_rule_that_says_more_is_kept_as_it_was_written(rule: str) -> None:
    assert check(rule.lower(), TUESDAY) == rule
    assert pattern_of(rule) is None
    assert len(some(rule)) == 3


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("", "empty"),
        ("elke dinsdag", "unreadable"),
        ("FREQ=HOURLY", "frequency"),
        ("BYDAY=TU", "frequency"),
        ("FREQ=WEEKLY;INTERVAL=0", "interval"),
        ("FREQ=WEEKLY;UNTIL=20270101", "ends"),
        ("FREQ=WEEKLY;COUNT=4", "ends"),
        ("FREQ=DAILY;BYHOUR=9", "part"),
        ("FREQ=WEEKLY;BYDAY=TU;BYDAY=WE", "part"),
        ("FREQ=WEEKLY;BYDAY=DI", "unreadable"),
        ("FREQ=MONTHLY;BYMONTHDAY=x", "unreadable"),
    ],
)
def test_a_rule_that_cannot_be_kept_says_why(rule: str, code: str) -> None:
    with pytest.raises(RuleError) as refused:
        check(rule, TUESDAY)
    assert refused.value.code == code


NEVER = (
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYWEEKNO=54",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=10",
)


@pytest.mark.parametrize("rule", NEVER)
def test_a_day_that_never_comes_is_refused_and_not_looked_for_for_ever(rule: str) -> None:
    begun = process_time()
    assert list(dates(rule, TUESDAY, TUESDAY, TUESDAY + timedelta(weeks=53))) == []
    with pytest.raises(RuleError) as refused:
        check(rule, TUESDAY)
    assert refused.value.code == "never"
    assert process_time() - begun < 2, "twice the four centuries that are looked through at most, not eighty"


def test_a_day_that_comes_within_two_years_is_taken_and_one_after_that_is_not() -> None:
    leap_day = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"
    assert check(leap_day, date(2026, 3, 1)) == leap_day
    with pytest.raises(RuleError):
        check(leap_day, date(2026, 2, 1))


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "FREQ=DAILY"])
def test_the_dates_are_those_of_the_calendar_of_today(rule: str) -> None:
    begins, until = (datetime.combine(day, time.min) for day in (TUESDAY, date(2040, 12, 31)))
    plain = rrulestr(rule, dtstart=begins).between(begins, until, inc=True)
    assert list(dates(rule, TUESDAY, TUESDAY, until.date())) == [one.date() for one in plain]
