"""What stands in a leaflet: the trips of an area in a month or two, and the days on which the bus does not drive."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backend.common.recurrence import RuleError
from backend.people.models import Organisation
from backend.people.selectors import local_date, zone_of
from backend.transport.domain.programme import Driven, LeftOut, Times, Why
from backend.transport.models import Area, Series, Tariff, Trip
from backend.transport.selectors.programme import horizon, in_programme, series_days
from backend.transport.selectors.settings import programme_settings

MOST_MONTHS = 3


@dataclass(frozen=True)
class Outing:
    """A trip as the leaflet tells it. Local date and wall times; `address` and `note` may be empty."""

    day: date
    times: Times
    name: str
    address: str
    note: str


@dataclass(frozen=True)
class NotDriven:
    """A day on which people would expect the bus, and why it does not come; `reason` may be empty."""

    day: date
    name: str
    reason: str


@dataclass(frozen=True)
class Leaflet:
    """A leaflet. `first` and `last` are local dates, both included; `prices` are names and euro cents."""

    organisation: Organisation
    area: Area
    first: date
    last: date
    outings: tuple[Outing, ...]
    not_driven: tuple[NotDriven, ...]
    prices: tuple[tuple[str, int], ...]
    phone: str


def leaflet(area: Area, month: date, months: int, now: datetime, *, language: str) -> Leaflet:
    """The leaflet of `months` months (1 to 3) from the one in which `month` lies; holidays are named in `language`.

    Trips that are made are told as they are; later ones as their series says.
    """
    first = month.replace(day=1)
    last = _after(first, min(max(months, 1), MOST_MONTHS)) - timedelta(days=1)
    known = in_programme(Trip.objects.filter(area=area, date__range=(first, last)).select_related("destination"))
    trips = list(known.order_by("leaves_at"))
    outings = [_outing(trip, area) for trip in trips if trip.state != Trip.State.CANCELLED]
    not_driven = [
        NotDriven(trip.date, trip.name, trip.cancelled_because)
        for trip in trips
        if trip.state == Trip.State.CANCELLED and trip.date >= local_date(area.organisation, now)
    ]
    told = {(trip.series_id, trip.date) for trip in trips}
    for series, day in _days(area, first, last, language):
        if (series.pk, day.day) in told or not (series.first_day <= day.day):
            continue
        name = series.title or series.destination.name
        if isinstance(day, LeftOut):
            not_driven.append(NotDriven(day.day, name, day.what if day.why in {Why.NOT_DRIVEN, Why.HOLIDAY} else ""))
        elif day.day > horizon(series, now)[1]:
            outings.append(Outing(day.day, day.times, name, series.destination.address, series.note))
    return Leaflet(
        organisation=area.organisation,
        area=area,
        first=first,
        last=last,
        outings=tuple(sorted(outings, key=lambda one: (one.day, one.times.leaves_at))),
        not_driven=tuple(sorted(not_driven, key=lambda one: (one.day, one.name))),
        prices=_prices(area.organisation),
        phone=programme_settings(area.organisation).phone or area.organisation.phone,
    )


def _outing(trip: Trip, area: Area) -> Outing:
    zone = zone_of(area.organisation)
    times = Times(trip.leaves_at.astimezone(zone).time(), trip.returns_at.astimezone(zone).time())
    return Outing(trip.date, times, trip.name, trip.destination.address, trip.note)


def _days(area: Area, first: date, last: date, language: str) -> Iterable[tuple[Series, Driven | LeftOut]]:
    known = Series.objects.filter(area=area).select_related("organisation", "destination", "vehicle")
    for series in known.prefetch_related("exceptions", "vehicle__papers", "vehicle__out_of_service").order_by("pk"):
        try:
            for day in series_days(series, first, last, language=language):
                yield series, day
        except RuleError:
            continue


def _prices(organisation: Organisation) -> tuple[tuple[str, int], ...]:
    found = Tariff.objects.filter(organisation=organisation, in_use=True).order_by("-cents", "name")
    return tuple(found.values_list("name", "cents"))


def _after(first: date, months: int) -> date:
    """The first day of the month so many later."""
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)
