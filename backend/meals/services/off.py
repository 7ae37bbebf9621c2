"""A dinner that does not take place: everybody who had places, or waited for them, is told, and whom nobody reached a
person rings. Nobody stands before a closed door; when it takes place after all, a person rings them all.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from backend.common.actors import Actor
from backend.events.models import Event
from backend.meals import texts
from backend.meals.domain.standing import Gone
from backend.meals.models import Evening, GuestCall, Reservation
from backend.meals.selectors import told
from backend.meals.services import confirming, evenings
from backend.meals.services.guest_calls import lapse, to_make
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.selectors.telling import WayTo, by_call, way_to
from backend.notifications.services import queueing, telling
from backend.people.selectors import local_date

log = logging.getLogger(__name__)

HOST = "meals.off"
"""The subject is the evening; a message's reference has the reservation."""

AGAIN_AFTER = timedelta(minutes=30)
CALLS_AT_MOST = 2


def tell_everybody(event: Event, now: datetime) -> None:
    """The evening was cancelled, and still is. Whoever never confirmed their number is told nothing."""
    evening = evenings.locked(event.subject_id)
    if evening.state != Evening.State.CANCELLED:
        return
    for row in _former(evening):
        _tell_alone(evening, row, now)


def after_all(evening: Evening, actor: Actor, now: datetime) -> None:
    """The evening takes place after all: nobody is told any more that it is off, and a person rings all who were.

    Their places went with the evening. Under its lock.
    """
    queueing.cancel_queued(host=HOST, subject_id=evening.pk)
    lapse(evening, actor, now, kinds=(GuestCall.Kind.CANCELLED,))
    for row in _former(evening):
        to_make(evening, row, GuestCall.Kind.AFTER_ALL, now)


def _former(evening: Evening) -> list[Reservation]:
    """What ended with its evening; not what did so an earlier time, after which it took place after all."""
    rows = evening.reservations.filter(cancelled_because=Gone.EVENING_OFF, holds_until=None)
    known = rows.exclude(calls__kind=GuestCall.Kind.AFTER_ALL)
    return list(known.select_related("person__organisation").order_by("pk"))


def _tell_alone(evening: Evening, row: Reservation, now: datetime) -> None:
    """What goes wrong with one guest keeps nobody else from hearing it: a person rings that one."""
    try:
        with transaction.atomic():
            confirming.take_back(row)
            _tell(evening, row, way_to(row.person), now)
    except Exception:
        log.exception("Evening %s is off; reservation %s could not be told so, a person has to.", evening.pk, row.pk)
        to_make(evening, row, GuestCall.Kind.CANCELLED, now)


def ended(message: Message, attempt: Attempt | None, now: datetime) -> None:
    """A text or call has come to its end. What was not read out to somebody who pressed a key is told once more."""
    if was_heard(message, attempt):
        return
    evening = evenings.locked(message.subject_id)
    if evening.state != Evening.State.CANCELLED:
        return
    row = evening.reservations.select_related("person__organisation").get(pk=message.reference["reservation"])
    calls = Message.objects.filter(
        host=HOST, subject_id=evening.pk, way=Way.CALL, reference__reservation=row.pk
    ).count()
    again = now if message.way == Way.TEXT else now + AGAIN_AFTER
    to = by_call(row.person) if calls < CALLS_AT_MOST and again < evening.doors_at else None
    _tell(evening, row, to, now, not_before=again)


def was_heard(message: Message, attempt: Attempt | None) -> bool:
    """Whether a text went out, or a call was read out to somebody who pressed a key."""
    if message.way == Way.TEXT:
        return message.state == Message.State.DONE
    return attempt is not None and bool(attempt.script.get("heard"))


def _tell(
    evening: Evening, row: Reservation, to: WayTo | None, now: datetime, *, not_before: datetime | None = None
) -> None:
    """By this way; where there is none, a person rings."""
    person = row.person
    if to is None:
        to_make(evening, row, GuestCall.Kind.CANCELLED, now)
        return
    organisation = evening.resto.organisation
    telling.reach(
        person,
        to,
        organisation=organisation,
        host=HOST,
        subject_id=evening.pk,
        reference={"reservation": row.pk},
        body=texts.text(
            texts.GUEST + "evening_off", evening, person, told.in_writing(evening, row.covers, person.language, now)
        ),
        not_before=not_before,
        expires_at=evening.doors_at,
        any_hour=evening.date == local_date(organisation, now),
    )
