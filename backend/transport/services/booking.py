"""Booking: the answer that the caller heard, and then exactly that, under the trip's lock.

A seat is taken by rows (a booking and its rides), which are counted under the lock: nothing is ever oversold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.people import calls_to_make
from backend.people.services import engagements, presence
from backend.transport.domain.booking import FOR_GOOD, MOST_COMPANIONS
from backend.transport.domain.money import CHANGED, ELSEWHERE, TRIP_CANCELLED
from backend.transport.models import Booking, CallTask, Ride, Trip
from backend.transport.selectors.answering import No, Told, Wish, Yes, decide
from backend.transport.selectors.run import ABOUT_ABSENCE
from backend.transport.services import asked, planning, trips


@dataclass(frozen=True)
class Booked:
    """It is done: the rows, and what those who asked are told."""

    bookings: tuple[Booking, ...]
    yes: Yes

    @property
    def booking(self) -> Booking:
        """Of the first of those who asked."""
        return self.bookings[0]


def book(*, trip_id: int, wishes: Sequence[Wish], actor: Actor, now: datetime) -> Booked | No:
    """Give everybody of `wishes` a place on the trip, or nobody. Runs in a transaction; `now` is UTC.

    Raises:
        Conflict: more companions than may come along; one of them has been erased meanwhile.
    """
    _check(wishes)
    trip = trips.locked(trip_id)
    _hold(wishes)
    found = decide(trip, wishes, now)
    if isinstance(found, No):
        return found
    rows = [_row(trip, told, Booking.State.BOOKED, actor, now) for told in found.told]
    return _seated(trip, found, rows, actor, now)


def wait(*, trip_id: int, wishes: Sequence[Wish], actor: Actor, now: datetime) -> tuple[Booking, ...] | No:
    """Put everybody of `wishes` on the trip's waiting list. Runs in a transaction.

    Who could not come along even in an empty bus gets the reason instead: nobody waits in vain.

    Raises:
        Conflict: more companions than may come along; there is room, so that they can be booked; too late for offers;
            one of them has been erased meanwhile.
    """
    _check(wishes)
    trip = trips.locked(trip_id)
    _hold(wishes)
    if now >= trip.cutoff_at:
        raise Conflict("No seats are offered any more for this trip. Choose another one.")
    found = decide(trip, wishes, now)
    if isinstance(found, Yes) and not trip.bookings.filter(state=Booking.State.WAITING).exists():
        raise Conflict("There is room on this trip now: book it instead of waiting.")
    if isinstance(found, No) and found.why in FOR_GOOD:
        return found
    alone = decide(trip, wishes, now, among=())
    if isinstance(alone, No):
        return alone
    rows = tuple(_row(trip, told, Booking.State.WAITING, actor, now) for told in alone.told)
    for row in rows:
        row.save()
        trips.tell(trip, "waiting", actor, booking=row.pk)
    return rows


def promote(*, booking_ids: Sequence[int], actor: Actor, now: datetime) -> Booked | No:
    """Give people who wait for the same trip their place, all or nobody, in their own words of then. In a transaction.

    Raises:
        Conflict: one of them does not wait any more.
    """
    trip_id = Booking.objects.values_list("trip_id", flat=True).get(pk=booking_ids[0])
    trip = trips.locked(trip_id)
    rows = list(trip.bookings.select_related("person__home").filter(pk__in=booking_ids).order_by("booked_at", "pk"))
    if len(rows) != len(booking_ids) or any(row.state != Booking.State.WAITING for row in rows):
        raise Conflict("They are not on the waiting list of this trip any more.")
    found = decide(trip, [wish_of(row) for row in rows], now)
    if isinstance(found, No):
        return found
    for row, told in zip(rows, found.told, strict=True):
        _freeze(row, told)
        row.state = Booking.State.BOOKED
    return _seated(trip, found, rows, actor, now)


def come_back(*, booking_ids: Sequence[int], actor: Actor, now: datetime) -> Booked | No:
    """Their trip had been cancelled, and is driven after all: their place again, all or nobody. In a transaction, which
    has to be undone after a No.

    Raises:
        Conflict: one of them is elsewhere at that time.
    """
    wait_again(booking_ids)
    return promote(booking_ids=booking_ids, actor=actor, now=now)


def wait_again(booking_ids: Sequence[int]) -> None:
    """Bookings that ended with their trip are on its waiting list. Under the trip's lock, their people held."""
    Booking.objects.filter(pk__in=booking_ids, cancelled_because=TRIP_CANCELLED).update(
        state=Booking.State.WAITING,
        cancelled_at=None,
        cancelled_because="",
        answer=Booking.Answer.NOT_ASKED,
        answered_at=None,
    )


def not_again(booking_id: int) -> None:
    """Whoever had a booking that ended with its trip does not want it any more, should the trip be driven after all."""
    trips.locked(Booking.objects.values_list("trip_id", flat=True).get(pk=booking_id))
    Booking.objects.filter(pk=booking_id, cancelled_because=TRIP_CANCELLED).update(cancelled_because=ELSEWHERE)


def cancel(*, booking_id: int, because: str, actor: Actor, now: datetime) -> Booking:
    """Somebody does not come along, or does not wait any more. Runs in a transaction. `because` is a code.

    The others keep their times, as nearly as can be. Whoever waits is offered the seat ("transport.cancelled").

    Raises:
        Conflict: cancelled already, or in the bus: then they have to be brought home.
    """
    trip = trips.locked(Booking.objects.values_list("trip_id", flat=True).get(pk=booking_id))
    booking = trip.bookings.select_related("person").get(pk=booking_id)
    if booking.state == Booking.State.CANCELLED:
        raise Conflict(f"The booking of {booking.person.name} has been cancelled already.")
    if booking.rides.filter(state__in=(Ride.State.ON_BOARD, Ride.State.DONE)).exists():
        raise Conflict(f"{booking.person.name} has been fetched by the bus already and has to be brought home.")
    was = booking.state
    Booking.objects.filter(pk=booking.pk).update(
        state=Booking.State.CANCELLED, cancelled_at=now, cancelled_because=because
    )
    booking.refresh_from_db()
    to_ring = CallTask.objects.filter(booking=booking).exclude(details__contains={"about": ABOUT_ABSENCE})
    calls_to_make.lapse(to_ring, actor.who, now)
    asked.take_back(booking)
    if was == Booking.State.BOOKED:
        booking.rides.update(state=Ride.State.CANCELLED)
        engagements.release(trips.source_of(booking))
        planning.replan(trip, now, actor=actor)
    late = was == Booking.State.BOOKED and because != CHANGED and now >= trip.cutoff_at
    trips.tell(trip, "cancelled", actor, booking=booking.pk, was=was, late=late, because=because)
    return booking


def wish_of(booking: Booking) -> Wish:
    """What somebody on the waiting list asked for."""
    return Wish(
        person=booking.person,
        companions=booking.companions,
        party=booking.party,
        there=booking.there,
        home=booking.home,
        note=booking.note,
        waits_as=booking.pk,
    )


def _check(wishes: Sequence[Wish]) -> None:
    for wish in wishes:
        if not 0 <= wish.companions <= MOST_COMPANIONS:
            raise Conflict(
                f"{wish.person.name} can bring at most {MOST_COMPANIONS} companions. Book others by their own name."
            )
        if not wish.ways:
            raise Conflict(f"Choose whether {wish.person.name} is fetched, brought home, or both.")


def _hold(wishes: Sequence[Wish]) -> None:
    for wish in wishes:
        presence.hold(wish.person)


def _row(trip: Trip, told: Told, state: Booking.State, actor: Actor, now: datetime) -> Booking:
    row = Booking(
        trip=trip,
        person=told.wish.person,
        state=state,
        there=told.wish.there,
        home=told.wish.home,
        note=told.wish.note,
        booked_at=now,
        booked_by=actor.who,
        on_behalf_of=actor.on_behalf_of,
        channel=actor.channel,
    )
    _freeze(row, told)
    return row


def _freeze(row: Booking, told: Told) -> None:
    """What they take of the bus from now on; `changed_aids` and `moved_homes` follow what changes later."""
    row.companions, row.party = told.wish.companions, told.rider.party
    row.seats, row.wheelchair_places, row.rollator_places = told.rider.load
    row.boarding_seconds, row.max_ride_seconds = told.rider.boarding_seconds, told.rider.max_ride_seconds
    row.latitude, row.longitude = told.rider.place.latitude, told.rider.place.longitude


def _seated(trip: Trip, yes: Yes, rows: Sequence[Booking], actor: Actor, now: datetime) -> Booked:
    """Write the seats, the rides of all who ride along, and what follows."""
    for row in rows:
        row.save()
    known = {row.pk: row for row in rows} | {told.rider.key: row for told, row in zip(yes.told, rows, strict=True)}
    others = Booking.objects.filter(trip=trip, state=Booking.State.BOOKED).exclude(pk__in=[row.pk for row in rows])
    for way, fit in yes.fits.items():
        planning.write(trip, yes.journeys[way], fit.driven, known, now)
    for row in rows:
        planning.engage(row)
    for booking in others.select_related("person"):
        planning.engage_or_ring(trip, booking, now)
    trips.changed(trip)
    for row in rows:
        trips.tell(trip, "booked", actor, booking=row.pk)
    return Booked(tuple(rows), yes)
