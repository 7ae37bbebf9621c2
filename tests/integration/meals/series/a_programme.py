"""A manager saves a series of evenings: its usual times, and what takes place."""

from datetime import date, time

from backend.meals.domain.series import Times
from backend.meals.models import Evening
from backend.meals.services import series
from backend.meals.services.changing import Facts
from backend.meals.services.series import Recurrence, Saved
from tests.support.restos import MANAGER, MONDAY, Table, at

THURSDAY = date(2026, 11, 26)
NOW = at("09:00", MONDAY)
USUAL = Times(time(12, 30), time(17, 30), time(18), time(20, 30))
EARLY = Times(time(11), time(16, 30), time(17), time(19))
TWICE = "FREQ=WEEKLY;BYDAY=TU,TH"


def saved(
    table: Table, rule: str = TWICE, times: Times = USUAL, needs: dict[str, int] | None = None, **more: object
) -> Saved:
    """A manager saves the series, or changes it (`pk`)."""
    when = Recurrence(rule, MONDAY, None, times)
    known: dict[str, object] = {"theme": "", "pk": None, **more}
    return series.save(table.resto, when, needs=needs or {}, actor=MANAGER, now=NOW, **known)


def days() -> list[str]:
    """The evenings that take place."""
    rows = Evening.objects.filter(state="planned").order_by("date")
    return [f"{day:%d-%m}" for day in rows.values_list("date", flat=True)]


def facts(**more: object) -> Facts:
    """What a manager says of one evening: the usual times and twenty chairs, but for what is given."""
    return Facts(**{"times": USUAL, "chairs": 20, **more})
