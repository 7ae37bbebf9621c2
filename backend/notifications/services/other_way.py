"""An alarm that one way cannot carry takes the other: text to call, call to text. Never silently nothing."""

from datetime import datetime, timedelta

from backend.events.models import Lane
from backend.notifications.domain.channels import speakable
from backend.notifications.models import Message, Way
from backend.notifications.selectors import texts
from backend.notifications.services import opting_out, queueing, speaking
from backend.notifications.texts import COULD_NOT_RING
from backend.people.domain.telephone import format_for_people, kind_of

TOGETHER = timedelta(minutes=2)
"""Two messages to one line about one thing, so close together, are one alert by both ways."""


def instead(message: Message, now: datetime) -> Message | None:
    """Tell it the other way, unless somebody does already. For a message that failed for good, under its host's lock.

    What is not an alarm stays untold, and is seen on the page of messages. What was told the other way already is not
    sent back and forth: then the ladder goes on.
    """
    if message.lane != Lane.ALARM or message.reference.get("instead_of") or _goes_anyway(message):
        return None
    if message.way == Way.TEXT:
        return _queue(message, Way.CALL, speakable(message.body), now)
    if kind_of(message.line) != "mobile" or opting_out.has_opted_out(message.organisation_id, message.line):
        return None
    organisation = message.organisation
    places = {"organisation": organisation.name, "phone": format_for_people(organisation.duty_phone)}
    words = texts.text(organisation, COULD_NOT_RING, message.language, **places)
    return _queue(message, Way.TEXT, words, now)


def _goes_anyway(message: Message) -> bool:
    """Whether the same thing is told to the same line by the other way, at about the same time."""
    others = Message.objects.filter(host=message.host, subject_id=message.subject_id, line=message.line)
    near = others.filter(created_at__range=(message.created_at - TOGETHER, message.created_at + TOGETHER))
    return near.exclude(way=message.way).exclude(state__in=(Message.State.FAILED, Message.State.EXPIRED)).exists()


def _queue(message: Message, way: Way, body: str, now: datetime) -> Message:
    return queueing.queue(
        organisation=message.organisation,
        person=message.person,
        way=way,
        line=message.line,
        lane=Lane.ALARM,
        host=speaking.HOST,
        subject_id=message.organisation_id,
        reference={"instead_of": message.pk},
        body=body,
        language=message.language,
        expires_at=max(message.expires_at, now + timedelta(minutes=10)),
    )
