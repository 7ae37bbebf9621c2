"""A trip does not go as promised, its passengers expect the bus soon, and it is not known that they know."""

from datetime import datetime

from django.db.models import Min, QuerySet

from backend.incidents.models import Incident, IncidentMember
from backend.incidents.selectors import BUS_SOURCE
from backend.transport.domain.disruption import Where, case_at
from backend.transport.models import DisruptionNotice, Ride, Trip
from backend.transport.selectors.disruption import notices_of
from backend.transport.selectors.run import NOT_TOLD
from backend.transport.services.cases import open_case

WAITS = (DisruptionNotice.State.OPEN, DisruptionNotice.State.PERSON)
TO_COME = (Ride.State.PLANNED, Ride.State.CANCELLED)


def look(trip: Trip, now: datetime) -> datetime | None:
    """Open the case that is due, with everybody who has not confirmed; else say when it is. Under the trip's lock.

    Whoever is in an open case of those who have to get home is looked after there.
    """
    notices = _notices(trip)
    if not notices:
        return None
    at = min(case_at(_expects_the_bus_at(notice), notice.disruption.at) for notice in notices)
    if now < at:
        return at
    people = [notice.person for notice in notices]
    number = _cases(trip).filter(state=Incident.State.CLOSED).count()
    open_case(trip, Incident.Kind.RUN, people, cause=f"untold:{number}", now=now, details={"reason": NOT_TOLD})
    return None


def _notices(trip: Trip) -> list[DisruptionNotice]:
    """Passengers who have not confirmed, and are in no case for it. Who only waited expects no bus."""
    stranded = Incident.objects.filter(source_kind=BUS_SOURCE, source_id=trip.pk, kind=Incident.Kind.STRANDED)
    cared_for = IncidentMember.objects.filter(incident__in=stranded.exclude(state=Incident.State.CLOSED))
    found = []
    for notice in notices_of(trip).filter(state__in=WAITS).exclude(booking=None).exclude(whereabouts=Where.WAITING):
        if notice.state == DisruptionNotice.State.OPEN and notice.way_home:
            # They may have been told a moment ago, and now their way home as well.
            continue
        cases = _cases(trip).filter(opened_at__gte=notice.disruption.at, members__person=notice.person_id)
        if not cases.exists() and not cared_for.filter(person=notice.person_id).exists():
            found.append(notice)
    return found


def _cases(trip: Trip) -> "QuerySet[Incident]":
    return Incident.objects.filter(source_kind=BUS_SOURCE, source_id=trip.pk, details__reason=NOT_TOLD)


def _expects_the_bus_at(notice: DisruptionNotice) -> datetime:
    rides = Ride.objects.filter(booking=notice.booking_id, state__in=TO_COME)
    first: datetime | None = rides.aggregate(at=Min("promised_from"))["at"]
    return first or notice.disruption.trip.leaves_at
