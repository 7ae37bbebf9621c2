"""What became of an attempt: applied once, in whatever order the reports come."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.events import claims, clock
from backend.events.models import Lane
from backend.events.nudge import nudge_on_commit
from backend.notifications import registry
from backend.notifications.carriers.base import Report
from backend.notifications.domain.states import follows, is_terminal
from backend.notifications.models import Attempt, Callback
from backend.notifications.services import finishing

log = logging.getLogger(__name__)

LOOK_AGAIN = timedelta(seconds=45)
"""How long a live call may say nothing before the carrier is asked (product's clock)."""

DELIVERY_KNOWN_WITHIN = timedelta(hours=1)
"""Many networks never report that a text was delivered: after this time it is taken for sent."""

BATCH = 50


def store_callback(
    attempt_id: UUID, *, sid: str, status: str, sequence: int, details: dict[str, str], now: datetime
) -> bool:
    """Keep a status as the carrier reported it; the work follows. False when the attempt is not ours.

    The same status of the same SID counts once, however often it is reported.
    """
    attempt = Attempt.objects.filter(pk=attempt_id).select_related("message").first()
    if attempt is None:
        return False
    lane = attempt.message.lane if attempt.message else Lane.LIVE
    Callback.objects.bulk_create(
        [
            Callback(
                attempt=attempt,
                sid=sid,
                status=status,
                sequence=sequence,
                details=details,
                lane=lane,
                due_at=now,
                received_at=now,
            )
        ],
        ignore_conflicts=True,
    )
    nudge_on_commit(lane)
    return True


def work_off_callbacks(lane: str) -> int:
    """Apply the stored reports of a lane; returns how many."""
    now = clock.now()
    due = Callback.objects.filter(lane=lane, done=False, due_at__lte=now)

    def work(callback: Callback) -> None:
        apply(
            callback.attempt_id,
            state=callback.details["state"],
            sid=callback.sid,
            error_code=callback.details.get("error_code", ""),
            now=now,
            seconds=int(lasted) if (lasted := callback.details.get("seconds", "")).isdigit() else None,
        )
        Callback.objects.filter(pk=callback.pk).update(done=True, lease_token=None, leased_until=None)

    return claims.run(Callback, claims.claim(due, limit=BATCH), work, now=now)


def take_over(attempt_id: UUID, report: Report, now: datetime) -> None:
    """Take over what the carrier answered about an attempt."""
    apply(
        attempt_id,
        state=report.state,
        sid=report.sid,
        error_code=report.error_code,
        now=now,
        seconds=report.seconds,
    )


@transaction.atomic
def apply(
    attempt_id: UUID, *, state: str, sid: str, error_code: str, now: datetime, seconds: int | None = None
) -> None:
    """Take over what the carrier says of an attempt, if it is news; tell the host when it is the end.

    `seconds` is how long a call lasted. Locks the host's aggregate, then the attempt.
    """
    found = Attempt.objects.get(pk=attempt_id)
    registry.hosts[found.host].lock(found.subject_id)
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    if sid and not attempt.sid:
        attempt.sid = sid
    if seconds is not None:
        attempt.seconds = seconds
    if follows(state, attempt.state):
        attempt.state = state
        attempt.error_code = error_code
        if state == Attempt.State.IN_PROGRESS:
            attempt.answered_at = attempt.answered_at or now
    if is_terminal(attempt.state):
        attempt.ended_at = attempt.ended_at or now
        attempt.look_at = None
    else:
        is_sent_text = attempt.kind == Attempt.Kind.TEXT and attempt.state == Attempt.State.IN_PROGRESS
        attempt.look_at = now + (DELIVERY_KNOWN_WITHIN if is_sent_text else LOOK_AGAIN)
    attempt.save()
    if is_terminal(attempt.state):
        _tell_the_end(attempt, now)


def _tell_the_end(attempt: Attempt, now: datetime) -> None:
    """Settle, but let no failure of a host keep a telephone line locked: then it is told again a little later."""
    try:
        with transaction.atomic():
            settle(attempt, now)
    except Exception:
        log.exception("The end of attempt %s could not be told; it is tried again.", attempt.pk)
        Attempt.objects.filter(pk=attempt.pk).update(look_at=now + LOOK_AGAIN)


def settle(attempt: Attempt, now: datetime) -> None:
    """Tell the host, once, how an attempt ended, and end the legs that cannot outlive it. Under the host's lock."""
    for leg in attempt.legs.filter(state__in=Attempt.LIVE):
        end_leg(leg, now)
    first = Attempt.objects.filter(pk=attempt.pk, settled_at=None).update(settled_at=now)
    if not first:
        return
    attempt.settled_at = now
    if attempt.message is not None:
        finishing.finish(attempt.message, outcome=attempt.state, attempt=attempt, now=now)
    elif attempt.kind == Attempt.Kind.INBOUND:
        registry.hosts[attempt.host].inbound_ended(attempt, now)


def end_leg(leg: Attempt, now: datetime) -> None:
    """A dialled leg is over, whatever its own callbacks say later: its line is free again."""
    Attempt.objects.filter(pk=leg.pk, state__in=Attempt.LIVE).update(
        state=Attempt.State.COMPLETED, ended_at=now, settled_at=now, look_at=None
    )
