"""Queueing what somebody is to be told or asked, and taking it back."""

from datetime import datetime
from typing import Any

from backend.events import clock
from backend.events.models import Lane
from backend.events.nudge import nudge_on_commit
from backend.notifications.models import Message, Way
from backend.notifications.services import reach
from backend.people.models import Organisation, Person

RINGS, RINGS_LONGER = 40, 60
"""Seconds that a telephone rings before nobody is taken to be there."""


def queue(
    *,
    organisation: Organisation,
    person: Person | None,
    way: Way,
    line: str,
    lane: Lane,
    host: str,
    subject_id: int,
    expires_at: datetime,
    not_before: datetime | None = None,
    reference: dict[str, Any] | None = None,
    body: str = "",
    language: str = "nl",
    ring_seconds: int | None = None,
    any_hour: bool = False,
) -> Message:
    """Have a line rung or texted, in the transaction of the decision. Times are UTC on the product's clock.

    After `expires_at` the message is refused rather than sent late, and its host is told. Messages of the notice and
    bulk lanes wait for the hours in which people may be disturbed, and are refused when those come too late; say
    `any_hour` for what somebody chose or has just asked for, such as an answer to their own text. Raises ForbiddenLine.
    """
    reach.refuse_emergency(line)
    now = clock.now()
    message = Message.objects.create(
        organisation=organisation,
        person=person,
        way=way,
        line=line,
        lane=lane,
        host=host,
        subject_id=subject_id,
        reference=reference or {},
        body=body,
        language=language,
        ring_seconds=ring_seconds or ring_seconds_of(person),
        any_hour=any_hour,
        due_at=max(now, not_before or now),
        expires_at=expires_at,
        created_at=now,
    )
    nudge_on_commit(lane)
    return message


def ring_seconds_of(person: Person | None) -> int:
    """How long somebody's telephone rings: longer for who needs time to reach it."""
    return RINGS_LONGER if person is not None and person.ring_longer else RINGS


def cancel(message: Message) -> None:
    """Take back a message that has not gone out. Call it under the host's lock; one under way goes on."""
    Message.objects.filter(pk=message.pk, state=Message.State.QUEUED).update(
        state=Message.State.CANCELLED, outcome="cancelled"
    )


def cancel_queued(*, host: str, subject_id: int, about: dict[str, Any] | None = None) -> int:
    """Take back all that has not gone out about a subject; returns how many. Call it under the host's lock.

    `about`: only those whose reference says so.
    """
    queued = Message.objects.filter(host=host, subject_id=subject_id, state=Message.State.QUEUED)
    return queued.filter(reference__contains=about or {}).update(state=Message.State.CANCELLED, outcome="cancelled")
