"""Asking the carrier about attempts of which nothing was heard (carrier text, "undecided").

An attempt with a SID is fetched. One without (the request timed out, or the process died before it saved the
answer) is looked for among the carrier's latest calls to that line: the line lease makes the match unique.
What is certainly not there is tried anew, given up, or told to its host, by lane.
"""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from backend.common.clock import real_now
from backend.events import clock
from backend.events.models import Lane
from backend.notifications.carriers import carrier
from backend.notifications.carriers.base import CarrierError, Report
from backend.notifications.models import Attempt
from backend.notifications.services import reporting, sending

LOOKING = timedelta(seconds=12)
"""Lease (real time) of whoever asks the carrier about an attempt."""

CLOCKS_DIFFER = timedelta(seconds=5)
"""So much may the carrier's `date_created` lie before our own time of asking; it also has no fractions."""

BATCH = 10


def look_at_due() -> int:
    """Ask the carrier about attempts that have been silent for too long; returns how many."""
    pks = _claim()
    for pk in pks:
        _look(pk)
    return len(pks)


def _claim() -> list[UUID]:
    real = real_now()
    due = Attempt.objects.filter(look_at__lte=clock.now(), state__in=Attempt.LIVE).filter(
        Q(looking_until=None) | Q(looking_until__lte=real)
    )
    if not due.exists():
        return []
    with transaction.atomic():
        pks = list(due.order_by("look_at").select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
        Attempt.objects.filter(pk__in=pks).update(looking_until=real + LOOKING)
    return pks


def _look(pk: UUID) -> None:
    """Ask outside any transaction, then apply what the carrier says."""
    attempt = Attempt.objects.select_related("message").get(pk=pk)
    way: Literal["call", "text"] = "text" if attempt.kind == Attempt.Kind.TEXT else "call"
    try:
        report = carrier().fetch(attempt.sid, way) if attempt.sid else _find(attempt, way)
    except CarrierError:
        _look_later(attempt)
        return
    now = clock.now()
    if report is not None:
        reporting.apply(attempt.pk, state=report.state, sid=report.sid, error_code=report.error_code, now=now)
        Attempt.objects.filter(pk=attempt.pk).update(looking_until=None)
    elif attempt.kind in (Attempt.Kind.DIALLED, Attempt.Kind.INBOUND):
        _look_later(attempt)
    else:
        _was_not_accepted(attempt, now)


def _find(attempt: Attempt, way: Literal["call", "text"]) -> Report | None:
    """The carrier's call or text that this attempt made, if it made one."""
    if attempt.kind in (Attempt.Kind.DIALLED, Attempt.Kind.INBOUND):
        return None
    found = carrier().find(attempt.line, way)
    known = set(Attempt.objects.filter(sid__in=[report.sid for report in found]).values_list("sid", flat=True))
    since = attempt.created_at - CLOCKS_DIFFER
    fresh = [r for r in found if r.sid not in known and r.created_at is not None and r.created_at >= since]
    return min(fresh, key=lambda report: report.created_at or since) if fresh else None


def _was_not_accepted(attempt: Attempt, now: datetime) -> None:
    """The carrier knows of nothing. Alarm: at once a new attempt. Live: once it can ring no more. Others: never."""
    message = attempt.message
    assert message is not None
    if message.lane == Lane.LIVE and now < attempt.created_at + timedelta(seconds=message.ring_seconds):
        _look_later(attempt)
    elif message.lane in (Lane.ALARM, Lane.LIVE):
        with transaction.atomic():
            sending.give_up(attempt, code="not found", again_at=now)
    else:
        reporting.apply(attempt.pk, state=Attempt.State.FAILED, sid="", error_code="undecided", now=now)


def _look_later(attempt: Attempt) -> None:
    """Nothing is certain yet. A process may have died while it was sending: from now on that is undecided."""
    Attempt.objects.filter(pk=attempt.pk, state=Attempt.State.SENDING).update(state=Attempt.State.UNDECIDED)
    Attempt.objects.filter(pk=attempt.pk, state__in=Attempt.LIVE).update(
        look_at=clock.now() + timedelta(seconds=10), looking_until=None
    )
