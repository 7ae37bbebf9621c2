"""Two telephones, the driver's and the host's, send what they ticked at the same moment."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from backend.common import actors
from backend.incidents.models import Incident
from backend.notifications.models import Message
from backend.people.models import Sighting
from backend.transport.domain.run import What
from backend.transport.models import ManifestEntry, Ride, Trip
from backend.transport.services import day
from backend.transport.services.day import NotHome, Tick
from tests.integration.web import mornings
from tests.integration.web.mornings import MONDAY, at
from tests.support import buses
from tests.support.races import at_once, meet_after

DRIVER, HOST = actors.person(1, "link"), actors.person(2, "link")


@pytest.fixture
def trip(settings: Any, transactional_db: None) -> Trip:
    """Riet and Truus are to be fetched; the bus has left."""
    settings.RONDJE_DEMO = True
    mornings.set_time("09:45")
    organisation = mornings.an_organisation()
    trip = buses.a_trip(buses.a_bus(organisation), MONDAY.date(), state=Trip.State.UNDERWAY, started_at=at("09:30"))
    for name, phone in (("Riet", "+31600000110"), ("Truus", "+31600000111")):
        buses.a_booking(trip, buses.a_passenger(organisation, name, phones=[phone]))
    return trip


def ride(name: str, way: str = "there") -> Ride:
    return Ride.objects.get(booking__person__given_name=name, way=way)


def sends(trip: Trip, actor: actors.Actor, *told: tuple[Ride, What], key: uuid.UUID | None = None) -> Callable[[], Any]:
    ticks = [Tick(key or uuid.uuid4(), one.pk, what, at("09:44"), 0) for one, what in told]
    now = at("09:45")
    return lambda: day.record(trip_id=trip.pk, ticks=ticks, device_now=now, actor=actor, now=now)


def unlocked(trip_id: int) -> Trip:
    return Trip.objects.select_related("organisation", "destination", "vehicle").get(pk=trip_id)


def followed() -> tuple[int, int, int]:
    """Cases about the door, sightings, and those told that the bus is near."""
    near = Message.objects.filter(lane="live", host="notifications.reading")
    return Incident.objects.count(), Sighting.objects.count(), near.count()


def test_without_the_lock_one_tick_of_both_has_two_effects(trip: Trip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(day, "locked", unlocked)
    meet_after(monkeypatch, day, "run_of")
    both = ((ride("Riet"), What.ON_BOARD),)
    assert at_once(sends(trip, DRIVER, *both), sends(trip, HOST, *both)) == [None, None]
    assert followed()[1] == 2, "seen twice"


def test_both_tick_the_same_and_it_has_one_effect(trip: Trip, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_after(monkeypatch, day, "run_of")
    both = ((ride("Riet"), What.ON_BOARD),)
    assert at_once(sends(trip, DRIVER, *both), sends(trip, HOST, *both)) == [None, None]
    assert ManifestEntry.objects.count() == 2
    assert followed() == (0, 1, 1)


def test_both_say_that_nobody_was_there_and_it_is_one_case(trip: Trip, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_after(monkeypatch, day, "run_of")
    both = ((ride("Riet"), What.NOT_THERE),)
    assert at_once(sends(trip, DRIVER, *both), sends(trip, HOST, *both)) == [None, None]
    assert followed()[0] == 1


def test_one_tick_sent_by_page_and_worker_at_once_is_one_row(trip: Trip, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_after(monkeypatch, day, "run_of")
    key = uuid.uuid4()
    told = ((ride("Riet"), What.ON_BOARD),)
    assert at_once(sends(trip, DRIVER, *told, key=key), sends(trip, DRIVER, *told, key=key)) == [None, None]
    assert ManifestEntry.objects.count() == 1


def test_the_run_is_not_closed_while_the_other_telephone_says_that_somebody_is_not_home(
    trip: Trip, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Riet", "Truus"):
        sends(trip, DRIVER, (ride(name, "home"), What.HOME_INSIDE))()
    meet_after(monkeypatch, day, "run_of")
    later = at("09:45") + timedelta(minutes=1)
    undone = Tick(uuid.uuid4(), ride("Riet", "home").pk, What.UNDONE, later, 0)
    ends = at_once(
        lambda: day.record(trip_id=trip.pk, ticks=[undone], device_now=later, actor=HOST, now=later),
        lambda: day.close(trip_id=trip.pk, actor=DRIVER, now=later),
    )
    assert ends[0] is None
    trip.refresh_from_db()
    if trip.state == Trip.State.CLOSED:
        assert Incident.objects.get().details["reason"] == "not_closed", "closed first, then taken back: a case"
    else:
        assert isinstance(ends[1], NotHome)
