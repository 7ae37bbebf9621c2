"""Trips on which people have really booked, so that the planner's rides stand behind them."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from backend.common.actors import SYSTEM
from backend.people.models import Person
from backend.transport.models import Trip
from backend.transport.selectors.answering import Wish
from backend.transport.services import booking
from tests.support.buses import Bus, a_passenger, a_trip

HOMES: dict[str, tuple[float, float]] = {
    "Mina": (51.5652, 5.0951),
    "Piet": (51.5640, 5.0860),
    "Aaltje": (51.5590, 5.1010),
    "Bep": (51.5534, 5.0925),
    "Cor": (51.5519, 5.0869),
}
"""Doors of a neighbourhood between garage and market."""


def book(trip: Trip, *people: Person, **wish: bool) -> None:
    """They travel together; a week before there is room."""
    now = trip.leaves_at - timedelta(days=7)
    wishes = [Wish(person=one, **wish) for one in people]
    with transaction.atomic():
        done = booking.book(trip_id=trip.pk, wishes=wishes, actor=SYSTEM, now=now)
    assert isinstance(done, booking.Booked), done


def a_full_trip(bus: Bus, homes: Mapping[str, tuple[float, float]] = HOMES, **trip: object) -> Trip:
    """A trip to the market with a passenger from each of these homes, booked one after another."""
    found = a_trip(bus, **trip)  # type: ignore[arg-type]
    for name, at in homes.items():
        book(found, a_passenger(bus.organisation, name, at=at))
    found.refresh_from_db()
    return found
