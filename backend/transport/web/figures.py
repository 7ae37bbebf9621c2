"""Figures as the page and the spreadsheet show them: the same rows, in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.people.models import Organisation
from backend.people.months import small_of
from backend.people.web.figures import HIDDEN, Figures, Line, Value, number
from backend.transport.domain.figures import CANCELLED, UNMET, Row, Sheet, sheet
from backend.transport.selectors import figures
from backend.transport.web.disruption import KINDS

PEOPLE: dict[str, str | Promise] = {
    "rides": gettext_lazy("Rides (single ways)"),
    "companion_rides": gettext_lazy("Rides of companions"),
    "people": gettext_lazy("Different people"),
    "first_timers": gettext_lazy("For the first time"),
    "no_shows": gettext_lazy("Not at the door"),
    "late_cancellations": gettext_lazy("Cancelled late"),
    "unmet": gettext_lazy("Asked in vain"),
}
TRIPS: dict[str, str | Promise] = {
    "trips_driven": gettext_lazy("Trips driven"),
    "trips_stopped": gettext_lazy("of which stopped on the way"),
    "trips_cancelled": gettext_lazy("Trips cancelled"),
    "km": gettext_lazy("Kilometres"),
}
WORKED_OUT: dict[str, str | Promise] = {
    "seats": gettext_lazy("Seats used, in per cent"),
    "wheelchair": gettext_lazy("Wheelchair places used, in per cent"),
    "rollator": gettext_lazy("Rollator places used, in per cent"),
    "hours": gettext_lazy("Hours of volunteers"),
    "income": gettext_lazy("Income, in euros"),
}
OF_ALL: dict[str, str | Promise] = {
    "costs": gettext_lazy("Costs, in euros"),
    "per_ride": gettext_lazy("Costs of a ride, in euros"),
    "cover": gettext_lazy("Costs covered by income, in per cent"),
}
COLUMNS = PEOPLE | TRIPS | WORKED_OUT | OF_ALL

WHY_NOT: dict[str, str | Promise] = {
    "no_trip": gettext_lazy("no trip went there"),
    "no_room": gettext_lazy("no seat was left"),
    "trip_cancelled": gettext_lazy("the trip was cancelled"),
    "ride": gettext_lazy("the ride would take too long"),
    "shift": gettext_lazy("the trip would take too long"),
    "promise": gettext_lazy("others would have been moved too much"),
    "too_far": gettext_lazy("lives too far away"),
    "no_wheelchair_place": gettext_lazy("no wheelchair place in that bus"),
    "no_rollator_place": gettext_lazy("no place for a rollator in that bus"),
    "scootmobiel": gettext_lazy("a scootmobiel is not taken"),
}


def sheet_of(organisation: Organisation, first: date) -> Sheet:
    """A month with its small cells hidden."""
    month = figures.month_of(organisation, first)
    return sheet(month.areas, month.total, small_of(organisation))


def values(row: Row) -> dict[str, Value]:
    """A row by column, worked out; None: hidden, or it does not apply."""
    cells = row.cells
    minutes, income, costs = cells.get("volunteer_minutes"), cells.get("income_cents"), cells.get("costs_cents")
    shares = {name: row.share(f"{name}_used", f"{name}_offered", 100) for name in ("seats", "wheelchair", "rollator")}
    found: dict[str, Value] = {name: cells.get(name) for name in (*PEOPLE, *TRIPS)}
    found |= {name: None if share is None else round(share, 1) for name, share in shares.items()}
    found["hours"] = None if minutes is None else round(minutes / 60, 1)
    found["income"] = None if income is None else income / 100
    if row.key or not costs:
        return found
    found["costs"] = costs / 100
    found["per_ride"] = None if row.cents_per_ride is None else round(row.cents_per_ride / 100, 2)
    found["cover"] = None if row.cost_cover is None else round(row.cost_cover * 100, 1)
    return found


def _is_hidden(row: Row, column: str) -> bool:
    """Hidden, and not merely without meaning (nothing was offered, no costs were entered)."""
    of = {"seats": "seats_used", "wheelchair": "wheelchair_used", "rollator": "rollator_used", "income": "income_cents"}
    if column in ("per_ride", "cover"):
        return bool(row.cells.get("costs_cents")) and (row.all_rides is None or row.cells["income_cents"] is None)
    return column not in ("costs", "hours") and row.cells[of.get(column, column)] is None


PLACES = {"income": 2, "costs": 2, "per_ride": 2, "seats": 1, "wheelchair": 1, "rollator": 1, "hours": 1, "cover": 1}
"""Decimal places by column; none elsewhere."""

FIGURES: Figures[Row] = Figures(COLUMNS, values, _is_hidden, PLACES)


def table(found: Sheet, names: dict[str, str]) -> list[dict[str, Any]]:
    """For the page: a line for each column that says something, with a cell for each area and for all."""
    return FIGURES.table((*found.rows, found.total), names, _("All areas"))


def reasons(found: Sheet) -> list[dict[str, Any]]:
    """Why trips were cancelled, and why people were told no."""
    listed = []
    for code, count in sorted(found.reasons.items()):
        kind, _colon, reason = code.partition(":")
        is_trip = code.startswith(CANCELLED)
        words = KINDS.get(reason, _("other")) if is_trip else WHY_NOT.get(reason, _("other"))
        listed.append(
            {
                "kind": _("Trips cancelled") if is_trip else _("Asked in vain"),
                "why": words,
                "words": str(HIDDEN) if count is None else number(count),
                "code": kind if is_trip else UNMET,
            }
        )
    return listed


def lines(organisation: Organisation, months: Iterable[date]) -> Iterable[Line]:
    """For a spreadsheet: a line for each month and area, headed; what is hidden says so."""
    names = figures.area_names(organisation)
    yield FIGURES.headings(_("Area"))
    for first in months:
        found = sheet_of(organisation, first)
        yield from FIGURES.lines(first, (*found.rows, found.total), names, _("All areas"))
