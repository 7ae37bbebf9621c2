"""A room drawn from above: tables where they stand, chairs along both sides with the names of who sits there. Pure.

Tables keep their directions from one another; the room is drawn as much larger as names need.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

SEAT = 44
"""From one chair to the next along a table. Units of the drawing: about a pixel at full size."""
TABLE = 70
"""Width of a table."""
CHAIR = 13
"""Radius of a chair."""
NAME = 170
"""Room for a name beside a chair."""
HEAD = 40
"""Room above a table for its name."""
MARGIN = 20

WIDTH = TABLE + 4 * CHAIR + 2 * NAME
"""What a table takes with its chairs and names."""

LARGEST = 60.0
"""So many units a decimetre at most: tables at one and the same place cannot be drawn apart."""

LONGEST = 13
"""Letters of a name that fit beside a chair."""


@dataclass(frozen=True)
class Placed:
    """A table to draw: its place in decimetres, its chairs, and who sits there, one for each chair taken.

    `sitting`: the key of a party, and the name to write; empty for company without a name of their own.
    """

    key: int
    name: str
    x: int
    y: int
    chairs: int
    sitting: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DrawnChair:
    """A chair; `side` is left or right, which is also where its name stands. `party` is empty for a free one."""

    x: float
    y: float
    side: str
    party: str
    name: str

    @property
    def text_x(self) -> float:
        """Where the name begins, or ends on the left."""
        return self.x + (CHAIR + 6) * (1 if self.side == "right" else -1)


@dataclass(frozen=True)
class DrawnTable:
    """A table with its chairs. `x` and `y` are its upper left corner."""

    key: int
    name: str
    x: float
    y: float
    width: float
    height: float
    chairs: tuple[DrawnChair, ...]

    @property
    def middle_x(self) -> float:
        """Where its name stands."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Drawing:
    """Everything, in units of the drawing."""

    width: float
    height: float
    tables: tuple[DrawnTable, ...]
    radius: float = CHAIR


def draw(tables: Sequence[Placed]) -> Drawing:
    """The drawing; of no tables it is empty."""
    if not tables:
        return Drawing(0, 0, ())
    scale = max([4.0, *(_scale(one, other) for one, other in combinations(tables, 2))])
    left = min(table.x * scale - WIDTH / 2 for table in tables) - MARGIN
    top = min(table.y * scale - _height(table) / 2 - HEAD for table in tables) - MARGIN
    drawn = tuple(_table(table, table.x * scale - left, table.y * scale - top) for table in tables)
    right = max(table.middle_x for table in drawn) + WIDTH / 2 + MARGIN
    bottom = max(table.y + table.height for table in drawn) + MARGIN
    return Drawing(right, bottom, drawn)


def short(name: str) -> str:
    """A name that fits beside a chair."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _rows(table: Placed) -> int:
    return max((max(table.chairs, len(table.sitting)) + 1) // 2, 1)


def _height(table: Placed) -> float:
    return _rows(table) * SEAT


def _scale(one: Placed, other: Placed) -> float:
    """Units a decimetre at which these two do not touch: beside one another, or above."""
    across, down = abs(one.x - other.x), abs(one.y - other.y)
    high = (_height(one) + _height(other)) / 2 + HEAD + MARGIN
    wanted = [WIDTH / across] if across else []
    wanted += [high / down] if down else []
    return min(min(wanted, default=LARGEST), LARGEST)


def _table(table: Placed, x: float, y: float) -> DrawnTable:
    top = y - _height(table) / 2
    seats = []
    for number in range(max(table.chairs, len(table.sitting))):
        party, name = table.sitting[number] if number < len(table.sitting) else ("", "")
        row, is_right = divmod(number, 2)
        side = 1 if is_right else -1
        seats.append(
            DrawnChair(
                x + side * (TABLE / 2 + CHAIR + 3),
                top + (row + 0.5) * SEAT,
                "right" if is_right else "left",
                party,
                short(name),
            )
        )
    return DrawnTable(table.key, table.name, x - TABLE / 2, top, TABLE, _height(table), tuple(seats))
