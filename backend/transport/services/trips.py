"""A trip's lock, and its end before it has begun."""

from datetime import datetime

from django.db.models import F

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.events.services import record
from backend.people.services import engagements
from backend.transport.domain.money import TRIP_CANCELLED
from backend.transport.models import Booking, Ride, Trip
from backend.transport.services import asked, unmet

SUBJECT = "trip"


def locked(trip_id: int) -> Trip:
    """The trip, locked until the end of the transaction. Its lock comes before that of a case and of any row."""
    Trip.objects.select_for_update().get(pk=trip_id)
    return Trip.objects.select_related("organisation", "area", "destination", "vehicle", "layout").get(pk=trip_id)


def changed(trip: Trip) -> None:
    """Whoever has a manifest on paper or on a telephone must be able to see that it is an old one."""
    Trip.objects.filter(pk=trip.pk).update(plan_version=F("plan_version") + 1)
    trip.refresh_from_db(fields=["plan_version"])


def tell(trip: Trip, kind: str, actor: Actor, *, at: datetime | None = None, **payload: object) -> None:
    """Record an event of a trip. `payload`: references and codes. `at` is the true time (UTC) when it was not now."""
    record(
        kind=f"transport.{kind}",
        subject_kind=SUBJECT,
        subject_id=trip.pk,
        actor=actor,
        organisation_id=trip.organisation_id,
        payload=dict(payload),
        occurred_at=at,
    )


def cancel(*, trip_id: int, because: str, actor: Actor, now: datetime) -> Trip:
    """The trip is not driven: all bookings are cancelled with it, and nobody is charged. Runs in a transaction.

    Whoever was booked or waited is told by the list of calls that follows ("transport.trip_cancelled").

    Raises:
        Conflict: the bus is underway, or the trip is over or cancelled already.
    """
    trip = locked(trip_id)
    if trip.state == Trip.State.UNDERWAY:
        raise Conflict("The bus is underway. Stop the trip under “It goes wrong”, so that everybody gets home.")
    if trip.state != Trip.State.PLANNED:
        raise Conflict("This trip is over or has been cancelled already.")
    trip.state, trip.cancelled_because = Trip.State.CANCELLED, because
    trip.save(update_fields=["state", "cancelled_because"])
    open_bookings = trip.bookings.exclude(state=Booking.State.CANCELLED)
    told = list(open_bookings.values_list("pk", flat=True))
    waiting = open_bookings.filter(state=Booking.State.WAITING).select_related("person")
    unmet.waited_for_nothing(trip, list(waiting), now)
    trip.rides.exclude(state=Ride.State.CANCELLED).update(state=Ride.State.CANCELLED)
    for booking in open_bookings:
        engagements.release(source_of(booking))
    open_bookings.update(state=Booking.State.CANCELLED, cancelled_at=now, cancelled_because=TRIP_CANCELLED)
    asked.end(trip, actor, now)
    changed(trip)
    tell(trip, "trip_cancelled", actor, bookings=told)
    return trip


def source_of(booking: Booking) -> str:
    """How an engagement says which booking it follows from."""
    return f"booking:{booking.pk}"
