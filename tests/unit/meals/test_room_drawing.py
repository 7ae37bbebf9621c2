"""The drawing of a room: every chair is there, and no two tables lie on one another."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from backend.meals.domain.room_drawing import HEAD, LONGEST, WIDTH, Placed, draw, short

METRES = st.integers(0, 10).map(lambda metres: metres * 10)
PLACES = st.lists(st.tuples(METRES, METRES, st.integers(1, 12)), max_size=8, unique_by=lambda place: place[:2])
"""Tables in the same place cannot be drawn apart; these are a metre from one another at least."""


@given(PLACES)
def test_no_two_tables_lie_on_one_another_and_all_lie_in_the_drawing(places: list[tuple[int, int, int]]) -> None:
    drawing = draw([Placed(key, str(key), x, y, chairs, ()) for key, (x, y, chairs) in enumerate(places)])
    for one, other in combinations(drawing.tables, 2):
        apart = abs(one.middle_x - other.middle_x) >= WIDTH - 1e-6
        above, below = sorted((one, other), key=lambda table: table.y)
        assert apart or below.y - HEAD >= above.y + above.height - 1e-6
    for table in drawing.tables:
        assert table.x >= 0 and table.x + table.width <= drawing.width
        assert table.y - HEAD / 2 >= 0 and table.y + table.height <= drawing.height
        assert len(table.chairs) == places[table.key][2]


def test_more_people_than_chairs_are_drawn_as_they_sit() -> None:
    table = draw([Placed(1, "1", 0, 0, 2, (("r1", "Riet"), ("r1", ""), ("r2", "Halil")))]).tables[0]
    assert [(chair.party, chair.name) for chair in table.chairs] == [("r1", "Riet"), ("r1", ""), ("r2", "Halil")]
    assert [chair.side for chair in table.chairs] == ["left", "right", "left"]


def test_a_long_name_is_shortened_and_an_empty_room_is_empty() -> None:
    assert len(short("Wilhelmina-Charlotta")) == LONGEST
    assert short("Riet") == "Riet"
    assert draw([]).tables == ()
