"""Somebody for whom the bus has no place any more, and whom nobody has told by the evening before: a case."""

import logging
from datetime import datetime

from django.db import transaction

from backend.incidents.models import Incident, IncidentMember
from backend.incidents.selectors import BUS_SOURCE
from backend.people.models import Person
from backend.transport.models import CallTask, Trip
from backend.transport.services import cases

log = logging.getLogger(__name__)

REASON = "no_place"


def look(trip: Trip, now: datetime) -> None:
    """Open the case if one is due. Any number of times; under the trip's lock. Nobody else's evening hangs on it."""
    try:
        with transaction.atomic():
            _open(trip, now)
    except Exception:
        log.exception("Trip %s: no case could be opened about who has no place in the bus.", trip.pk)


def _open(trip: Trip, now: datetime) -> None:
    known = IncidentMember.objects.filter(
        incident__source_kind=BUS_SOURCE, incident__source_id=trip.pk, incident__details__reason=REASON
    ).values("person_id")
    tasks = trip.call_tasks.filter(kind=CallTask.Kind.MOVED, state=CallTask.State.OPEN, details__no_place=True)
    people = list(
        Person.objects.filter(pk__in=tasks.values("person_id")).exclude(pk__in=known).order_by("pk"),
    )
    if people:
        cause = f"{REASON}:{people[0].pk}"
        cases.open_case(trip, Incident.Kind.RUN, people, cause=cause, now=now, details={"reason": REASON})
