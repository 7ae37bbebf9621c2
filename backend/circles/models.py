"""Telephone circles: who rings whom, and each morning's round."""

from datetime import datetime, time
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from backend.circles.domain.modes import Mode
from backend.incidents.models import Incident
from backend.people.models import Organisation, Person

MODES = [(mode.value, mode.name) for mode in Mode]


class Circle(models.Model):
    """A group of people who ring one another every morning in a fixed order."""

    class Status(models.TextChoices):
        FORMING = "forming"
        PRACTICE = "practice"
        ACTIVE = "active"
        PAUSED = "paused"
        CLOSED = "closed"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="circles")
    name = models.CharField(max_length=120)
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    mode = models.CharField(max_length=9, choices=MODES, default=Mode.BRIDGED.value)
    start_time = models.TimeField(help_text="Local wall time of the organisation.")
    weekdays = models.JSONField(default=list, help_text="Days on which it goes round; 0 is Monday.")
    first_day = models.DateField(null=True, help_text="Local date of its first morning; empty: no such limit.")
    policy = models.JSONField(default=dict, blank=True, help_text="Where it differs from the defaults.")
    paused_until = models.DateField(null=True, blank=True, help_text="Last local date of a pause; empty: no end known.")
    closed_reason = models.CharField(max_length=200, blank=True)
    shift_minutes = models.SmallIntegerField(
        default=0, help_text="So much later (or earlier) it starts, because the carrier cannot start all at once."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="circle_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def starts_at(self) -> time:
        """The local wall time at which it really starts: its own, moved where the carrier cannot start all at once."""
        minutes = self.start_time.hour * 60 + self.start_time.minute + self.shift_minutes
        return time(minutes // 60 % 24, minutes % 60)


class Membership(models.Model):
    """A person's place in a circle."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        WAITING = "waiting"
        NEEDS_NUMBER = "needs_number"
        LEFT = "left"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    position = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=Status, default=Status.ACTIVE)
    weekdays = models.JSONField(default=list, help_text="Days on which this member takes part; 0 is Monday.")
    can_ring = models.BooleanField(default=True, help_text="False: is rung, but rings nobody.")

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle", "person"], name="member_once_per_circle"),
        ]


class RealMornings(models.Manager["Round"]):
    """Only mornings that count. Practice is no morning: no tally, no board and no planner may take it for one."""

    def get_queryset(self) -> "models.QuerySet[Round]":
        return super().get_queryset().filter(practice=False)


class Round(models.Model):
    """A circle's morning: one per local date, with its own copy of mode, order and policy once it has started.

    `Round.objects` are the mornings that count; `Round.with_practice` also has the practice mornings.
    """

    class State(models.TextChoices):
        PLANNED = "planned"
        RUNNING = "running"
        CLOSED = "closed"

    class ClosedHow(models.TextChoices):
        RECEIVED = "received"
        NOBODY_TODAY = "nobody_today"
        ACCOUNTED = "accounted"
        NOT_RECEIVED = "not_received"
        DEADLINE = "deadline"
        NOT_HELD = "not_held"

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="rounds")
    date = models.DateField(help_text="Local date of the organisation.")
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    practice = models.BooleanField(default=False, help_text="A practice morning: nobody is alerted.")
    mode = models.CharField(max_length=9, choices=MODES, default=Mode.BRIDGED.value)
    planned_start = models.DateTimeField()
    check_in_at = models.DateTimeField(
        null=True, help_text="When the platform rings along a ring of own telephones that is not round."
    )
    started_at = models.DateTimeField(null=True)
    deadline_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_how = models.CharField(max_length=14, choices=ClosedHow, blank=True)
    policy = models.JSONField(default=dict)
    volunteer = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    volunteer_state = models.JSONField(default=dict, help_text="Proven at the start, out as caller, received.")
    backup_told = models.BooleanField(default=False)
    failing = models.JSONField(
        default=dict, help_text="Actions that failed, by what they were: tries, again_at, error."
    )

    objects = RealMornings()
    with_practice: ClassVar[models.Manager["Round"]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle", "date", "practice"], name="one_round_a_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["date", "state"], name="round_by_date")]

    def __str__(self) -> str:
        return f"{self.circle} {self.date}"

    @property
    def round_by(self) -> datetime | None:
        """When it must be round (UTC): on own telephones before the platform rings along it, else at the deadline."""
        return self.check_in_at or self.deadline_at


class Seat(models.Model):
    """A member's place in one morning's round, and what became of it."""

    class Standing(models.TextChoices):
        EXPECTED = "expected"
        WELL = "well"
        EXCUSED = "excused"
        INCIDENT = "incident"
        MISSED = "missed", "did not manage on a practice morning"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    lines = models.JSONField(default=list, help_text="Numbers (E.164) in the order in which they are tried.")
    can_ring = models.BooleanField(default=True)
    ring_longer = models.BooleanField(default=False)
    not_before = models.DateTimeField(null=True, help_text="When they chose to be rung by a star; not earlier.")
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.EXPECTED)
    how = models.CharField(max_length=30, blank=True, help_text="How we know: a code.")
    at = models.DateTimeField(null=True, help_text="When we knew.")
    in_chain = models.BooleanField(default=False, help_text="The ring has been at this member.")
    caller_out = models.BooleanField(default=False, help_text="Does not ring others any more this morning.")
    misses = models.PositiveSmallIntegerField(default=0)
    busy_times = models.PositiveSmallIntegerField(default=0)
    first_missed_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    on_line = models.BigIntegerField(null=True, help_text="The call in which they stay on the line for the next one.")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "person"], name="seat_once_per_round"),
            models.UniqueConstraint(fields=["round", "position"], name="seat_position_once"),
        ]


class Leg(models.Model):
    """A telephone call that the round asked for: a caller who is joined to a target, or the platform alone."""

    class Role(models.TextChoices):
        CALLER = "caller", "rings a caller, who is joined to the target"
        PLATFORM = "platform", "the platform reaches the target in the chain"
        RETRY = "retry", "the platform reaches a member who was missed"
        JOINED = "joined", "somebody who rang in is joined to the target"

    class State(models.TextChoices):
        PLACED = "placed", "asked for; nobody has proven themselves"
        PROVEN = "proven", "the caller has pressed a key"
        TALKING = "talking", "caller and target are joined"
        DONE = "done", "the chain goes on; the call itself may still be ending"
        ENDED = "ended"

    JOINS: ClassVar = (Role.CALLER, Role.JOINED)
    LIVE: ClassVar = (State.PLACED, State.PROVEN, State.TALKING)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="legs")
    role = models.CharField(max_length=8, choices=Role)
    caller = models.ForeignKey(
        Seat, on_delete=models.CASCADE, null=True, related_name="+", help_text="Null: volunteer."
    )
    target = models.ForeignKey(
        Seat, on_delete=models.CASCADE, null=True, related_name="+", help_text="Null: volunteer."
    )
    state = models.CharField(max_length=8, choices=State, default=State.PLACED)
    message_id = models.BigIntegerField(null=True)
    caller_gone = models.BooleanField(default=False, help_text="The caller is off; the target's own call goes on.")
    target_message_id = models.BigIntegerField(null=True, help_text="The call of its own by which the target is rung.")
    target_rung_at = models.DateTimeField(null=True)
    target_outcome = models.CharField(max_length=30, blank=True, help_text="How that call ended; empty: not over.")
    placed_at = models.DateTimeField()
    talk_started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(role__in=["caller", "platform"], state__in=["placed", "proven", "talking"]),
                name="chain_is_in_one_place",
            ),
            models.CheckConstraint(
                condition=Q(caller=None) | Q(target=None) | ~Q(caller=F("target")), name="nobody_rings_themselves"
            ),
        ]


class PolicyTemplate(models.Model):
    """A named set of settings of an organisation, chosen when a circle is made. The circle gets a copy."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="policy_templates")
    name = models.CharField(max_length=80)
    policy = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="policy_template_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Transfer(models.Model):
    """A circle went from one organisation to another; what the old one keeps are the counts, and nothing else."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="transfers")
    circle_name = models.CharField(max_length=120)
    from_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agreed_from = models.CharField(max_length=200, help_text="Who agreed for the old organisation, as what, and when.")
    agreed_to = models.CharField(max_length=200)
    actor = models.CharField(max_length=80)
    at = models.DateTimeField()
    aggregates = models.JSONField(default=dict, help_text="Counts only: members, mornings by how they ended, cases.")


class TransferOffer(models.Model):
    """An organisation asks another to take a circle over. Nothing moves until the other one says yes."""

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="transfer_offers")
    from_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agreed_from = models.CharField(max_length=200, help_text="Who agreed for the asking organisation, and as what.")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle"], condition=models.Q(state="open"), name="one_transfer_is_asked"),
        ]


class PaperList(models.Model):
    """A list that went out on paper: once per circle, date and reason."""

    class Reason(models.TextChoices):
        EVENING = "evening", "the evening before"
        MACHINE = "machine", "the machine stands still"
        CARRIER = "carrier", "the carrier takes no calls"

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="paper_lists")
    date = models.DateField(help_text="Local date of the morning.")
    reason = models.CharField(max_length=8, choices=Reason)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle", "date", "reason"], name="paper_list_goes_out_once"),
        ]
