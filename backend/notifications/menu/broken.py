"""A call whose next turn fails, by a defect or because the database is away: a person takes over from the machine.

Somebody is on the line. They are given the duty telephone's number and, where it is certain that a person listens, put
through to it, by words that need no further question of ours. Staff see it in the inbox; who rang us is rung back.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.common.languages import FALLBACK
from backend.notifications.domain.prompts import Heard, Key, Keyed
from backend.notifications.menu import human
from backend.notifications.models import Attempt, InboxItem
from backend.notifications.services import inbox, reach
from backend.notifications.words import say
from backend.people.domain.telephone import spoken_digits
from backend.people.models import Organisation

log = logging.getLogger(__name__)

NOTE = "fault"
"""What the inbox knows of it: the caller was cut off by a fault of ours."""


@dataclass(frozen=True)
class Handover:
    """What is said instead, the line that is rung then ("": none), and what is said when that comes to nothing.

    `is_known` is false when not even the organisation could be read.
    """

    text: str
    line: str = ""
    otherwise: str = ""
    language: str = FALLBACK
    is_known: bool = True


NOBODY = Handover(say("fault_nobody", FALLBACK), is_known=False)


def of_call(attempt_id: UUID, heard: Heard, error: Exception, now: datetime) -> Handover:
    """What is said on this call instead of the turn that failed. Raises nothing."""
    _log(f"A turn of call {attempt_id}", error)
    try:
        attempt = Attempt.objects.select_related("organisation", "person").get(pk=attempt_id)
    except Exception as unreadable:
        _log(f"Reading call {attempt_id}", unreadable)
        return NOBODY
    _show(attempt, now)
    is_a_person = attempt.kind == Attempt.Kind.INBOUND or isinstance(heard, Key | Keyed)
    may_dial = is_a_person and attempt.kind != Attempt.Kind.DIALLED  # on a dialled line the carrier takes no <Dial>
    return _handover(attempt.organisation, attempt.language, attempt.line, may_dial=may_dial)


def of_caller(organisation: Organisation, line: str, error: Exception) -> Handover:
    """What is said to somebody who rings us when not even their call could be recorded. Raises nothing."""
    _log("A call that came in", error)
    return _handover(organisation, organisation.language, line, may_dial=True)


def of_nobody(error: Exception) -> Handover:
    """What is said when the database is away, and with it all that is known of anybody."""
    _log("Finding out whose number was rung", error)
    return NOBODY


def _handover(organisation: Organisation, language: str, line: str, *, may_dial: bool) -> Handover:
    duty = organisation.duty_phone
    if line == duty:
        return Handover(say("fault_here", language), language=language)
    number = say("fault_ring", language, digits=spoken_digits(duty))
    if may_dial and _may_ring(duty):
        return Handover(say("fault_through", language), duty, number, language)
    return Handover(number, language=language)


def _may_ring(line: str) -> bool:
    try:
        reach.check(line)
    except reach.ForbiddenLine:
        return False
    return True


def _show(attempt: Attempt, now: datetime) -> None:
    """Before staff: whoever rang us waits to be rung back; of a number one such call at a time."""
    try:
        with transaction.atomic():
            if attempt.kind == Attempt.Kind.INBOUND and attempt.line:
                human.note_call_back(attempt, attempt.line, now, note=NOTE)
                return
            kind = InboxItem.Kind.FAULT
            known = InboxItem.objects.filter(
                organisation=attempt.organisation, kind=kind, line=attempt.line, dealt_with_at=None
            )
            if not known.exists():
                inbox.show(attempt.organisation, kind, line=attempt.line, person=attempt.person, note=NOTE, now=now)
    except Exception as error:
        _log(f"Showing the fault in call {attempt.pk}", error)


def _log(what: str, error: Exception) -> None:
    """Where it happened, without the error's own words: they may name people."""
    bare = RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
    log.error("%s failed; a person takes over.", what, exc_info=bare)
