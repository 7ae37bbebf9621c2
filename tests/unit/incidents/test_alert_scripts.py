"""What is said and asked about an incident: nothing personal before a key, and always an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.incidents.scripts import Briefing, Standing, alert_call, briefed, reason_in_words
from backend.incidents.texts import Told
from backend.incidents.words import NL, WORDS
from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Key, Silence, TalkOver
from tests.support.profiles import examples

LABEL = "Telefooncirkel Vijverhof"
KINDS = ["no_answer", "worried", "help", "round", "outage", "duty", "stranded", "not_at_door", "run", "evening"]
NEWS = ["stood_down", "turned_up", "mistaken", "late_proof"]
PERSONAL = ["Riet van Dalen", "Lindelaan 4", "Anneke"]
BRIEFING = Briefing(("Het gaat om Riet van Dalen.",), ("Lindelaan 4.",), ("Sjef heeft een sleutel.",))
HEARD: list[Heard] = [Answered(), Silence(), TalkOver(), *(Key(each) for each in "0123456789*#")]


def standing(kind: str = "no_answer", *, news: str = "", is_open: bool = True, held: str = "") -> Standing:
    return Standing(label=LABEL, kind=kind, news=news, is_open=is_open, held_by_other=held)


STANDINGS = [
    *(standing(kind) for kind in KINDS),
    *(standing(news=news) for news in NEWS),
    standing(held="Anneke"),
    standing(is_open=False),
]


def test_an_alert_is_offered_and_taken() -> None:
    offer = alert_call(standing(), "offer", Answered(), None, "nl")
    assert offer.prompt == Ask(
        "Dit is Telefooncirkel Vijverhof: iemand heeft vanmorgen niet opgenomen. Neemt u dit op u? Druk op 1. "
        "Kunt u niet? Druk op 2.",
        seconds=10,
    )
    claim = alert_call(standing(), offer.phase, Key("1"), None, "nl")
    assert (claim.decision, claim.phase) == ("claim", "taken")
    told = briefed(BRIEFING, "nl")
    assert isinstance(told, Ask)
    assert (
        "Het gaat om Riet van Dalen. Lindelaan 4. Sjef heeft een sleutel. Vertel de buren niets persoonlijks."
        in told.text
    )
    assert alert_call(standing(), "taken", Key("1"), BRIEFING, "nl").prompt == told
    assert alert_call(standing(), "taken", Silence(), BRIEFING, "nl").prompt == End("Dank u wel.")


def test_what_is_known_from_elsewhere_is_said_before_the_question() -> None:
    known = ("Heeft om 8:40 zelf gebeld: alles goed.",)
    case = Standing("De bus", "not_at_door", news="", is_open=True, held_by_other="", known=known)
    assert alert_call(case, "offer", Answered(), None, "nl").prompt == Ask(
        "Dit is De bus: iemand was niet aan de deur voor de bus. Heeft om 8:40 zelf gebeld: alles goed. Neemt u dit op "
        "u? Druk op 1. Kunt u niet? Druk op 2.",
        seconds=10,
    )


def test_an_alert_is_declined() -> None:
    turn = alert_call(standing(), "offer", Key("2"), None, "nl")
    assert (turn.decision, turn.prompt) == ("decline", End("Dank u wel. Wij bellen nu de volgende."))


@pytest.mark.parametrize("heard", [Silence(), Key("3")])
def test_an_answering_machine_claims_nothing(heard: Heard) -> None:
    turn = alert_call(standing(), "offer", heard, None, "nl")
    assert (turn.decision, turn.prompt) == ("", End("Wij bellen u zo nog eens."))


def test_who_comes_second_is_told_who_has_it() -> None:
    """But not the answering machine: the name follows on a key."""
    picked_up = alert_call(standing(held="Anneke"), "offer", Answered(), None, "nl")
    assert picked_up.prompt == End(
        "Dit is Telefooncirkel Vijverhof: iemand heeft deze melding al op zich genomen. U hoeft niets te "
        "doen. Dank u wel."
    )
    second = alert_call(standing(held="Anneke"), "offer", Key("1"), None, "nl")
    assert second.prompt == End("Anneke heeft deze melding al op zich genomen. U hoeft niets te doen. Dank u wel.")
    assert second.decision == ""


def test_a_case_that_is_closed_already() -> None:
    turn = alert_call(standing(is_open=False), "offer", Key("1"), None, "nl")
    assert (turn.decision, turn.prompt) == (
        "",
        End("Deze melding is al afgesloten. U hoeft niets te doen. Dank u wel."),
    )


@pytest.mark.parametrize("news", NEWS)
@pytest.mark.parametrize("is_open", [True, False])
def test_news_is_told_whether_the_case_is_open_or_closed(news: str, is_open: bool) -> None:
    """Whoever is on the way hears that nobody needs to go, though the case is closed by then."""
    asked = alert_call(standing(news=news, is_open=is_open), "offer", Answered(), None, "nl")
    says = {
        "stood_down": "U hoeft niet te gaan.",
        "turned_up": "de persoon om wie het gaat is terecht.",
        "mistaken": "het was een vergissing. U hoeft niet te gaan.",
        "late_proof": "Kijk toch even, en leg vast wat u vond.",
    }
    assert isinstance(asked.prompt, Ask)
    assert says[news] in asked.prompt.text
    assert alert_call(standing(news=news), asked.phase, Key("1"), None, "nl").decision == "heard"
    assert alert_call(standing(news=news), asked.phase, Silence(), None, "nl").decision == ""


@pytest.mark.parametrize("language", ["nl", "en", "tr"])
@pytest.mark.parametrize("case", STANDINGS)
def test_nothing_personal_before_a_key(case: Standing, language: str) -> None:
    """An answering machine or a child may be listening."""
    for heard in (Answered(), Silence(), TalkOver()):
        prompt = alert_call(case, "offer", heard, None, language).prompt
        assert isinstance(prompt, Ask | End)
        assert not any(each in prompt.text for each in PERSONAL)


@examples(150)
@given(
    case=st.sampled_from(STANDINGS),
    inputs=st.lists(st.sampled_from(HEARD), max_size=12),
    language=st.sampled_from(["nl", "en", "tr"]),
)
def test_nobody_gets_stuck(case: Standing, inputs: list[Heard], language: str) -> None:
    """Any input in any order is answered; silence ends it; it is claimed, declined or heard once at the most."""
    phase, decisions = "offer", []
    for heard in [Answered(), *inputs, Silence(), Silence()]:
        if phase == "over":
            return
        turn = alert_call(case, phase, heard, BRIEFING if phase == "taken" else None, language)
        phase = turn.phase
        decisions += [turn.decision] if turn.decision else []
        assert isinstance(turn.prompt, Ask | End)
        assert isinstance(turn.prompt, Ask) or phase == "over" or turn.decision == "claim"
    assert isinstance(turn.prompt, End)
    assert len(decisions) <= 1


def test_every_kind_of_case_and_of_news_has_its_words() -> None:
    """That both languages say the same with the same places is tested for all catalogues together."""
    assert {code for code in NL if code.startswith("reason_")} == {f"reason_{kind}" for kind in KINDS}
    assert all(f"call_{news}" in NL for news in NEWS)
    assert {code for code in NL if code.startswith("text_")} == {f"text_{told}" for told in Told}


def test_the_sentences_of_the_call_that_alerts_can_be_recorded() -> None:
    """But for those with a name, a reason or a person's particulars in them."""
    said = alert_call(standing(), "offer", Answered(), None, "nl").prompt
    told = briefed(BRIEFING, "nl")
    assert isinstance(said, Ask) and isinstance(told, Ask)
    assert said.text.endswith(NL["call_offer"])
    assert told.text.startswith(NL["call_yours"])
    assert told.text.endswith(NL["call_afterwards"])
    assert "{" not in NL["call_offer"] + NL["call_yours"] + NL["call_afterwards"]


LINK = "https://rondje.voorbeeld-gemeente.nl/i/" + "x" * 21
GSM7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


def filled(told: Told, language: str, **more: str) -> str:
    """A text in the usual words, with a long label and link."""
    return WORDS.say(f"text_{told}", language, label=LABEL, link=LINK, **more)


@pytest.mark.parametrize("language", ["nl", "en", "tr"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_text_that_alerts_fits_one_segment(kind: str, language: str) -> None:
    """160 characters of the GSM alphabet, with a link of 60: a second segment may arrive later than the first."""
    text = filled(Told.ALERT, language, reason=reason_in_words(kind, language))
    assert len(LINK) == 60
    assert text.endswith(LINK)
    assert len(text) <= 160
    assert set(text) <= GSM7
    assert not any(each in text for each in PERSONAL)


@pytest.mark.parametrize("language", ["nl", "en", "tr"])
@pytest.mark.parametrize("told", [Told.CLAIMED, Told.CLAIMED_BY_OTHER, Told.REMINDER, Told.STOOD_DOWN, Told.TURNED_UP])
def test_the_other_texts_fit_one_segment(told: Told, language: str) -> None:
    text = filled(told, language)
    assert text.endswith(LINK)
    assert len(text) <= 160
    assert set(text) <= GSM7
