"""The dates of evenings that recur, and for each that is left out, why. Pure; wall times in, UTC out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from backend.common import recurrence
from backend.common.clock import instant
from backend.common.errors import RondjeError
from backend.common.holidays import KEPT

MOST_WEEKS = 26


@dataclass(frozen=True)
class SeriesSettings:
    """An organisation's setting "dinners": how far ahead evenings are made, and the codes of the holidays it keeps."""

    weeks_ahead: int = 8
    holidays: frozenset[str] = KEPT

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "SeriesSettings":
        """What stands there; the default for what is missing or makes no sense: a wrong setting stops no dinner."""
        weeks, kept = settings.get("weeks_ahead"), settings.get("holidays")
        return cls(
            weeks_ahead=weeks if isinstance(weeks, int) and 1 <= weeks <= MOST_WEEKS else cls.weeks_ahead,
            holidays=frozenset(map(str, kept)) if isinstance(kept, list) else KEPT,
        )


@dataclass(frozen=True)
class Times:
    """Local wall times. Usual are 12:30, 17:30 and 18:00 (domain text, Resto VanHarte)."""

    cutoff: time = time(12, 30)
    doors: time = time(17, 30)
    dinner: time = time(18, 0)
    ends: time = time(20, 30)

    def check(self) -> None:
        """Raise RondjeError when the evening could not go so."""
        if not self.cutoff < self.doors <= self.dinner < self.ends:
            raise RondjeError(
                "The times are not in order. First comes the cutoff, then the doors open, then dinner is served, then "
                "it is over."
            )


@dataclass(frozen=True)
class Recurring:
    """A series: its rule, the local dates between which it holds (both included), and when it is closed, and why."""

    rule: str
    first_day: date
    last_day: date | None = None
    on_holidays: bool = False
    closed: Mapping[date, str] = field(default_factory=dict)
    besides: frozenset[date] = frozenset()
    """Dates that a person named: held on a holiday, and on a day that is not one of the series."""


class Why(StrEnum):
    """Why there is no dinner on a date."""

    CLOSED = "closed"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class Day:
    """A date of a series. `why` is None when there is a dinner; `what` is the holiday, or the reason that was given."""

    day: date
    why: Why | None = None
    what: str = ""


def days_of(series: Recurring, first: date, last: date, *, holidays: Mapping[date, str]) -> list[Day]:
    """Every date from `first` to `last` (local, both included) that the rule or a person names, in order.

    Raises RuleError.
    """
    until = min(last, series.last_day) if series.last_day else last
    ruled = set(recurrence.dates(series.rule, series.first_day, max(first, series.first_day), until))
    named = {day for day in series.besides if first <= day <= last}
    return [_day(day, series, holidays) for day in sorted(ruled | named)]


def _day(day: date, series: Recurring, holidays: Mapping[date, str]) -> Day:
    if day in series.closed:
        return Day(day, Why.CLOSED, series.closed[day])
    if day in holidays and not series.on_holidays and day not in series.besides:
        return Day(day, Why.HOLIDAY, holidays[day])
    return Day(day)


@dataclass(frozen=True)
class Moments:
    """The instants (UTC) of an evening."""

    cutoff_at: datetime
    doors_at: datetime
    dinner_at: datetime
    ends_at: datetime


def moments(day: date, times: Times, zone: ZoneInfo) -> Moments:
    """An evening's instants on a local date: each wall time by the offset that holds at that very time."""
    return Moments(*(instant(day, wall, zone) for wall in (times.cutoff, times.doors, times.dinner, times.ends)))
