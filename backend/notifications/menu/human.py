"""Reaching a person: the duty telephone, screened so that no voicemail takes the call; else a number is left.

Nothing is recorded: a number is keyed in, read back and confirmed. It lands in the inbox and alerts people.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from backend.notifications.domain.prompts import (
    Answered,
    Ask,
    AskDigits,
    Connect,
    End,
    Heard,
    Join,
    Key,
    Keyed,
    Prompt,
    TalkOver,
)
from backend.notifications.models import Attempt, InboxItem
from backend.notifications.services import call_backs, conversation
from backend.notifications.services.reach import ForbiddenLine
from backend.notifications.words import say
from backend.people.domain.telephone import is_forbidden, read_numbers, spoken_digits

PHASES = ("number", "confirm_number")
GATHER_SECONDS = 10
LONGEST_NUMBER = 15
RINGS_FOR = 45
TALK_AT_MOST = 3600
ASKED_AT_MOST = 2
HUMAN = "human"
"""In the reference of a leg: it rings the duty telephone for somebody who wants a person."""


def connect(attempt: Attempt, words: str, now: datetime) -> Prompt:
    """Put the caller through to the duty telephone, or let them leave a number when it is in use."""
    if attempt.state not in Attempt.LIVE:
        return End()
    if attempt.line == attempt.organisation.duty_phone:
        return End(say("number_noted", attempt.language))
    put_through = to_duty_telephone(attempt, words, now)
    if put_through is None:
        return _nobody_free(attempt, now)
    attempt.script = {**attempt.script, "phase": "human"}
    return put_through


def to_duty_telephone(attempt: Attempt, words: str, now: datetime) -> Connect | None:
    """Say `words` and put the caller through to the duty telephone; None when its line is in use or may not be rung."""
    organisation = attempt.organisation
    try:
        with transaction.atomic():
            leg = conversation.dial(
                attempt,
                person_id=None,
                line=organisation.duty_phone,
                language=organisation.language,
                reference={HUMAN: True},
                now=now,
            )
    except (IntegrityError, ForbiddenLine, conversation.LineIsInUse):
        return None
    return Connect(text=words, line=leg.line, leg=str(leg.pk), ring_seconds=RINGS_FOR, limit_seconds=TALK_AT_MOST)


def turn_of_talk(attempt: Attempt, heard: Heard, now: datetime) -> Prompt | None:
    """The turn of who is being put through, of the telephone they are put through to, or of who leaves a number.

    None for any other turn.
    """
    if attempt.kind == Attempt.Kind.DIALLED:
        return screen(attempt, heard)
    if isinstance(heard, TalkOver):
        return talk_over(attempt, now)
    if attempt.script.get("phase") in PHASES:
        return number_turn(attempt, heard, now)
    return None


def screen(leg: Attempt, heard: Heard) -> Prompt:
    """On the duty telephone, before the two are joined: a voicemail presses no key."""
    if heard == Key("1"):
        leg.script = {"phase": "joined"}
        return Join()
    if isinstance(heard, Answered):
        words = say("human_screen", leg.language, organisation=leg.organisation.name)
        return Ask(words, seconds=GATHER_SECONDS)
    return End()


def was_joined(attempt: Attempt) -> bool:
    """Whether a person took the call at the duty telephone."""
    last = attempt.legs.filter(reference__has_key=HUMAN).order_by("-created_at").first()
    return last is not None and last.script.get("phase") == "joined"


def waits(attempt: Attempt) -> bool:
    """Whether the caller wants a person, and has neither spoken to one nor left a number."""
    phase = attempt.script.get("phase")
    return phase in PHASES or (phase == "human" and not was_joined(attempt))


def talk_over(attempt: Attempt, now: datetime) -> Prompt:
    """The duty telephone is off again."""
    if was_joined(attempt):
        attempt.script = {**attempt.script, "phase": "over"}
        return End()
    return _nobody_free(attempt, now)


def note_call_back(attempt: Attempt, line: str, now: datetime, *, note: str = "") -> InboxItem:
    """Somebody is to ring this caller back: once a call, on the number they gave last."""
    known = InboxItem.objects.filter(pk=attempt.reference.get("call_back", 0), dealt_with_at=None).first()
    if known is not None:
        known.line = line or known.line
        known.save(update_fields=["line"])
        return known
    item = call_backs.ask_for_call_back(attempt.organisation, line=line, person=attempt.person, note=note, now=now)
    attempt.reference = {**attempt.reference, "call_back": item.pk}
    attempt.save(update_fields=["reference"])
    return item


def number_turn(attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
    """A number is being keyed in, or read back."""
    script = attempt.script
    if script["phase"] == "confirm_number" and heard == Key("1"):
        note_call_back(attempt, script["number"], now)
        attempt.script = {**script, "phase": "over"}
        return End(say("number_noted", attempt.language))
    if script["phase"] == "number" and isinstance(heard, Keyed):
        number = _ringable(heard.digits)
        if number:
            attempt.script = {**script, "phase": "confirm_number", "number": number}
            words = say("number_back", attempt.language, digits=spoken_digits(number))
            return Ask(words, seconds=GATHER_SECONDS)
    return _ask_again(attempt, heard)


def _nobody_free(attempt: Attempt, now: datetime) -> Prompt:
    if attempt.line:
        note_call_back(attempt, attempt.line, now)
    if attempt.state not in Attempt.LIVE:
        return End()
    attempt.script = {**attempt.script, "phase": "number", "asked": 1}
    code = "nobody_free" if attempt.line else "leave_number"
    return AskDigits(say(code, attempt.language), seconds=GATHER_SECONDS, most=LONGEST_NUMBER)


def _ask_again(attempt: Attempt, heard: Heard) -> Prompt:
    """No number yet. Who says nothing, and whose number is known, has said enough."""
    asked = attempt.script.get("asked", 0)
    is_silent = not isinstance(heard, Keyed | Key)
    if asked >= ASKED_AT_MOST + 1 or (is_silent and (attempt.line or asked >= ASKED_AT_MOST)):
        if attempt.line:
            attempt.script = {**attempt.script, "phase": "over"}
            return End(say("number_noted", attempt.language))
        return End(say("ring_instead", attempt.language, digits=spoken_digits(attempt.organisation.duty_phone)))
    attempt.script = {**attempt.script, "phase": "number", "asked": asked + 1}
    code = "number_wrong" if isinstance(heard, Keyed) else "leave_number"
    return AskDigits(say(code, attempt.language), seconds=GATHER_SECONDS, most=LONGEST_NUMBER)


def _ringable(digits: str) -> str:
    """The number (E.164) that these keys are, or "" when it is none that may be rung."""
    found = read_numbers(digits).numbers
    number = found[0].e164 if len(found) == 1 else ""
    return "" if not number or is_forbidden(number) else number
