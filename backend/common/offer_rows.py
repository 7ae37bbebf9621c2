"""The row of an offer, as every programme keeps it; what is decided from such rows is in `offers`."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from backend.common.offers import Ending, Offer, ended


class OfferRow(models.Model):
    """Somebody was offered or asked something, and may answer before the deadline. Ends exactly once. Times in UTC."""

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = Ending.ACCEPTED.value
        DECLINED = Ending.DECLINED.value
        EXPIRED = Ending.EXPIRED.value
        WITHDRAWN = Ending.WITHDRAWN.value

    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    offered_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def as_offer_to(self, key: int) -> Offer[int]:
        """The row as the rules want it; `key` is the candidate it was offered to."""
        ending = None if self.state == self.State.OPEN else Ending(self.state)
        return Offer(key, self.offered_at, self.deadline_at, ending)

    def is_in_time(self, now: datetime) -> bool:
        """Whether it is open, and its deadline has not passed."""
        return self.state == self.State.OPEN and now < self.deadline_at


def end(row: OfferRow, ending: Ending, now: datetime) -> None:
    """Give an offer its one ending and save it; the lock of what is offered is held. Raises `OfferOver`."""
    ended(row.as_offer_to(row.pk), ending, now)
    if row.state == OfferRow.State.OPEN:
        row.state, row.ended_at = OfferRow.State(ending.value), now
        row.save(update_fields=["state", "ended_at"])


def answered_unasked(ending: Ending, now: datetime) -> dict[str, Any]:
    """The columns of an answer to which no question was open: told to a person, or given after the deadline."""
    return {
        "state": OfferRow.State(ending.value),
        "offered_at": now,
        "deadline_at": now + timedelta(seconds=1),
        "ended_at": now,
    }


def ends_once(name: str) -> models.CheckConstraint:
    """An offer that has ended says when, and an open one does not."""
    return models.CheckConstraint(
        condition=Q(state="open", ended_at=None) | ~Q(state="open") & Q(ended_at__isnull=False), name=name
    )
