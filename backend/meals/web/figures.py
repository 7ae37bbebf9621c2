"""Figures of the dinners as the page and the spreadsheet show them: the same rows, in words."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.common.figures import Row
from backend.meals.domain.figures import BOOKED, CENTS, INCOME, NO_SHOW, TARIFF, UNMET, Sheet, sheet
from backend.meals.selectors import figures
from backend.people.models import Organisation
from backend.people.months import small_of
from backend.people.web.figures import HIDDEN, Figures, Line, Value, number

PEOPLE: dict[str, str | Promise] = {
    "booked": gettext_lazy("Places reserved"),
    "covers": gettext_lazy("Guests who ate"),
    "people": gettext_lazy("Different people"),
    "first_timers": gettext_lazy("For the first time"),
    "no_shows": gettext_lazy("Stayed away"),
    "unmet": gettext_lazy("Asked in vain"),
    "waited": gettext_lazy("Parties on the waiting list"),
    "waited_seated": gettext_lazy("of which got their chairs"),
}
EVENINGS: dict[str, str | Promise] = {
    "evenings_held": gettext_lazy("Evenings held"),
    "evenings_cancelled": gettext_lazy("Evenings cancelled"),
}
WORKED_OUT: dict[str, str | Promise] = {
    "occupancy": gettext_lazy("Chairs used, in per cent"),
    "hours": gettext_lazy("Hours of volunteers"),
    "portions_cooked": gettext_lazy("Main courses cooked"),
    "portions_left": gettext_lazy("of which nobody ate"),
    "waste": gettext_lazy("Left over, in per cent"),
    "income": gettext_lazy("Income, in euros"),
}
COLUMNS = PEOPLE | EVENINGS | WORKED_OUT

PLACES = {"occupancy": 1, "hours": 1, "waste": 1, "income": 2}

OF = {"occupancy": "chairs_used", "waste": "portions_left", "income": INCOME, "hours": "crew_minutes"}
"""What a column is worked out from, where that has another name."""

WHY_NOT: dict[str, str | Promise] = {
    "full": gettext_lazy("no chair was left"),
    "offered": gettext_lazy("the last chairs were being offered to others"),
    "no_table": gettext_lazy("no table is as large as the party"),
    "too_late": gettext_lazy("after the cutoff"),
    "closed": gettext_lazy("the evening was over or off"),
    "already": gettext_lazy("they had reserved already"),
    "helps": gettext_lazy("they help on that evening"),
}

WAYS: dict[str, str | Promise] = {
    "telephone": gettext_lazy("reserved by telephone"),
    "text": gettext_lazy("reserved by text"),
    "menu": gettext_lazy("reserved by the telephone menu"),
    "page": gettext_lazy("reserved on the page"),
    "standing": gettext_lazy("standing reservation"),
    "api": gettext_lazy("reserved by another system"),
}


def sheet_of(organisation: Organisation, first: date) -> Sheet:
    """A month with its small cells hidden."""
    month = figures.month_of(organisation, first)
    return sheet(month.restos, month.total, small_of(organisation))


def values(row: Row) -> dict[str, Value]:
    """A row by column, worked out; None: hidden, or it does not apply."""
    cells = row.cells
    minutes, income = cells.get("crew_minutes"), cells.get(INCOME)
    shares = {
        "occupancy": row.share("chairs_used", "chairs_offered", 100),
        "waste": row.share("portions_left", "portions_cooked", 100),
    }
    found: dict[str, Value] = {name: cells.get(name) for name in COLUMNS if name in cells}
    found |= {name: None if share is None else round(share, 1) for name, share in shares.items()}
    found["hours"] = None if minutes is None else round(minutes / 60, 1)
    found["income"] = None if income is None else income / 100
    return found


def _is_hidden(row: Row, column: str) -> bool:
    return row.cells[OF.get(column, column)] is None


FIGURES: Figures[Row] = Figures(COLUMNS, values, _is_hidden, PLACES)


def table(found: Sheet, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """For the page: a line for each column, with a cell for each resto and for all."""
    return FIGURES.table((*found.rows, found.total), names, _("All restos"))


def lines(organisation: Organisation, months: Iterable[date]) -> Iterable[Line]:
    """For a spreadsheet: a line for each month and resto, headed; what is hidden says so."""
    names = figures.resto_names(organisation)
    yield FIGURES.headings(_("Resto"))
    for first in months:
        found = sheet_of(organisation, first)
        yield from FIGURES.lines(first, (*found.rows, found.total), names, _("All restos"))


def reasons(found: Sheet, organisation: Organisation) -> list[dict[str, str]]:
    """Why people were told no, by which way those booked who stayed away, and what was paid by tariff."""
    listed = [_reason(_("Asked in vain"), WHY_NOT, code, count, UNMET) for code, count in sorted(found.reasons.items())]
    for code, count in sorted(found.ways.items()):
        start, kind = (NO_SHOW, _("Stayed away")) if code.startswith(NO_SHOW) else (BOOKED, _("Places reserved"))
        listed.append(_reason(kind, WAYS, code, count, start))
    named = figures.tariff_names(organisation)
    for code, count in sorted(found.tariffs.items()):
        start = TARIFF if code.startswith(TARIFF) else CENTS
        value, places = (count, 0) if start == TARIFF else (None if count is None else count / 100, 2)
        kind = _("Guests by tariff") if start == TARIFF else _("Income by tariff, in euros")
        listed.append({"kind": kind, "why": named.get(code[len(start) :], ""), "words": number(value, places)})
    return listed


def _reason(kind: str, words: Mapping[str, str | Promise], code: str, count: int | None, start: str) -> dict[str, str]:
    why = str(words.get(code[len(start) :], _("other")))
    return {"kind": kind, "why": why, "words": str(HIDDEN) if count is None else number(count)}
