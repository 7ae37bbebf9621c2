"""Two at once in the programme: planners that plan, planners that change, and somebody who books meanwhile."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.db import transaction

from backend.common.actors import SYSTEM, user
from backend.common.errors import Conflict
from backend.events import clock
from backend.transport.domain.disruption import Part
from backend.transport.domain.programme import Times
from backend.transport.models import Booking, CrewDuty, Disruption, Trip
from backend.transport.selectors.answering import Wish
from backend.transport.services import booking, disruption, planning_trips, programme, series, shifting, trips
from backend.transport.services.planning_trips import plan_trips
from backend.transport.services.programme import Facts, VehicleBusy
from backend.transport.services.series import Recurrence
from tests.integration.web import mornings
from tests.support.buses import TUESDAY, Bus, a_bus, a_passenger, a_series
from tests.support.races import at_once, meet_in

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
USUAL = Times(time(9, 30), time(12, 30))


@pytest.fixture
def bus(settings, transactional_db) -> Bus:
    """De Plusbus, on Monday 23 November at ten."""
    settings.RONDJE_DEMO = True
    clock.set_clock(virtual=NOW, rate=0)
    return a_bus(mornings.an_organisation())


def test_two_planners_at_once_make_each_trip_once(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    a_series(bus)
    meet_in(monkeypatch, planning_trips, "make_trip")
    assert at_once(lambda: plan_trips(NOW), lambda: plan_trips(NOW)) == [None, None]
    assert Trip.objects.count() == 8
    assert CrewDuty.objects.count() == 16
    assert caplog.records == []


def test_one_bus_is_given_to_one_of_two_trips_at_once(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_in(monkeypatch, programme, "make_trip")

    def adds() -> object:
        facts = Facts(bus.area, bus.destination, bus.layout)
        return programme.add_trip(bus.organisation, facts, day=TUESDAY, times=USUAL, actor=SYSTEM, now=NOW)

    ends = at_once(adds, adds)
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "VehicleBusy"]
    busy = next(end for end in ends if isinstance(end, VehicleBusy))
    assert busy.trip == Trip.objects.get()


def test_a_trip_is_not_shifted_into_one_that_the_bus_was_given_meanwhile(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = Facts(bus.area, bus.destination, bus.layout)
    trip = programme.add_trip(bus.organisation, facts, day=TUESDAY, times=USUAL, actor=SYSTEM, now=NOW)
    looks = shifting.shift

    def adds() -> object:
        times = Times(time(16, 0), time(19, 0))
        return programme.add_trip(bus.organisation, facts, day=TUESDAY, times=times, actor=SYSTEM, now=NOW)

    def looks_and_is_too_late(*given: Any) -> None:
        looks(*given)
        assert at_once(adds) == [None]

    monkeypatch.setattr(shifting, "shift", looks_and_is_too_late)
    late = disruption.Cause(Disruption.Kind.OTHER, user(1), NOW)
    with pytest.raises(Conflict, match="just been given to another trip"):
        disruption.shift(trip.pk, late, minutes=240, part=Part.BOTH)
    assert Trip.objects.get(pk=trip.pk).leaves_at == trip.leaves_at


def moves_the_series(bus: Bus, pk: int) -> Callable[[], object]:
    when = Recurrence("FREQ=WEEKLY;BYDAY=TH", TUESDAY, None, USUAL)
    facts = Facts(bus.area, bus.destination, bus.layout)
    return lambda: series.save(bus.organisation, facts, when, pk=pk, actor=SYSTEM, now=NOW)


def books(bus: Bus, trip: Trip) -> Callable[[], object]:
    riet = a_passenger(bus.organisation, "Riet")
    return transaction.atomic(lambda: booking.book(trip_id=trip.pk, wishes=[Wish(riet)], actor=user(1), now=NOW))


def test_who_books_while_the_series_moves_to_another_day_keeps_the_trip_or_is_told_that_it_is_gone(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = a_series(bus)
    plan_trips(NOW)
    trip = Trip.objects.get(date=TUESDAY)
    meet_in(monkeypatch, trips, "locked")
    moved, booked = at_once(moves_the_series(bus, known.pk), books(bus, trip))
    assert (moved, booked) == (None, None)
    trip.refresh_from_db()
    known.refresh_from_db()
    if Booking.objects.exists():
        assert trip.state == Trip.State.PLANNED
        assert [one.pk for one in series.different_trips(known, NOW)] == [trip.pk]
    else:
        assert trip.cancelled_because == "not_in_series"
    assert Trip.objects.filter(date=date(2026, 11, 26)).exists()


def test_who_has_booked_in_time_is_never_moved_along(bus: Bus) -> None:
    known = a_series(bus)
    plan_trips(NOW)
    trip = Trip.objects.get(date=TUESDAY)
    books(bus, trip)()
    moves_the_series(bus, known.pk)()
    known.refresh_from_db()
    assert [one.pk for one in series.different_trips(known, NOW)] == [trip.pk]
    assert Booking.objects.get().state == Booking.State.BOOKED
    assert Trip.objects.filter(pk=trip.pk, date=TUESDAY).exists()
