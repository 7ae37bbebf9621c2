"""Other trips that have room, while the caller is on the line: counted at once, planned only where a plan could be."""

from datetime import time, timedelta
from typing import Any

import pytest

from backend.events import clock
from backend.people.models import Organisation
from backend.transport.domain.planning.timetable import Way
from backend.transport.models import Trip
from backend.transport.selectors.answering import No, Wish, answer
from backend.transport.selectors.room import with_room
from tests.support.buses import TUESDAY, a_bus, a_passenger, a_trip
from tests.support.rides import book

pytestmark = pytest.mark.django_db

ONE_SEAT = (1, 0, 0)


@pytest.fixture
def trips(organisation: Organisation) -> list[Trip]:
    """Four trips of a bus with two seats besides the host's: the first, second and fourth are full."""
    bus = a_bus(organisation, seats=3, wheelchair_places=1)
    days = [TUESDAY + timedelta(days=day) for day in range(4)]
    trips = [a_trip(bus, day, leaves=time(9, 30), returns=time(13), max_rounds=1) for day in days]
    for trip in (trips[0], trips[1], trips[3]):
        for name in ("Mina", "Piet"):
            book(trip, a_passenger(organisation, f"{name}{trip.pk}"))
    return list(
        Trip.objects.select_related("organisation", "vehicle", "layout", "destination", "area").order_by("date")
    )


def test_full_trips_are_left_out_with_one_query(trips: list[Trip], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert with_room(trips, {Way.THERE: ONE_SEAT, Way.HOME: ONE_SEAT}) == [trips[2]]


def test_every_round_counts_and_every_dimension(trips: list[Trip]) -> None:
    trips[0].max_rounds = 2
    assert with_room(trips, {Way.THERE: (2, 0, 0)}) == [trips[0], trips[2]]
    assert with_room(trips, {Way.THERE: (0, 1, 0)}) == trips
    assert with_room(trips, {Way.THERE: (0, 2, 0)}) == [trips[0]]


def test_who_is_only_brought_home_asks_for_no_seat_on_the_way_there(organisation: Organisation) -> None:
    bus = a_bus(organisation, seats=3)
    trip = a_trip(bus, max_rounds=1)
    for name in ("Mina", "Piet"):
        book(trip, a_passenger(organisation, name), home=False)
    assert with_room([trip], {Way.HOME: ONE_SEAT}) == [trip]
    assert with_room([trip], {Way.THERE: ONE_SEAT}) == []


def test_a_no_names_the_trip_that_has_room(trips: list[Trip], organisation: Organisation) -> None:
    found = answer(trips[0], [Wish(person=a_passenger(organisation, "Aaltje"))], clock.now())
    assert isinstance(found, No)
    assert found.alternatives == (trips[2],)


def test_a_no_asks_little_of_the_database_however_many_trips_are_full(
    trips: list[Trip], organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    caller = a_passenger(organisation, "Aaltje")
    for name in ("Bep", "Cor"):
        book(trips[2], a_passenger(organisation, name))
    with django_assert_max_num_queries(12):
        found = answer(trips[0], [Wish(person=caller)], clock.now())
    assert isinstance(found, No)
    assert found.alternatives == ()
