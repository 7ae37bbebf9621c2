"""The card for beside the telephone: what stands on it is what the keys do in this circle's calls."""

import pytest

from backend.circles.scripts import words
from backend.circles.scripts.life.card import CATALOGUES, Card

CARD = {
    "circle": "De Linde",
    "organisation": "Welzijn Oost",
    "rings": "013 000 90 00",
    "asks": "013 000 90 01",
    "start": "08:30",
}
KEYS = {
    ("bridged", "platform"): "129",
    ("own_phone", "platform"): "1349",
    ("star", "platform"): "129",
    ("star", "volunteer"): "19",
}
"""In a star whose volunteer rings, 1 joins the two; there is no 2."""

OFFERED = {"own_last": "1", "own_missed": "3", "own_not_rung": "4", "own_well": "1", "own_help": "9"}


@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize(("mode", "star_by"), KEYS)
def test_each_way_of_going_round_has_its_own_keys(mode: str, star_by: str, language: str) -> None:
    card = Card(**CARD, language=language, mode=mode, star_by=star_by)
    pressed = "".join(sign for line in card.keys for sign in line.split(":")[0] if sign.isdigit())
    assert pressed == KEYS[mode, star_by]


def test_the_keys_of_own_telephones_are_those_that_the_call_offers() -> None:
    """1 closes the ring for the last one, 3 reports who does not answer, 4 says that nobody rang."""
    for code, key in OFFERED.items():
        assert f"Druk op {key}" in words.say(code, "nl", next="", onward="")


def test_the_second_key_of_a_star_asks_to_be_rung() -> None:
    card = Card(**CARD, language="nl", mode="star")
    assert "vrijwilliger mij belt" in card.keys[1]
    assert "de vrijwilliger u belt? Druk op 2" in words.say("star", "nl", target="", circle="")
    assert not any("zorgen" in line for line in card.keys)
