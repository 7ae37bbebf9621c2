"""Doing what is due in a lane: timers, and events on their way to handlers.

The same functions serve the Celery workers, the drain loop that needs no broker, and the tests.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from backend.events import claims, clock, registry
from backend.events.models import Delivery, Timer

BATCH = 50


def run_timers(lane: str) -> int:
    """Look at every subject whose time has come; returns how many were looked at."""
    now = clock.now()
    due = Timer.objects.filter(lane=lane, due_at__lte=now, kind__in=registry.timer_handlers)

    def look(timer: Timer) -> None:
        registry.timer_handlers[timer.kind](timer.subject_id, now)
        # A handler that looks again later has set the timer anew, which cleared our token: then nothing is deleted.
        Timer.objects.filter(pk=timer.pk, lease_token=timer.lease_token).delete()

    return claims.run(Timer, claims.claim(due, limit=BATCH), look, now=now)


def deliverable(lane: str) -> "QuerySet[Delivery]":
    """Deliveries whose turn it is: nothing earlier of the same subject waits for the same handler."""
    earlier = Delivery.objects.filter(
        handler=OuterRef("handler"), subject=OuterRef("subject"), done=False, pk__lt=OuterRef("pk")
    )
    return Delivery.objects.filter(lane=lane, done=False, due_at__lte=clock.now()).exclude(Exists(earlier))


def run_deliveries(lane: str) -> int:
    """Hand events to their handlers, in order per subject; returns how many were handled."""

    def deliver(delivery: Delivery) -> None:
        event = delivery.event
        registry.event_handlers[event.kind][delivery.handler][1](event)
        taken = Delivery.objects.filter(pk=delivery.pk, done=False, lease_token=delivery.lease_token)
        if not taken.update(done=True, leased_until=None):
            # Another process took over and has committed: our effect must not happen a second time.
            transaction.set_rollback(True)

    return claims.run(Delivery, claims.claim(deliverable(lane), limit=BATCH), deliver, now=clock.now())


def poisoned() -> dict[str, int]:
    """How many rows fail again and again, by kind of row: for the operator's page and the watchdog."""
    stuck = {"tries__gte": claims.POISON_AFTER}
    return {
        "timers": Timer.objects.filter(**stuck).count(),
        "deliveries": Delivery.objects.filter(done=False, **stuck).count(),
    }
