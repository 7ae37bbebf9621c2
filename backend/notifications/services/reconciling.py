"""Asking the carrier about attempts of which nothing was heard (carrier text, "undecided").

An attempt with a SID is fetched. One without (the request timed out, or the process died before it saved the
answer) is looked for among the carrier's latest calls to that line, where the line lease makes the match unique, or
among its latest texts with the same words.
What is certainly not there is tried anew, given up, or told to its host, by lane.
"""

import logging
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from backend.common.clock import real_now
from backend.events import claims, clock
from backend.events.models import Lane
from backend.notifications.carriers import carrier
from backend.notifications.carriers.base import Carrier, CarrierError, Refused, Report
from backend.notifications.domain.states import is_terminal
from backend.notifications.models import Attempt
from backend.notifications.services import reporting, sending

log = logging.getLogger(__name__)

LOOKING = timedelta(seconds=12)
"""Lease (real time) of whoever asks the carrier about an attempt."""

CLOCKS_DIFFER = timedelta(seconds=5)
"""So much may the carrier's `date_created` lie before our own time of asking; it also has no fractions."""

ALARM_WAITS = timedelta(seconds=20)
"""How long an alarm waits for a carrier that cannot even say what became of it, before it is tried anew."""

LOOK_SOON, LOOK_LESS_OFTEN = timedelta(seconds=10), timedelta(seconds=25)
"""Until the carrier is asked again (product's clock); less often once it has said nothing for a minute."""

CAN_HARDLY_RING, CAN_HARDLY_TALK_ON = timedelta(minutes=2), timedelta(minutes=6)
"""How long a call that the carrier says nothing about keeps an alarm from its line: unconfirmed, or once accepted."""

LONGEST_LIFE = timedelta(hours=4, minutes=10)

BATCH = 10


def look_at_due(lane: str) -> int:
    """Ask the carrier about attempts that have been silent for too long; returns how many.

    With the live lane about all. With the alarm lane about alarms only: while a carrier hangs, each question takes
    seconds, and an alarm must not wait for those about two hundred rounds before it is tried another way.
    """
    due = Attempt.objects.filter(message__lane=Lane.ALARM) if lane == Lane.ALARM else Attempt.objects.all()
    pks = _claim(due)
    for pk in pks:
        try:
            _look(pk)
        except Exception:
            log.exception("Attempt %s could not be looked at and is looked at again.", pk)
            _look_later(Attempt.objects.get(pk=pk))
    return len(pks)


def _claim(among: "QuerySet[Attempt]") -> list[UUID]:
    real = real_now()
    not_over = Q(state__in=Attempt.LIVE) | Q(settled_at=None)
    due = among.filter(not_over, claims.free("looking_until", real), look_at__lte=clock.now())
    if not due.exists():
        return []
    with transaction.atomic():
        pks = list(_locked(due.order_by("look_at")))
        Attempt.objects.filter(pk__in=pks).update(looking_until=real + LOOKING)
    return pks


def _locked(due: "QuerySet[Attempt]") -> "QuerySet[Attempt, UUID]":
    return due.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:BATCH]


def _look(pk: UUID) -> None:
    """Ask outside any transaction, then apply what the carrier says."""
    attempt = Attempt.objects.select_related("message").get(pk=pk)
    if is_terminal(attempt.state) or _was_sent_long_ago(attempt):
        state = attempt.state if is_terminal(attempt.state) else Attempt.State.COMPLETED
        reporting.apply(pk, state=state, sid="", error_code=attempt.error_code, now=clock.now())
        return
    way: Literal["call", "text"] = "text" if attempt.kind == Attempt.Kind.TEXT else "call"
    Attempt.objects.filter(pk=attempt.pk).update(asked_at=clock.now())
    try:
        by = carrier(attempt.account)
        report = by.fetch(attempt.sid, way) if attempt.sid else _find(by, attempt, way)
    except CarrierError as error:
        if attempt.sid and isinstance(error, Refused):
            # The carrier does not know it (any more): it cannot be going on, and its line must not stay locked.
            _end(attempt, "gone")
        elif _is_an_alarm_too_long(attempt) or _holds_up_an_alarm(attempt):
            _let_go(attempt)
        else:
            Attempt.objects.filter(pk=attempt.pk, unheard_since=None).update(unheard_since=clock.now())
            _look_later(attempt)
        return
    now = clock.now()
    Attempt.objects.filter(pk=attempt.pk).exclude(unheard_since=None).update(unheard_since=None)
    if report is not None:
        reporting.take_over(attempt.pk, report, now)
        Attempt.objects.filter(pk=attempt.pk).update(looking_until=None)
    elif attempt.kind in (Attempt.Kind.DIALLED, Attempt.Kind.INBOUND):
        _look_later(attempt)
    else:
        _was_not_accepted(attempt, now)


def _was_sent_long_ago(attempt: Attempt) -> bool:
    """A text that the carrier has handed on, and whose delivery nobody reports."""
    is_sent = attempt.kind == Attempt.Kind.TEXT and attempt.state == Attempt.State.IN_PROGRESS
    return is_sent and clock.now() - attempt.created_at >= reporting.DELIVERY_KNOWN_WITHIN


def _end(attempt: Attempt, code: str) -> None:
    """Nothing more will be heard of this attempt."""
    reporting.apply(attempt.pk, state=Attempt.State.FAILED, sid="", error_code=code, now=clock.now())


def _is_an_alarm_too_long(attempt: Attempt) -> bool:
    """An alarm of which neither we nor the carrier can say what became of it, for longer than people may wait."""
    message = attempt.message
    if message is None or message.lane != Lane.ALARM or attempt.sid:
        return False
    return clock.now() - attempt.created_at >= ALARM_WAITS


def _holds_up_an_alarm(attempt: Attempt) -> bool:
    """A call of which the carrier says nothing keeps an alarm, which may go by another account, from the same line.

    Only when it can hardly be going on any more. If it is, the alarm finds the line busy and is tried again.
    """
    at_most = CAN_HARDLY_TALK_ON if attempt.sid else CAN_HARDLY_RING
    if attempt.kind not in (Attempt.Kind.CALL, Attempt.Kind.DIALLED) or clock.now() - attempt.created_at < at_most:
        return False
    return sending.alarm_waits_for(attempt.line, clock.now())


def _let_go(attempt: Attempt) -> None:
    """Its line is free. What the carrier has never confirmed is tried again, behind the alarm; the rest is over."""
    if attempt.sid or attempt.message is None:
        _end(attempt, "unknown")
    else:
        _give_up(attempt, "unknown", clock.now())


def _find(by: Carrier, attempt: Attempt, way: Literal["call", "text"]) -> Report | None:
    """The carrier's call or text that this attempt made, if it made one.

    A telephone line has one undecided call at most. Texts have no such lease: there the words must be the same, too.
    """
    if attempt.kind not in (Attempt.Kind.CALL, Attempt.Kind.TEXT):
        return None
    found = by.find(attempt.line, way)
    known = set(Attempt.objects.filter(sid__in=[report.sid for report in found]).values_list("sid", flat=True))
    since = attempt.created_at - CLOCKS_DIFFER
    fresh = [r for r in found if r.sid not in known and r.created_at is not None and r.created_at >= since]
    if way == "text":
        words = attempt.message.body if attempt.message else ""
        fresh = [report for report in fresh if report.body.endswith(words)]
    return min(fresh, key=lambda report: report.created_at or since) if fresh else None


def _was_not_accepted(attempt: Attempt, now: datetime) -> None:
    """The carrier knows of nothing. Alarm: at once a new attempt. Live: once it can ring no more. Others: never."""
    message = attempt.message
    assert message is not None
    if message.lane == Lane.LIVE and now < attempt.created_at + timedelta(seconds=message.ring_seconds):
        _look_later(attempt)
    elif message.lane in (Lane.ALARM, Lane.LIVE):
        _give_up(attempt, "not found", now)
    else:
        _end(attempt, "undecided")


def _give_up(attempt: Attempt, code: str, now: datetime) -> None:
    """The message gets another attempt; a key that comes late on this one counts all the same."""
    with transaction.atomic():
        sending.give_up(attempt, code=code, again_at=now)


def _look_later(attempt: Attempt) -> None:
    """Nothing is certain yet. A process may have died while it was sending: from now on that is undecided.

    Nothing lives for ever: after four hours (the carrier's own limit for a call) an attempt is taken for over.
    """
    if clock.now() - attempt.created_at > LONGEST_LIFE:
        _end(attempt, "too old")
        return
    Attempt.objects.filter(pk=attempt.pk, state=Attempt.State.SENDING).update(state=Attempt.State.UNDECIDED)
    now = clock.now()
    is_long = attempt.unheard_since is not None and now - attempt.unheard_since > timedelta(minutes=1)
    Attempt.objects.filter(pk=attempt.pk, state__in=Attempt.LIVE).update(
        look_at=now + (LOOK_LESS_OFTEN if is_long else LOOK_SOON), looking_until=None
    )
