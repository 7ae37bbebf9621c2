"""The pages on which a planner keeps vehicles and programme: filled, and sent back, at a desk and on a telephone."""

from datetime import date

from playwright.sync_api import Page

from backend.common.actors import SYSTEM
from backend.events import clock
from backend.people.models import User
from backend.transport.models import CrewDuty, Trip
from backend.transport.services import fleet, series
from backend.transport.services.planning_trips import plan_trips
from tests.browser.conftest import sign_in
from tests.browser.looking import look_at, send_as_they_stand
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.buses import TUESDAY, Bus, a_booking, a_bus, a_passenger, a_series, a_trip


def furnish(morning: Morning) -> dict[str, str]:
    """A bus with a programme, and something on every page; the pages by name."""
    bus = a_bus(morning.organisation)
    now, today = clock.now(), mornings.MONDAY.date()
    known = a_series(bus)
    plan_trips(now)
    _papers(bus)
    first = Trip.objects.get(date=TUESDAY)
    for name in ("Riet", "Halil", "Fatima"):
        a_booking(first, a_passenger(bus.organisation, name))
    a_booking(first, a_passenger(bus.organisation, "Truus"), state="waiting")
    first.crew.filter(task="driver").update(
        state=CrewDuty.State.CONFIRMED, person=a_passenger(bus.organisation, "Sjef")
    )
    a_booking(a_trip(bus, today), a_passenger(bus.organisation, "Jan"))
    series.except_date(known.pk, TUESDAY, None, reason="Weg dicht", actor=SYSTEM, now=now)
    series.except_date(known.pk, date(2026, 12, 1), None, reason="Sinterklaas", actor=SYSTEM, now=now)
    of = f"/bus/organisations/{bus.organisation.pk}"
    return {
        "bus-today": "/today/",
        "bus": "/bus/",
        "bus-trip": f"/bus/trips/{first.pk}/",
        "bus-trip-cancel": f"/bus/trips/{first.pk}/cancel/",
        "bus-trip-vehicle": f"/bus/trips/{first.pk}/bus/",
        "bus-programme": f"{of}/programme/",
        "bus-series": f"/bus/series/{known.pk}/",
        "bus-series-change": f"/bus/series/{known.pk}/change/",
        "bus-fleet": f"{of}/vehicles/",
        "bus-vehicle": f"/bus/vehicles/{bus.vehicle.pk}/",
        "bus-vehicle-change": f"/bus/vehicles/{bus.vehicle.pk}/change/",
        "bus-layout": f"/bus/layouts/{bus.layout.pk}/",
        "bus-area": f"/bus/areas/{bus.area.pk}/",
        "bus-destination": f"/bus/destinations/{bus.destination.pk}/",
        "bus-trip-new": f"{of}/trips/new/",
        "bus-series-new": f"{of}/series/new/",
        "bus-settings": f"{of}/settings/",
    }


def _papers(bus: Bus) -> None:
    for kind, until in (("inspection", date(2026, 12, 10)), ("insurance", date(2026, 11, 1))):
        fleet.set_paper(bus.vehicle, kind=kind, valid_until=until, actor=SYSTEM)
    fleet.take_out(
        bus.vehicle, first_day=date(2026, 12, 21), last_day=date(2026, 12, 24), reason="Remmen", actor=SYSTEM
    )


REFUSED = ("bus-trip-cancel", "bus-trip-new", "bus-series-new")
"""Forms that are sent as they stand, and come back with what is wrong."""


def walk(page: Page, morning: Morning, window: str) -> list[str]:
    pages = furnish(morning)
    sign_in(page)
    found = look_at(page, pages, window)
    forms = {name: (pages[name], "form") for name in REFUSED}
    forms |= {f"bus-vehicle-{what}": (pages["bus-vehicle"], what) for what in ("layout", "paper", "out")}
    return found + send_as_they_stand(page, forms, window)


def test_at_a_desk(desk: Page, morning: Morning, coordinator: User) -> None:
    assert walk(desk, morning, "desk") == []


def test_on_a_telephone(telephone: Page, morning: Morning, coordinator: User) -> None:
    assert walk(telephone, morning, "telephone") == []
