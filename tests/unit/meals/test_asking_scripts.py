"""What a guest hears when the dinner rings, and what their keys mean: the evening before, and when chairs are free."""

import pytest

from backend.meals.scripts.asking import DAY_BEFORE, DAY_BEFORE_OF_A_PARTY, OFFER
from backend.notifications.domain.asking import Came, Place, Script, View, turn
from backend.notifications.domain.prompts import Answered, Key, Silence

ABOUT = {
    "resto": "De Lange Tafel",
    "day": "morgen",
    "dinner": "18 uur",
    "doors": "17 uur 30",
    "people": "2 personen",
}
VIEW = View(organisation="Welzijn Oost", name="Riet", about=ABOUT, shares_line=False, is_open=True, language="nl")
SHARED = View(organisation="Welzijn Oost", name="Riet", about=ABOUT, shares_line=True, is_open=True, language="nl")
OVER = View(organisation="Welzijn Oost", name="Riet", about=ABOUT, shares_line=False, is_open=False, language="nl")
ENGLISH = View(organisation="Welzijn Oost", name="Riet", about=ABOUT, shares_line=False, is_open=True, language="en")


def heard(script: Script, *keys: object, view: View = VIEW) -> tuple[list[str], Came | None]:
    """What is said after each key, and what came of the call."""
    place, said, came = Place(), [], None
    for key in keys:
        result = turn(script, view, place, key)
        place, came = result.place, came or result.came
        said.append(getattr(result.prompt, "text", ""))
    return said, came


def test_the_evening_before_in_full() -> None:
    said, came = heard(DAY_BEFORE, Answered(), Key("1"))
    assert said == [
        "Dit is Welzijn Oost. U eet morgen om 18 uur mee bij De Lange Tafel, 2 personen. Komt u? Druk op 1. "
        "Komt u niet? Druk op 2. Wilt u iemand spreken? Druk op 3.",
        "Dank u wel. Wij rekenen op u. Tot dan.",
    ]
    assert came is Came.YES


def test_a_no_is_asked_once_more_because_chairs_given_away_are_gone() -> None:
    said, came = heard(DAY_BEFORE, Answered(), Key("2"))
    assert (said[1], came) == ("U komt niet eten. Klopt dat? Druk op 1. Komt u toch? Druk op 2.", None)
    assert heard(DAY_BEFORE, Answered(), Key("2"), Key("1"))[1] is Came.NO
    assert heard(DAY_BEFORE, Answered(), Key("2"), Key("2"))[1] is Came.YES


def test_who_helps_is_asked_about_the_others_of_their_party() -> None:
    said, came = heard(DAY_BEFORE_OF_A_PARTY, Answered(), Key("2"), Key("1"))
    assert said == [
        "Dit is Welzijn Oost. U helpt morgen bij De Lange Tafel. Van uw gezelschap eten om 18 uur mee: 2 personen. "
        "Komen zij? Druk op 1. Komen zij niet? Druk op 2. Wilt u iemand spreken? Druk op 3.",
        "Uw gezelschap komt niet eten. Klopt dat? Druk op 1. Komen zij toch? Druk op 2.",
        "Uw gezelschap is afgemeld. U zelf staat nog op het rooster. Dank u wel voor het doorgeven.",
    ]
    assert came is Came.NO


def test_an_offer_in_full() -> None:
    said, came = heard(OFFER, Answered(), Key("1"))
    assert said == [
        "Dit is Welzijn Oost. Er is plaats voor u bij het eten van De Lange Tafel, morgen, 2 personen. Wilt u komen? "
        "Druk op 1. Liever niet? Druk op 2. Wilt u iemand spreken? Druk op 3.",
        "Dank u wel. De plaats is voor u.",
    ]
    assert came is Came.YES
    assert heard(OFFER, Answered(), Key("2"))[1] is Came.NO


@pytest.mark.parametrize(
    "script", [DAY_BEFORE, DAY_BEFORE_OF_A_PARTY, OFFER], ids=["day_before", "of_a_party", "offer"]
)
def test_three_is_a_person_a_machine_is_no_answer_and_what_is_over_is_told(script: Script) -> None:
    assert heard(script, Answered(), Key("3"))[1] is Came.SPEAK
    assert heard(script, Answered(), Silence(), Silence())[1] is None
    assert len(heard(script, Answered(), view=OVER)[0][0]) > 40
    assert "This is Welzijn Oost" in heard(script, Answered(), view=ENGLISH)[0][0]


@pytest.mark.parametrize(
    "script", [DAY_BEFORE, DAY_BEFORE_OF_A_PARTY, OFFER], ids=["day_before", "of_a_party", "offer"]
)
def test_on_a_shared_line_it_is_asked_who_it_is(script: Script) -> None:
    said, came = heard(script, Answered(), Key("2"), view=SHARED)
    assert said == [
        "Dit is Welzijn Oost, over het eten. Wij bellen voor Riet. Bent u Riet? Druk op 1. Is Riet er niet? Druk op 2.",
        "Dank u wel. Wij proberen het later nog eens.",
    ]
    assert came is None
