"""The bus for other systems: its programme, without a name."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.integration.api.conftest import Asker, asker_of
from tests.integration.web.mornings import Morning
from tests.support.buses import TUESDAY, Bus, a_booking, a_bus, a_passenger, a_series, a_trip


@pytest.fixture
def bus(morning: Morning) -> Bus:
    """De Plusbus."""
    return a_bus(morning.organisation)


def test_a_trip_with_its_room_and_how_many_come(system: Asker, bus: Bus) -> None:
    trip = a_trip(bus)
    a_booking(trip, a_passenger(bus.organisation, "Riet"))
    a_booking(trip, a_passenger(bus.organisation, "Truus"), state="waiting")
    a_trip(bus, date(2026, 12, 1))
    assert system.get("bus-trips/?first_day=2026-11-24&last_day=2026-11-30&state=planned")["results"] == [
        {
            "id": trip.pk,
            "series": None,
            "name": "De markt",
            "note": "",
            "area": "Oost",
            "destination": "De markt",
            "date": "2026-11-24",
            "state": "planned",
            "cancelled_because": "",
            "leaves_at": "2026-11-24T09:30:00+01:00",
            "returns_at": "2026-11-24T12:30:00+01:00",
            "ends_at": "2026-11-24T14:30:00+01:00",
            "cutoff_at": "2026-11-23T17:00:00+01:00",
            "max_rounds": 2,
            "seats": 6,
            "wheelchair_places": 1,
            "rollator_places": 3,
            "booked": 1,
            "waiting": 1,
        }
    ]


def test_a_series_with_its_rule_and_wall_times(system: Asker, bus: Bus) -> None:
    series = a_series(bus)
    found = system.get(f"bus-series/{series.pk}/")
    assert (found["rule"], found["leaves_at"], found["first_day"]) == (
        "FREQ=WEEKLY;BYDAY=TU",
        "09:30",
        TUESDAY.isoformat(),
    )


def test_nothing_is_changed_and_nothing_of_another_organisation_exists(
    system: Asker, bus: Bus, neighbour: Morning
) -> None:
    trip, series = a_trip(bus), a_series(bus)
    theirs = asker_of(neighbour.organisation)
    for address in (f"bus-trips/{trip.pk}/", f"bus-series/{series.pk}/"):
        assert theirs.ask("GET", address).status_code == 404
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert system.ask(method, address, {}).status_code == 405
    assert theirs.get("bus-trips/")["results"] == theirs.get("bus-series/")["results"] == []


def test_a_long_list_asks_the_database_no_more_often(system: Asker, bus: Bus) -> None:
    counts = []
    for days in (range(24, 25), range(25, 30)):
        for day in days:
            a_trip(bus, date(2026, 11, day))
        with CaptureQueriesContext(connection) as asked:
            system.get("bus-trips/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
