"""What planners do on the pages of the bus, from an empty programme to a cancelled trip."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.common.actors import SYSTEM
from backend.events import clock
from backend.people.models import Organisation
from backend.transport.models import (
    Area,
    CallTask,
    CrewDuty,
    Destination,
    Layout,
    Series,
    SeriesException,
    Trip,
    Vehicle,
)
from backend.transport.services import fleet
from backend.transport.services.planning_trips import plan_trips
from backend.transport.web import calls
from tests.integration.web import mornings
from tests.support.buses import TUESDAY, Bus, a_booking, a_bus, a_passenger, a_series, a_trip
from tests.support.pages import one_line


@pytest.fixture
def bus(organisation: Organisation) -> Bus:
    """De Plusbus, which goes to the market."""
    return a_bus(organisation)


def text_of(client: Client, address: str, fields: dict[str, object] | None = None) -> tuple[int, str]:
    """The status and what a page says, in one line."""
    answer = client.get(address) if fields is None else client.post(address, fields, follow=True)
    return answer.status_code, one_line(answer)


def a_series_form(bus: Bus, **fields: object) -> dict[str, object]:
    known: dict[str, object] = {
        "every": "1",
        "weekdays": ["1"],
        "first_day": "2026-11-24",
        "leaves_at": "9:30",
        "returns_at": "12:30",
        "destination": bus.destination.pk,
        "area": bus.area.pk,
        "layout": bus.layout.pk,
        "shift_minutes": "120",
        "max_rounds": "2",
    }
    return {**known, **fields}


def test_from_nothing_to_a_programme(planner: Client, organisation: Organisation) -> None:
    of = f"/bus/organisations/{organisation.pk}"
    place = {"latitude": "51,5550", "longitude": "5.08"}
    assert text_of(planner, f"{of}/vehicles/new/", {"name": "De Plusbus", "in_use": "on", **place})[0] == 200
    vehicle = Vehicle.objects.get()
    assert (vehicle.latitude, vehicle.longitude) == (51.555, 5.08)
    room = {"name": "Gewoon", "seats": "7", "wheelchair_places": "1", "rollator_places": "3"}
    text_of(planner, f"/bus/vehicles/{vehicle.pk}/add/layout/", room)
    text_of(planner, f"{of}/areas/new/", {"name": "Oost", "postcodes": "5041, 5042 ab"})
    assert Area.objects.get().postcodes == ["5041", "5042AB"]
    text_of(planner, f"{of}/destinations/new/", {"name": "De markt", "kind": "market", "in_use": "on", **place})
    bus = Bus(organisation, vehicle, Layout.objects.get(), Area.objects.get(), Destination.objects.get())
    status, page = text_of(planner, f"{of}/series/new/", a_series_form(bus, every="2", weekdays=["1", "3"]))
    assert (status, "om de week op dinsdag en donderdag" in page) == (200, True)
    assert "Nieuwe ritten: 8." in page
    assert Series.objects.get().rule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH"
    assert "dinsdag 24 november" in text_of(planner, "/bus/")[1]


@pytest.mark.parametrize(
    ("chosen", "rule", "said"),
    [
        ({"every": "1"}, "FREQ=WEEKLY;BYDAY=TU", "elke dinsdag, 9:30–12:30"),
        (
            {"every": "month", "number": "1", "weekday": "1"},
            "FREQ=MONTHLY;BYDAY=1TU",
            "elke eerste dinsdag van de maand",
        ),
        ({"every": "month", "number": "-1", "weekday": "4"}, "FREQ=MONTHLY;BYDAY=-1FR", "elke laatste vrijdag van"),
        (
            {"every": "rule", "rule": "freq=monthly;bymonthday=15"},
            "FREQ=MONTHLY;BYMONTHDAY=15",
            "volgens de regel FREQ",
        ),
    ],
)
def test_how_often_is_chosen_in_words_and_said_in_words(
    planner: Client, bus: Bus, chosen: dict[str, object], rule: str, said: str
) -> None:
    page = text_of(planner, f"/bus/organisations/{bus.organisation.pk}/series/new/", a_series_form(bus, **chosen))[1]
    series = Series.objects.get()
    assert (series.rule, said in page) == (rule, True)
    again = planner.get(f"/bus/series/{series.pk}/change/").content.decode()
    assert f'value="{chosen["every"]}" id="id_every_' in again.replace(" checked", "")
    assert text_of(planner, f"/bus/series/{series.pk}/change/", a_series_form(bus, **chosen))[0] == 200


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"weekdays": []}, "Kies ten minste één dag"),
        ({"every": "rule", "rule": "FREQ=WEEKLY;COUNT=4"}, "Laat COUNT weg uit de regel"),
        ({"every": "rule", "rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "valt er geen dag volgens deze regel"),
        ({"every": "rule", "rule": ""}, "Schrijf de regel, of kies een van de andere manieren"),
        ({"every": "rule", "rule": "elke dinsdag"}, "Een voorbeeld: FREQ=WEEKLY;BYDAY=TU,TH"),
        ({"returns_at": "9:00"}, "De bus zou terugrijden voor hij vertrekt"),
        ({"returns_at": "10:00"}, "nog mensen aan het ophalen"),
        ({"last_day": "2026-11-01"}, "Wissel de twee datums om"),
        ({"leaves_at": "half tien"}, "Geef een tijd, zoals 9:30"),
    ],
)
def test_a_series_that_cannot_be_is_said_in_words_and_keeps_what_was_typed(
    planner: Client, bus: Bus, wrong: dict[str, object], said: str
) -> None:
    fields = a_series_form(bus, title="Naar de markt", **wrong)
    status, page = text_of(planner, f"/bus/organisations/{bus.organisation.pk}/series/new/", fields)
    assert (status, said in page, "Naar de markt" in page) == (422, True, True)
    assert not Series.objects.exists()


def test_a_single_trip_in_the_past_on_a_busy_bus_or_on_one_in_the_garage(planner: Client, bus: Bus) -> None:
    a_trip(bus, TUESDAY)
    fleet.take_out(bus.vehicle, first_day=date(2026, 12, 7), last_day=date(2026, 12, 8), reason="Remmen", actor=SYSTEM)
    address = f"/bus/organisations/{bus.organisation.pk}/trips/new/"
    for day, said in {
        "2026-11-20": "De bus zou al vertrokken zijn",
        "2026-11-24": "De bus rijdt dan naar De markt, van 9:30 tot 14:30. Kies een andere bus of een andere tijd.",
        "2026-12-08": "Die dag geldt: de bus staat in de garage (Remmen): kies een andere bus.",
    }.items():
        status, page = text_of(planner, address, a_series_form(bus, day=day, leaves_at="12:00", returns_at="15:00"))
        assert (status, said in page) == (422, True), day
    assert text_of(planner, address, a_series_form(bus, day="2026-11-25"))[0] == 200
    assert Trip.objects.filter(date=date(2026, 11, 25), series=None).exists()


@pytest.mark.parametrize(
    ("seats", "wheelchairs", "said"),
    [
        ("7", "2", "Met rijbewijs B rijden er naast de chauffeur hoogstens acht mensen mee"),
        ("1", "2", "Er moeten minstens twee stoelen zijn"),
    ],
)
def test_a_layout_over_licence_b_or_without_room(
    planner: Client, bus: Bus, seats: str, wheelchairs: str, said: str
) -> None:
    fields = {"name": "Rolstoel", "seats": seats, "wheelchair_places": wheelchairs, "rollator_places": "0"}
    for address in (f"/bus/vehicles/{bus.vehicle.pk}/add/layout/", f"/bus/layouts/{bus.layout.pk}/"):
        status, page = text_of(planner, address, fields)
        assert (status, said in page, "Rolstoel" in page) == (422, True, True)
    bus.layout.refresh_from_db()
    assert (Layout.objects.count(), bus.layout.seats) == (1, 7)


def test_a_layout_on_which_people_have_booked_does_not_shrink(planner: Client, bus: Bus) -> None:
    a_booking(a_trip(bus), a_passenger(bus.organisation, "Riet"))
    address = f"/bus/layouts/{bus.layout.pk}/"
    room = {"name": "Gewoon", "wheelchair_places": "1", "rollator_places": "3"}
    assert "Voeg een nieuwe indeling toe" in text_of(planner, address, {**room, "seats": "6"})[1]
    status, _page = text_of(planner, address, {**room, "seats": "7", "rollator_places": "4"})
    bus.layout.refresh_from_db()
    assert (status, bus.layout.seats, bus.layout.rollator_places) == (200, 7, 4)


def test_a_paper_that_ends_makes_trips_need_another_bus_and_they_get_it(planner: Client, bus: Bus) -> None:
    a_series(bus)
    plan_trips(clock.now())
    fields = {"kind": "inspection", "valid_until": "2026-12-10"}
    text_of(planner, f"/bus/vehicles/{bus.vehicle.pk}/add/paper/", fields)
    page = text_of(planner, f"/bus/organisations/{bus.organisation.pk}/vehicles/")[1]
    assert "Ritten die een andere bus nodig hebben" in page
    trip = Trip.objects.get(date=date(2026, 12, 15))
    page = text_of(planner, f"/bus/trips/{trip.pk}/")[1]
    assert "Jaarlijkse keuring (APK) van de bus is dan verlopen: verleng die, of kies een andere bus" in page
    page = text_of(planner, f"/bus/series/{trip.series_id}/")[1]
    assert page.count("Jaarlijkse keuring (APK) van de bus is dan verlopen") == 5
    today = text_of(planner, "/today/")[1]
    assert "Papieren van de bus" in today
    assert "5 ritten daarna" in today

    other = a_bus(bus.organisation, "De Tweede")
    assert text_of(planner, f"/bus/trips/{trip.pk}/bus/", {"layout": other.layout.pk})[0] == 200
    trip.refresh_from_db()
    assert (trip.vehicle, trip.layout) == (other.vehicle, other.layout)

    series = Series.objects.get()
    text_of(planner, f"/bus/series/{series.pk}/change/", a_series_form(bus, note="Neem uw tas mee"))
    trip.refresh_from_db()
    assert trip.vehicle == other.vehicle, "what a person chose stays"


def test_an_organisation_chooses_its_holidays_its_cutoff_and_the_number_of_its_leaflet(
    planner: Client, bus: Bus
) -> None:
    address = f"/bus/organisations/{bus.organisation.pk}/settings/"
    page = planner.get(address).content.decode()
    assert page.count(" checked") == 9
    assert "Bevrijdingsdag" in page
    bus.organisation.settings["bus"] = {"max_ride_minutes": 40}
    bus.organisation.save()
    wrong = {"cutoff": "vijf uur", "weeks_ahead": "99", "holidays": ["kerst"], "phone": "112"}
    assert text_of(planner, address, wrong)[0] == 422
    fields = {"cutoff": "16:00", "weeks_ahead": "4", "holidays": ["kings_day"], "phone": "013 000 1555"}
    assert text_of(planner, address, fields)[0] == 200
    bus.organisation.refresh_from_db()
    assert bus.organisation.settings["bus"] == {
        "max_ride_minutes": 40,
        "cutoff": "16:00",
        "weeks_ahead": 4,
        "holidays": ["kings_day"],
        "phone": "+31130001555",
    }
    a_series(bus, rule="FREQ=WEEKLY;BYDAY=FR")
    plan_trips(clock.now())
    assert Trip.objects.count() == 4


def test_an_exception_a_trip_to_decide_about_and_its_end(planner: Client, bus: Bus) -> None:
    series = a_series(bus)
    plan_trips(clock.now())
    trip = Trip.objects.get(date=TUESDAY)
    a_booking(trip, a_passenger(bus.organisation, "Riet"))
    address = f"/bus/series/{series.pk}/exceptions/"
    page = text_of(planner, address, {"day": "2026-11-24", "what": "not_driven", "reason": "Weg dicht"})[1]
    assert "Ritten om over te beslissen: 1" in page
    assert "Ritten die anders zijn dan de reeks" in page
    assert text_of(planner, f"/bus/trips/{trip.pk}/cancel/", {"because": ""})[0] == 422
    page = text_of(planner, f"/bus/trips/{trip.pk}/cancel/", {"because": "De weg is dicht"})[1]
    assert "De rit is afgezegd" in page
    assert "De weg is dicht" in page
    assert SeriesException.objects.get().reason == "De weg is dicht"
    assert text_of(planner, f"/bus/trips/{trip.pk}/cancel/", {"because": "Nog eens"})[0] == 422


def test_a_date_as_the_series_again_says_who_is_back_on_the_trip_and_whom_to_ring(planner: Client, bus: Bus) -> None:
    known = a_series(bus)
    plan_trips(clock.now())
    trip = Trip.objects.get(date=TUESDAY)
    for name, phones in (("Truus", ["+31130001301"]), ("Nel", [])):
        a_booking(trip, a_passenger(bus.organisation, name, phones=phones))
    planner.post(f"/bus/trips/{trip.pk}/cancel/", {"because": "De weg is dicht"})
    exception = SeriesException.objects.get()
    _, said = text_of(planner, f"/bus/exceptions/{exception.pk}/drop/", {})
    assert "Nieuwe ritten" not in said
    assert (
        "Bewaard. 24 november rijdt weer: 2 mensen hebben hun plaats terug. "
        "Rondje vertelt het iedereen, behalve wie het niet kan bereiken; vertel het hun zelf: Nel Linde."
    ) in said
    _, listed = text_of(planner, f"/bus/trips/{trip.pk}/wrong/")
    assert listed.count("de bus rijdt toch: heeft de plaats weer") == 2
    assert "Iets anders (rijdt toch)" in text_of(planner, f"/bus/trips/{trip.pk}/")[1]
    assert known.trips.get(pk=trip.pk).bookings.filter(state="booked").count() == 2


def test_a_trip_in_words_who_comes_along_who_drives_and_what_lacks(planner: Client, bus: Bus) -> None:
    trip = a_trip(bus, mornings.MONDAY.date())
    for name in ("Riet", "Halil"):
        a_booking(trip, a_passenger(bus.organisation, name))
    a_booking(trip, a_passenger(bus.organisation, "Truus"), state="waiting")
    page = text_of(planner, f"/bus/trips/{trip.pk}/")[1]
    assert "2 mensen in één ronde: 2 van 6 stoelen, 0 van 1 rolstoelen, 0 van 3 rollators" in page
    assert "tussen 9:40 en 9:55" in page
    assert page.index("Riet Linde") < page.index("Halil Linde") < page.index("Truus Linde")
    today = text_of(planner, "/today/")[1]
    assert "Geen chauffeur die heeft toegezegd" in today
    assert "Geen gastvrouw of gastheer die heeft toegezegd" in today
    assert "2 geboekt, 1 op de wachtlijst" in today
    assert "Hebben nog geen ja gezegd: 2" in today

    sjef = a_passenger(bus.organisation, "Sjef")
    trip.crew.update(state=CrewDuty.State.CONFIRMED, person=sjef)
    today = text_of(planner, "/today/")[1]
    assert "die heeft toegezegd" not in today
    assert "Chauffeur: Sjef Linde, toegezegd" in text_of(planner, "/bus/")[1]


def test_the_overview_asks_the_database_as_often_for_many_trips_as_for_one(planner: Client, bus: Bus) -> None:
    counts = []
    for days in (range(24, 25), range(25, 31)):
        for day in days:
            trip = a_trip(bus, date(2026, 11, day), leaves=time(9, 30))
            a_booking(trip, a_passenger(bus.organisation, f"Riet {day}"))
        with CaptureQueriesContext(connection) as asked:
            planner.get("/bus/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_list_of_calls_takes_as_many_queries_for_one_trip_without_a_driver_as_for_three(
    bus: Bus, organisation: Organisation
) -> None:
    person = a_passenger(organisation, "Riet", phones=["+31600000110"])

    def another(days: int) -> None:
        trip = a_trip(bus, TUESDAY + timedelta(days=days))
        CallTask.objects.create(
            organisation=organisation,
            trip=trip,
            person=person,
            kind=CallTask.Kind.CREW,
            details={"tasks": {"driver": "nobody"}},
            created_at=trip.cutoff_at,
        )

    def addresses() -> list[str]:
        return [calls.row(task)["elsewhere"] for task in calls.open_calls([organisation])]

    another(0)
    with CaptureQueriesContext(connection) as one:
        assert len(addresses()) == 1
    another(1)
    another(2)
    with CaptureQueriesContext(connection) as three:
        assert len(set(addresses())) == 3
    assert len(three) == len(one)
