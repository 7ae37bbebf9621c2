"""Travel times from a router over HTTP: right when it answers, a straight line when it does not, and never late."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches

from backend.people.models import Organisation
from backend.transport.domain.places import Place, metres_between
from backend.transport.domain.straight import Pace, StraightLine
from backend.transport.travel import source_of, travel_times
from backend.transport.travel.port import router_in_use
from tests.support.routers import METRES_A_SECOND, RouterTown, a_router

GARAGE, MARKET, MINA, PIET = Place(52.0, 5.0), Place(52.01, 5.0), Place(52.0, 5.02), Place(52.012, 5.013)
PLACES = [GARAGE, MARKET, MINA, PIET]
OURS = Organisation(slug="oost", name="Oost")
STRAIGHT = StraightLine().table(PLACES)


@pytest.fixture(params=["osrm", "valhalla"])
def router(request: pytest.FixtureRequest, settings: Any) -> Iterator[RouterTown]:
    """Each kind of router, asked for the first time."""
    caches["travel"].clear()
    with a_router(request.param) as town:
        settings.BUS_ROUTER, settings.BUS_ROUTER_URL = request.param, town.address
        yield town


def drive(a: Place, b: Place) -> float:
    return metres_between(a, b) / METRES_A_SECOND


def test_what_the_router_says_is_what_is_driven(router: RouterTown) -> None:
    table = travel_times(OURS).table(PLACES)
    assert all(table[i][j] == pytest.approx(drive(PLACES[i], PLACES[j]), abs=1) for i in range(4) for j in range(4))
    assert source_of(OURS, PLACES).router == router.kind
    assert source_of(OURS, PLACES).trouble == ""


def test_it_is_asked_once_for_what_it_has_said(router: RouterTown) -> None:
    first = travel_times(OURS).table(PLACES)
    assert travel_times(OURS).table(PLACES) == first
    assert travel_times(OURS).table([PIET, GARAGE]) == ((0, first[3][0]), (first[0][3], 0))
    assert len(router.asked) == 1


def test_a_home_more_is_asked_for(router: RouterTown) -> None:
    travel_times(OURS).table(PLACES[:3])
    travel_times(OURS).table(PLACES)
    assert [len(places) for places in router.asked] == [3, 4]


def test_an_answer_from_what_is_known_takes_milliseconds(router: RouterTown) -> None:
    places = [Place(52 + 0.01 * i, 5 - 0.01 * i) for i in range(14)]
    travel_times(OURS).table(places)
    took = []
    for _again in range(10):
        began = time.perf_counter()
        travel_times(OURS).table(places)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.010


def test_two_people_at_one_door_are_one_place_for_the_router(router: RouterTown) -> None:
    table = travel_times(OURS).table([GARAGE, MINA, MINA])
    assert table[1][2] == table[2][1] == 0
    assert table[0][1] == table[0][2] > 0
    assert len(router.asked[0]) == 2


def test_a_bus_that_is_slower_than_the_router_thinks(router: RouterTown) -> None:
    slow = Organisation(slug="west", name="West", settings={"travel": {"router_factor": 1.5}})
    ours, theirs = travel_times(OURS).table(PLACES), travel_times(slow).table(PLACES)
    assert theirs[0][1] == pytest.approx(1.5 * ours[0][1], abs=1)


MISBEHAVIOUR = {
    "answers 500": {"refuse": 500},
    "too slow": {"slow": 1.2},
    "makes no sense": {"says": b"<html>Bad gateway</html>"},
}


@pytest.mark.parametrize("code", MISBEHAVIOUR)
def test_straight_lines_serve_when_the_router_does_not(router: RouterTown, code: str) -> None:
    vars(router).update(MISBEHAVIOUR[code])
    began = time.monotonic()
    assert travel_times(OURS).table(PLACES) == STRAIGHT
    assert time.monotonic() - began < 1
    assert source_of(OURS, PLACES).trouble == code
    assert len(router.asked) == 1, "it is left alone for a while"


def test_a_router_that_speaks_a_byte_at_a_time_is_not_listened_to_for_longer(router: RouterTown) -> None:
    router.trickle = 0.05
    began = time.monotonic()
    assert travel_times(OURS).table(PLACES) == STRAIGHT
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        b'{"code":"Ok"}',
        b'{"code":"Ok","durations":[[0]],"sources_to_targets":[[{"time":0}]]}',
        b'{"code":"Ok","durations":[[0,-1],[1,0]],"sources_to_targets":[[{"time":0},{"time":-1}],[{"time":1},{"time":0}]]}',
        b'{"code":"Ok","durations":[[0,1e99],[1,0]],"sources_to_targets":[[{"time":0},{"time":1e99}],[{"time":1},{"time":0}]]}',
        b'{"code":"NoTable","durations":[[0,1],[1,0]],"sources_to_targets":"none"}',
        b"\xff\xfe\x00",
        b"9" * 5_000_000,
    ],
)
def test_nothing_that_a_router_says_is_an_error_for_who_is_on_the_line(router: RouterTown, said: bytes) -> None:
    router.says = said
    assert travel_times(OURS).table(PLACES[:2]) == StraightLine().table(PLACES[:2])
    assert source_of(OURS, PLACES[:2]).trouble == "makes no sense"


def test_no_way_to_one_home_makes_it_straight_lines_for_its_trip_and_for_no_other(router: RouterTown) -> None:
    router.no_way_to = PIET
    assert travel_times(OURS).table(PLACES) == STRAIGHT
    assert source_of(OURS, PLACES).trouble == "no way"
    others = PLACES[:3]
    assert travel_times(OURS).table(others)[0][1] == pytest.approx(drive(GARAGE, MARKET), abs=1)
    assert len(router.asked) == 1, "both were known from the first answer"


def test_a_place_near_no_road_does_not_silence_the_router_for_others(router: RouterTown) -> None:
    router.refuse = 400
    assert travel_times(OURS).table(PLACES) == STRAIGHT
    router.refuse = 0
    assert travel_times(OURS).table(PLACES) != STRAIGHT


def test_a_router_that_has_recovered_is_asked_again(router: RouterTown) -> None:
    router.refuse = 503
    travel_times(OURS).table(PLACES)
    router.refuse = 0
    assert travel_times(OURS).table(PLACES) == STRAIGHT, "not yet"
    used = router_in_use()
    assert used is not None
    caches["travel"].delete(used.trouble_key)
    assert travel_times(OURS).table(PLACES) != STRAIGHT


def test_nobody_at_the_address(settings: Any) -> None:
    caches["travel"].clear()
    settings.BUS_ROUTER, settings.BUS_ROUTER_URL = "osrm", "http://127.0.0.1:9"
    assert travel_times(OURS).table(PLACES) == STRAIGHT
    assert source_of(OURS, PLACES).trouble == "does not answer"


@pytest.mark.parametrize("address", ["osrm:5000", "http://[", "file:///etc/hostname", "http:// /"])
def test_an_address_that_is_none(settings: Any, address: str) -> None:
    caches["travel"].clear()
    settings.BUS_ROUTER, settings.BUS_ROUTER_URL = "osrm", address
    assert travel_times(OURS).table(PLACES) == STRAIGHT


@pytest.mark.parametrize(
    ("router_name", "address"), [("straight", "http://127.0.0.1:9"), ("osrm", ""), ("goggle", "x")]
)
def test_without_a_router_nobody_is_asked(settings: Any, router_name: str, address: str) -> None:
    settings.BUS_ROUTER, settings.BUS_ROUTER_URL = router_name, address
    assert travel_times(OURS) == StraightLine(Pace())
    assert source_of(OURS, PLACES).trouble == ""


@pytest.mark.parametrize("said", [{"factor": 0}, {"km_per_hour": "fast"}, "fast", [1], None])
def test_settings_that_make_no_sense_cost_nobody_their_ride(said: object) -> None:
    odd = Organisation(slug="odd", name="Odd", settings={"travel": said})
    assert travel_times(odd).table(PLACES) == STRAIGHT
