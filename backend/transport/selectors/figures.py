"""Counting what the bus did in a month, per area, from rows; or from what was kept of a month whose rows have gone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet, Sum

from backend.common.figures import Counts, next_month
from backend.people.models import Organisation
from backend.people.months import span_of
from backend.people.selectors import local_date
from backend.transport.domain.figures import CANCELLED, UNMET
from backend.transport.models import (
    Area,
    Booking,
    CrewDuty,
    Disruption,
    MonthlyCosts,
    MonthlyFigures,
    Pass,
    Payment,
    Ride,
    Trip,
    UnmetRequest,
)
from backend.transport.selectors.disruption import standing_stops
from backend.transport.selectors.first_rides import RODE_BEFORE
from backend.transport.selectors.money import LATE, payments

ALL = ""
"""The key of all areas together."""

NOWHERE = "None"
"""The key of what was asked for no area in particular: in all only."""

HOST_SEATS = 1

RIDDEN = (
    "rides",
    "companion_rides",
    "people",
    "first_timers",
    "seats_used",
    "wheelchair_used",
    "rollator_used",
)


@dataclass(frozen=True)
class Month:
    """The counts of a month: by area (its key as text), and of all together."""

    first: date
    areas: Mapping[str, Counts]
    total: Counts
    is_kept: bool
    """Whether they were kept before their rows went."""


def month_of(organisation: Organisation, first: date) -> Month:
    """The counts of the month that begins on `first` (local)."""
    kept = list(MonthlyFigures.objects.filter(organisation=organisation, month=first))
    if kept:
        areas = {str(one.area_id): one.counts for one in kept if one.area_id is not None}
        total: Counts = next((one.counts for one in kept if one.area_id is None), {})
        return Month(first, areas, {**total, **_costs(organisation, first)}, is_kept=True)
    return counted(organisation, first)


def counted(organisation: Organisation, first: date) -> Month:
    """The same, counted from rows. A constant number of queries."""
    areas: dict[str, Counter[str]] = defaultdict(Counter)
    for pk in Area.objects.filter(organisation=organisation).values_list("pk", flat=True):
        areas[str(pk)] = Counter()
    month = Trip.objects.filter(organisation=organisation, date__gte=first, date__lt=next_month(first))
    driven = month.filter(state__in=(Trip.State.CLOSED, Trip.State.UNDERWAY))
    span = span_of(organisation, first)
    trips = list(driven.select_related("layout"))
    _count_trips(areas, trips, month)
    _count_rides(areas, trips)
    _count_bookings(areas, month)
    _count_hours(areas, trips)
    _count_unmet(areas, organisation, span)
    total: Counter[str] = Counter()
    for counts in areas.values():
        total.update(counts)
    areas.pop(NOWHERE, None)
    total["people"] = _people(driven)
    passes = Pass.objects.filter(person__organisation=organisation, sold_at__gte=span[0], sold_at__lt=span[1])
    total["income_cents"] += passes.aggregate(sum=Sum("cents"))["sum"] or 0
    known = {key: dict(counts) for key, counts in areas.items()}
    return Month(first, known, dict(total) | _costs(organisation, first), is_kept=False)


def _count_trips(areas: dict[str, Counter[str]], trips: list[Trip], month: "QuerySet[Trip]") -> None:
    stopped = set(standing_stops().filter(trip__in=trips).values_list("trip_id", flat=True))
    driven = Ride.objects.filter(trip__in=trips).exclude(state=Ride.State.CANCELLED)
    distinct = set(driven.values_list("trip_id", "way", "round_number"))
    rounds = Counter(trip_id for trip_id, _way, _number in distinct)
    for trip in trips:
        counts, layout, times = areas[str(trip.area_id)], trip.layout, rounds[trip.pk]
        counts["trips_driven"] += 1
        counts["trips_stopped"] += trip.pk in stopped
        counts["km"] += trip.odometer_km or 0
        counts["seats_offered"] += times * (layout.seats - HOST_SEATS)
        counts["wheelchair_offered"] += times * layout.wheelchair_places
        counts["rollator_offered"] += times * layout.rollator_places
    why = dict(standing_stops().filter(trip__in=month).order_by("pk").values_list("trip_id", "kind"))
    for pk, area in month.filter(state=Trip.State.CANCELLED).values_list("pk", "area_id"):
        areas[str(area)]["trips_cancelled"] += 1
        areas[str(area)][f"{CANCELLED}{why.get(pk, Disruption.Kind.OTHER)}"] += 1


def _count_rides(areas: dict[str, Counter[str]], trips: list[Trip]) -> None:
    done = Ride.objects.filter(trip__in=trips, state=Ride.State.DONE)
    sums = (
        done.order_by()
        .values("trip__area_id")
        .annotate(
            rides=Count("pk"),
            companion_rides=Sum("booking__companions"),
            people=Count("booking__person", distinct=True),
            first_timers=Count("booking__person", distinct=True, filter=~RODE_BEFORE),
            seats_used=Sum("booking__seats"),
            wheelchair_used=Sum("booking__wheelchair_places"),
            rollator_used=Sum("booking__rollator_places"),
        )
    )
    for row in sums:
        areas[str(row["trip__area_id"])].update({name: row.get(name) or 0 for name in RIDDEN})
    missed = Ride.objects.filter(trip__in=trips, state=Ride.State.NOT_THERE, way=Ride.Way.THERE)
    for area, number in missed.order_by().values_list("trip__area_id").annotate(n=Count("pk")):
        areas[str(area)]["no_shows"] += number


def _people(driven: "QuerySet[Trip]") -> int:
    """Somebody who rode in two areas is one person."""
    done = Ride.objects.filter(trip__in=driven, state=Ride.State.DONE)
    return done.values("booking__person").distinct().count()


def _count_bookings(areas: dict[str, Counter[str]], month: "QuerySet[Trip]") -> None:
    late = Booking.objects.filter(LATE, trip__in=month).exclude(trip__state=Trip.State.CANCELLED)
    for area, number in late.order_by().values_list("trip__area_id").annotate(n=Count("pk")):
        areas[str(area)]["late_cancellations"] += number
    cash = payments().filter(booking__trip__in=month, way=Payment.Way.CASH)
    for area, cents in cash.order_by().values_list("booking__trip__area_id").annotate(n=Sum("cents")):
        areas[str(area)]["income_cents"] += cents


def _count_hours(areas: dict[str, Counter[str]], trips: list[Trip]) -> None:
    """From when the bus left until it was over; who closed the run late in the evening was not on the bus so long."""
    crew = Counter(
        CrewDuty.objects.filter(trip__in=trips, state=CrewDuty.State.CONFIRMED).values_list("trip_id", flat=True)
    )
    for trip in trips:
        begun = trip.started_at or trip.leaves_at
        ended = min(trip.closed_at, trip.ends_at) if trip.closed_at else trip.ends_at
        minutes = max(0, round((ended - begun).total_seconds() / 60))
        areas[str(trip.area_id)]["volunteer_minutes"] += crew[trip.pk] * minutes


def _count_unmet(areas: dict[str, Counter[str]], organisation: Organisation, span: tuple[datetime, datetime]) -> None:
    asked = UnmetRequest.objects.filter(organisation=organisation, at__gte=span[0], at__lt=span[1])
    for area, reason, number in asked.order_by().values_list("area_id", "reason").annotate(n=Count("pk")):
        areas[str(area)]["unmet"] += number
        areas[str(area)][f"{UNMET}{reason}"] += number


def _costs(organisation: Organisation, first: date) -> dict[str, int]:
    costs = MonthlyCosts.objects.filter(organisation=organisation, month=first).values_list("cents", flat=True).first()
    return {} if costs is None else {"costs_cents": costs}


def months(organisation: Organisation, now: datetime, *, only_over: bool) -> list[date]:
    """Months with figures, the latest first; `only_over`: what changes every day could tell who rode today."""
    this = local_date(organisation, now).replace(day=1)
    found = {
        day.replace(day=1)
        for day in Trip.objects.filter(organisation=organisation).dates("date", "month")
        if day.replace(day=1) <= this
    }
    found |= set(MonthlyFigures.objects.filter(organisation=organisation).values_list("month", flat=True))
    found |= {this}
    return sorted((first for first in found if first < this or not only_over), reverse=True)


def area_names(organisation: Organisation) -> dict[str, str]:
    """Names of areas by key."""
    rows: Iterable[tuple[int, str]] = Area.objects.filter(organisation=organisation).values_list("pk", "name")
    return {str(pk): name for pk, name in rows}
