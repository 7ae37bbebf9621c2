"""HULP from a number that no programme answers for: passed on to people at once.

Programmes open a case for their own participants in a rule of their own, which is asked before this one.
"""

from datetime import datetime

from backend.events.models import Lane
from backend.notifications import texts
from backend.notifications.domain.keywords import Keyword
from backend.notifications.registry import IncomingText, TextAnswer
from backend.notifications.services import call_backs
from backend.people.domain.telephone import format_for_people

NAME = "help.anybody"


def answer(text: IncomingText, now: datetime) -> TextAnswer | None:
    """The rule."""
    if text.understood.keyword is not Keyword.HELP:
        return None
    person = text.people[0] if len(text.people) == 1 else None
    call_backs.ask_for_call_back(text.organisation, line=text.line, person=person, text=text.row, note="help", now=now)
    phone = format_for_people(text.organisation.duty_phone)
    return TextAnswer(texts.say(text.organisation, texts.HELP_STRANGER, text.language, phone=phone), lane=Lane.ALARM)
