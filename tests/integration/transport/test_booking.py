"""Booking with the caller on the line: yes and when, no and why; and nobody ever gets a seat that is not there."""

import time
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from backend.common.errors import Conflict
from backend.events.models import Event
from backend.people.models import Engagement
from backend.transport.domain.booking import Refusal
from backend.transport.domain.planning.promises import Promise
from backend.transport.models import Booking, CallTask, Ride, SeatOffer, Trip
from backend.transport.selectors import answering
from backend.transport.selectors.answering import No, Wish, Yes, answer
from backend.transport.services import booking, trips
from backend.transport.services.booking import Booked
from tests.support.races import at_once, meet_in
from tests.support.road import FRIDAY, PLANNER, Road, a_road, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def bus() -> Road:
    return a_road()


def rides(trip: Trip) -> list[tuple[str, str, int]]:
    """Who rides, which way, in which round; in the order at the doors."""
    rows = trip.rides.exclude(state=Ride.State.CANCELLED).order_by("-way", "round_number", "position")
    return [(ride.booking.person.given_name, ride.way, ride.round_number) for ride in rows]


def test_the_answer_is_when_the_bus_comes_and_when_they_are_home(bus: Road) -> None:
    # The garage is two kilometres from Riet, who lives one kilometre beyond the market: 344 s there, 182 s home.
    trip, riet = bus.trip(), bus.lives("Riet", 1)
    yes = answer(trip, [Wish(riet)], FRIDAY)
    assert isinstance(yes, Yes)
    assert yes.there == Promise(at("09:30"), at("09:45"))
    assert yes.home == Promise(at("11:55"), at("12:10"))
    assert Booking.objects.count() == 0


def test_what_was_answered_is_what_is_booked(bus: Road) -> None:
    trip, riet = bus.trip(), bus.lives("Riet", 1, "rollator")
    done = booking.book(trip_id=trip.pk, wishes=[Wish(riet, companions=1)], actor=PLANNER, now=FRIDAY)
    assert isinstance(done, Booked)
    row = done.booking
    assert (row.seats, row.wheelchair_places, row.rollator_places, row.boarding_seconds) == (2, 0, 1, 210)
    assert (row.state, row.booked_by) == (Booking.State.BOOKED, PLANNER.who)
    there = row.rides.get(way=Ride.Way.THERE)
    assert there.planned_at == trip.leaves_at + timedelta(seconds=344)
    assert there.boards_at == there.planned_at + timedelta(seconds=210)
    assert there.arrives_at == there.boards_at + timedelta(seconds=182)
    engaged = Engagement.objects.get(person=riet)
    assert (engaged.starts_at, engaged.ends_at) == (at("09:30"), at("12:10"))
    trip.refresh_from_db()
    assert trip.plan_version == 1
    assert Event.objects.get(kind="transport.booked").payload == {"booking": row.pk}


def test_seats_are_counted_and_the_next_trip_with_room_is_named(bus: Road) -> None:
    trip, thursday = bus.trip(max_rounds=1), bus.trip(date(2026, 11, 26), max_rounds=1)
    for number in range(7):
        bus.books(trip, bus.lives(f"Gast {number}", 1), FRIDAY)
    assert answer(trip, [Wish(bus.lives("Riet", 1))], FRIDAY) == No(
        Refusal.NO_ROOM, dimension="seats", allowed=45 * 60, way=answering.Way.THERE, alternatives=(thursday,)
    )


def test_a_second_round_is_made_where_the_bus_is_full(bus: Road) -> None:
    trip = bus.trip(max_rounds=2)
    for number in range(8):
        bus.books(trip, bus.lives(f"Gast {number}", 1), FRIDAY)
    assert {round_number for _name, _way, round_number in rides(trip)} == {0, 1}


def test_with_homes_four_kilometres_apart_the_ride_binds_and_not_the_seats(bus: Road) -> None:
    trip = bus.trip(max_rounds=1, shift_minutes=240)
    for km in (4, 8, 12):
        bus.books(trip, bus.lives(f"Op {km}", km), FRIDAY)
    far = answer(trip, [Wish(bus.lives("Op 16", 16))], FRIDAY)
    assert isinstance(far, No)
    # 16 km is 4 drives of 668 s, and three times two minutes at a door: 50 minutes and 32 seconds.
    assert (far.why, far.seconds, far.allowed) == (Refusal.RIDE, 4 * 668 + 3 * 120, 45 * 60)


def test_a_shift_that_is_too_short_is_the_reason(bus: Road) -> None:
    trip = bus.trip(shift_minutes=10)
    no = answer(trip, [Wish(bus.lives("Riet", 3))], FRIDAY)
    assert isinstance(no, No)
    assert (no.why, no.seconds, no.allowed) == (Refusal.SHIFT, 668 + 120 + 506, 600)


def reasons(bus: Road, trip: Trip, *wishes: Wish, now: datetime = FRIDAY) -> Refusal:
    found = answer(trip, wishes, now)
    assert isinstance(found, No)
    return found.why


def test_whoever_cannot_come_whatever_the_plan_hears_why(bus: Road) -> None:
    trip = bus.trip()
    assert reasons(bus, trip, Wish(bus.lives("Nergens", None))) is Refusal.NO_HOME
    assert reasons(bus, trip, Wish(bus.lives("Ver", 39))) is Refusal.RIDE
    assert reasons(bus, trip, Wish(bus.lives("Verder", 40))) is Refusal.TOO_FAR
    assert reasons(bus, trip, Wish(bus.lives("Scoot", 1, "scootmobiel"))) is Refusal.SCOOTMOBIEL
    assert reasons(bus, trip, Wish(bus.lives("Rolstoel", 1, "wheelchair"))) is Refusal.NO_WHEELCHAIR_PLACE
    party = [Wish(bus.lives(f"Vriend {number}", 1)) for number in range(8)]
    assert reasons(bus, trip, *party) is Refusal.PARTY_TOO_LARGE


def test_a_trip_that_has_begun_lies_in_the_past_or_was_cancelled_takes_nobody(bus: Road) -> None:
    trip, riet = bus.trip(), bus.lives("Riet", 1)
    assert reasons(bus, trip, Wish(riet), now=trip.leaves_at) is Refusal.GONE
    trip.state = Trip.State.UNDERWAY
    assert reasons(bus, trip, Wish(riet)) is Refusal.GONE
    trips.cancel(trip_id=trip.pk, because="weather", actor=PLANNER, now=FRIDAY)
    trip.refresh_from_db()
    assert reasons(bus, trip, Wish(riet)) is Refusal.TRIP_CANCELLED


def test_nobody_is_booked_twice_nor_on_two_trips_at_once(bus: Road) -> None:
    trip, riet = bus.trip(), bus.lives("Riet", 1)
    bus.books(trip, riet, FRIDAY)
    assert reasons(bus, trip, Wish(riet)) is Refusal.ALREADY
    trip.vehicle.pk = None
    trip.vehicle.name = "De Merel"
    trip.vehicle.save()
    other = bus.trip(vehicle=trip.vehicle, leaves="10:00", returns="12:30", ends="14:30")
    assert reasons(bus, other, Wish(riet)) is Refusal.ENGAGED


def test_friends_ride_together_or_not_at_all(bus: Road) -> None:
    trip = bus.trip(max_rounds=2)
    for number in range(6):
        bus.books(trip, bus.lives(f"Gast {number}", 1), FRIDAY)
    riet, truus = bus.lives("Riet", 1), bus.lives("Truus", 1)
    done = booking.book(trip_id=trip.pk, wishes=[Wish(riet), Wish(truus)], actor=PLANNER, now=FRIDAY)
    assert isinstance(done, Booked)
    assert {ride for ride in rides(trip) if ride[0] in ("Riet", "Truus")} == {
        (name, way, number)
        for name in ("Riet", "Truus")
        for way, number in (("there", 1), ("home", done.yes.fits[answering.Way.HOME].round))
    }


def test_a_friend_who_books_later_joins_the_round_of_the_party(bus: Road) -> None:
    trip, party = bus.trip(max_rounds=2), uuid4()
    bus.books(trip, bus.lives("Riet", 1), FRIDAY, party=party)
    for number in range(6):
        bus.books(trip, bus.lives(f"Gast {number}", 1), FRIDAY)
    assert reasons(bus, trip, Wish(bus.lives("Truus", 1), party=party)) is Refusal.NO_ROOM


def test_somebody_may_ride_one_way_only(bus: Road) -> None:
    trip = bus.trip()
    bus.books(trip, bus.lives("Riet", 1), FRIDAY, there=False)
    assert rides(trip) == [("Riet", "home", 0)]


def test_a_time_that_others_were_told_moves_by_less_than_ten_minutes_without_a_call(bus: Road) -> None:
    trip = bus.trip(max_rounds=1)
    bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    bus.books(trip, bus.lives("Truus", 2), FRIDAY)
    assert [name for name, way, _round in rides(trip) if way == "there"] == ["Riet", "Truus"]
    assert not CallTask.objects.exists()


def test_a_time_that_moves_by_more_than_ten_minutes_is_a_call_to_make(bus: Road) -> None:
    trip = bus.trip(max_rounds=1)
    riet = bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    # Truus lives twelve kilometres behind the garage: fetched after Riet, she would keep Riet in the bus for an hour.
    bus.books(trip, bus.lives("Truus", -13), FRIDAY)
    task = CallTask.objects.get()
    assert (task.kind, task.person.given_name, task.booking) == (CallTask.Kind.MOVED, "Riet", riet)
    assert task.details == {
        "there": {
            "was": [at("09:30").isoformat(), at("09:45").isoformat()],
            "now": [at("10:35").isoformat(), at("10:50").isoformat()],
        }
    }
    assert riet.rides.get(way="there").promised_from == at("10:35")


def test_who_counts_on_their_time_is_not_moved_for_somebody_else(bus: Road) -> None:
    trip = bus.trip(max_rounds=1)
    riet = bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    Booking.objects.filter(pk=riet.pk).update(answer=Booking.Answer.YES)
    assert reasons(bus, trip, Wish(bus.lives("Truus", -13))) is Refusal.PROMISE


def test_a_cancellation_frees_the_seat_and_the_others_keep_their_time(bus: Road) -> None:
    trip = bus.trip(max_rounds=1)
    riet = bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    truus = bus.books(trip, bus.lives("Truus", 2), FRIDAY)
    promised = truus.rides.get(way="there").promised_from
    booking.cancel(booking_id=riet.pk, because="ill", actor=PLANNER, now=FRIDAY)
    assert rides(trip) == [("Truus", "there", 0), ("Truus", "home", 0)]
    assert truus.rides.get(way="there").promised_from == promised
    assert not Engagement.objects.filter(person__given_name="Riet").exists()
    told = Event.objects.get(kind="transport.cancelled")
    assert told.payload == {"booking": riet.pk, "was": "booked", "late": False, "because": "ill"}
    with pytest.raises(Conflict, match="has been cancelled already"):
        booking.cancel(booking_id=riet.pk, because="ill", actor=PLANNER, now=FRIDAY)


def test_who_is_in_the_bus_cannot_be_cancelled(bus: Road) -> None:
    trip = bus.trip()
    riet = bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    riet.rides.filter(way="there").update(state=Ride.State.ON_BOARD)
    with pytest.raises(Conflict, match="has to be brought home"):
        booking.cancel(booking_id=riet.pk, because="ill", actor=PLANNER, now=trip.leaves_at)


def test_the_waiting_list_takes_only_who_could_get_a_seat(bus: Road) -> None:
    trip = bus.trip(max_rounds=1)
    riet = bus.lives("Riet", 1)
    with pytest.raises(Conflict, match="There is room on this trip now"):
        booking.wait(trip_id=trip.pk, wishes=[Wish(riet)], actor=PLANNER, now=FRIDAY)
    first = [bus.books(trip, bus.lives(f"Gast {number}", 1), FRIDAY) for number in range(7)]
    waits = booking.wait(trip_id=trip.pk, wishes=[Wish(riet)], actor=PLANNER, now=FRIDAY)
    assert not isinstance(waits, No)
    assert waits[0].state == Booking.State.WAITING
    far = booking.wait(trip_id=trip.pk, wishes=[Wish(bus.lives("Ver", 30))], actor=PLANNER, now=FRIDAY)
    assert isinstance(far, No)
    assert far.why is Refusal.RIDE
    booking.cancel(booking_id=first[0].pk, because="ill", actor=PLANNER, now=FRIDAY)
    done = booking.promote(booking_ids=[waits[0].pk], actor=PLANNER, now=FRIDAY)
    assert isinstance(done, Booked)
    assert ("Riet", "there", 0) in rides(trip)
    with pytest.raises(Conflict, match="not on the waiting list"):
        booking.promote(booking_ids=[waits[0].pk], actor=PLANNER, now=FRIDAY)


def test_a_seat_that_is_being_offered_is_kept_for_who_waited(bus: Road) -> None:
    trip = bus.trip(max_rounds=1)
    first = [bus.books(trip, bus.lives(f"Gast {number}", 1), FRIDAY) for number in range(7)]
    waits = booking.wait(trip_id=trip.pk, wishes=[Wish(bus.lives("Riet", 1))], actor=PLANNER, now=FRIDAY)
    assert not isinstance(waits, No)
    booking.cancel(booking_id=first[0].pk, because="ill", actor=PLANNER, now=FRIDAY)
    offer = SeatOffer.objects.create(trip=trip, booking=waits[0], offered_at=FRIDAY, deadline_at=trip.cutoff_at)
    truus = bus.lives("Truus", 1)
    assert reasons(bus, trip, Wish(truus)) is Refusal.OFFERED
    assert isinstance(booking.promote(booking_ids=[waits[0].pk], actor=PLANNER, now=FRIDAY), Booked)
    SeatOffer.objects.filter(pk=offer.pk).update(state=SeatOffer.State.ACCEPTED, ended_at=FRIDAY)
    assert reasons(bus, trip, Wish(truus)) is Refusal.NO_ROOM


def test_a_cancelled_trip_cancels_its_bookings_and_sets_everybody_free(bus: Road) -> None:
    trip = bus.trip()
    riet = bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    trips.cancel(trip_id=trip.pk, because="weather", actor=PLANNER, now=FRIDAY)
    riet.refresh_from_db()
    assert (riet.state, riet.cancelled_because) == (Booking.State.CANCELLED, "trip_cancelled")
    assert not Engagement.objects.exists()
    assert Event.objects.get(kind="transport.trip_cancelled").payload == {"bookings": [riet.pk]}
    with pytest.raises(Conflict, match="cancelled already"):
        trips.cancel(trip_id=trip.pk, because="weather", actor=PLANNER, now=FRIDAY)


def nearly_full(bus: Road) -> Trip:
    trip = bus.trip(max_rounds=1)
    with transaction.atomic():
        for number in range(6):
            bus.books(trip, bus.lives(f"Gast {number}", 1), FRIDAY)
    return trip


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_the_last_seat_at_the_same_moment_one_gets_it(bus: Road, monkeypatch) -> None:
    trip = nearly_full(bus)
    meet_in(monkeypatch, booking, "decide")
    answers = both_book(bus, trip)
    assert sorted(answers) == ["Booked", "No"]
    assert trip.rides.filter(way="there").exclude(state="cancelled").count() == 7


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_get_it(bus: Road, monkeypatch) -> None:
    trip = nearly_full(bus)
    monkeypatch.setattr(trips, "locked", lambda trip_id: Trip.objects.get(pk=trip_id))
    meet_in(monkeypatch, booking, "_seated")
    assert both_book(bus, trip) == ["Booked", "Booked"]


def both_book(bus: Road, trip: Trip) -> list[str]:
    answers: list[str] = []

    def rings(name: str) -> None:
        with transaction.atomic():
            done = booking.book(trip_id=trip.pk, wishes=[Wish(bus.people[name])], actor=PLANNER, now=FRIDAY)
        answers.append(type(done).__name__)

    for name in ("Riet", "Truus"):
        bus.lives(name, 1)
    assert at_once(lambda: rings("Riet"), lambda: rings("Truus")) == [None, None]
    return answers


def test_the_answer_takes_less_than_fifty_milliseconds_of_work(bus: Road) -> None:
    trip = bus.trip(max_rounds=2)
    for number in range(10):
        bus.books(trip, bus.lives(f"Gast {number}", number / 3), FRIDAY)
    riet = bus.lives("Riet", 2)
    answer(trip, [Wish(riet)], FRIDAY)
    began = time.process_time()
    answer(trip, [Wish(riet)], FRIDAY)
    assert time.process_time() - began < 0.05


def test_trips_of_one_bus_do_not_overlap(bus: Road) -> None:
    bus.trip()
    with pytest.raises(IntegrityError, match="vehicle_on_one_trip_at_a_time"):
        bus.trip(leaves="13:00", returns="15:00", ends="16:00")
