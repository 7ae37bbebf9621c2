"""Whose turn it is in a lane: organisations go round, so that none waits for the many messages of another."""

from datetime import datetime
from itertools import chain, zip_longest

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef

from backend.common.clock import real_now
from backend.events.claims import unheld
from backend.notifications.models import Message, Turn
from backend.people.models import Organisation


def next_in_turn(lane: str, now: datetime, *, limit: int) -> list[int]:
    """The keys of the messages that go next: one of each organisation, who waited longest first, and so round.

    An organisation's own messages go in the order in which they are due (UTC, product's clock). One index probe an
    organisation, however many messages wait.
    """
    due = unheld(Message.objects.filter(lane=lane, state=Message.State.QUEUED, due_at__lte=now), real_now())
    own = due.filter(organisation=OuterRef("pk")).order_by("due_at", "pk").values("pk")[:limit]
    served = Turn.objects.filter(organisation=OuterRef("pk"), lane=lane).values("served_at")[:1]
    waiting = Organisation.objects.filter(Exists(due.filter(organisation=OuterRef("pk"))))
    in_turn = waiting.annotate(served=served).order_by(F("served").asc(nulls_first=True), "pk")
    queues = in_turn.annotate(waiting=ArraySubquery(own)).values_list("waiting", flat=True)[:limit]
    rounds = zip_longest(*queues)
    return [pk for pk in chain.from_iterable(rounds) if pk is not None][:limit]


def served(organisation_id: int, lane: str) -> None:
    """An organisation has had its turn. Call it last, in the transaction of the attempt."""
    Turn.objects.update_or_create(organisation_id=organisation_id, lane=lane, defaults={"served_at": real_now()})
