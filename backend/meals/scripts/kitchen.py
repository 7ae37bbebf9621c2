"""What is said to a cook who is rung, and what their key means. Pure."""

from dataclasses import dataclass

from backend.meals.kitchen_words import say
from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Key, Prompt

SECONDS = 10
"""Older hands need longer than a carrier's five seconds (carrier text)."""


@dataclass(frozen=True)
class Turn:
    """What is said, and whether the numbers have been heard by a person."""

    prompt: Prompt
    has_heard: bool = False


def kitchen_call(heard: Heard, language: str, *, organisation: str, text: str) -> Turn:
    """Read the numbers; any key says that somebody heard them: voicemail presses none."""
    if isinstance(heard, Answered):
        return Turn(Ask(say("call", language, organisation=organisation, text=text), SECONDS))
    if isinstance(heard, Key):
        return Turn(End(say("call_thanks", language)), has_heard=True)
    return Turn(End(say("call_no_key", language)))
