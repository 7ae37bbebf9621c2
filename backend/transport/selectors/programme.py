"""Reading the programme: the dates of a series, and what stands in their way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from backend.common.holidays import holidays_between
from backend.common.recurrence import RuleError
from backend.people.selectors import local_date, zone_of
from backend.transport.domain.programme import (
    Change,
    Driven,
    LeftOut,
    Moments,
    Readiness,
    Recurring,
    Span,
    Times,
    days_of,
    moments,
)
from backend.transport.models import Series, Trip, Vehicle
from backend.transport.selectors.settings import programme_settings

NOT_IN_SERIES = "not_in_series"
"""Why a trip was cancelled on which nobody counted: it is kept, for calendars and whatever else refers to it, and is
taken up again when its series has that date again."""


def readiness_of(vehicle: Vehicle) -> Readiness:
    """When a vehicle may be driven."""
    return Readiness(
        papers={paper.kind: paper.valid_until for paper in vehicle.papers.all()},
        out_of_service=[Span(one.first_day, one.last_day, one.reason) for one in vehicle.out_of_service.all()],
        in_use=vehicle.in_use,
    )


def recurring(series: Series) -> Recurring:
    """A series as the rules see it."""
    return Recurring(
        rule=series.rule,
        first_day=series.first_day,
        last_day=series.last_day,
        times=Times(series.leaves_at, series.returns_at),
        on_holidays=series.on_holidays,
        changes=tuple(
            Change(
                one.date,
                Times(one.leaves_at, one.returns_at) if one.leaves_at and one.returns_at else None,
                one.reason,
            )
            for one in series.exceptions.all()
        ),
    )


def series_days(series: Series, first: date, last: date, *, language: str = "") -> list[Driven | LeftOut]:
    """The local dates of a series from `first` to `last`, both included, and why some are left out.

    Holidays are named in `language`; empty: the organisation's. Raises RuleError.
    """
    kept = _holidays(series, first, last, language)
    return days_of(recurring(series), first, last, holidays=kept, vehicle=readiness_of(series.vehicle))


def days_by_rule(series: Series, days: Sequence[date]) -> dict[date, Driven]:
    """Which of these local dates a series is driven on, whatever its vehicle may do: another one could drive.

    Raises RuleError.
    """
    if not days:
        return {}
    first, last = min(days), max(days)
    kept = _holidays(series, first, last, "")
    found = days_of(recurring(series), first, last, holidays=kept, vehicle=Readiness())
    return {day.day: day for day in found if isinstance(day, Driven) and day.day in days}


def _holidays(series: Series, first: date, last: date, language: str) -> dict[date, str]:
    organisation = series.organisation
    kept = programme_settings(organisation).holidays
    return holidays_between(first, last, kept=kept, language=language or organisation.language)


def horizon(series: Series, now: datetime) -> tuple[date, date]:
    """The local dates, both included, for which trips are made by now."""
    today = local_date(series.organisation, now)
    return today, today + timedelta(weeks=programme_settings(series.organisation).weeks_ahead)


@dataclass(frozen=True)
class Outlook:
    """A date of a series: its trip, if there is one, and otherwise why there is none.

    `left_out` says why by the rules; `busy` is another trip that has the vehicle at that time.
    """

    day: date
    trip: Trip | None
    left_out: LeftOut | None
    busy: Trip | None


def outlook(series: Series, now: datetime, *, language: str = "") -> list[Outlook]:
    """The coming dates of a series, with what has become of each. Empty when its rule cannot be read."""
    first, last = horizon(series, now)
    coming = {trip.date: trip for trip in in_programme(_with_vehicle(series.trips.filter(date__range=(first, last))))}
    try:
        days = series_days(series, first, last, language=language)
    except RuleError:
        days = []
    known = {day.day: day for day in days}
    rows = []
    for day in sorted(known.keys() | coming.keys()):
        found, trip, busy = known.get(day), coming.get(day), None
        if isinstance(found, Driven) and trip is None:
            if moments_of(series, found).leaves_at <= now:
                continue
            busy = in_the_way(series, found)
        rows.append(Outlook(day, trip, found if isinstance(found, LeftOut) else None, busy))
    return rows


def _with_vehicle(trips: "QuerySet[Trip]") -> "QuerySet[Trip]":
    return trips.select_related("vehicle").prefetch_related("vehicle__papers", "vehicle__out_of_service")


def in_programme(trips: "QuerySet[Trip]") -> "QuerySet[Trip]":
    """Without those that were cancelled only because their series has no such date any more."""
    return trips.exclude(state=Trip.State.CANCELLED, cancelled_because=NOT_IN_SERIES)


def in_the_way(series: Series, driven: Driven) -> Trip | None:
    """Another trip that has the series' vehicle at the time of this one."""
    return overlapping(series.vehicle, moments_of(series, driven)).first()


def overlapping(vehicle: Vehicle, found: Moments) -> "QuerySet[Trip]":
    """The trips that have a vehicle between two instants."""
    trips = Trip.objects.filter(vehicle=vehicle, leaves_at__lt=found.ends_at, ends_at__gt=found.leaves_at)
    return trips.exclude(state=Trip.State.CANCELLED).select_related("destination").order_by("leaves_at")


def moments_of(series: Series, driven: Driven) -> Moments:
    """The instants (UTC) of a series' trip on a date."""
    return moments(
        driven.day,
        driven.times,
        shift_minutes=series.shift_minutes,
        cutoff=programme_settings(series.organisation).cutoff,
        zone=zone_of(series.organisation),
    )
