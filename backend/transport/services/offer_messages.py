"""Telling people of a free seat, by call or text as they chose; again while there is time; and that there was none.

For whoever has no number of their own a person rings.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend.common.actors import SYSTEM
from backend.events.models import Event
from backend.notifications.models import Message, Way
from backend.notifications.selectors.telling import way_to
from backend.notifications.services import queueing, telling
from backend.notifications.services.speaking import HOST as READING
from backend.people import calls_to_make
from backend.people.domain.moments import listed
from backend.people.models import Person
from backend.people.selectors import moment_named
from backend.transport import texts
from backend.transport.bus_words import Times
from backend.transport.domain.booking import Refusal
from backend.transport.models import Booking, CallTask, SeatOffer, Trip
from backend.transport.offer_words import say
from backend.transport.selectors import told
from backend.transport.services import planning, trips, unmet

HOST = "transport.offer"
"""The subject is the trip; a message's reference has the offer and the times that were offered."""

NEWS_LIVES = timedelta(hours=20)

LIST_CLOSED = "waiting_list_closed"
"""The event's kind. Payload: bookings that waited in vain; the subject is the trip."""


def send(trip: Trip, row: SeatOffer, party: Sequence[Booking], times: Times, now: datetime) -> None:
    """Offer the seat to the first of a party, for all of them. For who has no number a person rings."""
    person = party[0].person
    to = way_to(person)
    if to is None:
        to_ring(trip, party[0], times, now)
        return
    telling.reach(
        person,
        to,
        organisation=trip.organisation,
        host=HOST,
        subject_id=trip.pk,
        reference={"offer": row.pk, "times": told.times_as_json(times)},
        body=_text(trip, row, party, times, now) if to.way is Way.TEXT else "",
        expires_at=row.deadline_at,
    )


def to_ring(trip: Trip, booking: Booking, times: Times, now: datetime, *, order: int = 0) -> None:
    """A person rings the first of a party about a seat, instead of telling them that there is none."""
    none = trip.call_tasks.filter(person=booking.person_id, kind=CallTask.Kind.NO_SEAT)
    calls_to_make.lapse(none, SYSTEM.who, now)
    details = {"times": told.times_as_json(times)}
    planning.call_to_make(trip, booking, CallTask.Kind.SEAT, now, details, order=order)


def _text(trip: Trip, row: SeatOffer, party: Sequence[Booking], times: Times, now: datetime) -> str:
    person = party[0].person
    words = with_friends(told.in_words(trip, times, person.language, now, written=True), party, person.language)
    until = moment_named(trip.organisation, row.deadline_at, person.language, now)
    return texts.offer(trip, person, "text", times=words, until=until)


def offered_times(row: SeatOffer) -> Times:
    """The times with which a seat was offered."""
    sent = Message.objects.filter(host=HOST, subject_id=row.trip_id, reference__offer=row.pk).order_by("pk").first()
    return told.times_from_json(sent.reference["times"]) if sent else Times()


def with_friends(words: str, party: Sequence[Booking], language: str) -> str:
    """The times, and with whom: "U en Jan."."""
    friends = [one.person.spoken_name for one in party[1:]]
    return f"{words} {say('friends', language, names=listed(friends, language))}" if friends else words


def once_more(trip: Trip, message: Message, now: datetime) -> None:
    """A call that nobody answered with a key is made again while there is time. Under the trip's lock."""
    row = trip.offers.filter(pk=message.reference["offer"], state=SeatOffer.State.OPEN).first()
    if row is not None:
        telling.ring_again(message, deadline_at=row.deadline_at, now=now)


def take_back(row: SeatOffer) -> None:
    """The offer has ended: what has not gone out does not go out."""
    queueing.cancel_queued(host=HOST, subject_id=row.trip_id, about={"offer": row.pk})


def tell(trip: Trip, person: Person, code: str, now: datetime) -> None:
    """News about a seat that nothing is to be answered to, by text or read out; none once the bus has left."""
    to = way_to(person)
    if to is None or now >= trip.leaves_at:
        return
    telling.reach(
        person,
        to,
        organisation=trip.organisation,
        host=READING,
        subject_id=trip.organisation_id,
        body=texts.offer(trip, person, code, day=told.day_of(trip, person.language, now)),
        expires_at=min(now + NEWS_LIVES, trip.leaves_at),
    )


def _no_place(trip: Trip, booking: Booking, now: datetime) -> None:
    """There was no seat for who waited. None hears so once the bus has left."""
    if way_to(booking.person) is None and now < trip.leaves_at:
        planning.call_to_make(trip, booking, CallTask.Kind.NO_SEAT, now, {})
        return
    tell(trip, booking.person, "no_place", now)


def tell_those_who_waited(trip: Trip, in_vain: Sequence[Booking], now: datetime) -> None:
    """Each of them hears once that there was no seat, and is counted for the funder. They stay on the list: a planner
    may still ring them when somebody cancels late.
    """
    closed = Event.objects.filter(subject_kind=trips.SUBJECT, subject_id=trip.pk, kind=f"transport.{LIST_CLOSED}")
    have_heard = {pk for payload in closed.values_list("payload", flat=True) for pk in payload["bookings"]}
    to_tell = [booking for booking in in_vain if booking.pk not in have_heard]
    if not to_tell:
        return
    for booking in to_tell:
        unmet.count(trip, booking.person, Refusal.NO_ROOM, now)
        _no_place(trip, booking, now)
    trips.tell(trip, LIST_CLOSED, SYSTEM, bookings=[booking.pk for booking in to_tell])
