"""Sending what is due. The attempt is committed immediately before its own request, and every end is told.

Between that commit and the saving of the answer the process may die: then the attempt is found as *sending* and
reconciled with the carrier (see `reconciling`), never simply sent again.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from backend.common.clock import real_now
from backend.events import claims, clock
from backend.events.models import Lane
from backend.notifications import registry
from backend.notifications.carriers import carrier
from backend.notifications.carriers.base import CallRequest, Refused, Report, TextRequest, TryLater, Undecided
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.services import queueing, rates, reach, reporting

log = logging.getLogger(__name__)

LINE_IS_BUSY = timedelta(seconds=4)
RATE_IS_USED = timedelta(seconds=1)
CARRIER_IS_BUSY = timedelta(seconds=5)
"""How long a message waits before it is looked at again (product's clock)."""

ALARM_GOES_ON = timedelta(minutes=5)

REQUEST_LEASE = timedelta(seconds=12)
"""Real time in which whoever committed an attempt is still busy with its request."""

BATCH = 4
"""Few at a time: while a slow carrier holds one process, others may take the rest."""


@dataclass(frozen=True)
class _Wait:
    """Why a message cannot go now, and for how long."""

    span: timedelta


def send_due(lane: str) -> int:
    """Send the messages of a lane whose time has come; returns how many were looked at."""
    due = Message.objects.filter(lane=lane, state=Message.State.QUEUED, due_at__lte=clock.now())
    held = claims.claim(due, limit=BATCH)
    for one in held:
        try:
            _send(one)
        except Exception as error:
            log.exception("Message %s could not be sent and is tried again.", one.pk)
            claims.put_back(Message, one, error=type(error).__name__, now=clock.now())
    return len(held)


def _send(held: claims.Claim) -> None:
    """One message: decide and commit, make the request, save the answer."""
    with transaction.atomic():
        attempt = _prepare(held, clock.now())
    if attempt is None:
        return
    try:
        report = _request(attempt)
    except TryLater as error:
        _not_taken(attempt, error.code)
    except Undecided as error:
        _undecided(attempt, error.code)
    except Refused as error:
        reporting.apply(attempt.pk, state=Attempt.State.FAILED, sid="", error_code=error.code, now=clock.now())
    except Exception as error:
        # Whatever the carrier answered, we could not read it: it may have accepted.
        log.exception("The carrier's answer to attempt %s could not be read.", attempt.pk)
        _undecided(attempt, type(error).__name__)
    else:
        _accepted(attempt, report)


def _prepare(held: claims.Claim, now: datetime) -> Attempt | None:
    """Lock, decide whether the message may go now, and make its attempt. None when it may not."""
    message = Message.objects.filter(pk=held.pk, lease_token=held.token).first()
    if message is None:
        return None
    registry.hosts[message.host].lock(message.subject_id)
    message = Message.objects.select_for_update().get(pk=held.pk)
    if message.state != Message.State.QUEUED or message.lease_token != held.token:
        return None
    if now >= message.expires_at:
        queueing.finish(message, outcome="expired", attempt=None, now=now)
        return None
    made = _make_attempt(message, now)
    if isinstance(made, _Wait):
        message.due_at = min(now + made.span, message.expires_at)
    else:
        message.state = Message.State.UNDER_WAY
    message.lease_token, message.leased_until = None, None
    message.save(update_fields=["due_at", "state", "lease_token", "leased_until"])
    return None if isinstance(made, _Wait) else made


def _make_attempt(message: Message, now: datetime) -> Attempt | _Wait:
    """The row that says "about to ask the carrier": on a free line, with a token."""
    if message.way == Way.CALL and message.lane != Lane.ALARM and alarm_waits_for(message.line, now):
        return _Wait(LINE_IS_BUSY)
    attempt = Attempt(
        message=message,
        organisation_id=message.organisation_id,
        person_id=message.person_id,
        kind=Attempt.Kind.CALL if message.way == Way.CALL else Attempt.Kind.TEXT,
        line=message.line,
        host=message.host,
        subject_id=message.subject_id,
        reference=message.reference,
        language=message.language,
        created_at=now,
        look_at=now,
        looking_until=real_now() + REQUEST_LEASE,
    )
    try:
        with transaction.atomic():
            attempt.save(force_insert=True)
            if not rates.take(Way(message.way), Lane(message.lane), now):
                raise _NoToken
    except IntegrityError:
        return _Wait(LINE_IS_BUSY)
    except _NoToken:
        return _Wait(RATE_IS_USED)
    return attempt


class _NoToken(Exception):
    """Undoes the attempt for which the bucket had no token."""


def alarm_waits_for(line: str, now: datetime) -> bool:
    """An alarm takes precedence on its line, also while it is put off because the line is in use."""
    return Message.objects.filter(
        line=line, state=Message.State.QUEUED, lane=Lane.ALARM, way=Way.CALL, due_at__lte=now + LINE_IS_BUSY
    ).exists()


def _request(attempt: Attempt) -> Report:
    """Ask the carrier: the one request of this attempt. A line that may not be reached is refused by ourselves."""
    message = attempt.message
    assert message is not None
    try:
        reach.check(message.line)
    except reach.ForbiddenLine as error:
        raise Refused("forbidden") from error
    sender = message.organisation.phone
    if message.way == Way.CALL:
        return carrier().place_call(
            CallRequest(attempt=str(attempt.pk), to=message.line, sender=sender, ring_seconds=message.ring_seconds)
        )
    return carrier().send_text(TextRequest(attempt=str(attempt.pk), to=message.line, sender=sender, body=message.body))


def _accepted(attempt: Attempt, report: Report) -> None:
    reporting.apply(attempt.pk, state=report.state, sid=report.sid, error_code=report.error_code, now=clock.now())
    Attempt.objects.filter(pk=attempt.pk).update(looking_until=None)


@transaction.atomic
def _not_taken(attempt: Attempt, code: str) -> None:
    """It is certain that the carrier accepted nothing: the message waits for another attempt."""
    give_up(attempt, code=code, again_at=clock.now() + CARRIER_IS_BUSY)


def give_up(attempt: Attempt, *, code: str, again_at: datetime) -> None:
    """End an attempt of which nothing came, and queue its message again. Takes the host's lock."""
    registry.hosts[attempt.host].lock(attempt.subject_id)
    now = clock.now()
    ended = Attempt.objects.filter(pk=attempt.pk, state__in=[Attempt.State.SENDING, Attempt.State.UNDECIDED]).update(
        state=Attempt.State.CANCELED, error_code=code[:10], ended_at=now, settled_at=now, look_at=None
    )
    if ended and attempt.message_id is not None:
        under_way = Message.objects.filter(pk=attempt.message_id, state=Message.State.UNDER_WAY)
        under_way.update(state=Message.State.QUEUED, due_at=again_at)
        # An alarm that the carrier lost is no late reminder: it goes out all the same.
        late = Message.objects.filter(pk=attempt.message_id, lane=Lane.ALARM, expires_at__lt=again_at + ALARM_GOES_ON)
        late.update(expires_at=again_at + ALARM_GOES_ON)


def _undecided(attempt: Attempt, code: str) -> None:
    """Nobody knows whether the carrier accepted: say so, and let it be looked at."""
    Attempt.objects.filter(pk=attempt.pk, state=Attempt.State.SENDING).update(
        state=Attempt.State.UNDECIDED, error_code=code[:10], look_at=clock.now(), looking_until=None
    )
