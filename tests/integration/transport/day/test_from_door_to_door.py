"""The day of a trip as it should be: it starts, passengers hear that it is near, everybody gets home."""

import pytest

from backend.common.errors import Conflict
from backend.events.models import Event, Timer
from backend.incidents.models import Incident
from backend.notifications.models import Message
from backend.people.models import Sighting
from backend.transport.domain.disruption import Part
from backend.transport.domain.run import Answer, What
from backend.transport.models import Booking, CrewDuty, Disruption, Ride
from backend.transport.selectors.run import may_be_on_the_road
from backend.transport.services import day, disruption, series, watching
from tests.integration.transport.day.a_day import DRIVER, Day, at

pytestmark = pytest.mark.django_db


def test_a_day_from_the_first_door_to_the_last(bus: Day) -> None:
    bus.is_driven()
    bus.goes_home()
    trip = bus.close()
    assert (trip.state, trip.closed_at, trip.closed_by) == ("closed", at("13:00"), "user:7")
    home = bus.ride("Riet", "home")
    assert (home.state, home.on_board_at, home.done_at) == ("done", at("12:30"), at("12:45"))
    assert Incident.objects.count() == 0
    assert not Timer.objects.filter(kind=watching.TIMER).exists()


def test_home_and_inside_is_known_to_every_programme(bus: Day) -> None:
    bus.is_driven()
    bus.goes_home()
    last = Sighting.objects.filter(person=bus.person("Riet")).latest("at")
    assert (last.at, last.source) == (at("12:45"), "bus:home_inside")


@pytest.mark.parametrize("missing", ["driver", "host"])
def test_the_bus_does_not_leave_without_driver_and_host(bus: Day, missing: str) -> None:
    bus.trip.crew.filter(task=missing).update(state=CrewDuty.State.ASKED)
    with pytest.raises(Conflict, match="drive" if missing == "driver" else "host"):
        day.start(trip_id=bus.trip.pk, actor=DRIVER, now=bus.is_now("9:30"))
    bus.trip.refresh_from_db()
    assert bus.trip.state == "planned"


def test_a_bus_is_not_started_hours_or_days_before_it_leaves(bus: Day) -> None:
    with pytest.raises(Conflict, match="too early"):
        day.start(trip_id=bus.trip.pk, actor=DRIVER, now=bus.is_now("8:29"))
    day.start(trip_id=bus.trip.pk, actor=DRIVER, now=bus.is_now("8:30"))
    bus.trip.refresh_from_db()
    assert bus.trip.state == "underway"


def test_a_tick_hours_before_is_kept_and_starts_nothing(bus: Day) -> None:
    assert bus.sends(bus.tick("Riet", What.ON_BOARD, "8:10"), now="8:10") == [(Answer.APPLIED, None)]
    bus.trip.refresh_from_db()
    assert (bus.trip.state, bus.ride("Riet").state) == ("planned", "on_board")
    bus.sends(bus.tick("Truus", What.ON_BOARD, "9:45"), now="9:45")
    bus.trip.refresh_from_db()
    assert (bus.trip.state, bus.trip.started_at) == ("underway", at("8:30"))


def test_a_bus_that_should_have_left_is_stopped_and_not_taken_out_of_the_programme(bus: Day) -> None:
    with pytest.raises(Conflict, match="It goes wrong"):
        series.cancel_trip(bus.trip.pk, because="Ijzel", actor=DRIVER, now=bus.is_now("9:30"))
    assert not may_be_on_the_road(bus.trip, at("9:29"))
    bus.trip.bookings.update(state=Booking.State.CANCELLED, cancelled_at=at("9:00"))
    assert series.cancel_trip(bus.trip.pk, because="Ijzel", actor=DRIVER, now=at("9:30")).state == "cancelled"


def test_a_bus_that_drives_without_being_started_is_started_by_its_first_tick(bus: Day) -> None:
    bus.trip.crew.update(state=CrewDuty.State.OPEN, person=None)
    bus.sends(bus.tick("Riet", What.ON_BOARD, "9:40"), now="10:40")
    bus.trip.refresh_from_db()
    assert (bus.trip.state, bus.trip.started_at) == ("underway", at("9:40"))
    assert Event.objects.get(kind="transport.started").payload["missing"] == ["driver", "host"]


def told(bus: Day) -> list[tuple[str, str]]:
    return [(one.person.given_name, one.way) for one in Message.objects.filter(lane="live").order_by("pk")]


def test_the_next_passenger_is_told_once_by_text_or_by_a_call(bus: Day) -> None:
    day.start(trip_id=bus.trip.pk, actor=DRIVER, now=bus.is_now("9:30"))
    bus.looked_at("9:30")
    assert told(bus) == [], "it comes from the garage, and is planned at 9:45"
    assert Timer.objects.get(kind=watching.TIMER).due_at == at("9:35")
    bus.looked_at("9:35")
    assert told(bus) == [("Riet", "text")]
    bus.sends(bus.tick("Riet", What.ON_BOARD, "9:45"), now="9:45")
    bus.sends(bus.tick("Riet", What.UNDONE, "9:46"), now="9:46")
    bus.sends(bus.tick("Riet", What.ON_BOARD, "9:47"), now="9:47")
    assert told(bus) == [("Riet", "text"), ("Truus", "call")]


def test_nobody_is_told_that_the_bus_is_near_after_it_was_stopped(bus: Day) -> None:
    day.start(trip_id=bus.trip.pk, actor=DRIVER, now=bus.is_now("9:30"))
    cause = disruption.Cause(Disruption.Kind.BUS_DOWN, DRIVER, bus.is_now("9:40"))
    disruption.stop(bus.trip.pk, cause, ways_home={})
    Ride.objects.filter(way="there").update(state="planned")
    bus.sends(bus.tick("Riet", What.ON_BOARD, "9:45"), now="9:45")
    bus.looked_at("9:46")
    assert not Message.objects.filter(reference__has_key="ride").exists()


def test_who_was_told_that_the_bus_is_near_is_told_again_after_a_shift(bus: Day) -> None:
    day.start(trip_id=bus.trip.pk, actor=DRIVER, now=bus.is_now("9:30"))
    bus.looked_at("9:35")
    cause = disruption.Cause(Disruption.Kind.BUS_DOWN, DRIVER, bus.is_now("9:36"))
    disruption.shift(bus.trip.pk, cause, minutes=30, part=Part.BOTH)
    bus.looked_at("9:36")
    assert Message.objects.filter(reference__has_key="ride").count() == 1
    bus.looked_at("10:05")
    assert Message.objects.filter(reference__has_key="ride").count() == 2


def test_nobody_is_told_that_the_bus_is_near_by_a_tick_that_came_an_hour_late(bus: Day) -> None:
    bus.sends(bus.tick("Riet", What.ON_BOARD, "9:45"), now="10:45")
    assert told(bus) == []
