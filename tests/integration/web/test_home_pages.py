"""Homes on the map: who has none yet, and a planner who confirms where the door is."""

import json
import re
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from backend.people.models import Home, Organisation, Person, PostcodePlace, Role
from backend.people.services.registering import register_person
from backend.transport.domain.places import Place
from tests.integration.web import mornings
from tests.support.buses import GARAGE, a_bus, a_passenger, a_trip
from tests.support.rides import book
from tests.support.routers import a_router

NEAR, FAR = (51.5610, 5.0950), (51.9500, 5.0900)
"""A few streets from the garage; 43 km north of it."""


@pytest.fixture
def planner(client: Client, organisation: Organisation) -> Client:
    """Petra, who runs the bus."""
    a_bus(organisation)
    client.force_login(mornings.a_user("petra", organisation, Role.Kind.BUS_PLANNER))
    return client


@pytest.fixture
def mina(organisation: Organisation) -> Person:
    """Lives somewhere in 5041 AB; nobody has looked where."""
    person = register_person(organisation=organisation, given_name="Mina", family_name="Linde", phones=["+31130001301"])
    Person.objects.filter(pk=person.pk).update(address="Lindelaan 7", postcode="5041 AB", place="Tilburg")
    return Person.objects.get(pk=person.pk)


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return str(answer.content.decode())


def confirm(client: Client, person: Person, latitude: str, longitude: str, **more: str) -> Any:
    given = {"latitude": latitude, "longitude": longitude, **more}
    return client.post(f"/bus/homes/{person.pk}/", given, follow=True)


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def numbers(page: str) -> tuple[str, str]:
    found = re.findall(r'name="(?:latitude|longitude)" value="([^"]*)"', page)
    return found[0], found[1]


def test_it_starts_in_the_middle_of_the_postcode(planner: Client, mina: Person) -> None:
    PostcodePlace.objects.create(postcode="5041", latitude=51.57, longitude=5.1)
    assert numbers(page_of(planner, f"/bus/homes/{mina.pk}/")) == ("51.57000", "5.10000")
    PostcodePlace.objects.create(postcode="5041AB", latitude=51.5712, longitude=5.0921)
    page = page_of(planner, f"/bus/homes/{mina.pk}/")
    assert numbers(page) == ("51.57120", "5.09210")
    assert "alleen het midden van de postcode" in page
    assert "Het punt ligt hemelsbreed 1,2 km ten noorden van de stalling (Werfstraat 1)." in page


def test_without_a_map_a_drawing_shows_how_the_door_lies(planner: Client, mina: Person, settings: Any) -> None:
    """North of the garage: the dot is above the square. With tiles the map shows it."""
    assert "sketch-door" not in page_of(planner, f"/bus/homes/{mina.pk}/")
    PostcodePlace.objects.create(postcode="5041AB", latitude=51.5712, longitude=5.0921)
    page = page_of(planner, f"/bus/homes/{mina.pk}/")
    garage, door = re.findall(r'class="garage" x="[^"]*" y="([^"]*)"|class="door" cx="[^"]*" cy="([^"]*)"', page)
    assert float(door[1]) < float(garage[0])
    assert "de deur een stip" in page
    settings.BUS_TILES_URL, settings.BUS_TILES_ATTRIBUTION = "https://tiles.example/{z}/{x}/{y}.png", "Tiles"
    assert "sketch-door" not in page_of(planner, f"/bus/homes/{mina.pk}/")


def test_where_nothing_is_known_both_numbers_are_asked(planner: Client, mina: Person) -> None:
    page = page_of(planner, f"/bus/homes/{mina.pk}/")
    assert "Het is nog niet bekend waar dit is." in page
    assert 'value="None"' not in page


def test_a_planner_confirms_where_the_door_is(planner: Client, mina: Person) -> None:
    answer = confirm(planner, mina, "51.5610", "5.0950")
    assert told(answer) == ["De deur van Mina Linde staat op de kaart."]
    home = Home.objects.get(person=mina)
    assert (home.latitude, home.longitude, home.source) == (51.561, 5.095, Home.Source.MAP)
    assert home.confirmed_at == mornings.at("08:25")
    assert home.confirmed_by.startswith("user:")
    assert "Iemand heeft op de kaart bevestigd waar de deur is. Op maandag 23 november, 8:25." in page_of(
        planner, f"/bus/homes/{mina.pk}/"
    )


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("51,5610", "5,0950"),
        ("51.5610, 5.0950", ""),
        ("51.5610 5.0950", "9"),
        ("51,5610; 5,0950", ""),
        (" 51.5610°", "5.0950"),
    ],
)
def test_numbers_are_taken_as_people_copy_them(planner: Client, mina: Person, latitude: str, longitude: str) -> None:
    confirm(planner, mina, latitude, longitude)
    assert Place.of(Home.objects.get(person=mina)) == Place(51.561, 5.095)


@pytest.mark.parametrize(
    ("latitude", "longitude", "sentence"),
    [
        ("", "5.0950", "Geef de breedtegraad."),
        ("51.5610", "", "Geef de lengtegraad."),
        ("Lindelaan 7", "5.0950", "Geef graden zoals 51.5606."),
        ("95", "5.0950", "Geef graden tussen -90 en 90."),
        ("51.5610", "181", "Geef graden tussen -180 en 180."),
        ("5.0950", "51.5610", "Breedte- en lengtegraad zijn verwisseld. In Nederland is de breedtegraad 51 tot 53."),
        ("5.0950", "5.0950", "Dit is 5167 km van de stalling. Kijk beide getallen nog eens na."),
        ("nan", "5.0950", "Geef graden zoals 51.5606."),
        ("1e2", "5.0950", "Geef graden zoals 51.5606."),
    ],
)
def test_what_cannot_be_is_refused_and_kept_in_the_form(
    planner: Client, mina: Person, latitude: str, longitude: str, sentence: str
) -> None:
    answer = planner.post(f"/bus/homes/{mina.pk}/", {"latitude": latitude, "longitude": longitude})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert [field.value() for field in answer.context["form"]] == [latitude, longitude]
    assert not Home.objects.exists()


def test_a_home_forty_kilometres_away_is_kept_and_said_to_be_too_far(planner: Client, mina: Person) -> None:
    answer = confirm(planner, mina, *map(str, FAR))
    assert told(answer)[1] == ("Mina Linde woont 43 km van de stalling: te ver om te boeken. Kijk of het punt klopt.")
    assert "te ver van de stalling" in answer.content.decode(), "and it stands on the list"


def test_an_organisation_may_drive_further(planner: Client, mina: Person, organisation: Organisation) -> None:
    organisation.settings = {"bus": {"farthest_km": 60}}
    organisation.save()
    assert len(told(confirm(planner, mina, *map(str, FAR)))) == 1


def test_a_point_without_a_road_is_told(planner: Client, mina: Person, settings: Any) -> None:
    caches["travel"].clear()
    with a_router("valhalla") as router:
        settings.BUS_ROUTER, settings.BUS_ROUTER_URL = "valhalla", router.address
        router.no_way_to = Place(*NEAR)
        answer = confirm(planner, mina, *map(str, NEAR))
    assert told(answer)[1].startswith("De wegenkaart kent geen weg naar de deur van Mina Linde.")


def test_one_returns_to_where_one_came_from_but_to_no_other_site(planner: Client, mina: Person) -> None:
    given = {"latitude": "51.561", "longitude": "5.095"}
    back = planner.post(f"/bus/homes/{mina.pk}/", {**given, "next": "/bus/?x=1"})
    assert back["Location"] == "/bus/?x=1"
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        back = planner.post(f"/bus/homes/{mina.pk}/", {**given, "next": elsewhere})
        assert back["Location"] == "/bus/homes/"


def test_the_list_names_who_lacks_what_and_who_rides_soonest_first(
    planner: Client, organisation: Organisation, mina: Person
) -> None:
    from backend.transport.models import Vehicle

    bus = a_bus(organisation, "Tweede bus")
    found = a_passenger(organisation, "Aaltje", at=NEAR)
    far = a_passenger(organisation, "Bep", at=FAR)
    loose = a_passenger(organisation, "Cor", at=(51.5612, 5.0951))
    trip = a_trip(bus)
    book(trip, found)
    book(trip, loose)
    Home.objects.filter(person=loose).update(confirmed_at=None, confirmed_by="")
    assert Vehicle.objects.count() == 2
    page = page_of(planner, "/bus/homes/")
    rows = re.findall(r'homes/(\d+)/">(.*?)</a>', page)
    assert [name for _pk, name in rows] == ["Cor Linde", "Bep Linde"]
    assert str(far.pk) in dict(rows)
    assert "dinsdag 24 november" in page
    assert "niemand heeft de deur nog bevestigd" in page
    assert "Mina" not in page, "she never asked for a place"


def test_anybody_is_found_by_name_and_number(planner: Client, mina: Person) -> None:
    for asked in ("mina", "linde", "013 000 1301"):
        page = page_of(planner, f"/bus/homes/?who={asked}")
        assert f"/bus/homes/{mina.pk}/" in page
        assert "staat nog niet op de kaart" in page
    assert "Niemand heet zo." in page_of(planner, "/bus/homes/?who=jansen")


def test_the_list_asks_the_database_a_constant_number_of_times(
    planner: Client, organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        person = a_passenger(organisation, f"P{number}", at=FAR)
        if number % 2:
            Home.objects.filter(person=person).update(confirmed_at=None, confirmed_by="")
    with django_assert_max_num_queries(14):
        page = page_of(planner, "/bus/homes/")
    assert page.count("<tr>") == 31


def test_the_map_is_there_with_a_server_for_it_and_asks_nobody_without(
    planner: Client, mina: Person, settings: Any
) -> None:
    assert "leaflet" not in page_of(planner, f"/bus/homes/{mina.pk}/")
    settings.BUS_TILES_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
    page = page_of(planner, f"/bus/homes/{mina.pk}/")
    drawn = json.loads(re.findall(r'<script id="home-data" type="application/json">(.*?)</script>', page)[0])
    assert drawn == {
        "garages": [{"latitude": GARAGE[0], "longitude": GARAGE[1], "name": "Werfstraat 1"}],
        "start": None,
    }
