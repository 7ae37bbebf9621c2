"""The product as the player sees it: the clock, what happens, and whether anything is still going on.

The player reads the rows directly, because asking through a new process each second would cost more than the whole
town. It writes nothing but the clock, and what a scenario's event says that a person does.

This module can be imported only once Django is set up on the town's database.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import OperationalError, close_old_connections

from backend.circles.models import Membership, Round
from backend.common.actors import Actor
from backend.events import clock
from backend.events.models import Delivery, Event
from backend.incidents.models import Incident
from backend.notifications.models import Attempt, Callback, Letter, Message
from backend.people.services.absences import record_absence


@dataclass(frozen=True)
class News:
    """An event of the product: what happened, to which row, and when (UTC)."""

    number: int
    kind: str
    subject_id: int
    payload: Mapping[str, Any]
    at: datetime


class Product:
    """The product on the database that this process was set up for."""

    def __init__(self, *, day: date) -> None:
        """`day` is the local date that is played."""
        self._day = day

    def run_clock(self, rate: float) -> dict[str, float]:
        """Let time go on at `rate` scenario seconds per second (0: stop it). Returns the anchor in unix seconds."""
        clock.set_clock(virtual=clock.now(), rate=rate)
        anchor = clock.anchor()
        return {"real": anchor.real.timestamp(), "virtual": anchor.virtual.timestamp(), "rate": anchor.rate}

    def now(self) -> datetime | None:
        """The instant (UTC) that it is for the product; None while its database does not answer."""
        try:
            return clock.now()
        except OperationalError:
            close_old_connections()
            return None

    def news(self, after: int) -> list[News]:
        """Events later than number `after`, in their order; nothing while the database does not answer."""
        try:
            return [
                News(event.pk, event.kind, event.subject_id, event.payload, event.recorded_at)
                for event in Event.objects.filter(pk__gt=after).order_by("pk")
            ]
        except OperationalError:
            close_old_connections()
            return []

    def is_at_rest(self) -> bool:
        """Whether nothing is going on and nothing waits: rounds closed, incidents ended, nothing queued."""
        try:
            return not any(busy.exists() for busy in self._busy())
        except OperationalError:
            close_old_connections()
            return False

    def _busy(self) -> list[Any]:
        return [
            Round.objects.filter(date=self._day).exclude(state=Round.State.CLOSED),
            Incident.objects.exclude(state=Incident.State.CLOSED),
            Message.objects.filter(state__in=Message.OPEN),
            Attempt.objects.filter(state__in=Attempt.LIVE),
            Callback.objects.filter(done=False),
            Delivery.objects.filter(done=False),
        ]

    def incidents(self) -> list[dict[str, Any]]:
        """All incidents: kind, about (full names), state, outcomes, claimed_by."""
        found = []
        for incident in Incident.objects.order_by("pk").prefetch_related("members__person", "steps"):
            members = sorted(incident.members.all(), key=lambda member: member.pk)
            recorded = [step.details["outcome"] for step in incident.steps.all() if step.what == "outcome"]
            found.append(
                {
                    "kind": incident.kind,
                    "about": tuple(member.person.name for member in members),
                    "state": incident.state,
                    "outcomes": tuple(member.outcome for member in members if member.outcome) or tuple(recorded[-1:]),
                    "claimed_by": incident.claimed_by_name,
                }
            )
        return found

    def closed_how(self) -> list[str]:
        """How each round of the day closed; an empty text for one that did not."""
        return list(Round.objects.filter(date=self._day).order_by("pk").values_list("closed_how", flat=True))

    def letters(self) -> Counter[str]:
        """How many mails went out to each address."""
        return Counter(Letter.objects.filter(state=Letter.State.SENT).values_list("address", flat=True))

    def report_absence(self, member: str, reason: str) -> None:
        """Somebody rings the office: this member (full name) is away today."""
        person = next(one.person for one in Membership.objects.select_related("person") if one.person.name == member)
        actor = Actor(who="system", channel="command")
        record_absence(person=person, first_day=self._day, last_day=self._day, reason=reason, actor=actor)
