"""Booking at the desk, with the caller on the line: the answer of the core, and what is spoken for stays spoken for.

A seat that is free because somebody gave it up belongs to who waits for it. Whoever rings in meanwhile is told so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.transport.domain.booking import Refusal
from backend.transport.domain.money import CHANGED
from backend.transport.models import Booking, SeatOffer, Trip
from backend.transport.selectors import answering
from backend.transport.selectors.answering import No, Wish, Yes
from backend.transport.services import booking, money, offers, trips
from backend.transport.services.booking import Booked


@dataclass(frozen=True)
class Held:
    """There is a seat, and somebody who waits for it comes first; `until` (UTC) they may answer, if they were asked."""

    until: datetime | None
    alternatives: tuple[Trip, ...] = ()


def ask(trip_id: int, wishes: Sequence[Wish], now: datetime) -> Yes | No | Held:
    """Whether everybody of `wishes` can be booked together. Changes nothing; `now` is UTC."""
    trip = _read(trip_id)
    found = answering.answer(trip, wishes, now)
    if isinstance(found, No):
        return _offered(trip, found)
    if not _somebody_waits(trip, now):
        return found
    with transaction.atomic():
        return _held(trips.locked(trip_id), wishes, now) or found


@transaction.atomic
def book(trip_id: int, wishes: Sequence[Wish], *, actor: Actor, now: datetime) -> Booked | No | Held:
    """Book everybody of `wishes`, or nobody.

    Raises:
        Conflict: more companions than may come along; no way is chosen.
    """
    trip = trips.locked(trip_id)
    if _somebody_waits(trip, now) and (held := _held(trip, wishes, now)) is not None:
        return held
    found = booking.book(trip_id=trip_id, wishes=wishes, actor=actor, now=now)
    return _offered(trip, found) if isinstance(found, No) else found


def instead(found: No | Held, trip_id: int, wishes: Sequence[Wish], now: datetime) -> No | Held:
    """A refusal with the trips that have room, which the one that books does not look for under the lock."""
    asked = ask(trip_id, wishes, now)
    return found if isinstance(asked, Yes) else asked


@transaction.atomic
def wait(trip_id: int, wishes: Sequence[Wish], *, actor: Actor, now: datetime) -> tuple[Booking, ...] | No:
    """Put everybody of `wishes` on the waiting list; what cannot ever fit gets its reason.

    Raises:
        Conflict: there is room, or it is too late for offers.
    """
    return booking.wait(trip_id=trip_id, wishes=wishes, actor=actor, now=now)


@transaction.atomic
def cancel(booking_id: int, *, because: str, actor: Actor, now: datetime) -> Booking:
    """Somebody does not come along. Raises Conflict when that is so already, or they are in the bus."""
    return booking.cancel(booking_id=booking_id, because=because, actor=actor, now=now)


class DoesNotFit(Exception):
    """What was to be changed cannot be; `why` is the answer. Nothing has changed."""

    def __init__(self, why: No | Held) -> None:
        super().__init__("does not fit")
        self.why = why


@transaction.atomic
def change(booking_id: int, trip_id: int, wish: Wish, *, actor: Actor, now: datetime) -> Booked:
    """Give somebody another trip, or other companions or ways, at once: they keep what they have unless it fits.

    Raises:
        DoesNotFit: nothing has changed.
        Conflict: the booking is cancelled already, or they are in the bus.
    """
    trip_ids = sorted({trip_id, Booking.objects.values_list("trip_id", flat=True).get(pk=booking_id)})
    for pk in trip_ids:
        trips.locked(pk)
    row = Booking.objects.get(pk=booking_id)
    if row.state == Booking.State.WAITING:
        raise Conflict("This person waits for a place. Take them off the list, and book them anew.")
    booking.cancel(booking_id=booking_id, because=CHANGED, actor=actor, now=now)
    trip = trips.locked(trip_id)
    is_spoken_for = trip_id != row.trip_id and _somebody_waits(trip, now)
    if is_spoken_for and (held := _held(trip, [wish], now)) is not None:
        raise DoesNotFit(held)
    found = booking.book(trip_id=trip_id, wishes=[wish], actor=actor, now=now)
    if isinstance(found, No):
        raise DoesNotFit(_offered(trip, found))
    money.move(row, found.booking, actor=actor)
    return found


def _read(trip_id: int) -> Trip:
    known = Trip.objects.select_related("organisation", "area", "destination", "vehicle", "layout")
    return known.get(pk=trip_id)


def _somebody_waits(trip: Trip, now: datetime) -> bool:
    return now < trip.cutoff_at and trip.bookings.filter(state=Booking.State.WAITING).exists()


def _held(trip: Trip, wishes: Sequence[Wish], now: datetime) -> Held | None:
    """Whether the room would be gone if everybody who waits and fits had taken their seat. Under the trip's lock."""
    found: list[Yes | No] = []

    def as_if(waiting: offers.AsIf) -> None:
        offers.seat_all(trip, waiting)
        found.append(answering.decide(trip, wishes, now))

    offers.as_if_offers_were_taken(trip, now, as_if)
    if isinstance(found[0], Yes):
        return None
    return Held(_open_until(trip))


def _offered(trip: Trip, found: No) -> No | Held:
    """A no because others are being asked, with the time until which they are."""
    return Held(_open_until(trip), found.alternatives) if found.why is Refusal.OFFERED else found


def _open_until(trip: Trip) -> datetime | None:
    still_open = trip.offers.filter(state=SeatOffer.State.OPEN).order_by("deadline_at")
    return still_open.values_list("deadline_at", flat=True).first()
