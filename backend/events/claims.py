"""Claiming rows of work, and running them one by one.

A short transaction marks due rows with a lease and a fencing token; then each row has a transaction of its own.
A row that raises is put back with a growing delay, so that one poisoned row never stops the others.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import F, Q

from backend.common.clock import real_now
from backend.events.models import Leased

log = logging.getLogger(__name__)

Row = TypeVar("Row", bound=Leased)

LEASE = timedelta(seconds=20)
"""Real time after which another process may take over a row whose process died."""

AHEAD = timedelta(minutes=5)
"""No lease lies so far ahead, unless the machine's clock was wrong when it was written: then it does not count."""

POISON_AFTER = 5
"""So many failures, and the operator is shown the row. It is tried on and on all the same."""


@dataclass(frozen=True)
class Claim:
    """A row that this process may work on until its lease runs out."""

    pk: Any
    token: uuid.UUID


def free(lease: str, real: datetime) -> Q:
    """Rows that no process holds at an instant of real time; `lease` is the column that says until when one does."""
    return Q(**{lease: None}) | Q(**{f"{lease}__lte": real}) | Q(**{f"{lease}__gt": real + AHEAD})


def unheld(due: "models.QuerySet[Row]", real: datetime) -> "models.QuerySet[Row]":
    """Those of the rows that no process holds at an instant of real time."""
    return due.filter(free("leased_until", real))


def claim(due: "models.QuerySet[Row]", *, limit: int) -> list[Claim]:
    """Lease up to `limit` of the due rows that nobody holds, the longest due first."""
    real = real_now()
    unleased = unheld(due, real)
    if not unleased.exists():  # what every idle look finds: one query instead of a transaction
        return []
    with transaction.atomic():
        pks = list(
            unleased.order_by("due_at", "pk")
            .select_for_update(skip_locked=True, of=("self",))
            .values_list("pk", flat=True)[:limit]
        )
        token = uuid.uuid4()
        due.model._default_manager.filter(pk__in=pks).update(lease_token=token, leased_until=real + LEASE)
    return [Claim(pk=pk, token=token) for pk in pks]


def run(model: type[Row], claims: list[Claim], work: Callable[[Row], None], *, now: datetime) -> int:
    """Do `work` for each claimed row that is still ours; returns how many went well.

    `work` runs in a transaction of its own. It takes its aggregate's lock first (lock order: round, incident,
    rows) and must bear being run twice: a lease can run out while its holder is merely slow.
    """
    done = 0
    for held in claims:
        row = model._default_manager.filter(pk=held.pk, lease_token=held.token).first()
        if row is None:
            continue
        try:
            with transaction.atomic():
                work(row)
            done += 1
        except Exception as error:
            log.exception("Work on %s %s failed and is tried again.", model.__name__, held.pk)
            put_back(model, held, error=type(error).__name__, now=now)
    return done


def put_back(model: type[Row], held: Claim, *, error: str, now: datetime) -> None:
    """Return a row that failed, to be tried again after 2, 4, 8, … 64 seconds."""
    row = model._default_manager.filter(pk=held.pk, lease_token=held.token)
    tries = row.values_list("tries", flat=True).first()
    if tries is None:
        return
    delay = timedelta(seconds=2 ** min(tries + 1, 6))
    row.update(lease_token=None, leased_until=None, tries=F("tries") + 1, last_error=error[:200], due_at=now + delay)
