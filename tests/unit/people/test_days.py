"""Days as people type them. Today is Monday 23 November 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.notifications.domain.keywords import plain
from backend.people.domain.days import LONGEST, NoDays, Period, Unclear, keyed, spoken, understand

TODAY = date(2026, 11, 23)


def period(first: str, last: str | None) -> Period:
    """From "23-11" to "3-12"; months before November are of next year."""

    def day(text: str) -> date:
        number, month = map(int, text.split("-"))
        return date(2026 if month >= 11 else 2027, month, number)

    return Period(day(first), day(last) if last else None)


UNDERSTOOD = {
    ("23-11", "23-11"): "vandaag|today|op vandaag",
    ("24-11", "24-11"): "morgen|ben er morgen niet|tomorrow|dinsdag|on Tuesday|di 24 nov",
    ("25-11", "25-11"): "overmorgen|the day after tomorrow",
    ("23-11", "24-11"): "tot morgen|t/m morgen|until tomorrow|t/m dinsdag",
    ("23-11", "3-12"): "tot 3 dec|t/m 3 dec|tm 3 december|tot en met 3 december|tot 3-12|t/m 3/12|t/m 03-12-2026|"
    "tot de 3e december|until 3 Dec|until the 3rd of December|till Dec 3|t/m do 3 dec|t/m donderdag 3 december",
    ("3-12", "3-12"): "3 dec|op 3 december|3-12|December 3|3 dec Jan|Jan 3 dec",
    ("3-12", "5-12"): "van 3 dec t/m 5 dec|3 t/m 5 dec|3-5 dec|3 - 5 december|van 3 tot 5 december|from 3 Dec to 5 Dec|"
    "3-12 t/m 5-12|vanaf 3 dec tot en met 5-12-2026",
    ("23-11", "29-11"): "een week|een hele week|deze week|tot zondag|for one week",
    ("23-11", "6-12"): "2 weken|twee weken lang|for two weeks",
    ("23-11", "7-12"): "tot over 2 weken|tot over twee weken",
    ("30-11", "6-12"): "volgende week|next week",
    ("28-11", "29-11"): "dit weekend|het weekend",
    ("1-12", "1-12"): "volgende week dinsdag|dinsdag volgende week",
    ("24-11", "27-11"): "vanaf morgen tot vrijdag|van dinsdag t/m vrijdag",
    ("24-11", "30-11"): "vanaf morgen een week",
    ("23-11", None): "tot nader order|tot ik weer bel|until further notice|voorlopig|tot ik terug ben",
    ("3-12", None): "vanaf 3 dec|from 3 December|vanaf 3 dec tot nader order",
    ("28-12", "3-1"): "28 dec t/m 3 jan|van 28-12 tot 3-1",
    ("23-11", "31-1"): "tot 31 jan|tot 31-1-2027",
}

UNCLEAR = (
    "maandag|volgende dinsdag|next Tuesday|over 2 weken|3 dec of 4 dec|3 en 5 dec|tot 3|tot de 3e|tot 22-11|tot 3-11|"
    "30-2|12-25|2 maanden|99 weken|tot 5-12-2031|van 5 dec tot 3 dec|dinsdag 3 dec|"
    "3/12 - 5/12|t/m 3 dec en dan t/m 8 dec"
)


@pytest.mark.parametrize(
    ("days", "text"), [(days, text) for days, all_ in UNDERSTOOD.items() for text in all_.split("|")]
)
def test_days_are_understood_as_they_are_typed(days: tuple[str, str | None], text: str) -> None:
    assert understand(plain(text), TODAY) == period(*days)
    assert understand(plain(f"Afwezig {text}!"), TODAY) == period(*days)


@pytest.mark.parametrize("text", UNCLEAR.split("|"))
def test_what_could_mean_two_things_is_asked_for(text: str) -> None:
    assert understand(plain(f"afwezig {text}"), TODAY) == Unclear()


@pytest.mark.parametrize("text", ["", "afwezig", "Goedemorgen, ik ben afwezig", "wij zijn op vakantie", "mei"])
def test_no_day_is_no_day(text: str) -> None:
    assert understand(plain(text), TODAY) == NoDays()


def test_a_weekday_is_the_next_one() -> None:
    assert understand("tot zondag", date(2026, 11, 28)) == Period(date(2026, 11, 28), date(2026, 11, 29))


@pytest.mark.parametrize(
    ("digits", "day"),
    [("0312", date(2026, 12, 3)), ("312", date(2026, 12, 3)), ("2311", TODAY), ("1101", date(2027, 1, 11))]
    + [(wrong, None) for wrong in ("3002", "9999", "31", "", "0000", "1511", "12345", "²³¹¹", "#")],
)
def test_a_date_is_keyed_in_as_day_and_month(digits: str, day: date | None) -> None:
    assert keyed(digits, TODAY) == day


def test_a_day_is_said_in_full() -> None:
    assert spoken(date(2026, 12, 3), "nl") == "donderdag 3 december"
    assert spoken(date(2026, 12, 3), "en") == "Thursday 3 December"
    assert spoken(date(2026, 12, 3), "tr") == "donderdag 3 december"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_any_text_on_any_day_is_read_without_a_fault(text: str, today: date) -> None:
    understand(plain(text), today)


PIECES = ("van", "tot", "tm", "3", "dec", "3-12", "31-2", "morgen", "over", "2", "weken", "week", "volgende", "-", "en")


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_whatever_is_understood_lies_ahead_and_in_order(parts: list[str], today: date) -> None:
    found = understand(" ".join(parts), today)
    if isinstance(found, Period):
        last = found.last or found.first
        assert today <= found.first <= last <= today + LONGEST + timedelta(days=0)
