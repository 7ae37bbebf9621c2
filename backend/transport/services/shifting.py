"""A trip that is later than it was to be: its times, those of its rides, and where its people are then.

Always under the trip's lock; the trip itself is saved by who shifts it.
"""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from backend.common.errors import Conflict
from backend.people.models import Engagement
from backend.people.selectors import zone_of
from backend.people.services import engagements
from backend.people.services.engagements import Engaged
from backend.transport.domain.disruption import Part
from backend.transport.models import Booking, Ride, Trip
from backend.transport.selectors.crew import source_of
from backend.transport.services import trips


def shift(trip: Trip, part: Part, span: timedelta) -> None:
    """Move what is still to come of a part of the trip; whoever was told a time or that the bus is near is told anew.

    Raises:
        Conflict: bus or people are elsewhere then, it would be another day, or the bus would have to turn back at once.
    """
    _shift_trip(trip, part, span)
    rides = trip.rides.filter(state=Ride.State.PLANNED)
    if part is not Part.BOTH:
        rides = rides.filter(way=part.value)
    rides.update(
        planned_at=F("planned_at") + span,
        boards_at=F("boards_at") + span,
        arrives_at=F("arrives_at") + span,
        promised_from=F("promised_from") + span,
        promised_until=F("promised_until") + span,
        told_from=None,
        told_until=None,
        near_told_at=None,
    )
    _arrives_in_time(trip)


def _shift_trip(trip: Trip, part: Part, span: timedelta) -> None:
    """The trip's own times; bus and people must be free then, too."""
    was = (trip.leaves_at, trip.ends_at)
    if trip.state == Trip.State.PLANNED and part is not Part.HOME:
        trip.leaves_at += span
    if part is not Part.THERE:
        trip.returns_at += span
        trip.ends_at += span
    zone = zone_of(trip.organisation)
    if trip.ends_at.astimezone(zone).date() != trip.date:
        raise Conflict("So late the bus would be back on another day. Stop the trip instead.")
    other = (
        Trip.objects.filter(vehicle=trip.vehicle_id, leaves_at__lt=trip.ends_at, ends_at__gt=trip.leaves_at)
        .exclude(state=Trip.State.CANCELLED)
        .exclude(pk=trip.pk)
        .first()
    )
    if other is not None:
        words = _(
            "The bus is on the trip to %(trip)s from %(time)s on. Choose fewer minutes, or shift that trip first."
        )
        raise Conflict(words % {"trip": other.name, "time": f"{other.leaves_at.astimezone(zone):%-H:%M}"})
    _shift_engagements(trip, was)


def _shift_engagements(trip: Trip, was: tuple[datetime, datetime]) -> None:
    """Whoever is engaged by this trip is engaged as much later; says who cannot."""
    begins, ends = trip.leaves_at - was[0], trip.ends_at - was[1]
    for booking in trip.bookings.filter(state=Booking.State.BOOKED).order_by("pk"):
        source = trips.source_of(booking)
        _engage_later(source, begins if booking.there else ends, ends if booking.home else begins)
    for duty in trip.crew.exclude(person=None).order_by("task"):
        _engage_later(source_of(trip.pk, duty.task), begins, ends)


def _engage_later(source: str, begins: timedelta, ends: timedelta) -> None:
    known = Engagement.objects.select_related("person").filter(source=source).first()
    if known is None:
        return
    try:
        engagements.move(source, starts_at=known.starts_at + begins, ends_at=known.ends_at + ends)
    except Engaged as error:
        words = _("%(name)s is on another trip by then. Choose fewer minutes.")
        raise Conflict(words % {"name": known.person.name}) from error


def _arrives_in_time(trip: Trip) -> None:
    late = trip.rides.filter(way=Ride.Way.THERE, state=Ride.State.PLANNED, arrives_at__gte=trip.returns_at)
    if trip.leaves_at >= trip.returns_at or late.exists():
        raise Conflict("So late the bus would have to turn back at once. Shift the way home as well, or stop the trip.")
