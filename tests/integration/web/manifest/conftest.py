"""Monday's trip, its planner, and the link in the driver's text."""

from typing import Any

import pytest
from django.test import Client

from backend.people.models import Aid, Person, Role
from backend.transport.models import Trip
from backend.transport.services import manifest_links
from tests.integration.web import mornings
from tests.integration.web.manifest.a_list import signed_in
from tests.integration.web.mornings import MONDAY, an_organisation, at, set_time
from tests.support import buses


@pytest.fixture
def trip(settings: Any) -> Trip:
    """Monday's trip to the market, with Riet and Truus; Dirk drives, Hanna hosts. It is 9:00."""
    settings.RONDJE_DEMO = True
    settings.PASSWORD_HASHERS = mornings.FAST_HASHERS
    set_time("09:00")
    organisation = an_organisation()
    trip = buses.a_trip(buses.a_bus(organisation), MONDAY.date())
    riet = buses.a_passenger(organisation, "Riet", phones=["+31600000110"], aids=[Aid.Kind.ROLLATOR])
    Person.objects.filter(pk=riet.pk).update(address="Lindelaan 1")
    riet.home.door_note = "Bel bij de achterdeur"
    riet.home.save()
    buses.a_booking(trip, riet, companions=1)
    buses.a_booking(trip, buses.a_passenger(organisation, "Truus", phones=["+31130001310"]))
    buses.a_crew(trip)
    return trip


@pytest.fixture
def planner(trip: Trip) -> Client:
    return signed_in(trip, Role.Kind.BUS_PLANNER)


@pytest.fixture
def link(trip: Trip) -> str:
    """The address in Dirk's text."""
    duty = trip.crew.get(task="driver")
    assert duty.person is not None
    return "/bus/m/" + manifest_links.make(duty, duty.person, at("07:30")).split("/bus/m/")[1]
