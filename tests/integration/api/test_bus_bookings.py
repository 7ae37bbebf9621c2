"""Bookings of the bus for other systems."""

from datetime import timedelta

from backend.transport.models import Booking
from tests.integration.api.conftest import Asker
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.buses import a_bus, a_passenger, a_trip

THURSDAY = mornings.MONDAY.date() + timedelta(days=3)


def test_a_place_is_booked_once_and_cancelled_once(system: Asker, morning: Morning) -> None:
    trip = a_trip(a_bus(morning.organisation), THURSDAY)
    toos = a_passenger(morning.organisation, "Toos", phones=["+31130001390"])
    wanted = {"trip": trip.pk, "person": toos.pk, "companions": 1}
    made = system.ask("POST", "bus-bookings/", wanted)
    assert made.status_code == 201
    booking = made.json()
    assert (booking["state"], booking["companions"]) == ("booked", 1)
    assert [ride["way"] for ride in booking["rides"]] == ["there", "home"]
    again = system.ask("POST", "bus-bookings/", wanted)
    assert (again.status_code, again.json()["id"]) == (200, booking["id"])
    assert [one["id"] for one in system.get(f"bus-bookings/?trip={trip.pk}&state=booked")["results"]] == [booking["id"]]
    for _again in range(2):
        gone = system.ask("POST", f"bus-bookings/{booking['id']}/cancel/").json()
        assert (gone["state"], gone["cancelled_because"]) == ("cancelled", "api")


def test_where_there_is_no_room_the_reason_is_told_or_they_wait(system: Asker, morning: Morning) -> None:
    bus = a_bus(morning.organisation, seats=2)
    trip, later = (a_trip(bus, THURSDAY + timedelta(days=ahead), max_rounds=1) for ahead in (0, 1))
    bep, toos = (a_passenger(morning.organisation, name, phones=["+31130001390"]) for name in ("Bep", "Toos"))
    assert system.ask("POST", "bus-bookings/", {"trip": trip.pk, "person": bep.pk}).status_code == 201
    refused = system.ask("POST", "bus-bookings/", {"trip": trip.pk, "person": toos.pk})
    assert refused.status_code == 409
    assert (refused.json()["why"], refused.json()["dimension"]) == ("no_room", "seats")
    assert refused.json()["alternatives"] == [later.pk]
    waiting = system.ask("POST", "bus-bookings/", {"trip": trip.pk, "person": toos.pk, "wait": True})
    assert (waiting.status_code, waiting.json()["state"], waiting.json()["rides"]) == (201, "waiting", [])


def test_of_another_organisation_nobody_is_booked_and_nothing_is_seen(
    system: Asker, morning: Morning, neighbour: Morning
) -> None:
    theirs = a_trip(a_bus(neighbour.organisation), THURSDAY)
    ours = a_trip(a_bus(morning.organisation), THURSDAY)
    stranger = a_passenger(neighbour.organisation, "Bep", phones=["+31130001790"])
    toos = a_passenger(morning.organisation, "Toos", phones=["+31130001390"])
    for trip, person in ((theirs, toos), (ours, stranger)):
        answer = system.ask("POST", "bus-bookings/", {"trip": trip.pk, "person": person.pk})
        assert answer.status_code == 400
    assert Booking.objects.count() == 0
