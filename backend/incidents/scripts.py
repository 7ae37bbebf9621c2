"""What is said and asked about an incident, on the telephone and in texts. Pure.

Nothing personal before a key is pressed or a button confirmed: an answering machine or a child may be listening.
"""

from dataclasses import dataclass
from typing import TypeVar

from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Key, Prompt

REASONS = {
    "nl": {
        "no_answer": "iemand heeft vanmorgen niet opgenomen",
        "worried": "er zijn zorgen over iemand",
        "help": "iemand heeft om hulp gevraagd",
        "round": "het belrondje is niet rond gekomen",
        "outage": "telefoonstoring, nog niet iedereen is gebeld",
        "duty": "er staat niemand op het rooster die kan komen",
    },
    "en": {
        "no_answer": "somebody has not answered this morning",
        "worried": "somebody is worried about a member",
        "help": "somebody has asked for help",
        "round": "the telephone round did not come full circle",
        "outage": "telephone trouble, not everybody was rung",
        "duty": "nobody who can come is on the duty roster",
    },
}

OFFER = {
    "nl": "Dit is {label}: {reason}. Neemt u dit op u? Druk op 1. Kunt u niet? Druk op 2.",
    "en": "This is {label}: {reason}. Will you take this? Press 1. If you cannot, press 2.",
}

TAKEN = {
    "nl": "Dank u wel. U heeft deze melding. {briefing} Vertel de buren niets persoonlijks. Leg daarna vast wat u "
    "vond, met de koppeling in uw sms of via de coördinator. Druk op 1 om dit nog eens te horen.",
    "en": "Thank you. This case is yours. {briefing} Tell the neighbours nothing personal. Afterwards record what "
    "you found, by the link in your text message or through the coordinator. Press 1 to hear this again.",
}

TAKEN_WITHOUT_PEOPLE = {
    "nl": "Dank u wel. U heeft deze melding. Leg daarna vast wat er geregeld is, met de koppeling in uw sms of via de "
    "coördinator. Druk op 1 om dit nog eens te horen.",
    "en": "Thank you. This case is yours. Afterwards record what has been arranged, by the link in your text message or "
    "through the coordinator. Press 1 to hear this again.",
}

IS_TAKEN = {
    "nl": "Dit is {label}: iemand heeft deze melding al op zich genomen. U hoeft niets te doen. Dank u wel.",
    "en": "This is {label}: somebody has taken this case already. You need do nothing. Thank you.",
}

OTHER_HAS_IT = {
    "nl": "{name} heeft deze melding al op zich genomen. U hoeft niets te doen. Dank u wel.",
    "en": "{name} has taken this case already. You need do nothing. Thank you.",
}

IS_CLOSED = {
    "nl": "Deze melding is al afgesloten. U hoeft niets te doen. Dank u wel.",
    "en": "This case is closed already. You need do nothing. Thank you.",
}

DECLINED = {
    "nl": "Dank u wel. Wij bellen nu de volgende.",
    "en": "Thank you. We are now ringing the next person.",
}

NO_KEY = {"nl": "Wij bellen u zo nog eens.", "en": "We will ring you again."}

NEWS = {
    "nl": {
        "stood_down": "Dit is {label}. Goed nieuws: de persoon die niet opnam heeft zelf laten weten dat het goed gaat. "
        "U hoeft niet te gaan. Druk op 1 als u dit gehoord heeft.",
        "late_proof": "Dit is {label}. De persoon om wie het gaat heeft zich telefonisch gemeld. Kijk toch even, en leg "
        "vast wat u vond. Druk op 1 als u dit gehoord heeft.",
    },
    "en": {
        "stood_down": "This is {label}. Good news: the person who did not answer has let us know that all is well. You "
        "need not go. Press 1 if you have heard this.",
        "late_proof": "This is {label}. The person in question has been in touch by telephone. Please look all the "
        "same, and record what you found. Press 1 if you have heard this.",
    },
}

THANKS = {"nl": "Dank u wel.", "en": "Thank you."}


Words = TypeVar("Words")


def _in(catalogue: dict[str, Words], language: str) -> Words:
    """The words in a language; Dutch where there are none: an alarm never fails for want of a translation."""
    return catalogue.get(language, catalogue["nl"])


@dataclass(frozen=True)
class Briefing:
    """What the one who claims must know. `contacts` are sentences; safe codes are never among them."""

    people: tuple[str, ...]
    addresses: tuple[str, ...]
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """How the incident stands for the person on the line."""

    label: str
    kind: str
    news: str
    is_open: bool
    held_by_other: str
    """The name of whoever has it, or empty."""


@dataclass(frozen=True)
class Turn:
    """What to say, what the person decided ("claim", "decline", "heard" or ""), and where the talk is then."""

    prompt: Prompt
    decision: str = ""
    phase: str = "offer"


def alert_call(standing: Standing, phase: str, heard: Heard, briefing: Briefing | None, language: str) -> Turn:
    """One turn of an alert. `briefing` is given once the claim has been made."""
    if standing.news:
        return _news(standing, heard, language)
    if not standing.is_open:
        return Turn(End(_in(IS_CLOSED, language)), phase="over")
    if phase == "taken" and briefing is not None and isinstance(heard, Key):
        return Turn(briefed(briefing, language), phase="again")
    if phase in ("taken", "again"):
        return Turn(End(_in(THANKS, language)), phase="over")
    if standing.held_by_other:
        return Turn(End(_who_has_it(standing, heard, language)), phase="over")
    if isinstance(heard, Answered):
        words = _in(OFFER, language).format(label=standing.label, reason=_in(REASONS, language)[standing.kind])
        return Turn(Ask(words, seconds=10))
    if heard == Key("1"):
        return Turn(End(), decision="claim", phase="taken")
    if heard == Key("2"):
        return Turn(End(_in(DECLINED, language)), decision="decline", phase="over")
    return Turn(End(_in(NO_KEY, language)), phase="over")


def _who_has_it(standing: Standing, heard: Heard, language: str) -> str:
    """Who comes second is told who has it; a line that was merely picked up is told no name."""
    if isinstance(heard, Key):
        return _in(OTHER_HAS_IT, language).format(name=standing.held_by_other)
    return _in(IS_TAKEN, language).format(label=standing.label)


def briefed(briefing: Briefing, language: str) -> Prompt:
    """Who it is about, where, and who has a key."""
    words = " ".join((*briefing.people, *briefing.addresses, *briefing.contacts))
    if not words:
        return Ask(_in(TAKEN_WITHOUT_PEOPLE, language), seconds=10)
    return Ask(_in(TAKEN, language).format(briefing=words), seconds=10)


def _news(standing: Standing, heard: Heard, language: str) -> Turn:
    if isinstance(heard, Answered):
        return Turn(Ask(_in(NEWS, language)[standing.news].format(label=standing.label), seconds=10), phase="news")
    return Turn(End(_in(THANKS, language)), decision="heard" if isinstance(heard, Key) else "", phase="over")


def offer_in_words(kind: str, label: str, language: str) -> str:
    """The question whether somebody takes a case, for whoever rings in."""
    return _in(OFFER, language).format(label=label, reason=reason_in_words(kind, language))


def closed_in_words(language: str) -> str:
    """To whoever comes when the case is over."""
    return _in(IS_CLOSED, language)


def reason_in_words(kind: str, language: str) -> str:
    """Why there is a case: no name in it."""
    return _in(REASONS, language)[kind]


def alert_text(*, kind: str, label: str, link: str, language: str) -> str:
    """The text that alerts: no name in it, for a telephone may lie on a table."""
    reason = _in(REASONS, language)[kind]
    if language == "en":
        return f"{label}: {reason}. Will you take this? YES/NO {link}"
    return f"{label}: {reason}. Neemt u dit op u? JA/NEE {link}"


def claimed_text(*, label: str, link: str, language: str) -> str:
    """To whoever claimed."""
    if language == "en":
        return f"{label}: the case is yours. Details, and what you found: {link}"
    return f"{label}: u heeft de melding. Gegevens, en wat u vond: {link}"


def claimed_by_other_text(*, label: str, link: str, language: str) -> str:
    """To whoever else was alerted."""
    if language == "en":
        return f"{label}: somebody has taken the case. You need do nothing. {link}"
    return f"{label}: iemand heeft de melding op zich genomen. U hoeft niets te doen. {link}"


def reminder_text(*, label: str, link: str, language: str) -> str:
    """To a claimant who has not said what was found."""
    if language == "en":
        return f"{label}: what did you find? Please record it: {link}"
    return f"{label}: wat heeft u gevonden? Leg het vast: {link}"


def stood_down_text(*, label: str, link: str, language: str) -> str:
    """To whoever was on the way when the member made contact."""
    if language == "en":
        return f"{label}: the person has been in touch by telephone. See {link}"
    return f"{label}: de persoon heeft zich telefonisch gemeld. Zie {link}"


def more_people_text(*, label: str, link: str, language: str) -> str:
    """To whoever has a case that now concerns more people."""
    if language == "en":
        return f"{label}: your case now concerns more people. See {link}"
    return f"{label}: uw melding gaat nu over meer mensen. Zie {link}"


def worried_again_text(*, label: str, link: str, language: str) -> str:
    """To whoever has the case of somebody about whom another person worries, too."""
    if language == "en":
        return f"{label}: somebody else worries about this person, too. See {link}"
    return f"{label}: nog iemand maakt zich zorgen over deze persoon. Zie {link}"


def all_reached_text(*, label: str, link: str, language: str) -> str:
    """To whoever has the case of an outage in which everybody has been in touch after all."""
    if language == "en":
        return f"{label}: everybody on your list has been reached by now. Please close the case: {link}"
    return f"{label}: iedereen op uw lijst is inmiddels bereikt. Sluit de melding af: {link}"
