"""Recording events and setting timers: always in the transaction of the change they belong to."""

from datetime import datetime
from typing import Any

from django.db import transaction

from backend.common.actors import Actor
from backend.events import clock, registry
from backend.events.models import Delivery, Event, Timer
from backend.events.nudge import nudge_on_commit


def record(
    *,
    kind: str,
    subject_kind: str,
    subject_id: int,
    actor: Actor,
    organisation_id: int | None,
    payload: dict[str, Any] | None = None,
    occurred_at: datetime | None = None,
) -> Event:
    """Append an event and queue it for whoever handles its kind.

    `payload` holds references and codes, never names or numbers. `occurred_at` is the true time (UTC) when that
    differs from now. Must be called inside the transaction of the change.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction of the change that it tells of.")
    now = clock.now()
    event = Event.objects.create(
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        organisation_id=organisation_id,
        actor=actor.who,
        on_behalf_of=actor.on_behalf_of,
        channel=actor.channel,
        payload=payload or {},
        occurred_at=occurred_at or now,
        recorded_at=now,
    )
    for name, (lane, _handler) in registry.event_handlers.get(kind, {}).items():
        Delivery.objects.create(
            event=event, handler=name, subject=f"{subject_kind}:{subject_id}", lane=lane, due_at=now
        )
        nudge_on_commit(lane)
    return event


def set_timer(*, kind: str, subject_id: int, due_at: datetime, lane: str) -> None:
    """Have the subject looked at when `due_at` (UTC) comes; moves the timer when there is one already.

    Call it under the subject's lock: the last one to decide about a subject says when to look again.
    """
    Timer.objects.bulk_create(
        [Timer(kind=kind, subject_id=subject_id, due_at=due_at, lane=lane)],
        update_conflicts=True,
        unique_fields=["kind", "subject_id"],
        update_fields=["due_at", "lane", "lease_token", "leased_until", "tries", "last_error"],
    )
    if due_at <= clock.now():
        nudge_on_commit(lane)


def cancel_timer(*, kind: str, subject_id: int) -> None:
    """Nothing is left to look at for this subject."""
    Timer.objects.filter(kind=kind, subject_id=subject_id).delete()
