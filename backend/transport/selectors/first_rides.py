"""Whose first trip it is: read from rides that were driven, never noted when they were booked."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from backend.transport.models import Ride

RODE_BEFORE = Exists(
    Ride.objects.filter(
        booking__person=OuterRef("booking__person"),
        state=Ride.State.DONE,
        trip__leaves_at__lt=OuterRef("trip__leaves_at"),
    )
)
"""Of a ride: this person rode along, to the destination or home, on an earlier trip."""


def marked(rides: "QuerySet[Ride]") -> "QuerySet[Ride]":
    """The same rides, with whether it is their first trip (`is_first`)."""
    mark: dict[str, Any] = {"is_first": ~RODE_BEFORE}
    return rides.annotate(**mark)
