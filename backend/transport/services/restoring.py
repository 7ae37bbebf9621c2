"""A trip that was cancelled is driven after all: who had a place on it has it again where it fits, and everybody hears.

Under the trip's lock, in the transaction that restores it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from backend.common.actors import SYSTEM
from backend.common.errors import RondjeError
from backend.people.models import Person
from backend.people.services import presence
from backend.transport.domain.booking import Refusal
from backend.transport.domain.disruption import Where
from backend.transport.domain.money import ELSEWHERE, NO_PLACE_AGAIN, TRIP_CANCELLED
from backend.transport.models import Booking, CrewDuty, DisruptionNotice, Trip
from backend.transport.selectors import told
from backend.transport.selectors.answering import No
from backend.transport.selectors.disruption import notices_of
from backend.transport.services import booking as core
from backend.transport.services import disruption, disruption_calls, trips, unmet
from backend.transport.services.disruption import Listed


@dataclass(frozen=True)
class PutBack:
    """What became of who had booked or waited: who has their place again, who waits again, who is not on the trip any
    more, and whom only a person can tell.
    """

    trip: Trip
    back: tuple[Person, ...] = ()
    waiting: tuple[Person, ...] = ()
    without: tuple[Person, ...] = ()
    to_ring: tuple[Person, ...] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        """All of them."""
        return self.back + self.waiting + self.without


def put_back(trip: Trip, now: datetime) -> PutBack:
    """Give back their places, in the order in which they had booked, and tell everybody whom it concerns. Whoever had
    waited waits again.

    Whoever has been erased or has left is left alone; who has something else by now hears that they are not on this
    trip.
    """
    crew = _crew_on_the_list(trip)
    # Nobody hears any more that it is not driven.
    disruption_calls.supersede_all(trip, now)
    rows = _ended(trip)
    waited = set(trip.bookings.filter(pk__in=[row.pk for row in rows], rides=None).values_list("pk", flat=True))
    elsewhere = _have_something_else(trip, rows)
    _end(elsewhere, ELSEWHERE)
    free = [row for row in rows if row.pk not in elsewhere]
    for party in told.parties(row for row in free if row.pk not in waited):
        _come_back(trip, party, now)
    _wait_again(trip, [row for row in free if row.pk in waited])
    rows = _as_they_are(trip, [row.pk for row in rows])
    listed: list[Listed] = [(row.person, row, Where.WAITING if row.pk in waited else Where.HOME, "") for row in rows]
    if not listed and not crew:
        return PutBack(trip)
    written = disruption.tell_of_restored(trip, listed + crew, SYSTEM, now)
    to_ring = written.notices.filter(state=DisruptionNotice.State.PERSON).select_related("person").order_by("order")
    return PutBack(
        trip,
        back=tuple(row.person for row in rows if row.state == Booking.State.BOOKED),
        waiting=tuple(row.person for row in rows if row.state == Booking.State.WAITING),
        without=tuple(row.person for row in rows if row.state == Booking.State.CANCELLED),
        to_ring=tuple(notice.person for notice in to_ring),
    )


def _ended(trip: Trip) -> list[Booking]:
    """Bookings that ended with the trip, in the order in which they were made; nobody of them is erased meanwhile.

    Whoever has gone to another organisation is none of ours any more.
    """
    rows = trip.bookings.filter(cancelled_because=TRIP_CANCELLED, person__organisation=trip.organisation_id)
    return [row for row in rows.select_related("person").order_by("booked_at", "pk") if _is_held(row.person)]


def _is_held(person: Person) -> bool:
    try:
        presence.hold(person)
    except RondjeError:
        return False
    return True


def _as_they_are(trip: Trip, keys: Sequence[int]) -> list[Booking]:
    """Who has a place first, then who waits."""
    rows = trip.bookings.filter(pk__in=keys).select_related("person__organisation").prefetch_related("person__phones")
    states = (Booking.State.BOOKED, Booking.State.WAITING, Booking.State.CANCELLED)
    return sorted(rows, key=lambda row: (states.index(Booking.State(row.state)), row.booked_at, row.pk))


def _have_something_else(trip: Trip, rows: Sequence[Booking]) -> set[int]:
    """Bookings of people who have booked another trip of that day since this one was cancelled."""
    others = Booking.objects.filter(person__in=[row.person_id for row in rows], trip__date=trip.date)
    since = others.exclude(state=Booking.State.CANCELLED).exclude(trip=trip).values_list("person_id", "booked_at")
    booked = list(since)
    return {
        row.pk
        for row in rows
        if any(person == row.person_id and row.cancelled_at and at >= row.cancelled_at for person, at in booked)
    }


def _come_back(trip: Trip, party: Sequence[Booking], now: datetime) -> None:
    """Friends who travel together come back together, or not at all."""
    keys = [row.pk for row in party]
    try:
        with transaction.atomic():
            found = core.come_back(booking_ids=keys, actor=SYSTEM, now=now)
            if isinstance(found, No):
                transaction.set_rollback(True)
    except RondjeError:
        _end(keys, NO_PLACE_AGAIN)
        return
    if not isinstance(found, No):
        return
    engaged = [row for row in party if found.why is Refusal.ENGAGED and row.person == found.person]
    if engaged:
        _end([row.pk for row in engaged], ELSEWHERE)
        others = [row for row in party if row not in engaged]
        if others:
            _come_back(trip, others, now)
        return
    _end(keys, NO_PLACE_AGAIN)
    for row in party:
        unmet.count(trip, row.person, found.why, now)


def _wait_again(trip: Trip, waiting: list[Booking]) -> None:
    core.wait_again([row.pk for row in waiting])
    unmet.wait_again(trip, waiting)
    for row in waiting:
        trips.tell(trip, "waiting", SYSTEM, booking=row.pk)


def _end(keys: Sequence[int] | set[int], because: str) -> None:
    Booking.objects.filter(pk__in=keys).update(cancelled_because=because)


def _crew_on_the_list(trip: Trip) -> list[Listed]:
    """Driver and host who were being told that it is off, and who still drive or host it."""
    confirmed = trip.crew.filter(state=CrewDuty.State.CONFIRMED).values("person")
    on_the_list = notices_of(trip).filter(booking=None, person__in=confirmed)
    return [(notice.person, None, Where.CREW, "") for notice in on_the_list]
