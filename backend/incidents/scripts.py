"""What is said and asked about an incident, on the telephone and in texts. Pure.

Nothing personal before a key is pressed or a button confirmed: an answering machine or a child may be listening.
"""

from dataclasses import dataclass

from backend.incidents.words import say
from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Key, Prompt

SECONDS = 10


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
    known: tuple[str, ...] = ()
    """What is known from elsewhere, in sentences without a name."""


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
        return Turn(End(say("call_closed", language)), phase="over")
    if phase == "taken" and briefing is not None and isinstance(heard, Key):
        return Turn(briefed(briefing, language), phase="again")
    if phase in ("taken", "again"):
        return Turn(End(say("call_thanks", language)), phase="over")
    if standing.held_by_other:
        return Turn(End(_who_has_it(standing, heard, language)), phase="over")
    if isinstance(heard, Answered):
        return Turn(Ask(offer_in_words(standing.kind, standing.label, language, standing.known), seconds=SECONDS))
    if heard == Key("1"):
        return Turn(End(), decision="claim", phase="taken")
    if heard == Key("2"):
        return Turn(End(say("call_declined", language)), decision="decline", phase="over")
    return Turn(End(say("call_no_key", language)), phase="over")


def _who_has_it(standing: Standing, heard: Heard, language: str) -> str:
    """Who comes second is told who has it; a line that was merely picked up is told no name."""
    if isinstance(heard, Key):
        return say("call_taken_by", language, name=standing.held_by_other)
    return say("call_taken", language, label=standing.label)


def briefed(briefing: Briefing, language: str) -> Prompt:
    """Who it is about, where, and who has a key."""
    told = (*briefing.people, *briefing.addresses, *briefing.contacts)
    last = "call_afterwards" if told else "call_arrange"
    return Ask(" ".join((say("call_yours", language), *told, say(last, language))), seconds=SECONDS)


def _news(standing: Standing, heard: Heard, language: str) -> Turn:
    if isinstance(heard, Answered):
        words = f"{say('call_from', language, label=standing.label)} {say(f'call_{standing.news}', language)}"
        return Turn(Ask(words, seconds=SECONDS), phase="news")
    return Turn(End(say("call_thanks", language)), decision="heard" if isinstance(heard, Key) else "", phase="over")


def offer_in_words(kind: str, label: str, language: str, known: tuple[str, ...] = ()) -> str:
    """The question whether somebody takes a case, for whoever is rung or rings in; `known` are nameless sentences."""
    why = say("call_why", language, label=label, reason=reason_in_words(kind, language))
    return " ".join((why, *known, say("call_offer", language)))


def closed_in_words(language: str) -> str:
    """To whoever comes when the case is over."""
    return say("call_closed", language)


def reason_in_words(kind: str, language: str) -> str:
    """Why there is a case: no name in it."""
    return say(f"reason_{kind}", language)
