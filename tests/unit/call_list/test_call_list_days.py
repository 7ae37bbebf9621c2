"""Days as coordinators write them. Who cannot be understood is rung every day, and a person is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.circles.domain.call_list.weekdays import EVERY_DAY, DaysRead, read_weekdays

WORKDAYS = {0, 1, 2, 3, 4}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *((text, EVERY_DAY) for text in ("alle dagen", "dagelijks", "elke dag", "Every day", "ma t/m zo", "7 dagen")),
        *((text, WORKDAYS) for text in ("ma t/m vr", "ma-vr", "ma tm vr", "Mon-Fri", "werkdagen", "doordeweeks")),
        ("maandag tot en met vrijdag", WORKDAYS),
        ("niet op zondag", EVERY_DAY - {6}),
        ("zondag niet", EVERY_DAY - {6}),
        ("in het weekend niet", WORKDAYS),
        ("alle dagen behalve za en zo", WORKDAYS),
        ("every day except Sunday", EVERY_DAY - {6}),
        ("ma t/m vr, niet op woensdag", WORKDAYS - {2}),
        ("niet op zondag, wel op zaterdag", EVERY_DAY - {6}),
        ("ma di wo do vr za zo", EVERY_DAY),
        ("ma, wo, vr", {0, 2, 4}),
        ("ma/wo/vr", {0, 2, 4}),
        ("ma.wo.vr.", {0, 2, 4}),
        ("Mon, Wed & Fri", {0, 2, 4}),
        ("alleen op dinsdag en donderdag", {1, 3}),
        ("za t/m ma", {5, 6, 0}),
        ("weekend", {5, 6}),
    ],
)
def test_days_that_are_understood(text: str, days: set[int]) -> None:
    reading = read_weekdays(text)
    assert (reading.how, set(reading.days)) == (DaysRead.READ, set(days))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "om de week",
            "ma niet, di",
            "zondag niet, zaterdag wel",
            "ma t/m vr woensdag niet",
            "ook op zondag",
        ),
        *(
            "geen",
            "nee",
            "-",
            "niet",
            "vr t/m",
            "niet op alle dagen",
            "eerste maandag",
            "5x",
            "in overleg",
            "?",
        ),
    ],
)
def test_days_that_can_mean_something_else_are_every_day_and_for_a_person(text: str) -> None:
    reading = read_weekdays(text)
    assert (reading.how, reading.days) == (DaysRead.UNREADABLE, EVERY_DAY)


def test_no_days_at_all_is_every_day() -> None:
    assert (read_weekdays(" ").how, read_weekdays("").days) == (DaysRead.NOT_SAID, EVERY_DAY)


_WORDS = [
    "ma",
    "di",
    "zondag",
    "weekend",
    "alle",
    "niet",
    "behalve",
    "t/m",
    "-",
    "en",
    ",",
    "wel",
    "om",
    "de",
    "op",
]


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join)))
def test_nobody_is_left_without_a_day(text: str) -> None:
    reading = read_weekdays(text)
    assert reading.days
    assert reading.days <= EVERY_DAY
    if reading.how is not DaysRead.READ:
        assert reading.days == EVERY_DAY
