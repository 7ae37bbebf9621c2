"""A trip with a bus that may not be driven on its day: a case for a person, from the evening before on."""

from datetime import datetime

from backend.incidents.models import Incident
from backend.incidents.selectors import BUS_SOURCE
from backend.incidents.services.of_the_bus import Wrong
from backend.transport.domain.programme import hindered
from backend.transport.models import Trip
from backend.transport.selectors.programme import readiness_of
from backend.transport.services.cases import open_case


def watch(trip: Trip, case_at: datetime, now: datetime) -> datetime | None:
    """Open the case, once, if the bus is still out of service or lacks a paper at `case_at`; when (UTC) to look again.

    Under the lock of a trip that has not begun.
    """
    why = hindered(trip.date, readiness_of(trip.vehicle))
    if why is None:
        return None
    if now < case_at:
        return case_at
    earlier = Incident.objects.filter(source_kind=BUS_SOURCE, source_id=trip.pk, kind=Incident.Kind.RUN)
    if not earlier.filter(details__reason=Wrong.NO_VEHICLE).exists():
        details = {"reason": Wrong.NO_VEHICLE.value, "why": why.why.value}
        open_case(trip, Incident.Kind.RUN, [], cause="vehicle", now=now, details=details)
    return None


def trips_of(vehicle_id: int, now: datetime) -> list[int]:
    """The coming trips of a vehicle: something about it has changed."""
    coming = Trip.objects.filter(vehicle=vehicle_id, state=Trip.State.PLANNED, leaves_at__gt=now)
    return list(coming.order_by("pk").values_list("pk", flat=True))
