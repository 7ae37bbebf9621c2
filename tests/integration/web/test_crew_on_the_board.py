"""Crew who sign in find the way to their kitchen, their door and their bus on the board."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from backend.events import clock
from backend.meals.models import CrewPlace, Evening
from backend.people.models import Person, Role, User
from backend.transport.models import CrewDuty, Trip
from tests.integration.web import mornings
from tests.support import buses
from tests.support.pages import read
from tests.support.restos import TUESDAY, Table, a_resto, at

BOX = "hanna@example.org"
THURSDAY = TUESDAY + timedelta(days=2)


@pytest.fixture
def table(settings, db) -> Table:
    """De Lange Tafel, on Tuesday afternoon."""
    settings.RONDJE_DEMO = True
    settings.PASSWORD_HASHERS = mornings.FAST_HASHERS
    clock.set_clock(virtual=at("15:00"), rate=0)
    return a_resto(chairs=6)


def signs_in(client: Client, table: Table, *kinds: Role.Kind) -> Client:
    user = mornings.a_user("hanna", table.organisation, *kinds)
    User.objects.filter(pk=user.pk).update(email=BOX)
    client.force_login(user)
    return client


def helps(evening: Evening, person: Person, job: str) -> CrewPlace:
    Person.objects.filter(pk=person.pk).update(email=BOX)
    return CrewPlace.objects.create(evening=evening, job=job, person=person, state="confirmed")


def links(client: Client) -> list[str]:
    """The addresses of the panels, in their order."""
    page = unescape(client.get("/today/panels/").content.decode())
    return [part.split('"')[0] for part in page.split('href="')[1:]]


def test_crew_find_their_evenings_with_their_job_and_the_way_to_door_kitchen_and_tables(
    client: Client, table: Table
) -> None:
    tonight, later = table.evening(), table.evening(THURSDAY)
    hanna = table.guest("Hanna")
    helps(tonight, hanna, "host")
    helps(later, hanna, "cook")
    crew = signs_in(client, table, Role.Kind.CREW)
    status, page = read(crew, "/today/")
    assert status == 200
    assert "dinsdag 24 november, 17:30: De Lange Tafel Uw taak: Gastvrouw of gastheer Aan de deur" in page
    assert "donderdag 26 november, 17:30: De Lange Tafel Uw taak: Kok De lijst voor de deur en de keuken staan" in page
    assert "staan hier vanaf woensdag 25 november, 17:30." in page
    start = f"/resto/evenings/{tonight.pk}"
    found = links(crew)
    assert found == [f"{start}/door/", f"{start}/kitchen/", f"{start}/tables/", "/resto/reserve/"]
    assert [crew.get(address).status_code for address in found] == [200, 200, 200, 200]


def test_who_cooks_has_the_kitchen_in_front_and_no_desk(client: Client, table: Table) -> None:
    evening = table.evening()
    helps(evening, table.guest("Hanna"), "cook")
    start = f"/resto/evenings/{evening.pk}"
    assert links(signs_in(client, table, Role.Kind.CREW)) == [f"{start}/kitchen/", f"{start}/door/", f"{start}/tables/"]


def test_an_evening_that_nobody_closed_stays_and_one_that_is_closed_goes(client: Client, table: Table) -> None:
    evening = table.evening(state="open")
    helps(evening, table.guest("Hanna"), "host")
    crew = signs_in(client, table, Role.Kind.CREW)
    clock.set_clock(virtual=at("23:59"), rate=0)
    assert f"/resto/evenings/{evening.pk}/door/" in links(crew)
    Evening.objects.update(state="closed")
    assert links(crew) == []


def test_crew_without_an_evening_are_told_what_to_ask(client: Client, table: Table) -> None:
    helps(table.evening(state="cancelled"), table.guest("Hanna"), "host")
    status, page = read(signs_in(client, table, Role.Kind.CREW), "/today/")
    assert status == 200
    assert "Wij weten van geen komende avond waarop u helpt. Klopt dat niet?" in page
    assert "Hier is niets voor uw rol" not in page


def test_evenings_of_other_people_and_of_another_organisation_are_not_on_it(client: Client, table: Table) -> None:
    helps(table.evening(), table.guest("Hanna"), "host")
    Person.objects.update(email="otto@example.org")
    west = a_resto(slug="west")
    helps(west.evening(), west.guest("Hanna"), "host")
    assert links(signs_in(client, table, Role.Kind.CREW)) == []


def test_who_runs_the_dinners_has_no_such_panel(client: Client, table: Table) -> None:
    helps(table.evening(), table.guest("Hanna"), "host")
    page = read(signs_in(client, table, Role.Kind.RESTO_MANAGER), "/today/")[1]
    assert "Uw avonden bij de maaltijden" not in page


@pytest.fixture
def trip(table: Table) -> Trip:
    """Tomorrow's trip to the market, at nine o'clock; Dirk drives, Hanna hosts."""
    trip = buses.a_trip(buses.a_bus(table.organisation), TUESDAY + timedelta(days=1))
    buses.a_crew(trip)
    trip.crew.update(state=CrewDuty.State.CONFIRMED)
    host = trip.crew.get(task="host").person
    assert host is not None
    Person.objects.filter(pk=host.pk).update(email=BOX)
    return trip


def test_driver_and_host_of_the_bus_find_the_list_of_their_trip(client: Client, table: Table, trip: Trip) -> None:
    crew = signs_in(client, table, Role.Kind.HOST)
    page = read(crew, "/today/")[1]
    assert "Uw ritten met de bus" in page and "Uw taak: Gastvrouw of gastheer" in page
    assert links(crew) == [f"/bus/trips/{trip.pk}/manifest/"]
    assert crew.get(links(crew)[0]).status_code == 200


def test_before_the_list_is_there_it_is_said_from_when(client: Client, table: Table, trip: Trip) -> None:
    crew = signs_in(client, table, Role.Kind.HOST)
    clock.set_clock(virtual=trip.leaves_at - timedelta(hours=25), rate=0)
    assert links(crew) == []
    assert "De passagiers staan hier vanaf dinsdag 24 november" in read(crew, "/today/")[1]
    Trip.objects.update(state=Trip.State.CANCELLED)
    assert "Wij weten van geen komende rit" in read(crew, "/today/")[1]
