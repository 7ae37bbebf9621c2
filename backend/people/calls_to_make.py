"""A call that a person has to make, where no machine could or should: the row, as every programme keeps it."""

from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import QuerySet

from backend.common.actors import SYSTEM, Actor
from backend.common.errors import Conflict
from backend.people.models import Person


class CallOver(Conflict):
    """Somebody else has dealt with this call, or it is not needed any more."""


class CallToMake(models.Model):
    """Whom somebody has to ring, and what came of it. What it is about, and why, each programme adds. Times in UTC."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        LAPSED = "lapsed"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    details = models.JSONField(default=dict, help_text="Codes and times only.")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=20, blank=True, help_text="A code.")

    class Meta:
        abstract = True

    @property
    def tried_at(self) -> list[datetime]:
        """When somebody rang them and did not reach them."""
        return [datetime.fromisoformat(moment) for moment in self.details.get("tried", [])]


Call = TypeVar("Call", bound=CallToMake)


def must_be_open(call: CallToMake) -> None:
    """Raise CallOver for a call that has ended."""
    if call.state != CallToMake.State.OPEN:
        raise CallOver("Somebody has dealt with this call already, or it is not needed any more. Look at the list.")


def not_reached(call: CallToMake, now: datetime) -> None:
    """Keep that somebody was rung in vain: the call stays on the list, behind those that have not been tried."""
    call.details = {**call.details, "tried": [*call.details.get("tried", []), now.isoformat()]}
    call.save(update_fields=["details"])


def lapse(calls: "QuerySet[Call]", who: str, now: datetime, outcome: str = "") -> None:
    """Those of `calls` that are still open need not be made any more; `who` says so, a reference such as user:3."""
    calls.filter(state=CallToMake.State.OPEN).update(
        state=CallToMake.State.LAPSED, ended_at=now, ended_by=who, outcome=outcome
    )


def settled(calls: "QuerySet[Call]", among: str, name: str, now: datetime) -> None:
    """One of the things that open calls are about is settled: `name` among those that `details[among]` has by name.

    A call that is about nothing else lapses as filled; the others stay.
    """
    for call in calls.filter(state=CallToMake.State.OPEN):
        left = {other: why for other, why in call.details.get(among, {}).items() if other != name}
        call.details = {**call.details, among: left}
        call.save(update_fields=["details"])
        if not left:
            lapse(calls.filter(pk=call.pk), SYSTEM.who, now, "filled")


def made(call: CallToMake, outcome: str, actor: Actor, now: datetime) -> None:
    """It has been made; `outcome`, a code of the programme's, is what came of it."""
    call.state, call.outcome, call.ended_at, call.ended_by = CallToMake.State.DONE, outcome, now, actor.who
    call.save(update_fields=["state", "outcome", "ended_at", "ended_by"])
