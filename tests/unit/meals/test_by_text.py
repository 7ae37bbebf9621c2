"""What people text about a dinner: reserving and cancelling are understood as typed, and nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.common.languages import LANGUAGES
from backend.meals.booking_words import WORDS
from backend.meals.domain.by_text import Asked, What, understand
from backend.meals.texts import EXAMPLES
from backend.notifications.domain.keywords import plain
from backend.notifications.domain.segments import measure


@pytest.mark.parametrize(
    ("text", "covers", "names_a_day"),
    [
        ("ETEN", 1, False),
        ("Eten 2", 2, False),
        ("eten do 2", 2, True),
        ("Eten donderdag met 3 personen", 3, True),
        ("etn 2", 2, False),
        ("Ik wil graag komen eten vanavond", 1, True),
        ("Wij komen met twee mensen eten op 3 dec", 2, True),
        ("ETEN 3-12 4", 4, True),
        ("dinner for two please", 2, False),
    ],
)
def test_reserving(text: str, covers: int, names_a_day: bool) -> None:
    found = understand(plain(text))
    assert found is not None
    assert (found.what, found.covers, found.names_a_day) == (What.RESERVE, covers, names_a_day)


@pytest.mark.parametrize(
    "text",
    [
        "AFZEGGEN ETEN",
        "eten afzeggen",
        "Afmelden eten",
        "Kan niet komen eten",
        "ik kom niet eten vanavond",
        "CANCEL DINNER",
    ],
)
def test_cancelling(text: str) -> None:
    found = understand(plain(text))
    assert found is not None
    assert (found.what, found.is_plain) == (What.CANCEL, True)


@pytest.mark.parametrize("text", ["ik wil niet eten", "ik kan niet eten", "geen eten", "nee, geen eten"])
def test_what_may_mean_something_else_is_asked_first(text: str) -> None:
    found = understand(plain(text))
    assert found is not None
    assert (found.what, found.is_plain) == (What.CANCEL, False)


@pytest.mark.parametrize(
    "text",
    [
        "JA",
        "AFZEGGEN",
        "STOP",
        "Wat eten we vanavond?",
        "Ik ben gevallen, ik kan niet eten",
        "eten 2 of 3",
        "eten 2 3",
        "eten 0",
        "Mijn man kan niet komen, maar ik kom wel eten, samen met de buurvrouw en haar dochter",
        "",
    ],
)
def test_what_is_not_clear_goes_to_a_person(text: str) -> None:
    assert understand(plain(text)) is None


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    found = understand(plain(text))
    assert found is None or isinstance(found, Asked)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(WORDS.languages["nl"]))
def test_every_answer_is_one_segment(code: str, language: str) -> None:
    more = {"number": "1", "choices": "1 = dinsdag 24 november, 2 = donderdag 26 november"}
    size = measure(WORDS.say(code, language, **{**EXAMPLES[language], **more}))
    assert (size.segments, size.strange) == (1, ())
