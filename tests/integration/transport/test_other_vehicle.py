"""Another bus drives a trip on which people have booked: everybody is planned anew, or nothing changes."""

from datetime import UTC, datetime, time, timedelta

import pytest

from backend.common.actors import SYSTEM, user
from backend.common.errors import Conflict
from backend.events import clock, running
from backend.events.models import Event, Timer
from backend.incidents.models import Incident
from backend.transport.domain.programme import Times
from backend.transport.models import Ride, Trip
from backend.transport.selectors import answering
from backend.transport.selectors.answering import Wish
from backend.transport.services import booking, crew, crew_watch, fleet, hindrance, programme, trips
from backend.transport.services.programme import Facts, VehicleBusy, VehicleHindered
from tests.integration.web import mornings
from tests.support.buses import TUESDAY, Bus, a_bus, a_passenger

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def bus(settings, db: None) -> Bus:
    """De Plusbus, on Monday 23 November at ten."""
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=NOW, rate=0)
    return a_bus(mornings.an_organisation())


@pytest.fixture
def trip(bus: Bus) -> Trip:
    """Riet, Halil and Truus go to the market on Tuesday, in one round."""
    facts = Facts(bus.area, bus.destination, bus.layout, max_rounds=1)
    times = Times(time(9, 30), time(12, 30))
    made = programme.add_trip(bus.organisation, facts, day=TUESDAY, times=times, actor=SYSTEM, now=NOW)
    for name in ("Riet", "Halil", "Truus"):
        wishes = [Wish(a_passenger(bus.organisation, name))]
        assert isinstance(booking.book(trip_id=made.pk, wishes=wishes, actor=user(1), now=NOW), booking.Booked)
    return made


def give(trip: Trip, bus: Bus) -> Trip:
    return programme.give_other_vehicle(trip.pk, bus.layout, actor=SYSTEM, now=NOW)


def test_a_bus_with_room_takes_everybody_along(trip: Trip, bus: Bus) -> None:
    other = a_bus(bus.organisation, "De Tweede", seats=4)
    given = give(trip, other)
    assert (given.vehicle, given.layout) == (other.vehicle, other.layout)
    assert Ride.objects.filter(trip=trip, state="planned").count() == 6
    told = Event.objects.get(kind="transport.vehicle_given")
    assert told.payload == {"vehicle": other.vehicle.pk, "layout": other.layout.pk}


def test_a_bus_without_room_for_all_is_refused_and_nothing_has_changed(trip: Trip, bus: Bus) -> None:
    small = a_bus(bus.organisation, "De Kleine", seats=3)
    version = Trip.objects.get(pk=trip.pk).plan_version
    with pytest.raises(Conflict, match="Not everybody"):
        give(trip, small)
    after = Trip.objects.get(pk=trip.pk)
    assert (after.vehicle, after.plan_version) == (bus.vehicle, version)
    assert Ride.objects.filter(trip=trip, state="planned").count() == 6
    assert not after.call_tasks.exists()


def test_a_bus_that_was_given_fewer_seats_while_it_was_being_chosen_is_refused(trip: Trip, bus: Bus) -> None:
    other = a_bus(bus.organisation, "De Tweede", seats=4)
    room = {"seats": 3, "wheelchair_places": 1, "rollator_places": 3}
    fleet.save_layout(other.vehicle, name="Gewoon", **room, pk=other.layout.pk, actor=SYSTEM, now=NOW)
    assert other.layout.seats == 4, "as it was read before"
    with pytest.raises(Conflict, match="Not everybody"):
        give(trip, other)


def test_a_bus_that_may_not_be_driven_is_said_to_the_planner_and_becomes_a_case_before_the_trip(
    trip: Trip, bus: Bus
) -> None:
    wish = Wish(a_passenger(bus.organisation, "Els"))
    before = answering.answer(trip, [wish], NOW)
    out = fleet.take_out(bus.vehicle, first_day=TUESDAY, last_day=TUESDAY, reason="remmen", actor=SYSTEM)
    trip = trips.locked(trip.pk)
    found = answering.answer(trip, [wish], NOW)
    assert isinstance(before, answering.Yes) and "hindered" not in before.warnings
    assert isinstance(found, answering.Yes) and "hindered" in found.warnings
    running.run_deliveries("notice")
    assert Timer.objects.get(kind=crew.TIMER, subject_id=trip.pk).due_at == NOW
    evening = trip.leaves_at - timedelta(hours=2)
    assert hindrance.watch(trip, evening, NOW) == evening
    for _again in range(2):
        crew_watch.look(trip.pk, evening)
        assert Incident.objects.get(details__reason="no_vehicle").source_id == trip.pk
    fleet.put_back(out, actor=SYSTEM)
    assert hindrance.watch(trips.locked(trip.pk), evening, NOW) is None


@pytest.mark.parametrize(("what", "latitude"), [("destination", 51.6400), ("garage", 51.7000)])
def test_a_place_that_is_put_elsewhere_moves_the_times_and_whoever_is_fetched_later_is_rung(
    trip: Trip, bus: Bus, what: str, latitude: float
) -> None:
    moved: dict[str, object] = {"latitude": latitude, "longitude": 5.0800}
    before = {ride.pk: ride.planned_at for ride in trip.rides.filter(way="there")}
    if what == "garage":
        fleet.save_vehicle(bus.organisation, moved, pk=bus.vehicle.pk, actor=SYSTEM)
    else:
        programme.save_destination(bus.organisation, moved, pk=bus.destination.pk, actor=SYSTEM)
    running.run_deliveries("notice")
    after = Trip.objects.get(pk=trip.pk)
    assert after.plan_version > trip.plan_version
    rides = after.rides.filter(way="there" if what == "garage" else "home", state="planned")
    assert rides.count() == 3
    if what == "garage":
        assert all(ride.planned_at > before[ride.pk] for ride in rides)
    assert set(after.call_tasks.values_list("kind", flat=True)) == {"moved"}


def test_a_name_that_is_mended_plans_nothing_anew(trip: Trip, bus: Bus) -> None:
    programme.save_destination(bus.organisation, {"name": "De weekmarkt"}, pk=bus.destination.pk, actor=SYSTEM)
    fleet.save_vehicle(bus.organisation, {"plate": "XX-00-XX"}, pk=bus.vehicle.pk, actor=SYSTEM)
    version = Trip.objects.get(pk=trip.pk).plan_version
    running.run_deliveries("notice")
    assert Trip.objects.get(pk=trip.pk).plan_version == version


def test_a_bus_that_is_elsewhere_in_the_garage_or_already_on_the_road(trip: Trip, bus: Bus) -> None:
    other = a_bus(bus.organisation, "De Tweede")
    facts = Facts(bus.area, bus.destination, other.layout)
    elsewhere = programme.add_trip(
        bus.organisation, facts, day=TUESDAY, times=Times(time(11), time(14)), actor=SYSTEM, now=NOW
    )
    with pytest.raises(VehicleBusy) as refused:
        give(trip, other)
    assert refused.value.trip == elsewhere
    third = a_bus(bus.organisation, "De Derde")
    fleet.take_out(third.vehicle, first_day=TUESDAY, last_day=TUESDAY, reason="", actor=SYSTEM)
    with pytest.raises(VehicleHindered):
        give(trip, third)
    Trip.objects.filter(pk=trip.pk).update(state=Trip.State.UNDERWAY)
    with pytest.raises(Conflict, match="has begun"):
        give(trip, a_bus(bus.organisation, "De Vierde"))
