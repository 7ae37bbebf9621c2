"""Which day somebody means: matched with the days that are theirs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.circles.scripts.duty.words import gaps_named
from backend.notifications.domain.keywords import plain
from backend.people.domain.short_days import days_meant, names_a_day

TODAY = date(2026, 11, 30)
MINE = [date(2026, 12, 3), date(2026, 12, 10), date(2026, 12, 13)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("RUIL 3 dec", [MINE[0]]),
        ("ruil 3 december aub", [MINE[0]]),
        ("Ruilen: 3-12", [MINE[0]]),
        ("ruil 03/12/2026", [MINE[0]]),
        ("swap Dec 3? sorry, 10 Dec", [MINE[1]]),
        ("ruil do", [MINE[0]]),
        ("Ruil donderdag", [MINE[0]]),
        ("ruil zondag", [MINE[2]]),
        ("ruil 3 dec en 10 dec", MINE[:2]),
        ("ruil 4 dec", []),
        ("ruil morgen", []),
        ("ruil", []),
    ],
)
def test_a_day_as_people_type_it(text: str, meant: list[date]) -> None:
    assert days_meant(plain(text), MINE, TODAY) == meant


def test_tomorrow_is_the_day_after_today() -> None:
    assert days_meant("ruil morgen", [TODAY + timedelta(days=1)], TODAY) == [TODAY + timedelta(days=1)]


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    assert set(days_meant(plain(text), MINE, TODAY)) <= set(MINE)
    names_a_day(plain(text))


def test_a_long_list_of_gaps_is_cut_short_in_a_text() -> None:
    days = [date(2026, 12, day) for day in range(1, 8)]
    assert gaps_named({"De Linde": days}, "nl") == "De Linde op di 1 dec, wo 2 dec, do 3 dec, vr 4 dec en nog 3 dagen"
