"""Welfare cases: somebody is to be found well, and a person says so."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.common.link_rows import LinkRow
from backend.people.models import Contact, Organisation, Person


class Incident(models.Model):
    """One cause, one incident: opened by the machine or a person, louder until claimed, closed with an outcome."""

    class Kind(models.TextChoices):
        NO_ANSWER = "no_answer"
        WORRIED = "worried"
        HELP = "help"
        ROUND = "round"
        OUTAGE = "outage"
        DUTY = "duty"
        STRANDED = "stranded"
        NOT_AT_DOOR = "not_at_door"
        RUN = "run"
        EVENING = "evening"

    class State(models.TextChoices):
        OPEN = "open"
        CLAIMED = "claimed"
        CLOSED = "closed"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=12, choices=Kind)
    cause = models.CharField(max_length=80, help_text="What it came from, such as round:12:no_answer:4. One each.")
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.BigIntegerField(null=True)
    source_label = models.CharField(max_length=120, blank=True)
    details = models.JSONField(default=dict, help_text="Why it was opened: codes only.")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    policy = models.JSONField(help_text="Frozen when it was opened: levels, times, whom to reach and where.")
    progress = models.JSONField(default=dict, help_text="Where the escalation is.")
    opened_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    claimed_by_person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    claimed_by_contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="+")
    claimed_by_name = models.CharField(max_length=120, blank=True)
    arrived_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cause"], name="one_cause_one_incident"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | ~Q(state="closed"),
                name="incident_closed_has_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "state"], name="incident_by_state"),
            models.Index(fields=["source_kind", "source_id"], name="incident_by_source"),
        ]

    @property
    def is_open(self) -> bool:
        """True until a person (or a stand-down as defined) has ended it."""
        return self.state != self.State.CLOSED


class Outcome(models.TextChoices):
    """What was found, in the words of the domain."""

    ANSWERED_LATE = "answered_late"
    FALSE_ALARM = "false_alarm"
    FOUND_WELL = "found_well"
    NEEDED_HELP = "needed_help"
    HOSPITAL = "hospital"
    DECEASED = "deceased"
    KNOWN_ABSENT = "known_absent"
    KEY_FAILED = "key_failed"
    EMERGENCY_CALLED = "emergency_called"
    RECEIVED = "received"
    ARRANGED = "arranged"


class IncidentMember(models.Model):
    """Somebody whom the incident is about, with an outcome of their own."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="incident_memberships")
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    outcome_at = models.DateTimeField(null=True)
    outcome_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "person"], name="member_once_per_incident"),
        ]


class Step(models.Model):
    """A line of the timeline: who did what, at its true time. Only ever added."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=40)
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=20)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(help_text="When it happened.")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]


class ClaimLink(LinkRow):
    """A link in a text, for one person and one incident."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="links")
    target = models.CharField(max_length=40, help_text="A target of the frozen policy, such as person:7.")
