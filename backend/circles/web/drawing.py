"""The ring's geometry. Pure: places in, points out, in units of the drawing (one unit is a pixel on a telephone)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from backend.circles.web.ring import Link, Place, Ring

SIZE = 360
CENTRE = SIZE / 2


@dataclass(frozen=True)
class Sizes:
    """How large things are drawn: the ring, its spots, arrow heads, the letters of a name, and how many of those fit.

    With few spots a name stands below its spot; with many there is room only outside the ring.
    """

    ring: float
    spot: float
    head: float
    letter: int
    letters: int
    names_outside: bool


FEW = 11
"""Up to so many spots there is room for larger ones."""

LARGE = Sizes(ring=126, spot=21, head=7, letter=14, letters=11, names_outside=False)
SMALL = Sizes(ring=104, spot=14, head=4.5, letter=12, letters=7, names_outside=True)

CENTRE_RADIUS = 62.0


@dataclass(frozen=True)
class Spot:
    """A place with its point, and where its name stands."""

    place: Place
    x: float
    y: float
    r: float
    label: str
    label_x: float
    label_y: float
    anchor: str

    @property
    def icon_x(self) -> float:
        """The left edge of the icon in the middle of the spot."""
        return round(self.x - self.icon_size / 2, 1)

    @property
    def icon_y(self) -> float:
        """The top edge of the icon in the middle of the spot."""
        return round(self.y - self.icon_size / 2, 1)

    @property
    def icon_size(self) -> float:
        """How wide and high the icon is."""
        return round(self.r * 1.2, 1)


@dataclass(frozen=True)
class Line:
    """A line from edge to edge of two spots."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


@dataclass(frozen=True)
class Drawing:
    """What the template draws."""

    spots: list[Spot]
    lines: list[Line]
    size: int = SIZE
    centre: float = CENTRE
    letter: int = LARGE.letter
    head: float = LARGE.head


def draw(ring: Ring) -> Drawing:
    """Volunteer at the top, members clockwise in their order."""
    places = ring.places
    sizes = LARGE if len(places) <= FEW else SMALL
    spots = [_spot(place, number / len(places), sizes) for number, place in enumerate(places)]
    by_key = {spot.place.key: spot for spot in spots}
    lines = [_line(link, by_key) for link in ring.links if link.end in by_key and _knows_start(link, by_key)]
    return Drawing(spots=spots, lines=lines, letter=sizes.letter, head=sizes.head)


def _spot(place: Place, turn: float, sizes: Sizes) -> Spot:
    """The spot of a place that stands `turn` of the way round (0 is the top, 0.25 the right)."""
    angle = 2 * pi * turn - pi / 2
    fits = len(place.short) <= sizes.letters
    label = place.short if fits else f"{place.short[: sizes.letters - 1]}…"
    # A little higher than the middle: the names hang below the spots.
    x, y = CENTRE + sizes.ring * cos(angle), CENTRE - 6 + sizes.ring * sin(angle)
    label_x, label_y, anchor = _outside(angle, sizes) if sizes.names_outside else (x, y + sizes.spot + 17, "middle")
    return Spot(
        place=place,
        x=round(x, 1),
        y=round(y, 1),
        r=sizes.spot,
        label=label,
        label_x=round(label_x, 1),
        label_y=round(label_y, 1),
        anchor=anchor,
    )


def _outside(angle: float, sizes: Sizes) -> tuple[float, float, str]:
    """Where a name stands outside the ring, and which end of it is there."""
    away = sizes.ring + sizes.spot + 6
    x, y = CENTRE + away * cos(angle), CENTRE - 6 + away * sin(angle)
    if abs(cos(angle)) < 0.2:
        return x, y + (10 if sin(angle) > 0 else -1), "middle"
    return x, y + 4, "start" if cos(angle) > 0 else "end"


def _knows_start(link: Link, spots: dict[int, Spot]) -> bool:
    return link.start is None or (link.start in spots and link.start != link.end)


def _line(link: Link, spots: dict[int, Spot]) -> Line:
    end = spots[link.end]
    if link.start is None:
        (x1, y1), gap = _towards((CENTRE, CENTRE - 6), (end.x, end.y), CENTRE_RADIUS), 4.0
    else:
        start = spots[link.start]
        (x1, y1), gap = _towards((start.x, start.y), (end.x, end.y), start.r + 1), 3.0
    x2, y2 = _towards((end.x, end.y), (x1, y1), end.r + gap)
    return Line(x1=x1, y1=y1, x2=x2, y2=y2, kind=link.kind)


def _towards(start: Sequence[float], end: Sequence[float], distance: float) -> tuple[float, float]:
    """The point at a distance from `start` on the way to `end`."""
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    share = distance / length
    return round(start[0] + (end[0] - start[0]) * share, 1), round(start[1] + (end[1] - start[1]) * share, 1)
