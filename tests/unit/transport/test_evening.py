"""The evening before a trip: when people are asked, what they hear, and what their keys mean."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.notifications.domain.asking import Came, Place, View, turn
from backend.notifications.domain.asking_times import (
    Asked,
    AskNow,
    EveningTimes,
    Silent,
    WaitUntil,
    begins,
    ends,
    following,
)
from backend.notifications.domain.prompts import Answered, Ask, End, Key, Silence
from backend.notifications.domain.quiet import Hours
from backend.transport.bus_words import Times, times_in_words
from backend.transport.scripts.asking import EVENING, OFFER

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOURS, TIMES = Hours(), EveningTimes()
TUESDAY = date(2026, 11, 24)

VIEW = View(
    organisation="Welzijn Oost",
    name="Riet",
    about={"trip": "de markt", "times": "De bus komt morgen tussen 9 uur 40 en 9 uur 55."},
    shares_line=False,
    is_open=True,
    language="nl",
)


def local(day: date, wall: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(wall), tzinfo=AMSTERDAM).astimezone(UTC)


MONDAY_17 = local(date(2026, 11, 23), "17:00")
MONDAY_18 = local(date(2026, 11, 23), "18:00")


def test_people_are_asked_at_six_on_the_evening_before() -> None:
    assert begins(TUESDAY, MONDAY_17, AMSTERDAM, HOURS, TIMES) == MONDAY_18


def test_not_before_the_cutoff_until_which_they_may_cancel_freely() -> None:
    later = MONDAY_18 + timedelta(minutes=45)
    assert begins(TUESDAY, later, AMSTERDAM, HOURS, TIMES) == later


def test_a_cutoff_in_the_night_makes_nobody_ring_in_the_night() -> None:
    assert begins(TUESDAY, local(date(2026, 11, 23), "23:00"), AMSTERDAM, HOURS, TIMES) == MONDAY_18


def test_for_a_monday_people_are_asked_on_saturday_because_nobody_is_disturbed_on_a_sunday() -> None:
    monday = date(2026, 11, 23)
    sunday_17 = local(date(2026, 11, 22), "17:00")
    assert begins(monday, sunday_17, AMSTERDAM, HOURS, TIMES) == local(date(2026, 11, 21), "18:00")
    on_sundays = Hours(sundays=True)
    assert begins(monday, sunday_17, AMSTERDAM, on_sundays, TIMES) == local(date(2026, 11, 22), "18:00")


def test_the_hour_is_the_wall_clocks_also_when_clocks_change() -> None:
    # 25 October 2026: clocks go back in the night before this Sunday; organisations that drive then ask on Saturday.
    assert begins(date(2026, 10, 25), local(date(2026, 10, 24), "17:00"), AMSTERDAM, HOURS, TIMES) == local(
        date(2026, 10, 24), "18:00"
    )


END = local(date(2026, 11, 23), "20:00")


def test_the_end_is_that_of_the_hours_in_which_people_may_be_disturbed() -> None:
    assert ends(MONDAY_18, AMSTERDAM, HOURS) == END


@pytest.mark.parametrize(
    ("tries", "now", "expected"),
    [
        ([], MONDAY_18, AskNow(1)),
        ([], END, Silent()),
        ([Asked(MONDAY_18, True)], MONDAY_18 + timedelta(minutes=5), WaitUntil(MONDAY_18 + TIMES.again_after)),
        ([Asked(MONDAY_18, True)], MONDAY_18 + TIMES.again_after, AskNow(2)),
        (
            [Asked(MONDAY_18, False)],
            MONDAY_18 + TIMES.again_after,
            WaitUntil(MONDAY_18 + TIMES.again_after + timedelta(minutes=1)),
        ),
        ([Asked(MONDAY_18, False)], END, Silent()),
        (
            [Asked(MONDAY_18, True), Asked(MONDAY_18 + TIMES.again_after, True)],
            MONDAY_18 + 2 * TIMES.again_after,
            Silent(),
        ),
        (
            [Asked(MONDAY_18, True), Asked(END - timedelta(minutes=5), True)],
            END - timedelta(minutes=1),
            WaitUntil(END),
        ),
    ],
)
def test_who_does_not_answer_is_asked_once_more_and_then_left_to_a_person(tries, now, expected) -> None:
    assert following(tries, end=END, now=now, times=TIMES) == expected


def heard(*keys: object, view: View = VIEW) -> tuple[list[str], Came | None]:
    """What is said after each key, and what came of the call."""
    place, said, came = Place(), [], None
    for key in keys:
        result = turn(EVENING, view, place, key)
        place, came = result.place, came or result.came
        said.append(getattr(result.prompt, "text", ""))
    return said, came


def test_one_is_yes() -> None:
    said, came = heard(Answered(), Key("1"))
    assert said == [
        "Dit is Welzijn Oost, over de bus naar de markt. De bus komt morgen tussen 9 uur 40 en 9 uur 55. Gaat u mee? "
        "Druk op 1. Wilt u afmelden? Druk op 2. Wilt u iemand spreken? Druk op 3.",
        "Dank u wel. Wij rekenen op u. Tot dan.",
    ]
    assert came is Came.YES


def test_two_cancels_once_it_has_been_confirmed() -> None:
    assert heard(Answered(), Key("2"), Key("1"))[1] is Came.NO
    assert heard(Answered(), Key("2"), Key("2"))[1] is Came.YES
    assert heard(Answered(), Key("2"))[1] is None


def test_three_is_somebody_to_speak_to_at_any_question() -> None:
    assert heard(Answered(), Key("3"))[1] is Came.SPEAK
    assert heard(Answered(), Key("2"), Key("3"))[1] is Came.SPEAK


@pytest.mark.parametrize(
    "keys", [(), (Silence(),), (Silence(), Silence()), (Key("7"), Silence()), (Key("5"), Key("5"))]
)
def test_silence_and_other_keys_are_no_answer(keys) -> None:
    # An answering machine: it takes the call, and presses nothing.
    assert heard(Answered(), *keys)[1] is None


def test_a_question_is_put_twice_and_then_left() -> None:
    place = turn(EVENING, VIEW, Place(), Answered()).place
    again = turn(EVENING, VIEW, place, Silence())
    assert isinstance(again.prompt, Ask)
    assert isinstance(turn(EVENING, VIEW, again.place, Silence()).prompt, End)


def test_two_people_on_one_line_are_asked_for_by_name() -> None:
    couple = View(**{**vars(VIEW), "shares_line": True})
    said, came = heard(Answered(), Key("1"), Key("1"), view=couple)
    assert said[0] == (
        "Dit is Welzijn Oost, over de bus. Wij bellen voor Riet. Bent u Riet? Druk op 1. Is Riet er niet? Druk op 2."
    )
    assert came is Came.YES
    said, came = heard(Answered(), Key("2"), view=couple)
    assert (said[1], came) == ("Dank u wel. Wij proberen het later nog eens.", None)


def test_a_trip_that_is_off_meanwhile_asks_nothing() -> None:
    said, came = heard(Answered(), Key("1"), view=View(**{**vars(VIEW), "is_open": False}))
    assert said[0] == (
        "Er is iets veranderd aan deze rit. U hoeft niets meer te doen. Heeft u een vraag? Bel Welzijn Oost. "
        "Dank u wel."
    )
    assert came is None


def test_the_times_are_said_as_one_says_them() -> None:
    there = (local(TUESDAY, "09:40"), local(TUESDAY, "09:55"))
    home = (local(TUESDAY, "12:20"), local(TUESDAY, "12:35"))
    today = date(2026, 11, 23)
    both, back = Times(there, home), Times(None, home)
    words = {"today": today, "zone": AMSTERDAM}
    assert times_in_words(both, TUESDAY, language="nl", **words) == (
        "De bus komt morgen tussen 9 uur 40 en 9 uur 55. U bent rond 12 uur 25 weer thuis."
    )
    assert times_in_words(both, TUESDAY, language="en", written=True, **words) == (
        "The bus comes tomorrow between 9:40 and 9:55. You will be home at about 12:25."
    )
    assert times_in_words(back, TUESDAY, language="nl", written=True, **words) == (
        "De bus brengt u morgen naar huis; u bent rond 12.25 thuis."
    )
    assert times_in_words(Times(there), date(2026, 11, 26), language="nl", **words) == (
        "De bus komt donderdag 26 november tussen 9 uur 40 en 9 uur 55."
    )


def test_a_free_seat_is_taken_with_one_and_declined_with_two() -> None:
    place = turn(OFFER, VIEW, Place(), Answered()).place
    yes, no = turn(OFFER, VIEW, place, Key("1")), turn(OFFER, VIEW, place, Key("2"))
    assert (yes.came, no.came) == (Came.YES, Came.NO)
    assert turn(OFFER, VIEW, place, Key("3")).came is Came.SPEAK
    assert turn(OFFER, VIEW, place, Silence()).came is None
