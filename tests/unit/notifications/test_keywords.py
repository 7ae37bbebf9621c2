"""What people mean by a text, however they type it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.notifications.domain.keywords import LONGEST, Keyword, plain, understand

TYPED = {
    Keyword.YES: "JA|ja!|Ja.|jaaa|j|Ok ik ga|oké|JA 👍|ik ga kijken|ben er zo|op weg|ik kom|prima|YES|yes!|I'm coming|"
    "Ik kom er over 10 minuten|ja ik ben er over een kwartier|ben er over 5 min.|ik ben er om half 10|ben er bijna|"
    "ja, om 9.15 uur|ik ben er straks|I'll be there in 10 minutes|I am there in 5|be there soon",
    Keyword.NO: "NEE|nee.|neee|Ik kan niet|helaas kan ik niet|kan echt niet|ik ga niet|ik kom vandaag niet|"
    "ik ga er niet heen|I'm not coming|NO|nope|I can't",
    Keyword.HELP: "HULP|hulp!!!|HELP|hupl|hullp|sos|Ik ben gevallen en kan niet opstaan|"
    "wilt u alstublieft iemand sturen want ik heb nu hulp nodig",
    Keyword.STOP: "STOP|stop.|Stop|stpo|STOPALL|unsubscribe|quit|stoppen",
    Keyword.START: "START|start!|unstop",
    Keyword.AWAY: "AFWEZIG|afwezig tm 3 dec|afwzig t/m 3-12|ben er niet tot 3-12|ik ben niet thuis morgen|"
    "op vakantie tot 5 dec|AWAY until 3 Dec|awya 3 dec|ik ga op vakantie|ik ben er vandaag niet|ben er even niet",
    Keyword.BACK: "TERUG|weer thuis|ik ben weer thuis|teurg|ben er weer|BACK|back again",
    Keyword.ARRIVED: "ER|er|ik ben er|aangekomen|ja ik ben er|sta voor de deur|ARRIVED|I am here",
    Keyword.SWAP: "RUIL 3 dec|ruilen|swap 3 dec",
    Keyword.NUMBER: "1|2.|1 bij 2|3 1",
}

NOT_CLEAR = [
    "ja nee",
    "ik ben er nog niet",
    "ja ik ga niet",
    "niet ok",
    "ok dan niet",
    "nog niet aangekomen",
    "ik ben niet onderweg",
    "ik ben er om 9 uur niet",
    "ik kom pas morgen",
    "I'm not there yet",
    "ik ben er pas morgen",
    "ik sta niet voor de deur maar ben er later",
    "nee, ja",
    "Stop met bellen",
    "bel mij terug",
    "kunt u terugbellen?",
    "is er iemand?",
    "stom",
    "geen hulp nodig",
    "zulk weer",
    "👍",
    "مرحبا",
    "שלום",
    "?",
    "...",
    "Leuk gevonden: “Kunt u gaan?”",
    "Liked “Will you go?”",
    "1234",
    "06 1234",
    "kunt u mij helpen met de tv",
    "Dag Jan hier ik wilde even zeggen dat ik ja toch wel erg blij ben met de telefooncirkel",
]

PIECES = (
    "ja",
    "nee",
    "hulp",
    "stop",
    "afwezig",
    "terug",
    "er",
    "1",
    "3-12",
    "👍",
    "t/m",
    ">",
    "\n",
    "ik",
    "ben",
    "مرحبا",
)


@pytest.mark.parametrize(
    ("meant", "text"), [(meant, text) for meant, texts in TYPED.items() for text in texts.split("|")]
)
def test_a_keyword_is_understood_as_it_is_typed(meant: Keyword, text: str) -> None:
    assert understand(text).keyword is meant


@pytest.mark.parametrize("text", NOT_CLEAR)
def test_what_is_not_clear_is_left_to_a_person(text: str) -> None:
    assert understand(text).keyword is None


def test_the_number_beside_a_keyword_is_read() -> None:
    assert understand("ja 2").number == 2
    assert understand("NEE, 1!").number == 1
    assert understand("1 bij 2").numbers == (1, 2)
    assert understand("ja").number is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ik kom er over 10 minuten", ()),
        ("ja over 10 minuten", ()),
        ("ja, 5 min", ()),
        ("JA om 9 uur", ()),
        ("ja ik ben er om half 10", ()),
        ("yes, in 20 minutes", ()),
        ("ja 2, over 10 minuten", (2,)),
        ("ja 2 ik kom er over 10 minuten", (2,)),
    ],
)
def test_a_time_is_no_number_of_a_case(text: str, numbers: tuple[int, ...]) -> None:
    assert (understand(text).keyword, understand(text).numbers) == (Keyword.YES, numbers)


@pytest.mark.parametrize(
    "text",
    [
        "ik ben er over een kwartier",
        "ja ben er over 10 min",
        "ik ben er vanmiddag",
        "ben er later",
        "ik ben er nu niet",
        "sta er om 9 uur",
        "i am there in 10 minutes",
    ],
)
def test_nobody_stands_at_the_door_who_says_when_they_will(text: str) -> None:
    assert understand(text).keyword is not Keyword.ARRIVED


def test_a_quoted_text_does_not_count() -> None:
    assert understand("nee\n> Neemt u dit op u? JA of NEE").keyword is Keyword.NO
    assert understand("ja\nOp ma 23 nov. 2026 schreef De Linde:\nNEE of JA?").keyword is Keyword.YES


def test_dates_keep_their_signs() -> None:
    assert plain("Afwezig  t/m 3-12-2026!") == "afwezig tm 3-12-2026"
    assert plain("tot en met 3/12.") == "tm 3/12"


def test_a_long_cry_for_help_is_heard() -> None:
    assert understand("bla " * 200 + "HULP").keyword is Keyword.HELP


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=LONGEST + 200))
def test_any_text_at_all_is_read_without_a_fault(text: str) -> None:
    found = understand(text)
    assert found.plain == " ".join(found.words)
    assert all(0 <= number < 100 for number in found.numbers)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_mixture_of_keywords_is_read_without_a_fault(parts: list[str]) -> None:
    understand(" ".join(parts))
