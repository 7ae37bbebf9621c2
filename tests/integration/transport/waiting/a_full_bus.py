"""A full bus and who waits for a seat in it."""

from datetime import datetime, timedelta

from backend.common import actors
from backend.common.offers import Ending
from backend.events import clock
from backend.transport.models import Booking, SeatOffer, Trip
from backend.transport.selectors.answering import No, Wish
from backend.transport.services import booking, offers
from tests.support.road import FRIDAY, PLANNER, Road

SOON = timedelta(minutes=1)


def full(bus: Road, trip: Trip) -> tuple[Booking, Booking]:
    """Sjef and Co have the two seats."""
    return bus.books(trip, bus.lives("Sjef"), FRIDAY), bus.books(trip, bus.lives("Co"), FRIDAY)


def waits(
    bus: Road, trip: Trip, name: str, now: datetime = FRIDAY, km: float = 1, *aids: str, **wish: object
) -> Booking:
    found = booking.wait(trip_id=trip.pk, wishes=[Wish(bus.lives(name, km, *aids), **wish)], actor=PLANNER, now=now)
    assert not isinstance(found, No), found
    return found[0]


def gives_up(row: Booking, now: datetime = FRIDAY) -> None:
    """Somebody cancels, and the list is looked at."""
    clock.set_clock(virtual=now, rate=0)
    booking.cancel(booking_id=row.pk, because="by_telephone", actor=PLANNER, now=now)
    offers.freed(row.trip_id, now)
    if now < row.trip.cutoff_at:
        offers.look(row.trip_id, now)


def looks(trip: Trip, now: datetime) -> None:
    clock.set_clock(virtual=now, rate=0)
    offers.look(trip.pk, now)


def offered(trip: Trip) -> list[tuple[str, str]]:
    rows = trip.offers.select_related("booking__person").order_by("pk")
    return [(row.booking.person.given_name, row.state) for row in rows]


def says(row: SeatOffer, ending: Ending, now: datetime) -> SeatOffer:
    return offers.answer(row.pk, ending, actor=actors.person(row.booking.person_id, "call"), now=now)


def the_offer(trip: Trip, name: str) -> SeatOffer:
    return trip.offers.select_related("booking").get(booking__person__given_name=name, state=SeatOffer.State.OPEN)
