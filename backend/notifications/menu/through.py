"""Putting somebody through from a call in which they were asked something: to the duty telephone, or to help."""

from datetime import datetime

from backend.notifications import registry
from backend.notifications.domain.prompts import End, Heard, Key, Prompt, TalkOver
from backend.notifications.menu import human
from backend.notifications.models import Attempt
from backend.notifications.registry import Caller, MenuCall
from backend.notifications.words import say as general

HELP = Key("9")


def turn_of_talk(attempt: Attempt, heard: Heard, otherwise: str) -> Prompt | None:
    """The turn of a leg that rings the duty telephone, or of a caller whose talk is over; None for any other.

    `otherwise` is said when nobody took the call: somebody rings back, because that was noted when it was asked.
    """
    if attempt.kind == Attempt.Kind.DIALLED:
        return human.screen(attempt, heard)
    if isinstance(heard, TalkOver):
        return End("" if human.was_joined(attempt) else otherwise)
    return None


def turn_elsewhere(attempt: Attempt, heard: Heard, otherwise: str, now: datetime) -> Prompt | None:
    """A turn that is not about the question asked: of a talk with a person, or 9 for help. None for any other."""
    if (talk := turn_of_talk(attempt, heard, otherwise)) is not None:
        return talk
    return to_help(attempt, otherwise, now) if heard == HELP else None


def to_a_person(attempt: Attempt, words: str, otherwise: str, now: datetime) -> Prompt:
    """Put the caller through to the organisation's duty telephone; `otherwise` is said when its line is in use."""
    return human.to_duty_telephone(attempt, words, now) or End(otherwise)


def to_help(attempt: Attempt, otherwise: str, now: datetime) -> Prompt:
    """9 means help at every prompt, whoever it is that rings."""
    if attempt.person is not None:
        call = MenuCall(attempt, attempt.organisation, Caller(attempt.person), now)
        for helps in registry.help_by_call.values():
            if words := helps(call):
                return End(words)
    human.note_call_back(attempt, attempt.line, now, note="help")
    return to_a_person(attempt, general("help_noted", attempt.language), otherwise, now)
