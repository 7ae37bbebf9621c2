"""Somebody asked for a place and gets none: counted for the funder, with the reason."""

from datetime import datetime

from backend.people.models import Person
from backend.transport.domain.booking import Refusal
from backend.transport.models import Booking, Trip, UnmetRequest


def count(trip: Trip, person: Person | None, why: Refusal, now: datetime) -> None:
    """Somebody asked and went away without a place."""
    UnmetRequest.objects.create(
        organisation_id=trip.organisation_id,
        person=person,
        trip=trip,
        area_id=trip.area_id,
        reason=why.value,
        at=now,
    )


def waited_for_nothing(trip: Trip, waiting: list[Booking], now: datetime) -> None:
    """The trip for which they waited is off. Whoever has been counted for it already is not counted twice."""
    counted = set(trip.unmet_requests.values_list("person_id", flat=True))
    for booking in waiting:
        if booking.person_id not in counted:
            count(trip, booking.person, Refusal.TRIP_CANCELLED, now)


def wait_again(trip: Trip, waiting: list[Booking]) -> None:
    """It is driven after all: whether they go without is not known yet."""
    people = [booking.person_id for booking in waiting]
    trip.unmet_requests.filter(person__in=people, reason=Refusal.TRIP_CANCELLED.value).delete()
