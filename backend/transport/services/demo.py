"""The demo's bus: made at the first start, and on the road on every day that is played."""

from datetime import date, datetime, timedelta
from typing import Any

from backend.people import calls_to_make
from backend.people.models import Engagement, Organisation
from backend.transport.domain.run import What
from backend.transport.domain.stops import Kind
from backend.transport.models import CallTask, Ride, SeatOffer, Trip, Vehicle
from backend.transport.selectors.manifest import StopOnList, manifest_of
from backend.transport.services.demo_bus import DRIVER, RESIDENTS, SETUP
from backend.transport.services.setting_up import BY_COMMAND, add_trip, known, set_up_bus


def prepare_bus(organisation: Organisation, *, day: date, now: datetime) -> Trip:
    """Make what is missing, put away what an earlier start left on the road, and return the trip of `day`.

    Runs in a transaction, while no worker runs. `now` is an instant (UTC) before the bus leaves.
    """
    vehicle = Vehicle.objects.filter(organisation=organisation, name=SETUP.vehicle).first()
    if vehicle is None:
        return set_up_bus(SETUP, organisation, day=day, now=now).trips[0]
    _put_away(organisation, now)
    # An earlier start that was stopped before its morning began leaves today's trip as it was.
    there = Trip.objects.filter(vehicle=vehicle, series=None, date=day, state=Trip.State.PLANNED).first()
    return there or add_trip(known(SETUP, organisation), SETUP.trips[0], day, now)


def residents_of(trip: Trip, now: datetime) -> list[dict[str, Any]]:
    """Who lives in the simulated town because of the bus. The driver ticks his list at the planned times.

    `now` (UTC) is when the town begins.
    """
    visits: list[dict[str, Any]] = []
    before = now
    for at, form, fields in _day_of_the_driver(trip, now):
        after = max((at - before).total_seconds(), 1.0)
        visits.append({"submit": form, "after": after, "fields": fields})
        before += timedelta(seconds=after)
    return [one | {"texts": [{"hears": "/bus/m/", "visits": visits}]} if one is DRIVER else one for one in RESIDENTS]


def _day_of_the_driver(trip: Trip, now: datetime) -> list[tuple[datetime, str, dict[str, str]]]:
    """When which form of the list is submitted, with what."""
    deeds: list[tuple[datetime, str, dict[str, str]]] = [
        (trip.leaves_at - timedelta(minutes=5), "open", {}),
        (trip.leaves_at, "start", {}),
    ]
    for stop in manifest_of(trip, now).stops:
        deeds += [(stop.at + timedelta(minutes=2), form, {"what": what.value}) for form, what in _forms_of(stop)]
    return [*deeds, (deeds[-1][0] + timedelta(minutes=5), "close-run", {})]


def _forms_of(stop: StopOnList) -> list[tuple[str, What]]:
    if stop.kind is Kind.ARRIVE:
        return [(f"{What.AT_DESTINATION}-{stop.round}", What.AT_DESTINATION)]
    what = What.HOME_INSIDE if stop.kind is Kind.BRING else What.ON_BOARD
    return [(f"{what}-{ride}", what) for ride in stop.stop.rides]


def _put_away(organisation: Organisation, now: datetime) -> None:
    """End what an earlier start left: nobody is on the road any more, and nobody waits for an answer."""
    left = Trip.objects.filter(
        organisation=organisation,
        state__in=(Trip.State.PLANNED, Trip.State.UNDERWAY),
        leaves_at__lt=now,
    )
    keys = list(left.values_list("pk", flat=True))
    Ride.objects.filter(trip__in=keys, state__in=(Ride.State.PLANNED, Ride.State.ON_BOARD)).update(
        state=Ride.State.CANCELLED
    )
    SeatOffer.objects.filter(trip__in=keys, state=SeatOffer.State.OPEN).update(
        state=SeatOffer.State.WITHDRAWN, ended_at=now, ended_by=BY_COMMAND.who
    )
    calls_to_make.lapse(CallTask.objects.filter(trip__in=keys), BY_COMMAND.who, now)
    Engagement.objects.filter(person__organisation=organisation, starts_at__lt=now, ends_at__gt=now).delete()
    left.update(state=Trip.State.CANCELLED, cancelled_because="demo_ended")
