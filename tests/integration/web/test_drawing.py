"""The ring's geometry: whatever the size of a circle, everything stands inside the drawing and nothing overlaps."""

from itertools import combinations
from math import dist

import pytest

from backend.circles.models import Circle
from backend.circles.web.drawing import SIZE, draw
from backend.circles.web.ring import Link, Place, Ring


def a_ring(members: int) -> Ring:
    places = [
        Place(key=number, number=number, name=f"Lid {number} Linde", short="Wilhelmina", look="well", standing="well")
        for number in range(1, members + 1)
    ]
    volunteer = Place(key=0, number=0, name="Anneke", short="Anneke", look="well", standing="well")
    chain = [Link(start=key, end=(key + 1) % (members + 1), kind="went") for key in range(members + 1)]
    links = [*chain, Link(start=None, end=members, kind="ringing")]
    return Ring(circle=Circle(), round=None, volunteer=volunteer, members=places, links=links if members else [])


@pytest.mark.parametrize("members", range(16))
def test_all_spots_stand_inside_and_apart(members: int) -> None:
    spots = draw(a_ring(members)).spots
    assert len(spots) == members + 1
    for spot in spots:
        assert spot.r <= spot.x <= SIZE - spot.r
        assert spot.r <= spot.y <= SIZE - spot.r
        assert 0 < spot.label_x < SIZE
        assert 0 < spot.label_y < SIZE
    assert all(dist((a.x, a.y), (b.x, b.y)) > a.r + b.r for a, b in combinations(spots, 2))


@pytest.mark.parametrize("members", range(1, 16))
def test_every_call_has_a_line_that_ends_at_its_spot(members: int) -> None:
    drawing = draw(a_ring(members))
    assert len(drawing.lines) == members + 2
    for line, spot in zip(drawing.lines, [*drawing.spots[1:], drawing.spots[0]], strict=False):
        assert 0 < dist((line.x2, line.y2), (spot.x, spot.y)) - spot.r < 6


def test_a_call_of_somebody_who_is_not_in_the_ring_is_not_drawn() -> None:
    ring = a_ring(3)
    ring.links.append(Link(start=99, end=1, kind="went"))
    assert len(draw(ring).lines) == 5


def test_a_long_name_is_cut_short_in_the_drawing_only() -> None:
    assert {spot.label for spot in draw(a_ring(15)).spots} == {"Anneke", "Wilhel…"}
