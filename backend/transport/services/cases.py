"""Incidents of the bus: opened in the transaction that decides, with the ladder of this organisation's bus and day."""

from datetime import datetime
from typing import Any

from backend.common.actors import SYSTEM, Actor
from backend.incidents.models import Incident
from backend.incidents.services import of_the_bus
from backend.people.models import Person
from backend.transport.models import Trip
from backend.transport.words import say


def open_case(
    trip: Trip,
    kind: Incident.Kind,
    people: list[Person],
    *,
    cause: str,
    now: datetime,
    actor: Actor = SYSTEM,
    details: dict[str, Any] | None = None,
) -> Incident:
    """Open an incident about people of this trip, or add to the one that this cause has. Under the trip's lock.

    `cause` tells it from others of the same trip.
    """
    organisation = trip.organisation
    return of_the_bus.open_case(
        organisation,
        kind,
        people,
        cause=cause,
        trip_id=trip.pk,
        label=say("label", organisation.language, trip=trip.name),
        day=trip.date,
        now=now,
        actor=actor,
        details=details,
    )
