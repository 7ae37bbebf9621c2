"""Evenings that recur: which take place, and what becomes of the dates of a series."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from backend.common.holidays import holidays_between
from backend.common.recurrence import RuleError
from backend.meals.domain.series import Day, Moments, Recurring, SeriesSettings, Times, days_of, moments
from backend.meals.models import CrewPlace, Evening, EveningSeries, Reservation
from backend.people.models import Organisation
from backend.people.selectors import local_date, zone_of

NOT_IN_SERIES = "not_in_series"
"""Why an evening was cancelled on which nobody counted: it is kept, for calendars and whatever else refers to it, and
is taken up again when its series has that date again."""

SETTING = "dinners"


def in_programme(evenings: "QuerySet[Evening]") -> "QuerySet[Evening]":
    """Without those that were cancelled only because their series has no such date any more."""
    return evenings.exclude(state=Evening.State.CANCELLED, cancelled_because=NOT_IN_SERIES)


def settings_of(organisation: Organisation) -> SeriesSettings:
    """What an organisation chose for its dinners; defaults for what is not there."""
    found = organisation.settings.get(SETTING, {})
    return SeriesSettings.of(found if isinstance(found, dict) else {})


def recurring(series: EveningSeries) -> Recurring:
    """A series as the rules see it."""
    exceptions = list(series.exceptions.all())
    return Recurring(
        rule=series.rule,
        first_day=series.first_day,
        last_day=series.last_day,
        on_holidays=series.on_holidays,
        closed={one.date: one.reason for one in exceptions if one.closed},
        besides=frozenset(one.date for one in exceptions if not one.closed),
    )


def times_of(series: EveningSeries) -> Times:
    """The wall times of a series."""
    return Times(series.cutoff, series.doors, series.dinner, series.ends)


def series_days(series: EveningSeries, first: date, last: date, *, language: str = "") -> list[Day]:
    """The local dates of a series from `first` to `last`, both included, and why some are left out.

    Holidays are named in `language`; empty: the organisation's. Raises RuleError.
    """
    organisation = series.resto.organisation
    kept = settings_of(organisation).holidays
    named = holidays_between(first, last, kept=kept, language=language or organisation.language)
    return days_of(recurring(series), first, last, holidays=named)


def horizon(organisation: Organisation, now: datetime) -> tuple[date, date]:
    """The local dates, both included, for which evenings are made by now."""
    today = local_date(organisation, now)
    return today, today + timedelta(weeks=settings_of(organisation).weeks_ahead)


def moments_of(series: EveningSeries, day: date) -> Moments:
    """The instants (UTC) of a series' evening on a local date."""
    return moments(day, times_of(series), zone_of(series.resto.organisation))


def moments_as_they_are(evening: Evening) -> Moments:
    """An evening's own."""
    return Moments(evening.cutoff_at, evening.doors_at, evening.dinner_at, evening.ends_at)


def coming(series: EveningSeries, now: datetime) -> "QuerySet[Evening]":
    """Evenings of a series whose doors have not opened."""
    return series.evenings.filter(state=Evening.State.PLANNED, doors_at__gt=now).order_by("pk")


def counted_on(evenings: "QuerySet[Evening]") -> set[int]:
    """The keys of those for which somebody has reserved or waits, or somebody was asked to help."""
    guests = Reservation.objects.filter(evening=OuterRef("pk")).exclude(state=Reservation.State.CANCELLED)
    crew = CrewPlace.objects.filter(evening=OuterRef("pk")).exclude(state=CrewPlace.State.OPEN)
    return set(evenings.filter(Exists(guests) | Exists(crew)).values_list("pk", flat=True))


def different_evenings(series: EveningSeries, now: datetime) -> list[Evening]:
    """Coming evenings that are otherwise than their series says: a person decides about each. Raises nothing."""
    evenings = list(coming(series, now).order_by("date"))
    try:
        held = held_days(series, evenings)
    except RuleError:
        return []
    return [one for one in evenings if one.date not in held or moments_as_they_are(one) != moments_of(series, one.date)]


def held_days(series: EveningSeries, evenings: list[Evening]) -> set[date]:
    """On which of these evenings' dates the series has a dinner. Raises RuleError."""
    if not evenings:
        return set()
    days = [one.date for one in evenings]
    return {one.day for one in series_days(series, min(days), max(days)) if one.why is None}


@dataclass(frozen=True)
class Outlook:
    """A date of a series: its evening, if there is one; `other` is another of the resto that stands in its place."""

    day: Day
    evening: Evening | None
    other: Evening | None


def outlook(series: EveningSeries, now: datetime, *, language: str = "") -> list[Outlook]:
    """The coming dates of a series, with what has become of each. Empty when its rule cannot be read."""
    first, last = horizon(series.resto.organisation, now)
    there = in_programme(Evening.objects.filter(resto=series.resto_id, date__range=(first, last)))
    evenings = {one.date: one for one in there}
    try:
        days = {one.day: one for one in series_days(series, first, last, language=language)}
    except RuleError:
        days = {}
    own = {day: one for day, one in evenings.items() if one.series_id == series.pk}
    rows = []
    for day in sorted(days.keys() | own.keys()):
        other = evenings.get(day) if day not in own else None
        found = days.get(day, Day(day))
        if day in own or other or found.why or moments_of(series, day).doors_at > now:
            rows.append(Outlook(found, own.get(day), other))
    return rows
