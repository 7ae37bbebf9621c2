"""The programme on paper and in calendars: what hangs on the wall, and nobody's name."""

import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from icalendar import Calendar
from pypdf import PdfReader

from backend.common.actors import SYSTEM
from backend.events import clock
from backend.people.models import Organisation
from backend.transport.models import Area, Series, Tariff, Trip
from backend.transport.services import series as services
from backend.transport.services.planning_trips import plan_trips
from backend.transport.web.views.leaflet import token_of
from tests.support.buses import TUESDAY, Bus, a_booking, a_bus, a_passenger, a_series


@pytest.fixture
def bus(organisation: Organisation) -> Bus:
    """De Plusbus, to the market every Tuesday; Riet comes along on the first."""
    bus = a_bus(organisation)
    a_series(bus, note="Neem een tas mee")
    plan_trips(clock.now())
    a_booking(Trip.objects.get(date=TUESDAY), a_passenger(organisation, "Riet"))
    return bus


def leaflet(planner: Client, bus: Bus, **asked: str) -> list[str]:
    answer = planner.get(f"/bus/areas/{bus.area.pk}/leaflet.pdf", asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.content)).pages]


def test_a_month_with_its_days_prices_and_whom_to_ring(planner: Client, bus: Bus) -> None:
    Tariff.objects.create(organisation=bus.organisation, name="Gewoon tarief", cents=500)
    Tariff.objects.create(organisation=bus.organisation, name="Oud tarief", cents=400, in_use=False)
    series = Series.objects.get()
    services.except_date(series.pk, date(2026, 12, 8), None, reason="Sinterklaas", actor=SYSTEM, now=clock.now())
    told = " ".join(leaflet(planner, bus, month="2026-12", language="nl"))
    assert "Met de bus op stap Oost, december 2026" in told
    assert "Meerijden? Bel 013 000 90 00" in told
    assert told.count("Ophalen vanaf 9.30, terug vanaf 12.30 uur") == 4
    assert [day for day in ("1", "15", "22", "29") if f"dinsdag {day} december De markt" in told] == [
        "1",
        "15",
        "22",
        "29",
    ]
    assert "Op deze dagen rijdt de bus niet dinsdag 8 december: De markt (Sinterklaas)" in told
    assert "Gewoon tarief: € 5,00" in told
    assert "Oud tarief" not in told
    assert "Afzeggen is gratis tot 17.00 uur de dag ervoor" in told
    assert "Riet" not in told


def test_two_months_in_english_beyond_what_has_been_made_into_trips(planner: Client, bus: Bus) -> None:
    told = " ".join(leaflet(planner, bus, month="2027-01", months="2", language="en"))
    assert "Oost, January and February 2027" in told
    assert told.count("We fetch you from 9:30, and drive back from 12:30") == 8
    assert "Tuesday 23 February De markt" in told
    assert not Trip.objects.filter(date__gte=date(2027, 2, 1)).exists()


def test_a_holiday_is_named_and_another_areas_trips_are_not(planner: Client, bus: Bus) -> None:
    a_series(bus, rule="FREQ=WEEKLY;BYDAY=FR", title="Zwemmen")
    told = " ".join(leaflet(planner, bus, month="2026-12", language="nl"))
    assert "vrijdag 25 december: Zwemmen (Eerste kerstdag)" in told
    other = Area.objects.create(organisation=bus.organisation, name="West")
    answer = planner.get(f"/bus/areas/{other.pk}/leaflet.pdf?month=2026-12&language=nl")
    assert "nog geen ritten" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


@pytest.mark.parametrize("asked", ["month=2026-13", "month=december", "months=9", "months=x", "month=0000-01"])
def test_a_month_that_is_none_is_said_so(planner: Client, bus: Bus, asked: str) -> None:
    assert planner.get(f"/bus/areas/{bus.area.pk}/leaflet.pdf?{asked}").status_code == 400


def subscribed(bus: Bus) -> Calendar:
    """What a calendar that nobody signed in for reads."""
    answer = Client().get(f"/bus/calendar/{token_of(bus.area)}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"Riet" not in answer.content
    return Calendar.from_ical(answer.content)


def test_a_calendar_has_each_trip_in_its_zone(bus: Bus) -> None:
    calendar = subscribed(bus)
    events = calendar.walk("VEVENT")
    assert len(events) == 8
    first = events[0]
    assert (first["SUMMARY"], first["STATUS"]) == ("De markt", "CONFIRMED")
    assert first.decoded("DTSTART").astimezone(UTC) == datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
    assert first["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    assert "013 000 90 00" in first["DESCRIPTION"]
    assert "Neem een tas mee" in first["DESCRIPTION"]


def test_times_on_the_wall_stay_when_the_clocks_change(bus: Bus, organisation: Organisation) -> None:
    organisation.settings["bus"] = {"weeks_ahead": 24}
    organisation.save()
    plan_trips(clock.now())
    walls = {event.decoded("DTSTART").strftime("%H:%M %z") for event in subscribed(bus).walk("VEVENT")}
    assert walls == {"09:30 +0100", "09:30 +0200"}


def test_a_cancelled_trip_says_so_and_every_trip_keeps_its_identity(bus: Bus) -> None:
    before = {event["UID"]: event["SEQUENCE"] for event in subscribed(bus).walk("VEVENT")}
    trip = Trip.objects.get(date=TUESDAY)
    services.cancel_trip(trip.pk, because="De weg is dicht", actor=SYSTEM, now=clock.now())
    after = {event["UID"]: event for event in subscribed(bus).walk("VEVENT")}
    assert len(set(before)) == 8
    assert after.keys() == before.keys()
    gone = [event for event in after.values() if event["STATUS"] == "CANCELLED"]
    assert [(event["UID"], event["DESCRIPTION"]) for event in gone] == [
        (f"bus-trip-{trip.pk}@welzijn.rondje", "De weg is dicht")
    ]
    assert gone[0]["SEQUENCE"] > before[gone[0]["UID"]]


@pytest.mark.parametrize("token", ["1.ics", "1.nonsense.ics", "x", "999.abc"])
def test_an_address_that_was_not_given_opens_nothing(bus: Bus, token: str) -> None:
    assert Client().get(f"/bus/calendar/{token}").status_code == 404


def test_a_token_of_another_area_is_not_made_from_one_that_is_known(bus: Bus) -> None:
    signature = token_of(bus.area).partition(".")[2]
    assert Client().get(f"/bus/calendar/{bus.area.pk + 1}.{signature}").status_code == 404
