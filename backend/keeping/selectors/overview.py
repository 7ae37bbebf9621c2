"""What was kept, counted and removed, for the page of an organisation."""

from dataclasses import asdict
from datetime import date
from typing import Any

from backend.keeping.domain.periods import Periods
from backend.keeping.models import Erasure, MonthlyFigure, Purge
from backend.people.models import Organisation

LATEST = 40
MONTHS = 24


def periods_of(organisation: Organisation) -> dict[str, int]:
    """Days for which an organisation keeps things, by name."""
    return asdict(Periods.of(organisation.settings))


def latest_purges(organisation: Organisation) -> list[Purge]:
    """What was removed last, the newest first."""
    return list(Purge.objects.filter(organisation=organisation).order_by("-ran_at", "-pk")[:LATEST])


def latest_erasures(organisation: Organisation) -> list[Erasure]:
    """Who was erased last: references only."""
    return list(Erasure.objects.filter(organisation=organisation).order_by("-done_at")[:LATEST])


def months_of(organisation: Organisation) -> dict[date, dict[str, int]]:
    """The figures of the last two years, by month, the newest first."""
    found: dict[date, dict[str, Any]] = {}
    figures = MonthlyFigure.objects.filter(organisation=organisation).order_by("-month", "name")
    for figure in figures:
        if figure.month not in found and len(found) == MONTHS:
            break
        found.setdefault(figure.month, {})[figure.name] = figure.value
    return found
