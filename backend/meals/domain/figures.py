"""What the dinners count for a funder, and which of it is hidden. Pure; the hiding itself is `common.figures`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from backend.common import figures
from backend.common.figures import SMALL, Counts, Hidden, Measures, Row, reasons_of

INCOME = "income_cents"

MEASURES = Measures(
    added=("booked", "covers", "people", "first_timers", "no_shows", "unmet", "waited", "waited_seated"),
    follows={
        **dict.fromkeys(("chairs_used", "portions_cooked", "portions_left", INCOME), ("covers",)),
        "waited_seated": ("waited",),
        "booked": ("no_shows",),
    },
    shown=("evenings_held", "evenings_cancelled", "crew_minutes", "chairs_offered"),
)
"""People and what they did; what others could be guessed from; evenings, hours of volunteers, chairs.

Who stayed away is nearly who reserved without who ate: where few stayed away, it is not said how many had reserved.
"""

UNMET, NO_SHOW, BOOKED, TARIFF, CENTS = "unmet:", "no_show:", "booked:", "tariff:", "cents:"
"""Counts by reason, by way of booking and by tariff begin with these: unmet:full, no_show:page, tariff:3, cents:3."""


@dataclass(frozen=True)
class Sheet:
    """A month: a row for each resto, one for all; and of all together, reasons, ways of booking and tariffs."""

    rows: tuple[Row, ...]
    total: Row
    reasons: Mapping[str, int | None] = field(default_factory=dict)
    ways: Mapping[str, int | None] = field(default_factory=dict)
    tariffs: Mapping[str, int | None] = field(default_factory=dict)


def sheet(restos: Mapping[str, Counts], total: Counts, small: int = SMALL) -> Sheet:
    """What is shown of the counts of each resto (by key) and of all together."""
    besides = {
        INCOME: _where(restos, total, lambda counts: _tells_of_a_tariff(counts, small)),
        "waited_seated": _where(restos, total, lambda counts: _tells_who_waited_in_vain(counts, small)),
        "first_timers": _where(restos, total, lambda counts: _tells_who_came_before(counts, small)),
    }
    found = figures.sheet(MEASURES, restos, total, small, besides=besides)
    cells = found.total.cells
    return Sheet(
        found.rows,
        found.total,
        reasons=reasons_of(total, UNMET, "unmet", is_hidden=cells["unmet"] is None, small=small),
        ways=reasons_of(total, NO_SHOW, "no_shows", is_hidden=cells["no_shows"] is None, small=small)
        | reasons_of(total, BOOKED, "booked", is_hidden=cells["booked"] is None, small=small),
        tariffs={} if cells[INCOME] is None else _by_tariff(total),
    )


def _where(restos: Mapping[str, Counts], total: Counts, tells: Callable[[Counts], bool]) -> Hidden:
    """Hidden in each resto in which it tells of few, and in no sum from which that could be found."""
    hidden = frozenset(key for key, counts in restos.items() if tells(counts))
    return Hidden(hidden, total=bool(hidden) or tells(total))


def _tells_of_a_tariff(counts: Counts, small: int) -> bool:
    """An amount tells how few paid a tariff: prices are known, and two sums have one solution."""
    return any(name.startswith(TARIFF) and 0 < value < small for name, value in counts.items())


def _tells_who_waited_in_vain(counts: Counts, small: int) -> bool:
    """Who waited, without who got chairs."""
    return 0 < counts.get("waited", 0) - counts.get("waited_seated", 0) < small


def _tells_who_came_before(counts: Counts, small: int) -> bool:
    """Who ate along, without those for whom it was the first time."""
    return 0 < counts.get("people", 0) - counts.get("first_timers", 0) < small


def _by_tariff(total: Counts) -> dict[str, int | None]:
    """Shown only where no tariff was paid by few: then nothing has to be hidden among the others."""
    return {name: value for name, value in total.items() if name.startswith((TARIFF, CENTS))}
