"""What is known of somebody's trips: where they usually go, with whom, and when they last were."""

from datetime import timedelta

import pytest

from backend.people.models import Organisation
from backend.transport.selectors.habits import habits_of, rode_last
from tests.integration.web.mornings import an_organisation
from tests.support.buses import MONDAY, TUESDAY, a_booking, a_bus, a_passenger, a_series, a_trip, wall

pytestmark = pytest.mark.django_db

NOW = wall(MONDAY, "10:00")


@pytest.fixture
def welzijn() -> Organisation:
    return an_organisation()


def test_the_usual_trip_is_the_one_booked_most_with_whom_and_with_what(welzijn) -> None:
    bus = a_bus(welzijn)
    series = a_series(bus)
    riet = a_passenger(welzijn, "Riet", aids=("rollator",))
    jan = a_passenger(welzijn, "Jan")
    tuesdays = [a_trip(bus, TUESDAY - timedelta(weeks=ago), series=series) for ago in (1, 2, 3)]
    museum = a_trip(bus, MONDAY - timedelta(days=3), title="Het museum")
    for trip in tuesdays:
        booking = a_booking(trip, riet, companions=1)
        a_booking(trip, jan, party=booking.party)
    a_booking(museum, riet)
    habits = habits_of(riet, NOW)
    assert habits.usual is not None
    assert (habits.usual.name, habits.usual.weekday, habits.usual.times) == ("De markt", 1, 3)
    assert habits.usual.is_one(a_trip(bus, TUESDAY, series=series))
    assert not habits.usual.is_one(museum)
    assert (habits.companions, habits.aids, habits.rides) == (1, ("rollator",), 4)
    assert [friend.given_name for friend in habits.friends] == ["Jan"]


def test_what_was_cancelled_is_no_habit_and_who_never_came_has_none(welzijn) -> None:
    riet = a_passenger(welzijn, "Riet")
    a_booking(a_trip(a_bus(welzijn)), riet, state="cancelled", cancelled_at=NOW)
    habits = habits_of(riet, NOW)
    assert (habits.usual, habits.companions, habits.friends, habits.rides) == (None, 0, (), 0)


def test_when_somebody_was_last_on_a_trip(welzijn) -> None:
    bus = a_bus(welzijn)
    riet, jan = a_passenger(welzijn, "Riet"), a_passenger(welzijn, "Jan")
    long_ago, lately = (a_trip(bus, TUESDAY - timedelta(weeks=ago)) for ago in (5, 1))
    a_booking(long_ago, riet)
    a_booking(lately, riet)
    trip = a_trip(bus)
    a_booking(trip, riet, state="waiting")
    a_booking(trip, jan, state="waiting")
    assert rode_last([riet.pk, jan.pk], trip) == {riet.pk: lately.leaves_at}
