"""Figures for a funder: what is counted, which cells are hidden, and how a cell is made safe for a spreadsheet. Pure.

A count of few people could tell something about one of them. Cells below a limit are hidden, and so many others with
them that no hidden cell follows from the ones that are shown: seen from outside, each may still be anything from 1 up
to the limit at least. A hidden total is the last resort. Zeros are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

SMALL = 5
"""Counts below this are hidden (common practice in published statistics; the setting `small_cells`)."""

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Measures:
    """What is counted of each part (an area, a resto).

    `added`: counts of people and of what they did; small ones are hidden. `follows`: from these the counts that they
    name could be guessed: hidden where one of those is. `shown`: about evenings, vehicles, money that is spent: never
    hidden.
    """

    added: tuple[str, ...]
    follows: Mapping[str, tuple[str, ...]]
    shown: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Each of them once."""
        return tuple(dict.fromkeys((*self.added, *self.follows, *self.shown)))


@dataclass(frozen=True)
class Hidden:
    """Which cells of one column are not shown."""

    cells: frozenset[str] = frozenset()
    total: bool = False

    def __or__(self, other: "Hidden") -> "Hidden":
        return Hidden(self.cells | other.cells, self.total or other.total)


def hide(cells: Mapping[str, int], total: int, small: int = SMALL) -> Hidden:
    """Which cells to hide of a column that (at most) adds up to `total`.

    Smallest first, until what is hidden together could be anything: n hidden cells, each at least 1, add up to
    n + small - 1 or more, so that each of them may be 1 to `small`. Where there is not enough to hide among, the total
    goes.
    """
    if 0 < total < small:
        return Hidden(frozenset(key for key, value in cells.items() if value), total=True)
    counted = sorted((value, key) for key, value in cells.items() if value)
    hidden = [key for value, key in counted if value < small]
    if not hidden:
        return Hidden()
    others = [key for value, key in counted if value >= small]
    while not _is_vague([cells[key] for key in hidden], small):
        if not others:
            return Hidden(frozenset(hidden), total=True)
        hidden.append(others.pop(0))
    return Hidden(frozenset(hidden))


def _is_vague(values: list[int], small: int) -> bool:
    return len(values) >= 2 and sum(values) >= len(values) + small - 1


@dataclass(frozen=True)
class Row:
    """A part, or all of them together: what is shown by measure. None: hidden. A missing one does not apply."""

    key: str
    cells: Mapping[str, int | None]

    def share(self, part: str, whole: str, scale: int = 1) -> float | None:
        """Part over whole; None where either is hidden, missing or nought."""
        a, b = self.cells.get(part), self.cells.get(whole)
        return None if a is None or not b else a * scale / b


@dataclass(frozen=True)
class Sheet:
    """A month: a row for each part, one for all, and counts by reason of all parts together."""

    rows: tuple[Row, ...]
    total: Row
    reasons: Mapping[str, int | None] = field(default_factory=dict)


def sheet(
    measures: Measures,
    parts: Mapping[str, Counts],
    total: Counts,
    small: int = SMALL,
    besides: Mapping[str, Hidden] | None = None,
) -> Sheet:
    """What is shown of the counts of each part (by key) and of all together; `besides`: what is hidden for more."""
    masks = {name: _column(name, parts, total, small) for name in measures.added}
    own = dict(masks)
    for name, others in measures.follows.items():
        for other in others:
            masks[name] = masks.get(name, Hidden()) | own[other]
    for name, mask in (besides or {}).items():
        masks[name] = masks.get(name, Hidden()) | mask
    nothing = Hidden()
    rows = tuple(
        Row(key, {name: _shown(counts, name, key in masks.get(name, nothing).cells) for name in measures.all})
        for key, counts in sorted(parts.items())
    )
    return Sheet(rows, Row("", {name: _shown(total, name, masks.get(name, nothing).total) for name in measures.all}))


def reasons_of(total: Counts, start: str, of: str, *, is_hidden: bool, small: int) -> dict[str, int | None]:
    """Counts by reason (their names begin with `start`), which add up to the measure `of`; hidden among one another.

    How many reasons there are could tell how often each was given: where all are hidden, none is named.
    """
    found = {name: value for name, value in total.items() if name.startswith(start)}
    mask = hide(found, total.get(of, 0), small)
    if is_hidden or mask.total:
        return {}
    return {name: None if name in mask.cells else value for name, value in found.items()}


def _column(name: str, parts: Mapping[str, Counts], total: Counts, small: int) -> Hidden:
    return hide({key: counts.get(name, 0) for key, counts in parts.items()}, total.get(name, 0), small)


def _shown(counts: Counts, name: str, is_hidden: bool) -> int | None:
    return None if is_hidden else counts.get(name, 0)


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def next_month(first: date) -> date:
    """The first day of the month after one."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)
