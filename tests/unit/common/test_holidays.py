"""Public holidays: which, when, and what they are called."""

from datetime import date

from backend.common.holidays import KEPT, holidays_between, names


def test_holidays_of_a_year_are_those_that_most_people_have_off() -> None:
    found = holidays_between(date(2027, 1, 1), date(2027, 12, 31), kept=KEPT, language="nl")
    assert [f"{day:%d-%m} {name}" for day, name in found.items()] == [
        "01-01 Nieuwjaarsdag",
        "28-03 Eerste paasdag",
        "29-03 Tweede paasdag",
        "27-04 Koningsdag",
        "06-05 Hemelvaartsdag",
        "16-05 Eerste pinksterdag",
        "17-05 Tweede pinksterdag",
        "25-12 Eerste kerstdag",
        "26-12 Tweede kerstdag",
    ]


def test_two_holidays_on_one_day_are_both_named_in_the_same_order_in_each_language() -> None:
    day = date(2016, 5, 5)
    both = {"ascension_day", "liberation_day"}
    assert holidays_between(day, day, kept=both, language="nl") == {day: "Hemelvaartsdag, Bevrijdingsdag"}
    assert holidays_between(day, day, kept=both, language="en") == {day: "Ascension Day, Liberation Day"}
    assert holidays_between(day, day, kept=KEPT, language="nl") == {day: "Hemelvaartsdag"}


def test_kings_day_on_a_sunday_is_kept_on_the_saturday() -> None:
    assert holidays_between(date(2025, 4, 1), date(2025, 4, 30), kept={"kings_day"}, language="nl") == {
        date(2025, 4, 26): "Koningsdag"
    }


def test_every_holiday_that_is_kept_exists_and_has_a_name_in_each_language() -> None:
    assert names("nl").keys() == names("en").keys() >= KEPT
