"""The call that tells of a trip that goes wrong: one key confirms, another asks for a person, silence is asked anew."""

import pytest

from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Key, Silence
from backend.transport.scripts.disruption import ASKED_AT_MOST, Fact, turn

NEWS = "Dit is Welzijn Oost, over de boodschappenbus. De bus rijdt niet."


def test_the_news_comes_first_and_then_what_to_press() -> None:
    said = turn(NEWS, 0, Answered(), "nl")
    assert isinstance(said.prompt, Ask)
    assert said.prompt.text.startswith(NEWS)
    assert said.prompt.text.endswith("Druk op 1 als u dit begrepen heeft. Wilt u iemand spreken? Druk op 3.")
    assert (said.asked, said.fact) == (1, None)


@pytest.mark.parametrize(
    ("key", "fact", "goes_on"),
    [("1", Fact.CONFIRMED, True), ("3", Fact.SPEAK, False), ("0", Fact.SPEAK, False), ("9", Fact.HELP, False)],
)
def test_what_a_key_means(key: str, fact: Fact, goes_on: bool) -> None:
    after = turn(NEWS, 1, Key(key), "nl")
    assert after.fact is fact
    assert (after.prompt is not None) is goes_on


@pytest.mark.parametrize("heard", [Silence(), Key("5"), Key("#")])
def test_silence_and_any_other_key_are_asked_again_and_then_confirm_nothing(heard: Heard) -> None:
    asked, facts = 0, []
    for _turn in range(ASKED_AT_MOST):
        said = turn(NEWS, asked, heard, "en")
        assert isinstance(said.prompt, Ask)
        asked, facts = said.asked, [*facts, said.fact]
    last = turn(NEWS, asked, heard, "en")
    assert isinstance(last.prompt, End)
    assert [*facts, last.fact] == [None] * (ASKED_AT_MOST + 1)
