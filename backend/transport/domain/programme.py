"""The dates of a series, and for each date that is left out, why. Pure; wall times in, UTC out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from backend.common import recurrence
from backend.common.clock import instant
from backend.common.holidays import KEPT

MOST_WEEKS = 26
"""Further ahead nobody books, and nobody knows who will drive."""


@dataclass(frozen=True)
class ProgrammeSettings:
    """An organisation's setting "bus", as far as it concerns the programme.

    `cutoff` is the local wall time on the day before until which cancelling is free, and a freed seat is offered.
    `weeks_ahead` is how far ahead trips are made. `holidays` are the codes of those that are kept. `phone` (E.164)
    stands in the leaflet; empty: the organisation's own.
    """

    cutoff: time = time(17, 0)
    weeks_ahead: int = 8
    holidays: frozenset[str] = KEPT
    phone: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "ProgrammeSettings":
        """What stands there; the default for what is missing or makes no sense: a wrong setting stops no bus."""
        usual = cls()
        weeks, kept = settings.get("weeks_ahead"), settings.get("holidays")
        try:
            cutoff = time.fromisoformat(str(settings.get("cutoff", ""))).replace(tzinfo=None)
        except ValueError:
            cutoff = usual.cutoff
        return cls(
            cutoff=cutoff,
            weeks_ahead=weeks if isinstance(weeks, int) and 1 <= weeks <= MOST_WEEKS else usual.weeks_ahead,
            holidays=frozenset(map(str, kept)) if isinstance(kept, list) else usual.holidays,
            phone=str(settings.get("phone", "")),
        )


@dataclass(frozen=True)
class Times:
    """Local wall times: the bus leaves the garage, and the first round home leaves the destination."""

    leaves_at: time
    returns_at: time


@dataclass(frozen=True)
class Change:
    """What holds on one date instead of the rule. No times: not driven."""

    day: date
    times: Times | None
    reason: str = ""


@dataclass(frozen=True)
class Recurring:
    """A series: its rule, the local dates between which it holds (both included), its times and its exceptions."""

    rule: str
    first_day: date
    last_day: date | None
    times: Times
    on_holidays: bool = False
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Span:
    """Local dates, both included, on which a vehicle cannot be used."""

    first_day: date
    last_day: date
    reason: str = ""


@dataclass(frozen=True)
class Readiness:
    """When a vehicle may be driven: its papers by kind with their last day, and the days in the garage."""

    papers: Mapping[str, date] = field(default_factory=dict)
    out_of_service: Sequence[Span] = ()
    in_use: bool = True


class Why(StrEnum):
    """Why a bus is not driven on a date."""

    NOT_DRIVEN = "not_driven"
    HOLIDAY = "holiday"
    OUT_OF_SERVICE = "out_of_service"
    PAPER = "paper"
    NOT_IN_USE = "not_in_use"


@dataclass(frozen=True)
class Driven:
    """A date on which the bus leaves."""

    day: date
    times: Times


@dataclass(frozen=True)
class LeftOut:
    """A date on which it does not. `what` is the holiday, the reason that was given, or the kind of the paper."""

    day: date
    why: Why
    what: str = ""


def days_of(
    series: Recurring, first: date, last: date, *, holidays: Mapping[date, str], vehicle: Readiness
) -> list[Driven | LeftOut]:
    """Every date from `first` to `last` (local, both included) that the rule or an exception names, in order.

    A person who named a date meant it: an exception with times is driven on a holiday, and outside the series' own
    days. Nobody drives a vehicle that may not be driven. Raises RuleError.
    """
    changes = {change.day: change for change in series.changes if first <= change.day <= last}
    until = min(last, series.last_day) if series.last_day else last
    ruled = set(recurrence.dates(series.rule, series.first_day, max(first, series.first_day), until))
    extra = {day for day, change in changes.items() if change.times is not None}
    return [_day(day, series, changes.get(day), holidays, vehicle) for day in sorted(ruled | extra)]


def _day(
    day: date, series: Recurring, change: Change | None, holidays: Mapping[date, str], vehicle: Readiness
) -> Driven | LeftOut:
    if change is not None and change.times is None:
        return LeftOut(day, Why.NOT_DRIVEN, change.reason)
    if change is None and day in holidays and not series.on_holidays:
        return LeftOut(day, Why.HOLIDAY, holidays[day])
    hindrance = hindered(day, vehicle)
    if hindrance is not None:
        return hindrance
    return Driven(day, change.times if change is not None and change.times is not None else series.times)


def hindered(day: date, vehicle: Readiness) -> LeftOut | None:
    """Why a vehicle may not be driven on a local date, or None. A paper holds on its last day."""
    if not vehicle.in_use:
        return LeftOut(day, Why.NOT_IN_USE)
    for span in vehicle.out_of_service:
        if span.first_day <= day <= span.last_day:
            return LeftOut(day, Why.OUT_OF_SERVICE, span.reason)
    over = sorted((until, kind) for kind, until in vehicle.papers.items() if until < day)
    return LeftOut(day, Why.PAPER, over[0][1]) if over else None


@dataclass(frozen=True)
class Moments:
    """The instants (UTC) of a trip."""

    leaves_at: datetime
    returns_at: datetime
    ends_at: datetime
    cutoff_at: datetime


def moments(day: date, times: Times, *, shift_minutes: int, cutoff: time, zone: ZoneInfo) -> Moments:
    """A trip's instants on a local date: each wall time by the offset that holds at that very time."""
    returns_at = instant(day, times.returns_at, zone)
    return Moments(
        leaves_at=instant(day, times.leaves_at, zone),
        returns_at=returns_at,
        ends_at=returns_at + timedelta(minutes=shift_minutes),
        cutoff_at=instant(day - timedelta(days=1), cutoff, zone),
    )
