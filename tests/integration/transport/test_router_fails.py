"""The router fails between two bookings: nobody loses their place, and who is moved far is rung."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import transaction

from backend.common.actors import SYSTEM
from backend.people.models import Organisation
from backend.transport.models import Booking, CallTask, Ride, Trip
from backend.transport.selectors.answering import Wish, Yes, answer
from backend.transport.services import booking
from tests.support.buses import a_bus, a_passenger, a_trip
from tests.support.rides import HOMES, a_full_trip, book
from tests.support.routers import RouterTown, a_router

pytestmark = pytest.mark.django_db


@pytest.fixture
def router(settings: Any) -> Iterator[RouterTown]:
    caches["travel"].clear()
    with a_router("osrm") as town:
        settings.BUS_ROUTER, settings.BUS_ROUTER_URL = "osrm", town.address
        yield town


def rides(trip: Trip) -> dict[tuple[str, str], Ride]:
    """Who rides which way."""
    found = Ride.objects.filter(trip=trip).exclude(state=Ride.State.CANCELLED).select_related("booking__person")
    return {(ride.booking.person.given_name, ride.way): ride for ride in found}


def fails(router: RouterTown) -> None:
    """It forgets and refuses everything from now on."""
    router.refuse = 500
    caches["travel"].clear()


def test_everybody_keeps_their_ride_when_a_plan_is_made_without_the_router(
    organisation: Organisation, router: RouterTown
) -> None:
    trip = a_full_trip(a_bus(organisation))
    before = rides(trip)
    fails(router)
    gone = Booking.objects.get(person__given_name="Cor")
    now = trip.leaves_at - timedelta(days=2)
    with transaction.atomic():
        booking.cancel(booking_id=gone.pk, because="asked", actor=SYSTEM, now=now)
    after = rides(trip)
    assert set(after) == {(name, way) for name in HOMES if name != "Cor" for way in ("there", "home")}
    told = {task.booking_id: task.details for task in CallTask.objects.filter(kind=CallTask.Kind.MOVED)}
    for key, ride in after.items():
        assert ride.promised_from <= ride.planned_at <= ride.promised_until, key
        moved = abs(ride.promised_from - before[key].promised_from)
        assert moved <= timedelta(minutes=10) or ride.way in told.get(ride.booking_id, {}), key


def test_the_caller_gets_an_answer_and_a_place_all_the_same(organisation: Organisation, router: RouterTown) -> None:
    trip = a_trip(a_bus(organisation))
    book(trip, a_passenger(organisation, "Mina", at=HOMES["Mina"]))
    piet = a_passenger(organisation, "Piet", at=HOMES["Piet"])
    fails(router)
    assert isinstance(answer(trip, [Wish(person=piet)], trip.leaves_at - timedelta(days=3)), Yes)
    book(trip, piet)
    assert {name for name, _way in rides(trip)} == {"Mina", "Piet"}
