"""The geometry of a drawn route: everything stands inside, apart, and where it is relative to the rest."""

from itertools import combinations
from math import dist
from random import Random

import pytest

from backend.transport.domain.places import Place
from backend.transport.domain.sketch import DOT, FOOT, HEIGHT, WIDTH, Dot, Sketch, sketch, surroundings

GARAGE, MARKET = Place(51.56, 5.09), Place(51.555, 5.08)
NORTH, EAST, SOUTH = Place(51.58, 5.085), Place(51.56, 5.12), Place(51.54, 5.085)


def stops(drawn: Sketch) -> dict[str, Dot]:
    return {dot.label: dot for dot in drawn.dots if dot.kind == "stop"}


def ends(drawn: Sketch) -> list[tuple[str, str]]:
    """From which dot to which each line goes."""

    def nearest(x: float, y: float) -> str:
        dot = min(drawn.dots, key=lambda one: dist((x, y), (one.x, one.y)))
        return dot.label or dot.kind

    return [(nearest(line.x1, line.y1), nearest(line.x2, line.y2)) for line in drawn.lines]


def test_north_is_up_and_east_is_right() -> None:
    drawn = stops(sketch(GARAGE, MARKET, [[NORTH, EAST, SOUTH]]))
    assert drawn["1"].y < drawn["2"].y < drawn["3"].y
    assert drawn["2"].x > max(drawn["1"].x, drawn["3"].x)


def test_there_the_first_round_starts_at_the_garage_and_each_ends_at_the_destination() -> None:
    assert ends(sketch(GARAGE, MARKET, [[NORTH, EAST], [SOUTH]])) == [
        ("garage", "1"),
        ("1", "2"),
        ("2", "destination"),
        ("destination", "3"),
        ("3", "destination"),
    ]


def test_homewards_each_round_starts_at_the_destination_and_the_last_ends_at_the_garage() -> None:
    assert ends(sketch(GARAGE, MARKET, [[SOUTH], [EAST, NORTH]], homewards=True)) == [
        ("destination", "1"),
        ("1", "destination"),
        ("destination", "2"),
        ("2", "3"),
        ("3", "garage"),
    ]


def test_who_is_fetched_at_the_same_door_shares_a_dot() -> None:
    drawn = sketch(GARAGE, MARKET, [[NORTH, NORTH, EAST], [NORTH]])
    assert set(stops(drawn)) == {"1, 2, 4", "3"}
    assert set(stops(sketch(GARAGE, MARKET, [[NORTH, NORTH, EAST]]))) == {"1–2", "3"}


@pytest.mark.parametrize("seed", range(30))
def test_whatever_the_town_everything_stands_inside_and_apart(seed: int) -> None:
    random = Random(seed)
    spread = random.choice([0.0, 0.0003, 0.01, 0.1, 0.5])
    homes = [
        Place(51.5 + random.uniform(0, spread), 5 + random.uniform(0, spread)) for _ in range(random.randint(0, 14))
    ]
    drawn = sketch(GARAGE, MARKET, [homes[:7], homes[7:]])
    for dot in drawn.dots:
        assert DOT <= dot.x <= WIDTH - DOT
        assert DOT <= dot.y <= HEIGHT - FOOT
    for a, b in combinations(drawn.dots, 2):
        assert dist((a.x, a.y), (b.x, b.y)) > 2 * DOT
    assert 0 < drawn.bar.length <= WIDTH / 3


def test_the_bar_says_how_far_it_is() -> None:
    drawn = sketch(Place(51.56, 5.0), Place(51.56, 5.1), [])
    garage, market = drawn.dots
    metres = (market.x - garage.x) * drawn.bar.metres / drawn.bar.length
    assert metres == pytest.approx(6_914, rel=0.02), "a tenth of a degree at this latitude"
    assert drawn.bar.label == "2 km"


def test_a_trip_of_nobody_is_drawn() -> None:
    drawn = sketch(GARAGE, GARAGE, [])
    assert [dot.kind for dot in drawn.dots] == ["garage", "destination"]
    assert drawn.lines == ()


def test_a_door_is_drawn_where_it_lies_to_the_garage_and_to_where_the_bus_goes() -> None:
    garage, door = Place(51.55, 5.09), Place(51.57, 5.09)
    drawn = surroundings(garage, [Place(51.55, 5.12), Place(51.55, 5.06)], door)
    square, right, left, dot = drawn.dots
    assert [one.kind for one in drawn.dots] == ["garage", "destination", "destination", "stop"]
    assert left.x < square.x < right.x
    assert dot.y < square.y
    assert drawn.lines == ()
