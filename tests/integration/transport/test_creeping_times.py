"""Times that move a little at each change: what counts is what somebody was last told."""

from datetime import date, timedelta

import pytest

from backend.events import clock
from backend.notifications.domain.asking import Came
from backend.transport.domain.booking import Refusal
from backend.transport.models import Booking, CallTask, Ride, Trip
from backend.transport.selectors.answering import No, Wish, answer
from backend.transport.services import evening, planning
from tests.support.road import FRIDAY, PLANNER, Road, a_road, at

pytestmark = pytest.mark.django_db

EVENING = at("18:30", date(2026, 11, 23))


@pytest.fixture
def bus(settings) -> Road:
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=FRIDAY, rate=0)
    return a_road()


def leaves_later(trip: Trip, minutes: int) -> None:
    """Everything is planned anew, with a garage that is so much further away (a kilometre takes three minutes)."""
    trip.vehicle.longitude -= minutes / 182 * 60 / 68.459
    trip.vehicle.save()
    planning.replan(trip, clock.now())


def fetched(row: Booking) -> Ride:
    return row.rides.get(way="there")


def test_small_moves_add_up_to_one_that_a_person_tells(bus: Road, trip: Trip) -> None:
    row = bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    leaves_later(trip, 12)
    assert fetched(row).told == (at("09:30"), at("09:45"))
    assert fetched(row).promised_from == at("09:40")
    assert not CallTask.objects.exists()
    leaves_later(trip, 12)
    task = CallTask.objects.get()
    assert task.details["there"] == {
        "was": [at("09:30").isoformat(), at("09:45").isoformat()],
        "now": [at("09:50").isoformat(), at("10:05").isoformat()],
    }
    assert fetched(row).told == (at("09:50"), at("10:05"))


def test_what_they_said_yes_to_is_what_they_were_told(bus: Road, trip: Trip) -> None:
    row = bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    leaves_later(trip, 12)
    evening.came(trip, row, Came.YES, actor=PLANNER, now=FRIDAY)
    assert fetched(row).told == (at("09:40"), at("09:55"))


def test_a_time_that_moves_back_to_what_was_told_is_what_was_told(bus: Road, trip: Trip) -> None:
    row = bus.books(trip, bus.lives("Riet", 1), FRIDAY)
    leaves_later(trip, 12)
    leaves_later(trip, -12)
    assert (fetched(row).promised_from, fetched(row).told_from) == (at("09:30"), None)


def test_who_booked_after_the_others_were_asked_counts_on_their_time(bus: Road, trip: Trip) -> None:
    bus.books(trip, bus.lives("Riet", 1), EVENING)
    found = answer(trip, [Wish(bus.lives("Truus", -13))], EVENING + timedelta(minutes=1))
    assert isinstance(found, No)
    assert found.why is Refusal.PROMISE
