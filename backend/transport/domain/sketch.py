"""The geometry of a drawn route: places in, points out, in units of the drawing. Pure.

North is up, and everything keeps its place relative to the rest. Dots that would cover one another are moved apart; who
is fetched at the same door shares a dot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import cos, hypot, radians

from backend.transport.domain.places import Place

WIDTH, HEIGHT = 360.0, 270.0
MARGIN = 30.0
FOOT = 30.0
"""Room at the lower edge for the scale bar."""

DOT = 12.0
"""Radius of a numbered dot; half the width of the garage and the destination."""

APART = 2 * DOT + 4
LEAST_METRES = 400.0
"""A drawing shows at least so much, so that neighbours do not fill it."""

SAME_DOOR_METRES = 15.0
BAR_METRES = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
LONGEST_BAR = WIDTH / 3
PUSHES = 60


@dataclass(frozen=True)
class Dot:
    """Something that is drawn: a stop with its numbers, the garage or the destination. `x` and `y` are its middle."""

    kind: str
    label: str
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """A drive from edge to edge of two dots; `round` is 0 for the first."""

    x1: float
    y1: float
    x2: float
    y2: float
    round: int

    def head(self, size: float = 7.0) -> tuple[tuple[float, float], ...]:
        """The three corners of the arrow's head at its end."""
        dx, dy = _direction(self.x2 - self.x1, self.y2 - self.y1, 0)
        back_x, back_y = self.x2 - dx * size, self.y2 - dy * size
        half = size / 2.5
        return (self.x2, self.y2), (back_x - dy * half, back_y + dx * half), (back_x + dy * half, back_y - dx * half)

    @property
    def head_points(self) -> str:
        """The same, as a drawing on a page wants it."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.head())


@dataclass(frozen=True)
class Bar:
    """The scale: so many metres are so long."""

    metres: int
    length: float

    @property
    def label(self) -> str:
        """The length with its unit: the same in every language."""
        return f"{self.metres} m" if self.metres < 1_000 else f"{self.metres // 1_000} km"


@dataclass(frozen=True)
class Sketch:
    """What is drawn, in a box of `width` by `height`."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    bar: Bar
    width: float = WIDTH
    height: float = HEIGHT
    radius: float = DOT

    @property
    def side(self) -> float:
        """Of the garage's square."""
        return 2 * self.radius

    @property
    def bar_y(self) -> float:
        """At which height the scale lies."""
        return self.height - self.radius


GARAGE, DESTINATION, STOP = "garage", "destination", "stop"


def sketch(
    garage: Place,
    destination: Place,
    rounds: Sequence[Sequence[Place]],
    *,
    homewards: bool = False,
    from_number: int = 1,
) -> Sketch:
    """Draw the rounds of one way, each stop numbered on from `from_number` in the order of the drive.

    There, the first round starts at the garage and each ends at the destination; homewards each starts at the
    destination and the last ends at the garage.
    """
    doors = _doors([stop for stops in rounds for stop in stops], from_number)
    ends = [(GARAGE, "", garage), (DESTINATION, "", destination)]
    named = [*ends, *((STOP, label, place) for label, place in doors)]
    dots, bar = _dots(named)
    at = {place: dot for (_kind, _label, place), dot in zip(named, dots, strict=True) if dot.kind == STOP}
    lines = _lines(dots, [[at[_door_of(stop, doors)] for stop in stops] for stops in rounds], homewards=homewards)
    return Sketch(tuple(dots), tuple(lines), bar)


def surroundings(garage: Place, destinations: Sequence[Place], door: Place) -> Sketch:
    """Draw how a door lies to the garage and to where the bus goes. Nothing is driven."""
    to = ((DESTINATION, "", destination) for destination in destinations)
    dots, bar = _dots([(GARAGE, "", garage), *to, (STOP, "", door)])
    return Sketch(tuple(dots), (), bar)


def _dots(named: Sequence[tuple[str, str, Place]]) -> tuple[list[Dot], Bar]:
    """What is drawn, given as kind, label and place, and the scale."""
    scale, points = _projected([place for _kind, _label, place in named])
    dots = [
        Dot(kind, label, round(x, 1), round(y, 1))
        for (kind, label, _place), (x, y) in zip(named, _apart(points), strict=True)
    ]
    return dots, _bar(scale)


def _doors(stops: Sequence[Place], from_number: int) -> list[tuple[str, Place]]:
    """Each door once, with the numbers of all who are fetched there."""
    numbers: dict[Place, list[int]] = {}
    for number, stop in enumerate(stops, from_number):
        near = next((door for door in numbers if _metres(door, stop) < SAME_DOOR_METRES), stop)
        numbers.setdefault(near, []).append(number)
    return [(_listed(told), door) for door, told in numbers.items()]


def _listed(numbers: list[int]) -> str:
    in_a_row = numbers == list(range(numbers[0], numbers[-1] + 1))
    return f"{numbers[0]}–{numbers[-1]}" if in_a_row and len(numbers) > 1 else ", ".join(map(str, numbers))


def _door_of(stop: Place, doors: Sequence[tuple[str, Place]]) -> Place:
    return next(door for _label, door in doors if door == stop or _metres(door, stop) < SAME_DOOR_METRES)


def _metres(a: Place, b: Place) -> float:
    east, north = _flat(b, a)
    return hypot(east, north)


def _flat(place: Place, origin: Place) -> tuple[float, float]:
    """Metres east and north of an origin, as if the earth were flat: it is, over the size of a town."""
    degree = 111_195.0
    east = (place.longitude - origin.longitude) * degree * cos(radians(origin.latitude))
    return east, (place.latitude - origin.latitude) * degree


def _projected(places: Sequence[Place]) -> tuple[float, list[tuple[float, float]]]:
    """Units to a metre, and the points: as large as they fit, in the middle."""
    flat = [_flat(place, places[0]) for place in places]
    easts, norths = [east for east, _ in flat], [north for _, north in flat]
    wide, high = max(easts) - min(easts), max(norths) - min(norths)
    room_wide, room_high = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN - FOOT
    scale = min(room_wide / max(wide, LEAST_METRES), room_high / max(high, LEAST_METRES * room_high / room_wide))
    left = WIDTH / 2 - scale * (max(easts) + min(easts)) / 2
    top = MARGIN + room_high / 2 + scale * (max(norths) + min(norths)) / 2
    return scale, [(left + scale * east, top - scale * north) for east, north in flat]


def _apart(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Push dots that cover one another apart, a little at a time, within the drawing."""
    moved = list(points)
    for _push in range(PUSHES):
        still = True
        for i, j in combinations(range(len(moved)), 2):
            (x1, y1), (x2, y2) = moved[i], moved[j]
            lacking = APART - hypot(x2 - x1, y2 - y1)
            if lacking > 0.1:
                still = False
                dx, dy = _direction(x2 - x1, y2 - y1, j)
                moved[i] = _inside(x1 - dx * lacking / 2, y1 - dy * lacking / 2)
                moved[j] = _inside(x2 + dx * lacking / 2, y2 + dy * lacking / 2)
        if still:
            break
    return moved


def _direction(dx: float, dy: float, index: int) -> tuple[float, float]:
    """Of length 1; for two points that are the same, another one for each."""
    length = hypot(dx, dy)
    if length > 0.01:
        return dx / length, dy / length
    return ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[index % 4]


def _inside(x: float, y: float) -> tuple[float, float]:
    return min(max(x, DOT + 2), WIDTH - DOT - 2), min(max(y, DOT + 2), HEIGHT - FOOT - DOT)


def _lines(dots: Sequence[Dot], rounds: Sequence[Sequence[Dot]], *, homewards: bool) -> list[Line]:
    garage, destination = dots[0], dots[1]
    found = []
    for number, stops in enumerate(rounds):
        if homewards:
            last = [garage] if number == len(rounds) - 1 else [destination]
            way = [destination, *stops, *last]
        else:
            way = [garage if number == 0 else destination, *stops, destination]
        found += [_line(a, b, number) for a, b in pairwise(way) if a != b]
    return found


def _line(a: Dot, b: Dot, number: int) -> Line:
    dx, dy = _direction(b.x - a.x, b.y - a.y, 0)
    free = min(DOT + 1, hypot(b.x - a.x, b.y - a.y) / 2)
    points = (a.x + dx * free, a.y + dy * free, b.x - dx * free, b.y - dy * free)
    x1, y1, x2, y2 = (round(value, 1) for value in points)
    return Line(x1, y1, x2, y2, number)


def _bar(scale: float) -> Bar:
    """The longest round number of metres that takes a third of the width at most."""
    fitting = [metres for metres in BAR_METRES if metres * scale <= LONGEST_BAR]
    metres = fitting[-1] if fitting else BAR_METRES[0]
    return Bar(metres, round(metres * scale, 1))
