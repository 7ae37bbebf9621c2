"""Having a live call moved: whoever waits or talks on it is to hear at once that something has changed.

A decision writes *when* on the attempt, in its own transaction; the request to the carrier is made afterwards, by
whoever looks at the live lane. It only makes the carrier ask us what is next, at the question that was open when the
decision was taken: asked twice, late or in vain it changes nothing. Nothing but speed depends on it, for whoever waits
asks by themselves as well (see `Hold`), and a room is left by its own time limit.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from backend.common.clock import real_now
from backend.events import claims, clock
from backend.events.models import Lane
from backend.events.nudge import nudge_on_commit
from backend.notifications.carriers import carrier
from backend.notifications.carriers.base import CarrierError, Refused
from backend.notifications.models import Attempt

log = logging.getLogger(__name__)

MOVING = timedelta(seconds=12)
"""Lease (real time) of whoever makes the request."""

AGAIN = timedelta(seconds=5)
TRIES = 12
"""A request of which nothing is certain is made again after `AGAIN` (product's clock), `TRIES` times at the most."""

BATCH = 10


def move(attempt: Attempt, now: datetime, *, after: timedelta = timedelta(0)) -> None:
    """Have a call moved from the question that is open on it now. Under its host's lock.

    `after` gives the call time to leave that question by itself; if it does, no request is made.
    """
    Attempt.objects.filter(pk=attempt.pk, state=Attempt.State.IN_PROGRESS).update(
        move_at=now + after, move_step=F("step"), move_tries=0, moving_until=None
    )
    nudge_on_commit(Lane.LIVE)


def move_due() -> int:
    """Ask the carrier to move the calls whose time has come; returns how many were looked at."""
    pks = _claim()
    for pk in pks:
        try:
            _move(pk)
        except Exception:
            log.exception("Attempt %s could not be moved and is tried again.", pk)
            _try_again(Attempt.objects.get(pk=pk))
    return len(pks)


def _claim() -> list[UUID]:
    real = real_now()
    due = Attempt.objects.filter(claims.free("moving_until", real), move_at__lte=clock.now())
    if not due.exists():
        return []
    with transaction.atomic():
        pks = list(due.order_by("move_at").select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
        Attempt.objects.filter(pk__in=pks).update(moving_until=real + MOVING)
    return pks


def _move(pk: UUID) -> None:
    """Make the request outside any transaction, if the question is still open."""
    attempt = Attempt.objects.get(pk=pk)
    if attempt.state != Attempt.State.IN_PROGRESS or attempt.step != attempt.move_step or not attempt.sid:
        _settled(attempt)
        return
    try:
        carrier(attempt.account).move(attempt.sid, attempt=str(attempt.pk), step=attempt.step)
    except Refused:
        # The call is over, and nobody has told us yet: what became of it is asked at once.
        _settled(attempt)
        Attempt.objects.filter(pk=pk, state__in=Attempt.LIVE).update(look_at=clock.now())
    except CarrierError:
        _try_again(attempt)
    else:
        _settled(attempt)


def _settled(attempt: Attempt) -> None:
    """Nothing more is to be asked, unless a later decision wants the call moved from a later question."""
    _still_this(attempt).update(move_at=None, moving_until=None)


def _try_again(attempt: Attempt) -> None:
    if attempt.move_tries + 1 >= TRIES:
        _settled(attempt)
    else:
        _still_this(attempt).update(move_at=clock.now() + AGAIN, move_tries=F("move_tries") + 1, moving_until=None)


def _still_this(attempt: Attempt) -> "QuerySet[Attempt]":
    return Attempt.objects.filter(pk=attempt.pk, move_step=attempt.move_step, move_at=attempt.move_at)
