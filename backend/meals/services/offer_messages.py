"""Telling parties of freed chairs, by call or text as they chose, again in time; or that there were none.

For whoever has no number of their own, such as a guest for whom somebody else reserved, a person rings.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from backend.common.actors import SYSTEM
from backend.meals import texts
from backend.meals.models import ChairOffer, Evening, GuestCall, Reservation
from backend.meals.selectors import told
from backend.meals.services import guest_calls
from backend.notifications.models import Message, Way
from backend.notifications.selectors.telling import way_to
from backend.notifications.services import queueing, telling
from backend.notifications.services.speaking import HOST as READING

HOST = "meals.offer"
"""The subject is the evening; a message's reference has the offer."""

NEWS_LIVES = timedelta(hours=20)


def send(evening: Evening, row: ChairOffer, now: datetime) -> None:
    """Offer the chairs. For who has no number a person rings; the chairs are held as long as for others."""
    reservation, person = row.reservation, row.reservation.person
    guest_calls.lapse(evening, SYSTEM, now, person_id=person.pk, kinds=(GuestCall.Kind.NO_CHAIRS,))
    to = way_to(person)
    if to is None:
        guest_calls.to_make(evening, reservation, GuestCall.Kind.CHAIRS, now)
        return
    values = told.in_writing(evening, reservation.covers, person.language, now)
    values["until"] = told.until(evening, row.deadline_at, person.language, now)
    telling.reach(
        person,
        to,
        organisation=evening.resto.organisation,
        host=HOST,
        subject_id=evening.pk,
        reference={"offer": row.pk},
        body=texts.text(texts.OFFER + "text", evening, person, values) if to.way is Way.TEXT else "",
        expires_at=row.deadline_at,
    )


def once_more(evening: Evening, message: Message, now: datetime) -> None:
    """A call that nobody answered with a key is made again while there is time. Under the evening's lock.

    Whoever asked for a person is not rung again by the machine: that person rings.
    """
    row = evening.offers.filter(pk=message.reference["offer"], state=ChairOffer.State.OPEN).first()
    if row is None:
        return
    asked = GuestCall.objects.filter(reservation=row.reservation_id, kind=GuestCall.Kind.SPEAK)
    if asked.filter(Q(created_at__gte=row.offered_at) | Q(details__offer=row.pk)).exists():
        return
    telling.ring_again(message, deadline_at=row.deadline_at, now=now)


def take_back(row: ChairOffer) -> None:
    """The offer has ended: what has not gone out does not go out."""
    queueing.cancel_queued(host=HOST, subject_id=row.evening_id, about={"offer": row.pk})


def take_back_all(evening: Evening) -> None:
    """Nothing is offered any more on this evening. Under its lock."""
    queueing.cancel_queued(host=HOST, subject_id=evening.pk)


def no_place(evening: Evening, reservation: Reservation, now: datetime) -> None:
    """There was no chair for who waited. None hears so once the doors are open."""
    if way_to(reservation.person) is None and now < evening.doors_at:
        guest_calls.to_make(evening, reservation, GuestCall.Kind.NO_CHAIRS, now)
        return
    tell(evening, reservation, "no_place", now)


def tell(evening: Evening, reservation: Reservation, code: str, now: datetime) -> None:
    """News that nothing is to be answered to, by text or read out; none once the doors are open."""
    person = reservation.person
    to = way_to(person)
    if to is None or now >= evening.doors_at:
        return
    organisation = evening.resto.organisation
    telling.reach(
        person,
        to,
        organisation=organisation,
        host=READING,
        subject_id=organisation.pk,
        body=texts.text(
            texts.OFFER + code, evening, person, told.in_writing(evening, reservation.covers, person.language, now)
        ),
        expires_at=min(now + NEWS_LIVES, evening.doors_at),
    )
