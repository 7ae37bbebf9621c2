"""Monday's trip, the link in the driver's text, and a telephone that can be without signal."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from backend.people.models import Aid, Person
from backend.transport.models import Trip
from backend.transport.services import manifest_links
from tests.browser.conftest import TELEPHONE
from tests.browser.manifest.a_telephone import NAMES
from tests.integration.web import mornings
from tests.integration.web.mornings import MONDAY, an_organisation, at, set_time
from tests.support import buses


@pytest.fixture
def trip(settings: Any, transactional_db: None) -> Trip:
    """Monday's trip to the market with three passengers; it is 9:30."""
    settings.RONDJE_DEMO = True
    settings.PASSWORD_HASHERS = mornings.FAST_HASHERS
    set_time("09:30")
    organisation = an_organisation()
    trip = buses.a_trip(buses.a_bus(organisation), MONDAY.date())
    for number, (name, phone) in enumerate(NAMES.items(), start=1):
        person = buses.a_passenger(organisation, name, phones=[phone], aids=[Aid.Kind.ROLLATOR] if number == 1 else [])
        Person.objects.filter(pk=person.pk).update(address=f"Lindelaan {number}", postcode="5041 AB", place="Tilburg")
        buses.a_booking(trip, person, companions=number // 3)
    person = Person.objects.get(given_name="Riet")
    person.home.door_note = "Bel bij de achterdeur; de hond is lief"
    person.home.save()
    buses.a_crew(trip)
    return trip


@pytest.fixture
def link(trip: Trip, live_server: Any) -> str:
    """The address in the driver's text."""
    duty = trip.crew.get(task="driver")
    assert duty.person is not None
    return "/bus/m/" + manifest_links.make(duty, duty.person, at("07:30")).split("/bus/m/")[1]


@pytest.fixture
def handset(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """A telephone that can be without signal."""
    context = browser.new_context(base_url=live_server.url, locale="nl-NL", viewport=TELEPHONE)  # type: ignore[arg-type]
    yield context
    context.close()
