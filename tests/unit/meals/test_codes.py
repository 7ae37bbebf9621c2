"""How a code is told, how many chairs unconfirmed numbers may keep, and the word by which friends find one table."""

from uuid import UUID, uuid4

import pytest

from backend.meals.domain.codes import may_hold
from backend.meals.domain.groups import LENGTH, LETTERS, group_code, party_of
from backend.meals.public_words import say
from backend.meals.scripts.code import code_call
from backend.notifications.domain.prompts import Answered, Ask, End, Key, Silence

WORDS = "Uw code is: 1, 2, 3, 4, 5, 6."


def test_a_code_is_said_when_somebody_answers_and_again_at_1_and_then_it_is_over() -> None:
    assert code_call(Answered(), "nl", WORDS, 0) == Ask(WORDS, seconds=10)
    assert code_call(Key("1"), "nl", WORDS, 2) == Ask(WORDS, seconds=10)
    for heard, said in ((Key("9"), 1), (Silence(), 1), (Key("1"), 3)):
        assert code_call(heard, "nl", WORDS, said) == End("Dank u wel. Tot ziens.")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_text_with_a_code_fits_one_segment(language: str) -> None:
    text = say("code_text", language, code="123456", resto="Resto VanHarte Oost", digits="", organisation="")
    assert len(text) <= 160
    assert text.startswith("123456")


@pytest.mark.parametrize(
    ("held", "covers", "chairs", "may"),
    [(0, 10, 20, True), (2, 2, 20, True), (2, 3, 20, False), (4, 1, 20, False), (8, 4, 60, True), (0, 1, 1, True)],
)
def test_one_chair_in_five_is_kept_for_unconfirmed_numbers_and_one_party_always(
    held: int, covers: int, chairs: int, may: bool
) -> None:
    assert may_hold(held, covers, chairs) is may


def test_a_group_word_stands_for_one_party_however_it_is_written() -> None:
    parties = [UUID(int=number * 7919) for number in range(1, 50)]
    words = {group_code(party) for party in parties}
    assert len(words) == len(parties)
    assert all(len(word) == LENGTH and set(word) <= set(LETTERS) for word in words)
    word = group_code(parties[3])
    assert party_of(f" {word[:2].lower()}-{word[2:]} ", parties) == parties[3]
    assert party_of(word, [uuid4()]) is None
    assert party_of("", parties) is None
