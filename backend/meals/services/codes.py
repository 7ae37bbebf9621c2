"""Codes that confirm a number: made, sent by text or read out, and compared. Only a keyed hash of one is kept.

A code stands in clear in the message that brings it, until that has been sent or refused.
"""

import secrets
from datetime import datetime

from django.db.models import Sum
from django.utils.crypto import constant_time_compare, salted_hmac

from backend.common.errors import Conflict
from backend.events.models import Lane
from backend.meals.domain.codes import CODES_AT_MOST, CODES_WITHIN, LOCKED, WRONG_AT_MOST
from backend.meals.models import Evening, NumberCheck
from backend.meals.public_words import say
from backend.meals.scripts.code import code_call
from backend.notifications.domain.prompts import Heard, Prompt
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.selectors.hours import hours_of
from backend.notifications.services import queueing
from backend.people.domain.telephone import kind_of
from backend.people.selectors import zone_of

HOST = "meals.code"
"""The subject is the evening; the message's body is what is texted or read out."""

DIGITS = 6


class Locked(Conflict):
    """Too many wrong codes were given for a number, ours or not."""


def may_be_sent(evening: Evening, line: str, now: datetime) -> None:
    """Raise Conflict, in the words of whoever asks, when this line gets no code now. The same for every line.

    A landline is rung only at hours at which people may be disturbed: anybody may have typed its number.
    """
    if is_locked(line, now):
        raise Locked("Too many wrong codes were given for this number. Try again in an hour, or ring us.")
    if NumberCheck.objects.filter(line=line, sent_at__gt=now - CODES_WITHIN).count() >= CODES_AT_MOST:
        raise Conflict("We have sent three codes to this number within an hour. Try again later, or ring us.")
    organisation = evening.resto.organisation
    if kind_of(line) != "mobile" and not hours_of(organisation).allow(now.astimezone(zone_of(organisation))):
        raise Conflict(
            "We do not ring landlines at this hour to tell a code. Give a mobile number, or try again by day."
        )


def send(evening: Evening, check: NumberCheck, language: str, now: datetime) -> NumberCheck:
    """A new code to the line of a check that has not been saved yet; earlier ones are good for nothing any more.

    Under the evening's lock. Raises RondjeError for a line that may not be rung.
    """
    end_earlier(check.line, now)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    check.code_hash = _hash(check.line, code)
    check.sent_at = now
    check.save()
    is_mobile = kind_of(check.line) == "mobile"
    places = {"organisation": evening.resto.organisation.name, "resto": evening.resto.name}
    queueing.queue(
        organisation=evening.resto.organisation,
        person=None,
        way=Way.TEXT if is_mobile else Way.CALL,
        line=check.line,
        lane=Lane.NOTICE,
        host=HOST,
        subject_id=evening.pk,
        reference={"check": check.pk},
        body=say("code_text" if is_mobile else "code_call", language, code=code, digits=", ".join(code), **places),
        language=language,
        expires_at=check.expires_at,
        any_hour=True,
    )
    return check


def end_earlier(line: str, now: datetime) -> None:
    """What was sent to a line before is good for nothing any more, and need not be sent."""
    earlier = NumberCheck.objects.filter(line=line, ended_at=None)
    for pk in earlier.values_list("pk", flat=True):
        for message in Message.objects.filter(host=HOST, line=line, reference__check=pk, state=Message.State.QUEUED):
            queueing.cancel(message)
            _forget(message)
    earlier.update(ended_at=now)


def is_right(check: NumberCheck, code: str) -> bool:
    """Whether this is the code that was sent, in the same time whatever it is."""
    return constant_time_compare(check.code_hash, _hash(check.line, "".join(code.split())))


def was_wrong(check: NumberCheck, now: datetime) -> bool:
    """Count a wrong code; True when the number is locked by it."""
    check.tries += 1
    recent = NumberCheck.objects.filter(line=check.line, sent_at__gt=now - LOCKED).exclude(pk=check.pk)
    locks = check.tries + (recent.aggregate(n=Sum("tries"))["n"] or 0) >= WRONG_AT_MOST
    if locks:
        check.locked_until, check.ended_at = now + LOCKED, now
    check.save(update_fields=["tries", "locked_until", "ended_at"])
    return locks


def is_locked(line: str, now: datetime) -> bool:
    """Whether a number cannot be confirmed at `now` (UTC)."""
    return NumberCheck.objects.filter(line=line, locked_until__gt=now).exists()


def converse(attempt: Attempt, heard: Heard) -> Prompt:
    """Read a code out."""
    assert attempt.message is not None
    said = int(attempt.script.get("said", 0))
    attempt.script = {"said": said + 1}
    return code_call(heard, attempt.language, attempt.message.body, said)


def ended(message: Message) -> None:
    """The code has been told, or will not be: nothing of it is kept in clear."""
    _forget(message)


def _forget(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(body="")
    message.attempts.update(last_prompt={})


def _hash(line: str, code: str) -> str:
    return salted_hmac("meals.number_check", f"{line}:{code}", algorithm="sha256").hexdigest()
