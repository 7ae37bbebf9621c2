"""Messages (what somebody is to be told or asked), attempts (each try to reach them) and callbacks (what we hear)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.events.models import Leased
from backend.people.models import Organisation, Person


class Way(models.TextChoices):
    """How a message travels."""

    CALL = "call"
    TEXT = "text"


class Message(Leased):
    """Something that one person is to be told or asked, on one number, before it is too late.

    `due_at` (from `Leased`) is the time not before which it goes; `expires_at` the time after which it is refused.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        UNDER_WAY = "under_way"
        DONE = "done"
        FAILED = "failed"
        EXPIRED = "expired"
        CANCELLED = "cancelled"

    OPEN: ClassVar = (State.QUEUED, State.UNDER_WAY)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    way = models.CharField(max_length=4, choices=Way)
    line = models.CharField(max_length=20, help_text="The number to reach (E.164).")
    host = models.CharField(max_length=60, help_text="Who decides what is said and hears how it went.")
    subject_id = models.BigIntegerField(help_text="The host's aggregate: a round, an incident.")
    reference = models.JSONField(default=dict, help_text="What the host wants to know again: references only.")
    body = models.TextField(blank=True, help_text="A text's words; a call's are decided while it is going on.")
    language = models.CharField(max_length=5, default="nl")
    ring_seconds = models.PositiveSmallIntegerField(default=40)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    outcome = models.CharField(max_length=30, blank=True, help_text="How the last attempt ended, or why none was made.")
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["lane", "due_at"], condition=Q(state="queued"), name="message_due"),
            models.Index(fields=["host", "subject_id"], name="message_by_subject"),
            models.Index(fields=["line"], condition=Q(state="queued", lane="alarm"), name="message_alarm_waits"),
        ]


class Attempt(models.Model):
    """One try on one line: a call or text that we asked the carrier for, a dialled leg, or somebody who rings us.

    Its id is in every callback address, so that a callback can be faster than the answer that brings the SID.
    For one attempt the carrier is asked at most once.
    """

    class Kind(models.TextChoices):
        CALL = "call"
        TEXT = "text"
        DIALLED = "dialled", "dialled leg of another call"
        INBOUND = "inbound"

    class State(models.TextChoices):
        SENDING = "sending"
        UNDECIDED = "undecided"
        QUEUED = "queued"
        RINGING = "ringing"
        IN_PROGRESS = "in_progress"
        COMPLETED = "completed"
        BUSY = "busy"
        NO_ANSWER = "no_answer"
        CANCELED = "canceled"
        FAILED = "failed"

    LIVE: ClassVar = (State.SENDING, State.UNDECIDED, State.QUEUED, State.RINGING, State.IN_PROGRESS)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="attempts")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="legs")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    line = models.CharField(max_length=20)
    host = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    reference = models.JSONField(default=dict)
    language = models.CharField(max_length=5, default="nl")
    state = models.CharField(max_length=12, choices=State, default=State.SENDING)
    sid = models.CharField(max_length=40, blank=True)
    error_code = models.CharField(max_length=10, blank=True)
    script = models.JSONField(default=dict, help_text="Where the conversation is.")
    step = models.PositiveIntegerField(default=0, help_text="Which question is open; an older one is a replay.")
    last_input = models.CharField(max_length=40, blank=True)
    last_prompt = models.JSONField(default=dict, help_text="What was answered last: a retried request hears it again.")
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True, help_text="When the host was told how it ended.")
    look_at = models.DateTimeField(null=True, help_text="When to ask the carrier, should no callback come.")
    looking_until = models.DateTimeField(null=True, help_text="Lease (real time) of whoever asks the carrier.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["line"],
                condition=Q(
                    kind__in=["call", "dialled"],
                    state__in=["sending", "undecided", "queued", "ringing", "in_progress"],
                ),
                name="line_has_one_live_attempt",
            ),
            models.UniqueConstraint(fields=["sid"], condition=~Q(sid=""), name="sid_belongs_to_one_attempt"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["look_at"], condition=Q(look_at__isnull=False), name="attempt_to_look_at"),
            models.Index(fields=["host", "subject_id"], name="attempt_by_subject"),
        ]


class Callback(Leased):
    """A status that the carrier reported: stored as it came, worked on afterwards, in the carrier's order."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="callbacks")
    sid = models.CharField(max_length=40)
    status = models.CharField(max_length=20)
    sequence = models.IntegerField(default=0)
    details = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    done = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sid", "status"], name="callback_counts_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["lane", "due_at"], condition=Q(done=False), name="callback_due"),
        ]


class Letter(Leased):
    """A mail on its way to one address: queued in the transaction of the decision, sent by the workers.

    What is enclosed is made when it is sent, from the rows as they are then: no list of names lies in here.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        EXPIRED = "expired"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, help_text="In the Message-ID: one sent twice is known.")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200, unique=True, help_text="What it is, and to whom: never sent a second time.")
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    enclosure = models.CharField(max_length=60, blank=True, help_text="Who makes what is enclosed.")
    reference = models.JSONField(default=dict, help_text="What the maker wants to know again: references only.")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state="queued"), name="letter_due"),
        ]


class InboundText(models.Model):
    """A text that somebody sent to one of our numbers: kept until a person or a rule has dealt with it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sid = models.CharField(max_length=40, unique=True)
    line = models.CharField(max_length=20)
    body = models.TextField()
    received_at = models.DateTimeField()


class CarrierAccount(models.Model):
    """A token bucket: how many requests a second the carrier takes from this account, and what is left now.

    In real time. `reserved` tokens are kept for alarms: other lanes see an empty bucket sooner.
    """

    name = models.CharField(max_length=40, unique=True)
    per_second = models.FloatField(default=1.0)
    burst = models.FloatField(default=2.0)
    reserved = models.FloatField(default=1.0)
    tokens = models.FloatField(default=2.0)
    filled_at = models.DateTimeField()
