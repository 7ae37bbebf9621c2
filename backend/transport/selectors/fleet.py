"""Vehicles of organisations, the papers that end soon, and the trips that need another vehicle."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q

from backend.people.models import Organisation
from backend.people.selectors import local_date
from backend.transport.domain.programme import LeftOut, hindered
from backend.transport.models import Trip, Vehicle, VehiclePaper
from backend.transport.selectors.programme import readiness_of

SOON = timedelta(days=30)
"""A garage may need weeks to have time for an inspection."""


@dataclass(frozen=True)
class Ending:
    """A paper of a vehicle in use that has ended, or does so soon; `trips` are those that are planned after it."""

    paper: VehiclePaper
    is_over: bool
    trips: int


@dataclass(frozen=True)
class Stranded:
    """A coming trip whose vehicle may not be driven on that day, and why."""

    trip: Trip
    why: LeftOut


def vehicles_of(organisation: Organisation) -> list[Vehicle]:
    """With layouts, papers and days in the garage; those in use in front."""
    known = Vehicle.objects.filter(organisation=organisation).prefetch_related("layouts", "papers", "out_of_service")
    return list(known.order_by("-in_use", "name"))


def papers_ending(organisations: Iterable[Organisation], now: datetime) -> list[Ending]:
    """The soonest first."""
    found = []
    for organisation in organisations:
        today = local_date(organisation, now)
        papers = list(
            VehiclePaper.objects.filter(
                vehicle__organisation=organisation, vehicle__in_use=True, valid_until__lt=today + SOON
            ).select_related("vehicle__organisation")
        )
        planned = _planned(organisation, today) if papers else []
        for paper in papers:
            after = [day for vehicle, day in planned if vehicle == paper.vehicle_id and day > paper.valid_until]
            found.append(Ending(paper, paper.valid_until < today, len(after)))
    return sorted(found, key=lambda one: (one.paper.valid_until, one.paper.vehicle.name, one.paper.kind))


def stranded(organisations: Iterable[Organisation], now: datetime) -> list[Stranded]:
    """Coming trips that need another vehicle, the soonest first. A constant number of queries."""
    out, paper = "vehicle__out_of_service__", "vehicle__papers__"
    perhaps = (
        Q(vehicle__in_use=False)
        | Q(**{f"{paper}valid_until__lt": F("date")})
        | Q(**{f"{out}first_day__lte": F("date"), f"{out}last_day__gte": F("date")})
    )
    coming = Trip.objects.filter(
        perhaps, organisation__in=list(organisations), state=Trip.State.PLANNED, leaves_at__gt=now
    ).select_related("organisation", "destination", "vehicle")
    known = coming.distinct().prefetch_related("vehicle__papers", "vehicle__out_of_service").order_by("leaves_at", "pk")
    found = [(trip, hindered(trip.date, readiness_of(trip.vehicle))) for trip in known]
    return [Stranded(trip, why) for trip, why in found if why is not None]


def _planned(organisation: Organisation, today: date) -> list[tuple[int, date]]:
    trips = Trip.objects.filter(organisation=organisation, state=Trip.State.PLANNED, date__gte=today)
    return list(trips.values_list("vehicle_id", "date"))
