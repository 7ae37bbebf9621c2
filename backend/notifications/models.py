"""Messages (what somebody is to be told or asked), attempts (each try to reach them) and callbacks (what we hear)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.events.models import Lane, Leased
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
    any_hour = models.BooleanField(default=False, help_text="Chosen or asked for: quiet hours do not hold it up.")
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    outcome = models.CharField(max_length=30, blank=True, help_text="How the last attempt ended, or why none was made.")
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["lane", "due_at"], condition=Q(state="queued"), name="message_due"),
            models.Index(fields=["lane", "organisation", "due_at"], condition=Q(state="queued"), name="message_turn"),
            models.Index(fields=["organisation", "-created_at"], name="message_by_organisation"),
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
    account = models.CharField(
        max_length=40, default="first", help_text="The account with the carrier that it went by."
    )
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
    asked_at = models.DateTimeField(null=True, help_text="When the carrier was last asked what became of it.")
    seconds = models.PositiveIntegerField(null=True, help_text="How long a call lasted, as the carrier counts.")
    segments = models.PositiveSmallIntegerField(null=True, help_text="What a text counts for.")
    move_at = models.DateTimeField(null=True, help_text="When the carrier is to have this call ask what is next.")
    move_step = models.PositiveIntegerField(default=0, help_text="The question it is to be moved from.")
    move_tries = models.PositiveSmallIntegerField(default=0)
    moving_until = models.DateTimeField(null=True, help_text="Lease (real time) of whoever has it moved.")
    unheard_since = models.DateTimeField(null=True, help_text="Since when the carrier does not say how it is.")

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
            models.Index(fields=["move_at"], condition=Q(move_at__isnull=False), name="attempt_to_move"),
            models.Index(fields=["host", "subject_id"], name="attempt_by_subject"),
            models.Index(fields=["organisation", "created_at"], name="attempt_by_organisation"),
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


class InboundText(Leased):
    """A text that somebody sent to one of our numbers: stored as it came, then offered to the programmes' rules."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sid = models.CharField(max_length=40, unique=True)
    line = models.CharField(max_length=40, help_text="Where it came from, as the carrier says; not always a number.")
    body = models.TextField()
    received_at = models.DateTimeField()
    done = models.BooleanField(default=False, help_text="The rules have seen it.")
    rule = models.CharField(max_length=40, blank=True, help_text="Which rule understood it; empty: none did.")
    asked = models.JSONField(default=dict, blank=True, help_text="What the answer asked back: references only.")
    answer = models.TextField(blank=True, help_text="What was texted back.")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["lane", "due_at"], condition=Q(done=False), name="inbound_text_due"),
            models.Index(fields=["line", "-id"], name="inbound_text_by_line"),
        ]


class InboxItem(models.Model):
    """Something that only a person can deal with, and that stays on the board until one has."""

    class Kind(models.TextChoices):
        TEXT = "text", "a text that was not understood"
        CALL_BACK = "call_back", "somebody wants to be rung back"
        STOPPED_TEXTS = "stopped_texts", "somebody on duty receives no texts any more"
        UNCONFIRMED = "unconfirmed", "somebody hung up before confirming what they reported"
        FAULT = "fault", "a call was cut short by a fault of ours"
        NO_NUMBER = "no_number", "somebody without a number hung up before a person spoke to them"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    line = models.CharField(max_length=40, blank=True, help_text="The number to ring (E.164), when one is known.")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.OneToOneField(InboundText, on_delete=models.CASCADE, null=True, related_name="inbox_item")
    note = models.CharField(max_length=200, blank=True, help_text="A code or a few words of the machine's own.")
    received_at = models.DateTimeField()
    dealt_with_at = models.DateTimeField(null=True)
    dealt_with_by = models.CharField(max_length=80, blank=True, help_text="A reference such as user:3.")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "received_at"], condition=Q(dealt_with_at=None), name="inbox_open"),
        ]


class CarrierAccount(models.Model):
    """An account with the carrier, and how much it takes. Its credentials are settings, found by its name, never here.

    `reserved` tokens are kept for alarms: other lanes see an empty bucket sooner. An unknown number of calls at once
    (null) is not limited by us.
    """

    name = models.CharField(max_length=40, unique=True, help_text="first, second: see the settings.")
    calls_per_second = models.FloatField(default=1.0)
    texts_per_second = models.FloatField(default=1.0)
    burst = models.FloatField(default=3.0, help_text="So many at once, which the carrier queues itself.")
    reserved = models.FloatField(default=1.0)
    calls_at_once = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Live legs that it allows.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(calls_per_second__gt=0, texts_per_second__gt=0, reserved__gte=0)
                & Q(burst__gte=models.F("reserved") + 1),
                name="account_lets_something_through",
            ),
        ]


class Bucket(models.Model):
    """What is left now of an account's rate, for calls or for texts. On the product's clock."""

    account = models.ForeignKey(CarrierAccount, on_delete=models.CASCADE, related_name="buckets")
    way = models.CharField(max_length=4, choices=Way)
    tokens = models.FloatField()
    filled_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "way"], name="bucket_once")]


class Turn(models.Model):
    """When an organisation last had its turn in a lane (real time): who waited longest goes next."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    lane = models.CharField(max_length=10, choices=Lane)
    served_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "lane"], name="turn_once")]


class OptOut(models.Model):
    """A line that wants no texts from an organisation any more. Alarms are told to it by call instead."""

    class How(models.TextChoices):
        KEYWORD = "keyword"
        CARRIER = "carrier"
        STAFF = "staff"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    line = models.CharField(max_length=20)
    how = models.CharField(max_length=10, choices=How)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "line"], name="opt_out_once")]
