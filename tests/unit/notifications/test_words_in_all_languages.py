"""Catalogues say the same in every language, and every language is in the one list."""

import string

import pytest

from backend.common.languages import VOICES, Catalogue
from backend.incidents.words import WORDS as INCIDENTS
from backend.meals.crew_words import WORDS as DINNER_CREW
from backend.notifications.selectors.callers import number_of
from backend.notifications.words import WORDS as NOTIFICATIONS
from backend.people.domain.telephone import spoken_digits
from backend.transport.words_crew import WORDS as BUS_CREW
from backend.transport.words_disruption import WORDS as BUS_DISRUPTED


def blanks(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize(
    "catalogue",
    [NOTIFICATIONS, INCIDENTS, BUS_CREW, DINNER_CREW, BUS_DISRUPTED],
    ids=["notifications", "incidents", "bus crew", "dinner crew", "bus disrupted"],
)
def test_dutch_and_english_are_complete(catalogue: Catalogue) -> None:
    dutch, english = catalogue.languages["nl"], catalogue.languages["en"]
    assert dutch.keys() == english.keys()
    assert [code for code in dutch if blanks(dutch[code]) != blanks(english[code])] == []
    assert set(catalogue.languages) == set(VOICES)


def test_a_sentence_that_a_language_lacks_is_said_in_dutch() -> None:
    catalogue = Catalogue(nl={"yes": "Ja, {name}."}, tr={})
    assert catalogue.say("yes", "tr", name="Riet") == "Ja, Riet."
    assert catalogue.say("yes", "xx", name="Riet") == "Ja, Riet."


@pytest.mark.parametrize("line", ["", "anonymous", "+266696687", "Restricted", "1008", "KPN", "unknown"])
def test_a_withheld_number_is_no_number(line: str) -> None:
    assert number_of(line) == ""


def test_a_number_is_read_out_digit_by_digit() -> None:
    assert number_of("+31130001300") == "+31130001300"
    assert spoken_digits("+31130001300") == "0 1 3 0 0 0 1 3 0 0"
    assert spoken_digits("+46701740605") == "4 6 7 0 1 7 4 0 6 0 5"
