"""The route of a trip: drawn, as a list, and on a map where somebody has named a server for it."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from backend.people.models import Home, Organisation, Person, Role
from backend.transport.models import Ride, Trip
from backend.transport.selectors.routes import route_of
from tests.integration.web import mornings
from tests.support.buses import a_bus, a_passenger, a_trip
from tests.support.rides import a_full_trip, book
from tests.support.routers import a_router

TILES = "https://{s}.tiles.example.org/{z}/{x}/{y}.png"


@pytest.fixture
def trip(organisation: Organisation) -> Trip:
    return a_full_trip(a_bus(organisation))


def page_of(client: Client, trip: Trip, query: str = "") -> str:
    answer = client.get(f"/bus/trips/{trip.pk}/route/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def map_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="route-data" type="application/json">(.*?)</script>', page)
    assert found is not None
    return dict(json.loads(found[1]))


def test_the_route_is_the_rides_in_the_order_of_the_drive(trip: Trip) -> None:
    route = route_of(trip)
    assert sorted(stop.name for stop in route.there.stops) == [
        f"{name} Linde" for name in ("Aaltje", "Bep", "Cor", "Mina", "Piet")
    ]
    for way in route.ways:
        assert [stop.number for stop in way.stops] == [1, 2, 3, 4, 5]
        assert [stop.at for stop in way.stops] == sorted(stop.at for stop in way.stops)


def test_it_is_read_in_one_query(trip: Trip, django_assert_num_queries: Any) -> None:
    read = Trip.objects.select_related("organisation", "vehicle", "destination").get(pk=trip.pk)
    with django_assert_num_queries(1):
        route = route_of(read)
        assert route.there.sketch
        assert len(route.places) == 7


def test_who_is_not_fetched_or_has_cancelled_has_no_stop(organisation: Organisation) -> None:
    trip = a_trip(a_bus(organisation))
    book(trip, a_passenger(organisation, "Mina"), there=False)
    book(trip, a_passenger(organisation, "Piet"))
    Ride.objects.filter(booking__person__given_name="Piet").update(state=Ride.State.CANCELLED)
    route = route_of(trip)
    assert [stop.name for stop in route.there.stops] == []
    assert [stop.name for stop in route.home.stops] == ["Mina Linde"]


def test_the_page_draws_and_lists_the_route(planner: Client, trip: Trip) -> None:
    page = page_of(planner, trip)
    assert page.count('<svg class="sketch"') == 2
    assert page.count('class="door"') == 10
    first = route_of(trip).there.stops[0]
    assert f'<th scope="row">1. {first.name}</th>' in page
    assert "hemelsbreed geschat" in page


def test_without_a_server_for_maps_nothing_is_asked_of_anybody(planner: Client, trip: Trip) -> None:
    answer = planner.get(f"/bus/trips/{trip.pk}/route/")
    assert "leaflet" not in answer.content.decode()
    assert "https:" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "odd", ["tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org/{z}/{x}.png", "ftp://x"]
)
def test_an_address_that_is_none_counts_as_none(planner: Client, trip: Trip, settings: Any, odd: str) -> None:
    settings.BUS_TILES_URL = odd
    assert "leaflet" not in page_of(planner, trip)


def test_with_a_server_the_page_may_load_its_pieces_and_nothing_else(
    planner: Client, trip: Trip, settings: Any
) -> None:
    settings.BUS_TILES_URL, settings.BUS_TILES_ATTRIBUTION = TILES, "© De kaartenmakers"
    answer = planner.get(f"/bus/trips/{trip.pk}/route/")
    assert "img-src 'self' data: https://*.tiles.example.org;" in answer["Content-Security-Policy"]
    page = answer.content.decode()
    assert f'data-tiles="{TILES}"' in page
    assert "© De kaartenmakers" in page
    drawn = map_of(page)
    assert [stop["number"] for stop in drawn["stops"]] == [1, 2, 3, 4, 5]
    [line] = drawn["lines"]
    assert line["points"][0] == [drawn["garage"]["latitude"], drawn["garage"]["longitude"]]
    assert line["points"][-1] == [drawn["destination"]["latitude"], drawn["destination"]["longitude"]]


def test_the_map_shows_the_way_that_is_asked_for(planner: Client, trip: Trip, settings: Any) -> None:
    settings.BUS_TILES_URL = TILES
    drawn = map_of(page_of(planner, trip, "?way=home"))
    [line] = drawn["lines"]
    assert line["points"][0] == [drawn["destination"]["latitude"], drawn["destination"]["longitude"]]
    assert line["points"][-1] == [drawn["garage"]["latitude"], drawn["garage"]["longitude"]]


def test_the_page_says_where_driving_times_come_from(planner: Client, trip: Trip, settings: Any) -> None:
    with a_router("osrm") as router:
        settings.BUS_ROUTER, settings.BUS_ROUTER_URL = "osrm", router.address
        assert "Rijtijden volgen de wegen." in page_of(planner, trip)
    settings.BUS_ROUTER_URL = "http://127.0.0.1:9"
    assert "De wegenkaart antwoordt op dit moment niet" in page_of(planner, trip)


def test_doors_that_nobody_has_confirmed_are_named_with_the_way_to_the_map(planner: Client, trip: Trip) -> None:
    sentence = "Niemand heeft op de kaart bevestigd waar deze deuren zijn."
    assert sentence not in page_of(planner, trip)
    Home.objects.filter(person__given_name="Mina").update(confirmed_at=None, confirmed_by="")
    Home.objects.filter(person__given_name="Piet").delete()
    mina, piet = (Person.objects.get(given_name=name) for name in ("Mina", "Piet"))
    for address in (f"/bus/trips/{trip.pk}/", f"/bus/trips/{trip.pk}/route/"):
        page = planner.get(address).content.decode()
        assert sentence in page
        for person in (mina, piet):
            assert f"/bus/homes/{person.pk}/?next={address}" in page
    assert {person.given_name for person in route_of(trip).unconfirmed} == {"Mina", "Piet"}


def test_a_trip_of_nobody_has_no_route_yet(planner: Client, organisation: Organisation) -> None:
    assert "nog geen route" in page_of(planner, a_trip(a_bus(organisation)))


def test_another_organisations_route_does_not_exist(client: Client, trip: Trip) -> None:
    elsewhere = mornings.an_organisation("anders", "Samen West")
    client.force_login(mornings.a_user("wim", elsewhere, Role.Kind.BUS_PLANNER))
    assert client.get(f"/bus/trips/{trip.pk}/route/").status_code == 404
