"""The call that tells somebody that their trip does not go as promised: the news, and a key that it was understood."""

from dataclasses import dataclass
from enum import StrEnum

from backend.notifications.domain.prompts import Ask, End, Heard, Key, Prompt
from backend.transport.words_disruption import say

GATHER_SECONDS = 9
"""Older people need time to find the key (carrier text: 8 to 10 s, everything said twice)."""

ASKED_AT_MOST = 2

UNDERSTOOD, SPEAK, HELP = Key("1"), (Key("3"), Key("0")), Key("9")


class Fact(StrEnum):
    """What came to light."""

    CONFIRMED = "confirmed"
    SPEAK = "speak"
    HELP = "help"


@dataclass(frozen=True)
class Turn:
    """What is said, how often it has been asked now, and what came to light. Without a prompt a person takes over."""

    prompt: Prompt | None
    asked: int
    fact: Fact | None = None


def turn(news: str, asked: int, heard: Heard, language: str) -> Turn:
    """One turn. `news` is what is told, opening included. Silence is asked once more, then nobody has confirmed."""
    if heard == UNDERSTOOD:
        return Turn(End(say("thanks", language)), asked, Fact.CONFIRMED)
    if heard in SPEAK:
        return Turn(None, asked, Fact.SPEAK)
    if heard == HELP:
        return Turn(None, asked, Fact.HELP)
    if asked >= ASKED_AT_MOST:
        return Turn(End(), asked)
    return Turn(Ask(f"{news} {say('keys', language)}", seconds=GATHER_SECONDS), asked + 1)
