"""Somebody's door is found on the map, or they move: the bus drives there, also on trips that are booked already."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from backend.common.actors import SYSTEM, Actor
from backend.events import clock
from backend.people.models import Home, Organisation, Person
from backend.people.services import homes
from backend.transport.domain.places import Place
from backend.transport.models import Booking, CallTask, Trip
from backend.transport.selectors.routes import route_of
from backend.transport.services import booking, moved_homes
from backend.transport.web import calls
from tests.support.buses import a_bus, a_passenger, a_trip
from tests.support.rides import a_full_trip, book
from worker import lanes

BY_HAND = Actor(who="user:1", channel="page")
ELSEWHERE = (51.5500, 5.0700)

pytestmark = pytest.mark.django_db


@pytest.fixture
def trip(organisation: Organisation) -> Trip:
    return a_full_trip(a_bus(organisation))


@pytest.fixture
def mina(trip: Trip) -> Person:
    return Person.objects.get(given_name="Mina")


def found_at(person: Person, at: tuple[float, float]) -> None:
    """A planner confirms the door, and whatever follows from it has been done."""
    homes.confirm(person, latitude=at[0], longitude=at[1], actor=BY_HAND, now=clock.now())
    for _again in range(3):
        lanes.look("notice")


def place_of(person: Person) -> Place:
    return Place.of(Booking.objects.get(person=person))


def test_a_door_that_is_found_elsewhere_is_driven_to(trip: Trip, mina: Person) -> None:
    before = trip.plan_version
    found_at(mina, ELSEWHERE)
    trip.refresh_from_db()
    assert place_of(mina) == Place(*ELSEWHERE)
    assert trip.plan_version > before
    assert Place(*ELSEWHERE) in route_of(trip).places
    assert len(route_of(trip).there.stops) == 5, "nobody lost their place"


def test_the_same_door_confirmed_once_more_changes_no_plan(trip: Trip, mina: Person) -> None:
    before = trip.plan_version
    home = Home.objects.get(person=mina)
    found_at(mina, (home.latitude + 0.00002, home.longitude))
    trip.refresh_from_db()
    assert trip.plan_version == before


def test_who_moves_to_an_address_that_nobody_knows_keeps_their_seat_and_is_asked_where_they_live(
    trip: Trip, mina: Person
) -> None:
    was = place_of(mina)
    homes.move_house(mina, address="Elders 1", postcode="9999 ZZ", place_name="Ver", actor=SYSTEM, now=clock.now())
    for _again in range(3):
        lanes.look("notice")
    assert not Home.objects.filter(person=mina).exists()
    assert place_of(mina) == was
    assert Booking.objects.get(person=mina).state == Booking.State.BOOKED
    task = CallTask.objects.get(kind=CallTask.Kind.SPEAK)
    assert (task.trip, task.person, task.state) == (trip, mina, "open")
    with translation.override("nl"):
        assert calls.what_to_say(task).endswith("u bent verhuisd, en de bus weet nog niet waarheen. Waar woont u nu?")
    found_at(mina, ELSEWHERE)
    task.refresh_from_db()
    assert (task.state, place_of(mina)) == ("lapsed", Place(*ELSEWHERE))


def test_trips_that_are_over_or_underway_stay_as_they_were(trip: Trip, mina: Person) -> None:
    Trip.objects.update(state=Trip.State.UNDERWAY)
    was = place_of(mina)
    found_at(mina, ELSEWHERE)
    assert place_of(mina) == was


def test_every_coming_trip_follows_and_who_waits_too(organisation: Organisation, trip: Trip, mina: Person) -> None:
    bus_two = a_bus(organisation, "Tweede bus")
    later = a_trip(bus_two, trip.date + timedelta(days=7))
    book(later, mina)
    Booking.objects.filter(person=mina, trip=trip).update(state=Booking.State.WAITING)
    found_at(mina, ELSEWHERE)
    assert {Place.of(one) for one in Booking.objects.filter(person=mina)} == {Place(*ELSEWHERE)}


def test_a_door_that_was_found_while_they_were_being_booked_is_driven_to(organisation: Organisation) -> None:
    """Whoever books has read the home before it was confirmed elsewhere, and writes after everybody was looked at."""
    trip = a_trip(a_bus(organisation))
    dora = a_passenger(organisation, "Dora", at=(51.5652, 5.0951))
    book(trip, dora)
    Home.objects.filter(person=dora).update(latitude=ELSEWHERE[0], longitude=ELSEWHERE[1])
    for _again in range(3):
        lanes.look("notice")
    assert place_of(dora) == Place(*ELSEWHERE)


def test_a_trip_that_should_have_left_is_not_planned_anew(trip: Trip, mina: Person) -> None:
    was = place_of(mina)
    clock.set_clock(virtual=trip.leaves_at + timedelta(minutes=1), rate=0)
    found_at(mina, ELSEWHERE)
    assert place_of(mina) == was


def test_a_cancelled_booking_is_left_alone(trip: Trip, mina: Person) -> None:
    row = Booking.objects.get(person=mina)
    booking.cancel(booking_id=row.pk, because="asked", actor=BY_HAND, now=datetime(2026, 11, 20, tzinfo=UTC))
    was = place_of(mina)
    found_at(mina, ELSEWHERE)
    assert place_of(mina) == was


def test_it_may_come_twice(trip: Trip, mina: Person) -> None:
    found_at(mina, ELSEWHERE)
    trip.refresh_from_db()
    before = trip.plan_version
    moved_homes.follow(mina.pk, clock.now())
    trip.refresh_from_db()
    assert trip.plan_version == before
