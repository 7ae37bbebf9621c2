"""Answers by text to what programmes asked: JA or NEE, with a number when there was more than one question, or BEL.

One rule for all programmes, so that a bare yes is never taken for the answer to another question than was meant: where
two are open, it is asked which. See decision 30.
"""

from datetime import datetime, timedelta

from backend.notifications import registry
from backend.notifications.domain.asking import Came
from backend.notifications.domain.keywords import Keyword
from backend.notifications.registry import IncomingText, OpenQuestion, TextAnswer
from backend.notifications.words import say

NAME = "notifications.questions"
ORDER = 45
"""Of the rule for texts: after alerts, what goes wrong and duties, before absences."""

CALL_ME = frozenset(("bel", "bellen", "bel mij", "bel me", "bel mij terug", "call", "call me", "ring me"))
CANCELS = frozenset(("afzeggen", "afzegen", "afzegge", "afgezegd", "zeg af", "ik zeg af", "zeg maar af"))

LISTED_AT_MOST = 5

SOON = timedelta(hours=24)
"""Somebody who said yes to what begins within this may say no to it still, whatever else they are asked."""

CAME = {Keyword.YES: Came.YES, Keyword.NO: Came.NO}


def understand(text: IncomingText, now: datetime) -> TextAnswer | None:
    """The rule for texts. Declines what answers no question of any programme."""
    came = _came(text)
    number = text.understood.number
    numbered = text.understood.keyword is Keyword.NUMBER or (came is not None and number is not None)
    chosen = "questions" in text.earlier and numbered
    if came is None and not chosen:
        return None
    found = [one for questions, _late in registry.questions.values() for one in questions(text, now)]
    everything = sorted(found, key=lambda one: (one.at, one.key))
    if chosen:
        return _chosen(text, everything, now, came or Came(text.earlier["came"]))
    assert came is not None
    questions = _to_answer(everything, came, now)
    if not questions:
        return _too_late(text, came, now)
    if len(questions) == 1 and number is None:
        return questions[0].answer(came)
    if number is not None and 1 <= number <= len(questions):
        return questions[number - 1].answer(came)
    return _which(text, questions, came)


def _came(text: IncomingText) -> Came | None:
    if text.understood.plain in CALL_ME:
        return Came.SPEAK
    if text.understood.plain in CANCELS:
        return Came.NO
    keyword = text.understood.keyword
    return CAME.get(keyword) if keyword else None


def _to_answer(questions: list[OpenQuestion], came: Came, now: datetime) -> list[OpenQuestion]:
    """Those that wait for an answer; where none does, those that were answered and may be answered otherwise still.

    A no may be meant for what they said yes to and begins soon, although something else waits.
    """
    waits = any(one.waits for one in questions)
    until = now + SOON if came is Came.NO else now
    return [one for one in questions if one.waits or not waits or one.at <= until][:LISTED_AT_MOST]


def _which(text: IncomingText, questions: list[OpenQuestion], came: Came) -> TextAnswer:
    """More than one question: which do they mean?"""
    choices = ", ".join(
        say("question_choice", text.language, number=number, name=one.name, about=one.about)
        for number, one in enumerate(questions, start=1)
    )
    asks = {"questions": [one.key for one in questions], "came": came.value}
    return TextAnswer(say("question_which", text.language, choices=choices), asks=asks)


def _chosen(text: IncomingText, questions: list[OpenQuestion], now: datetime, came: Came) -> TextAnswer | None:
    """The one with this number in the list that they were sent, whatever else has been asked since."""
    keys, number = text.earlier["questions"], text.understood.number or 0
    if not 1 <= number <= len(keys):
        return None
    meant = next((one for one in questions if one.key == keys[number - 1]), None)
    return _too_late(text, came, now) if meant is None else meant.answer(came)


def _too_late(text: IncomingText, came: Came, now: datetime) -> TextAnswer | None:
    """An answer to a question that is over: what became of it, said by the programme that asked."""
    for _questions, late in registry.questions.values():
        if (answer := late(text, came, now)) is not None:
            return answer
    return None
