"""Queueing what somebody is to be told or asked, and taking it back."""

from datetime import datetime
from typing import Any

from backend.events import clock
from backend.events.models import Lane
from backend.events.nudge import nudge_on_commit
from backend.notifications import registry
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.services import reach
from backend.people.models import Organisation, Person


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
    ring_seconds: int = 40,
) -> Message:
    """Have a line rung or texted, in the transaction of the decision. Times are UTC on the product's clock.

    After `expires_at` the message is refused rather than sent late, and its host is told. Raises ForbiddenLine.
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
        ring_seconds=ring_seconds,
        due_at=max(now, not_before or now),
        expires_at=expires_at,
        created_at=now,
    )
    nudge_on_commit(lane)
    return message


def cancel(message: Message) -> None:
    """Take back a message that has not gone out. Call it under the host's lock; one under way goes on."""
    Message.objects.filter(pk=message.pk, state=Message.State.QUEUED).update(
        state=Message.State.CANCELLED, outcome="cancelled"
    )


def cancel_queued(*, host: str, subject_id: int) -> int:
    """Take back all that has not gone out about a subject; returns how many. Call it under the host's lock."""
    return Message.objects.filter(host=host, subject_id=subject_id, state=Message.State.QUEUED).update(
        state=Message.State.CANCELLED, outcome="cancelled"
    )


def finish(message: Message, *, outcome: str, attempt: Attempt | None, now: datetime) -> None:
    """A message has come to its end: say so on its row and to its host. Once only. Under the host's lock."""
    ends = {
        "expired": Message.State.EXPIRED,
        Attempt.State.FAILED: Message.State.FAILED,
        Attempt.State.CANCELED: Message.State.FAILED,
    }
    changed = Message.objects.filter(pk=message.pk, state__in=Message.OPEN).update(
        state=ends.get(outcome, Message.State.DONE), outcome=outcome, lease_token=None, leased_until=None
    )
    if not changed:
        return
    message.refresh_from_db()
    registry.hosts[message.host].ended(message, attempt, now)
