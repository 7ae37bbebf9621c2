"""Travel times without a map."""

import time

import pytest

from backend.common.errors import RondjeError
from backend.transport.domain.places import Place, metres_between
from backend.transport.domain.straight import Pace, StraightLine

TOWER = Place(52.09073, 5.12142)
"""Of Utrecht's cathedral."""
STATION = Place(52.08920, 5.11010)


def test_the_crow_flies_as_far_as_on_the_map() -> None:
    assert metres_between(TOWER, STATION) == pytest.approx(793, abs=5)
    assert metres_between(Place(52, 5), Place(53, 5)) == pytest.approx(111_195, abs=10), "a degree of latitude"


def test_a_drive_is_the_straight_line_with_its_detour_at_one_speed_from_standstill() -> None:
    pace = Pace(factor=1.5, km_per_hour=36, start_seconds=20)
    assert pace.seconds(1000) == pytest.approx(20 + 150)


def test_a_table_is_zero_with_itself_and_the_same_both_ways() -> None:
    table = StraightLine().table([TOWER, STATION, Place(52.1, 5.2)])
    assert [table[i][i] for i in range(3)] == [0, 0, 0]
    assert all(table[i][j] == table[j][i] > 0 for i in range(3) for j in range(3) if i != j)


def test_two_people_at_one_door_are_fetched_at_one_stop() -> None:
    assert StraightLine().table([TOWER, TOWER]) == ((0, 0), (0, 0))


def test_nobody_gets_anywhere_sooner_by_a_detour() -> None:
    places = [Place(52 + 0.013 * i % 0.07, 5 + 0.029 * i % 0.11) for i in range(12)]
    table = StraightLine().table(places)
    size = range(len(places))
    assert all(table[a][c] <= table[a][b] + table[b][c] + 1 for a in size for b in size for c in size)


def test_a_full_bus_takes_less_than_two_milliseconds() -> None:
    places = [Place(52 + 0.01 * i, 5 - 0.01 * i) for i in range(14)]
    took = []
    for _ in range(20):
        began = time.perf_counter()
        StraightLine().table(places)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.002


def test_no_places_are_an_empty_table() -> None:
    assert StraightLine().table([]) == ()


def test_an_organisation_has_a_pace_of_its_own() -> None:
    assert Pace.of({"km_per_hour": 24}) == Pace(km_per_hour=24)
    assert Pace.of({}) == Pace()
    assert Pace.of(Pace(1.2, 40, 10).as_json() | {"calibrated_on": "2026-11-02"}) == Pace(1.2, 40, 10)


@pytest.mark.parametrize(
    "settings", [{"factor": 0.8}, {"km_per_hour": 300}, {"km_per_hour": "30"}, {"start_seconds": -1}, {"factor": True}]
)
def test_what_no_bus_does_is_refused_by_name(settings: dict[str, object]) -> None:
    with pytest.raises(RondjeError, match=f"travel.{next(iter(settings))}: must be a number between"):
        Pace.of(settings)
