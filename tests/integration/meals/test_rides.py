"""A ride with the bus in the same breath: dinners and bus know nothing of each other but events."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction

from backend.common.contracts import RIDE_ANSWERED, RIDE_WANTED, RideAnswered, RideWanted
from backend.events import clock
from backend.events.models import Delivery, Event, Lane
from backend.events.running import run_deliveries, run_timers
from backend.meals.models import Evening, GuestCall, Reservation, RideAsked
from backend.meals.services import desk, evenings, reserving, restos
from backend.meals.services.desk import Change
from backend.meals.services.wishes import No, Wish
from backend.meals.web import rides as shown
from backend.people.models import Person
from backend.transport.domain.disruption import Part
from backend.transport.models import Booking, Disruption, RideRequest, Trip, UnmetRequest
from backend.transport.services import desk as bus_desk
from backend.transport.services import disruption, planning, trips
from tests.support.deliveries import drain
from tests.support.restos import MANAGER, Table, a_resto_of, at
from tests.support.road import GARAGE_LONGITUDE, KM, LATITUDE, PLANNER, Road, a_road

pytestmark = pytest.mark.django_db

MONDAY = at("11:00", date(2026, 11, 23))


@dataclass
class Town:
    """A bus and a resto of one organisation; the bus can go to the resto's door."""

    road: Road
    table: Table

    def trip(self, leaves: str = "16:45", returns: str = "20:45", **more: object) -> Trip:
        """Leaves the garage in time, and fetches everybody when dinner is over."""
        return self.road.trip(leaves=leaves, returns=returns, ends="22:45", **more)


@pytest.fixture
def town(settings) -> Town:
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=MONDAY, rate=0)
    road = a_road(seats=3)
    table = a_resto_of(road.organisation)
    table.resto.latitude, table.resto.longitude = LATITUDE, GARAGE_LONGITUDE + KM
    table.resto.save()
    return Town(road, table)


def reserves(evening: Evening, person: Person, now=MONDAY, **wish: object) -> Reservation:
    done = reserving.reserve(evening_id=evening.pk, wish=Wish(person, wants_ride=True, **wish), actor=MANAGER, now=now)
    assert not isinstance(done, No), done
    return done


def ride_of(row: Reservation) -> RideAsked:
    return RideAsked.objects.get(reservation=row)


def calls() -> list[tuple[str, str]]:
    open_ones = GuestCall.objects.filter(state="open", kind="ride")
    return [(call.person.given_name, call.details["why"]) for call in open_ones.order_by("pk")]


def test_what_is_told_survives_being_written_down() -> None:
    wanted = RideWanted("reservation:1", 1, 2, date(2026, 11, 24), "De Tafel", 52.0, 5.0, MONDAY, MONDAY, 2)
    assert RideWanted.from_payload(wanted.as_payload()) == wanted
    answer = RideAnswered("reservation:1", 1, comes=True, there_from=MONDAY, home_at=MONDAY)
    assert RideAnswered.from_payload(answer.as_payload()) == answer


def test_a_seat_is_booked_as_anybody_s_and_shown_where_it_is_needed(town: Town) -> None:
    trip, evening = town.trip(), town.table.evening()
    riet = town.road.lives("Riet", 1)
    row = reserves(evening, riet, covers=2)
    assert not Booking.objects.exists()
    drain()
    booking = Booking.objects.get()
    assert (booking.trip, booking.person, booking.companions, booking.state) == (trip, riet, 1, "booked")
    ride = ride_of(row)
    assert (ride.state, ride.answered_at) == ("comes", MONDAY)
    window = booking.rides.get(way="there")
    assert (ride.there_from, ride.there_until) == (window.promised_from, window.promised_until)
    assert shown.in_words(Reservation.objects.get()).startswith("bus:")
    assert calls() == []


def test_where_no_bus_goes_or_none_has_room_somebody_rings_and_it_is_counted(town: Town) -> None:
    evening = town.table.evening()
    nowhere = reserves(evening, town.road.lives("Riet", 1))
    drain()
    assert (ride_of(nowhere).state, ride_of(nowhere).why) == ("no_bus", "no_trip")
    town.trip(max_rounds=1)
    reserves(evening, town.road.lives("Sjef", 1), covers=2)
    drain()
    late = reserves(evening, town.road.lives("Truus", 1))
    drain()
    assert ride_of(late).why == "no_room"
    unknown = reserves(evening, town.road.lives("Co", None))
    many = reserves(evening, town.road.lives("Jan", 1), covers=4)
    drain()
    assert (ride_of(unknown).why, ride_of(many).why) == ("no_home", "party_too_large")
    assert calls() == [("Riet", "no_trip"), ("Truus", "no_room"), ("Co", "no_home"), ("Jan", "party_too_large")]
    assert UnmetRequest.objects.count() == 4
    assert shown.in_words(Reservation.objects.get(pk=late.pk)) == "geen bus: bellen"


@pytest.mark.parametrize(
    ("leaves", "returns"),
    [("18:15", "20:45"), ("17:57", "20:45"), ("16:45", "20:00"), ("16:45", "22:00")],
    ids=["after dinner has begun", "there too late", "back too early", "back long after"],
)
def test_a_bus_at_another_time_is_none(town: Town, leaves: str, returns: str) -> None:
    town.trip(leaves, returns)
    row = reserves(town.table.evening(), town.road.lives("Riet", 1))
    drain()
    assert ride_of(row).state == "no_bus"
    assert not Booking.objects.filter(state="booked").exists()


def test_events_that_come_twice_book_one_seat_and_leave_one_answer(town: Town) -> None:
    town.trip()
    row = reserves(town.table.evening(), town.road.lives("Riet", 1))
    drain()
    first = ride_of(row)
    for kind in (RIDE_WANTED, RIDE_ANSWERED, "meals.reserved"):
        for event in Event.objects.filter(kind=kind):
            Delivery.objects.filter(event=event).update(done=False, leased_until=None)
    drain()
    with transaction.atomic():
        wanted = Event.objects.get(kind=RIDE_WANTED).payload
        evenings.tell(row.evening, "ride_wanted", MANAGER, **wanted)
    drain()
    assert Booking.objects.count() == RideRequest.objects.count() == RideAsked.objects.count() == 1
    again = ride_of(row)
    assert (again.state, again.number, again.there_from) == ("comes", 1, first.there_from)


def test_who_waited_for_chairs_asks_for_the_bus_when_they_have_some(town: Town) -> None:
    town.trip()
    evening = town.table.evening(chairs=1)
    sjef = reserves(evening, town.road.lives("Sjef", 1))
    riet = reserving.wait(
        evening_id=evening.pk, wish=Wish(town.road.lives("Riet", 1), wants_ride=True), actor=MANAGER, now=MONDAY
    )
    assert isinstance(riet, Reservation)
    drain()
    assert not RideAsked.objects.filter(reservation=riet).exists()
    reserving.cancel(reservation_id=sjef.pk, because="by_telephone", actor=MANAGER, now=MONDAY)
    reserving.promote(reservation_id=riet.pk, actor=MANAGER, now=MONDAY)
    drain()
    states = Booking.objects.order_by("pk").values_list("person__given_name", "state", "cancelled_because")
    assert list(states) == [("Sjef", "cancelled", "not_wanted"), ("Riet", "booked", "")]
    assert [ride_of(sjef).state, ride_of(riet).state] == ["taken_back", "comes"]


def test_fewer_people_or_no_wish_any_more_changes_the_seats(town: Town) -> None:
    town.trip()
    evening = town.table.evening()
    row = reserves(evening, town.road.lives("Riet", 1), covers=2)
    drain()
    desk.change(row.pk, Change(1, wants_ride=True), actor=MANAGER, now=MONDAY)
    drain()
    assert Booking.objects.get(state="booked").companions == 0
    assert ride_of(row).number == 2
    desk.change(row.pk, Change(1, wants_ride=False), actor=MANAGER, now=MONDAY)
    drain()
    assert not Booking.objects.filter(state="booked").exists()
    assert ride_of(row).state == "taken_back"
    desk.change(row.pk, Change(1, wants_ride=True), actor=MANAGER, now=MONDAY)
    drain()
    assert Booking.objects.filter(state="booked").count() == 1
    evenings.cancel(evening_id=evening.pk, because="cook_ill", actor=MANAGER, now=MONDAY)
    drain()
    assert not Booking.objects.filter(state="booked").exists()


def test_a_ride_that_the_bus_gives_up_later_is_a_call_to_make(town: Town) -> None:
    town.trip()
    row = reserves(town.table.evening(), town.road.lives("Riet", 1))
    drain()
    bus_desk.cancel(Booking.objects.get().pk, because="by_telephone", actor=PLANNER, now=MONDAY)
    drain()
    assert (ride_of(row).state, calls()) == ("no_bus", [("Riet", "booking_over")])
    reserving.cancel(reservation_id=row.pk, because="by_telephone", actor=MANAGER, now=MONDAY)
    drain()
    assert calls() == []


def test_a_ride_that_nobody_answers_within_an_hour_is_a_call_to_make(town: Town) -> None:
    row = reserves(town.table.evening(), town.road.lives("Riet", 1))
    for _again in range(3):
        Delivery.objects.filter(handler="transport.ride_asked").update(due_at=MONDAY + timedelta(days=1))
        run_deliveries(Lane.NOTICE)
    assert ride_of(row).state == "asked"
    clock.set_clock(virtual=MONDAY + timedelta(minutes=61), rate=0)
    run_timers(Lane.NOTICE)
    assert calls() == [("Riet", "silent")]
    town.trip()
    clock.set_clock(virtual=MONDAY + timedelta(days=1), rate=0)
    drain()
    assert (ride_of(row).state, calls()) == ("comes", [])


def test_a_resto_that_is_not_on_the_map_is_known_at_once(town: Town) -> None:
    town.table.resto.latitude = None
    town.table.resto.save()
    row = reserves(town.table.evening(), town.road.lives("Riet", 1))
    drain()
    assert (ride_of(row).why, calls()) == ("no_place", [("Riet", "no_place")])


def test_a_resto_on_another_spot_of_the_map_asks_for_its_rides_anew(town: Town) -> None:
    town.trip()
    row = reserves(town.table.evening(), town.road.lives("Riet", 1))
    drain()
    assert ride_of(row).state == "comes"
    known = {"latitude": LATITUDE + 0.1, "longitude": GARAGE_LONGITUDE}
    table = town.table
    restos.save_resto(table.organisation, known, pk=table.resto.pk, actor=MANAGER, now=MONDAY)
    drain()
    assert (ride_of(row).state, ride_of(row).number, calls()) == ("no_bus", 2, [("Riet", "no_trip")])
    assert not Booking.objects.filter(state="booked").exists()


def test_a_bus_that_comes_later_or_not_at_all_is_told_to_the_dinner(town: Town) -> None:
    trip, evening = town.trip(), town.table.evening()
    row = reserves(evening, town.road.lives("Riet", 1))
    drain()
    told = ride_of(row).there_from
    assert told is not None
    cause = disruption.Cause(Disruption.Kind.ROAD_CLOSED, PLANNER, at("16:30"))
    clock.set_clock(virtual=at("16:30"), rate=0)
    disruption.shift(trip.pk, cause, minutes=30, part=Part.BOTH)
    drain()
    assert ride_of(row).there_from == told + timedelta(minutes=30)
    disruption.stop(trip.pk, cause, ways_home={})
    drain()
    assert (ride_of(row).state, calls()) == ("no_bus", [("Riet", "booking_over")])


def test_whom_the_bus_leaves_out_is_a_call_to_make_until_there_is_a_seat_again(town: Town) -> None:
    trip, evening = town.trip(), town.table.evening()
    row = reserves(evening, town.road.lives("Riet", 1), covers=2)
    drain()
    layout = trip.vehicle.layouts.get()
    for seats, found in ((2, ("no_bus", [("Riet", "booking_over")])), (layout.seats, ("comes", []))):
        trip.vehicle.layouts.update(seats=seats)
        with transaction.atomic():
            planning.replan(trips.locked(trip.pk), MONDAY)
        drain()
        assert (ride_of(row).state, calls()) == found
    assert ride_of(row).there_from is not None
