"""What the bus counts for a funder, and which of it is hidden. Pure; the hiding itself is `common.figures`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.common import figures
from backend.common.figures import SMALL, Counts, Measures, reasons_of

MEASURES = Measures(
    added=("rides", "companion_rides", "people", "first_timers", "no_shows", "late_cancellations", "unmet"),
    follows={
        "companion_rides": ("rides",),
        **dict.fromkeys(
            ("seats_used", "wheelchair_used", "rollator_used", "income_cents"), ("rides", "companion_rides")
        ),
    },
    shown=(
        "trips_driven",
        "trips_stopped",
        "trips_cancelled",
        "volunteer_minutes",
        "km",
        "seats_offered",
        "wheelchair_offered",
        "rollator_offered",
        "costs_cents",
    ),
)
"""People and what they did; what the rides could be guessed from; vehicles, trips and money that is spent."""

UNMET, CANCELLED = "unmet:", "cancelled:"
"""Counts by reason begin with these: unmet:no_room, cancelled:weather."""


@dataclass(frozen=True)
class Row(figures.Row):
    """An area, or all of them together."""

    @property
    def all_rides(self) -> int | None:
        """Single ways of passengers and their companions."""
        own, others = self.cells.get("rides"), self.cells.get("companion_rides")
        return None if own is None or others is None else own + others

    @property
    def cents_per_ride(self) -> float | None:
        """Costs of a single way; None where it does not apply or would tell what is hidden."""
        costs, rides = self.cells.get("costs_cents"), self.all_rides
        return None if costs is None or not rides else costs / rides

    @property
    def cost_cover(self) -> float | None:
        """Which part of the costs came in, 0 and up."""
        return self.share("income_cents", "costs_cents")


@dataclass(frozen=True)
class Sheet:
    """A month: a row for each area, one for all, and counts by reason of all areas together."""

    rows: tuple[Row, ...]
    total: Row
    reasons: Mapping[str, int | None] = field(default_factory=dict)


def sheet(areas: Mapping[str, Counts], total: Counts, small: int = SMALL) -> Sheet:
    """What is shown of the counts of each area (by key) and of all together."""
    found = figures.sheet(MEASURES, areas, total, small)
    rows = tuple(Row(row.key, row.cells) for row in found.rows)
    all_of_them = Row("", found.total.cells)
    # Reasons of trips are shown; those of people are hidden among one another.
    shown: dict[str, int | None] = {name: value for name, value in total.items() if name.startswith(CANCELLED)}
    shown |= reasons_of(total, UNMET, "unmet", is_hidden=all_of_them.cells["unmet"] is None, small=small)
    return Sheet(rows, all_of_them, shown)
