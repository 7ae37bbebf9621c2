"""The few schedules of beat, declared here and synchronised into its database: it only ticks.

Per-circle times are never beat rows: they are timers in Postgres.
"""

import json
from dataclasses import dataclass, field

from django_celery_beat.models import IntervalSchedule, PeriodicTask

from backend.events import heartbeat

TICK_EXPIRES = 2
"""Seconds: a tick that waited for two is dropped, so that nothing piles up behind a slow worker."""


@dataclass(frozen=True)
class Tick:
    """A task that beat sends every so many seconds, to a lane's queue.

    It may wait there until the next one is sent, or for `expires` seconds: busy workers are not dead ones.
    """

    name: str
    task: str
    seconds: int
    queue: str
    args: list[str] = field(default_factory=list)
    expires: int = TICK_EXPIRES


TICKS = (
    Tick("look at alarms", "worker.look", 1, "alarm", ["alarm"]),
    Tick("look at running rounds", "worker.look", 1, "live", ["live"]),
    Tick("look at notices", "worker.look", 1, "notice", ["notice"]),
    Tick("look at bulk", "worker.look", 5, "bulk", ["bulk"]),
    *(Tick(f"beat is seen by {lane}", "worker.beat_seen", 5, lane, [lane], expires=20) for lane in heartbeat.LANES),
    Tick("plan mornings", "worker.plan", 20, "notice"),
    Tick("plan trips", "worker.plan_trips", 300, "notice"),
    Tick("plan evenings", "worker.plan_evenings", 300, "notice"),
    Tick("forget old letters", "worker.forget_letters", 3600, "bulk"),
    Tick("purge", "worker.purge", 3600, "bulk"),
    Tick("watch", "worker.watch", 10, "notice"),
)


def synchronise() -> None:
    """Make beat's rows those above and no others of ours. Idempotent."""
    for tick in TICKS:
        interval, _made = IntervalSchedule.objects.get_or_create(every=tick.seconds, period=IntervalSchedule.SECONDS)
        PeriodicTask.objects.update_or_create(
            name=tick.name,
            defaults={
                "task": tick.task,
                "interval": interval,
                "args": json.dumps(tick.args),
                "queue": tick.queue,
                "expire_seconds": max(tick.expires, tick.seconds),
                "enabled": True,
            },
        )
    PeriodicTask.objects.filter(task__startswith="worker.").exclude(name__in=[tick.name for tick in TICKS]).delete()
