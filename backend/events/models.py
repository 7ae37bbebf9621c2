"""The heart's rows: what happened, what is due, and who is busy with it.

Leases are in real time, because a process that dies does so in real time; everything else is on the clock of
`backend.events.clock`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Lane(models.TextChoices):
    """How urgent work is. Each lane has workers of its own, so that nothing waits behind something lesser."""

    ALARM = "alarm"
    LIVE = "live"
    NOTICE = "notice"
    BULK = "bulk"


class ClockAnchor(models.Model):
    """The one row that says how fast time runs. Absent in production: then virtual time is real time."""

    SINGLETON: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=SINGLETON)
    real = models.DateTimeField()
    virtual = models.DateTimeField()
    rate = models.FloatField()
    usual_rate = models.FloatField(help_text="What the rate returns to when nobody takes part by hand.")
    held_until = models.DateTimeField(null=True, help_text="Real time until which the clock runs at 1 ×.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="clock_has_one_anchor"),
            models.CheckConstraint(condition=Q(rate__gte=0), name="clock_never_runs_backwards"),
        ]


class Event(models.Model):
    """Something that happened: append-only, never changed. History, audit and outbox in one."""

    kind = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    on_behalf_of = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=20)
    payload = models.JSONField(default=dict)
    occurred_at = models.DateTimeField(help_text="When it happened (true time).")
    recorded_at = models.DateTimeField(help_text="When we learned of it.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject_kind", "subject_id", "id"], name="event_by_subject")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.subject_kind}:{self.subject_id})"


class Leased(models.Model):
    """A row of work that one process at a time may take.

    `lease_token` is the fencing token: a process whose lease ran out finds another token and lets go.
    """

    lane = models.CharField(max_length=10, choices=Lane)
    due_at = models.DateTimeField()
    lease_token = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True, help_text="Real time.")
    tries = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class Delivery(Leased):
    """One event on its way to one handler. It takes effect once: the row is unique and goes with the effect."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=120)
    subject = models.CharField(max_length=60, help_text="Deliveries of one subject to one handler go in order.")
    done = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "handler"], name="delivery_takes_effect_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["lane", "due_at"], condition=Q(done=False), name="delivery_due"),
            models.Index(fields=["handler", "subject", "id"], condition=Q(done=False), name="delivery_order"),
        ]


class Timer(Leased):
    """Something to look at when its time comes. Unique per kind and subject; set again, it moves."""

    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject_id"], name="timer_is_unique_per_subject"),
        ]
        indexes: ClassVar = [models.Index(fields=["lane", "due_at"], name="timer_due")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject_id} at {self.due_at:%H:%M:%S}"


class Heartbeat(models.Model):
    """The last time each part of the machine was seen at work (real time)."""

    name = models.CharField(max_length=40, primary_key=True)
    seen_at = models.DateTimeField()
