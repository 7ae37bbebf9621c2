"""Sending what is due. The attempt is committed immediately before its own request, and every end is told.

Between that commit and the saving of the answer the process may die: then the attempt is found as *sending* and
reconciled with the carrier (see `reconciling`), never simply sent again.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.db import IntegrityError, transaction

from backend.common.clock import real_now
from backend.events import claims, clock
from backend.events.models import Lane
from backend.notifications import registry
from backend.notifications.carriers import carrier
from backend.notifications.carriers import sender as own_sender
from backend.notifications.carriers.base import CallRequest, Refused, Report, TextRequest, TryLater, Undecided
from backend.notifications.domain.segments import measure
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.selectors import hours
from backend.notifications.services import accounts, finishing, opting_out, rates, reach, reporting, turns

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


class _Rest(Enum):
    """Why a message cannot go now."""

    LINE_IN_USE = "line in use"
    RATE_USED = "rate used"
    QUIET = "quiet hours"


@dataclass(frozen=True)
class _Wait:
    """Why a message cannot go now, and until when."""

    rest: _Rest
    until: datetime


def send_due(lane: str) -> int:
    """Send the messages of a lane whose time has come, in turn; returns how many got on.

    None did when the account had no token left for any: looking again at once would find the same.
    """
    now = clock.now()
    chosen = turns.next_in_turn(lane, now, limit=BATCH)
    if not chosen:
        return 0
    due = Message.objects.filter(lane=lane, state=Message.State.QUEUED, due_at__lte=now, pk__in=chosen)
    held = sorted(claims.claim(due, limit=BATCH), key=lambda one: chosen.index(one.pk))
    waiting = 0
    for one in held:
        try:
            waiting += _send(one) is _Rest.RATE_USED
        except Exception as error:
            log.exception("Message %s could not be sent and is tried again.", one.pk)
            claims.put_back(Message, one, error=type(error).__name__, now=clock.now())
    return len(chosen) - waiting


def _send(held: claims.Claim) -> "_Rest | None":
    """One message: decide and commit, make the request, save the answer. Says why, if it has to wait."""
    with transaction.atomic():
        attempt = _prepare(held, clock.now())
    if not isinstance(attempt, Attempt):
        return attempt.rest if attempt else None
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
    return None


def _prepare(held: claims.Claim, now: datetime) -> Attempt | _Wait | None:
    """Lock, decide whether the message may go now, and make its attempt. None when it is over."""
    message = Message.objects.filter(pk=held.pk, lease_token=held.token).first()
    if message is None:
        return None
    registry.hosts[message.host].lock(message.subject_id)
    rows = Message.objects.select_for_update(of=("self",)).select_related("organisation", "person")
    message = rows.get(pk=held.pk)
    if message.state != Message.State.QUEUED or message.lease_token != held.token:
        return None
    refusal = _refusal(message, now)
    if refusal:
        finishing.finish(message, outcome=refusal, attempt=None, now=now)
        return None
    made = _make_attempt(message, now)
    if isinstance(made, _Wait):
        message.due_at = min(made.until, message.expires_at)
    else:
        message.state = Message.State.UNDER_WAY
    message.lease_token, message.leased_until = None, None
    message.save(update_fields=["due_at", "state", "lease_token", "leased_until"])
    return made


def _refusal(message: Message, now: datetime) -> str:
    """Why a message is not to be sent any more, in a code that the pages explain; empty when it is."""
    if now >= message.expires_at:
        return "expired"
    if message.way == Way.TEXT and opting_out.has_opted_out(message.organisation_id, message.line):
        return "opted_out"
    if hours.allowed_from(message, now) >= message.expires_at:
        return "quiet_hours"
    return ""


def _make_attempt(message: Message, now: datetime) -> Attempt | _Wait:
    """The row that says "about to ask the carrier": on a free line, with a token."""
    allowed_from = hours.allowed_from(message, now)
    if allowed_from > now:
        return _Wait(_Rest.QUIET, allowed_from)
    if message.way == Way.CALL and message.lane != Lane.ALARM and alarm_waits_for(message.line, now):
        return _Wait(_Rest.LINE_IN_USE, now + LINE_IS_BUSY)
    is_call = message.way == Way.CALL
    attempt = Attempt(
        message=message,
        organisation_id=message.organisation_id,
        person_id=message.person_id,
        kind=Attempt.Kind.CALL if is_call else Attempt.Kind.TEXT,
        line=message.line,
        host=message.host,
        subject_id=message.subject_id,
        reference=message.reference,
        language=message.language,
        account=accounts.choose(message, now),
        segments=None if is_call else measure(message.body).segments,
        created_at=now,
        look_at=now,
        looking_until=real_now() + REQUEST_LEASE,
    )
    try:
        with transaction.atomic():
            attempt.save(force_insert=True)
            if not rates.take(Way(message.way), Lane(message.lane), now, account=attempt.account):
                raise _NoToken
            turns.served(message.organisation_id, message.lane)
    except IntegrityError:
        return _Wait(_Rest.LINE_IN_USE, now + LINE_IS_BUSY)
    except _NoToken:
        return _Wait(_Rest.RATE_USED, now + RATE_IS_USED)
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
    sender = own_sender(attempt.account) or message.organisation.phone
    if message.way == Way.CALL:
        return carrier(attempt.account).place_call(
            CallRequest(attempt=str(attempt.pk), to=message.line, sender=sender, ring_seconds=message.ring_seconds)
        )
    return carrier(attempt.account).send_text(
        TextRequest(attempt=str(attempt.pk), to=message.line, sender=sender, body=message.body)
    )


def _accepted(attempt: Attempt, report: Report) -> None:
    reporting.take_over(attempt.pk, report, clock.now())
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
