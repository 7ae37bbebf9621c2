"""Reaching a person by the way that was found for them (`selectors.telling`), in their language."""

from datetime import datetime, timedelta
from typing import Any

from backend.events.models import Lane
from backend.notifications.models import Message, Way
from backend.notifications.selectors.telling import WayTo
from backend.notifications.services import queueing
from backend.people.models import Organisation, Person

AGAIN_AFTER = timedelta(minutes=15)
CALLS_AT_MOST = 3
"""Somebody may be in the garden: nothing is lost by one call that was not taken."""


def reach(
    person: Person,
    to: WayTo,
    *,
    organisation: Organisation,
    host: str,
    subject_id: int,
    expires_at: datetime,
    body: str = "",
    reference: dict[str, Any] | None = None,
    lane: Lane = Lane.NOTICE,
    not_before: datetime | None = None,
    any_hour: bool = False,
) -> Message:
    """Have somebody rung or texted, as `queueing.queue`; a call without `body` is led by its host."""
    return queueing.queue(
        organisation=organisation,
        person=person,
        way=to.way,
        line=to.line,
        lane=lane,
        host=host,
        subject_id=subject_id,
        reference=reference,
        body=body,
        language=person.language,
        not_before=not_before,
        expires_at=expires_at,
        any_hour=any_hour,
    )


def ring_again(message: Message, *, deadline_at: datetime, now: datetime) -> None:
    """A call that nobody answered with a key is made again in a while, before the deadline of what it asks.

    Three calls at most about the same thing (`Message.reference`). A text is not sent again. Under the host's lock.
    """
    at = now + AGAIN_AFTER
    if message.way != Way.CALL or message.person is None or at >= deadline_at:
        return
    same = Message.objects.filter(host=message.host, subject_id=message.subject_id, reference=message.reference)
    if same.count() >= CALLS_AT_MOST:
        return
    reach(
        message.person,
        WayTo(Way.CALL, message.line),
        organisation=message.organisation,
        host=message.host,
        subject_id=message.subject_id,
        reference=message.reference,
        not_before=at,
        expires_at=deadline_at,
    )
