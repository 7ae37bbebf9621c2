"""Aids that are noted after somebody booked: the bus has a place for them, or a person rings whoever has none."""

import pytest

from backend.events import clock
from backend.people.models import Consent, Person
from backend.people.services import aids, consents, riding
from backend.transport.domain.booking import Refusal
from backend.transport.models import Booking, CallTask, Trip
from backend.transport.selectors.answering import No, Wish, Yes
from backend.transport.services import changed_aids, desk
from tests.support.road import FRIDAY, PLANNER, Road, a_road
from worker import lanes

pytestmark = pytest.mark.django_db


@pytest.fixture
def bus(settings) -> Road:
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=FRIDAY, rate=0)
    return a_road(rollator_places=1)


def notes(row: Booking, *kinds: str) -> None:
    """A planner notes their aids, and whatever follows has been done."""
    aids.set_aids(row.person, kinds, actor=PLANNER, now=FRIDAY)
    settled()
    row.refresh_from_db()


def settled() -> None:
    """Whatever follows from what was done has been done as well."""
    for _again in range(3):
        lanes.look("notice")


@pytest.fixture
def riet(bus: Road, trip: Trip) -> Booking:
    row = bus.books(trip, bus.lives("Riet", 1), FRIDAY, companions=1)
    consents.give(
        person=row.person, purpose=Consent.Purpose.AIDS, given_at=FRIDAY, how="call", actor=PLANNER, now=FRIDAY
    )
    return row


def test_a_rollator_that_is_noted_later_takes_its_place(bus: Road, trip: Trip, riet: Booking) -> None:
    version = Trip.objects.get(pk=trip.pk).plan_version
    notes(riet, "rollator")
    assert (riet.seats, riet.rollator_places, riet.boarding_seconds) == (2, 1, 210)
    assert Trip.objects.get(pk=trip.pk).plan_version > version
    assert riet.rides.exclude(state="cancelled").count() == 2
    assert not CallTask.objects.exists()


def test_who_does_not_fit_any_more_is_rung(bus: Road, trip: Trip, riet: Booking) -> None:
    notes(riet, "wheelchair")
    assert riet.wheelchair_places == 1
    assert not riet.rides.exclude(state="cancelled").exists()
    task = CallTask.objects.get()
    assert (task.person, task.details["no_place"]) == (riet.person, True)


def test_a_trip_on_which_nothing_changes_is_not_planned_anew(trip: Trip, riet: Booking) -> None:
    notes(riet, "rollator")
    version = Trip.objects.get(pk=trip.pk).plan_version
    changed_aids.follow(riet.person_id, FRIDAY)
    assert Trip.objects.get(pk=trip.pk).plan_version == version


def test_who_can_sit_for_less_long_than_others_is_answered_and_booked_so(bus: Road) -> None:
    """Ten kilometres away: more than 20 minutes in the bus, and fewer than 45."""
    trip, jan = bus.trip(shift_minutes=600), bus.lives("Jan", 10)
    assert isinstance(desk.ask(trip.pk, [Wish(jan)], FRIDAY), Yes)
    riding.set_ride_limit(jan, 20, actor=PLANNER, now=FRIDAY)
    jan.refresh_from_db()
    no = desk.ask(trip.pk, [Wish(jan)], FRIDAY)
    assert isinstance(no, No)
    assert (no.why, no.allowed) == (Refusal.RIDE, 20 * 60)
    riding.set_ride_limit(jan, 50, actor=PLANNER, now=FRIDAY)
    jan.refresh_from_db()
    assert bus.books(trip, jan, FRIDAY).max_ride_seconds == 50 * 60
    assert bus.books(trip, bus.lives("Els", 1), FRIDAY).max_ride_seconds == 45 * 60


def test_a_limit_that_is_agreed_after_booking_holds_and_who_cannot_be_driven_so_is_rung(bus: Road) -> None:
    trip = bus.trip(shift_minutes=600)
    row = bus.books(trip, bus.lives("Jan", 10), FRIDAY)
    settled()
    riding.set_ride_limit(row.person, 20, actor=PLANNER, now=FRIDAY)
    settled()
    row.refresh_from_db()
    assert row.max_ride_seconds == 20 * 60
    assert not row.rides.exclude(state="cancelled").exists()
    task = CallTask.objects.get()
    assert (task.person, task.details["no_place"]) == (row.person, True)


def test_a_limit_that_was_agreed_in_the_moment_of_booking_holds(bus: Road, trip: Trip, riet: Booking) -> None:
    Person.objects.filter(pk=riet.person_id).update(max_ride_minutes=30)
    changed_aids.follow_booked(riet.pk, FRIDAY)
    riet.refresh_from_db()
    assert riet.max_ride_seconds == 30 * 60
