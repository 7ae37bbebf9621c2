"""Erasing a person from the bus: their trips stay countable; where they lived and what was said of them does not."""

from collections import Counter
from datetime import datetime

from django.db.models import F, Q

from backend.common.errors import Conflict
from backend.people.models import Person
from backend.transport.models import Booking, CrewDuty, DisruptionNotice, PassedOver, Trip, UnmetRequest


def lock_trips(person: Person) -> None:
    """Every trip that is not over and concerns them, before incidents and rows: nothing may change while we look."""
    theirs = Q(bookings__person=person) | Q(crew__person=person)
    trips = Trip.objects.filter(pk__in=Trip.objects.filter(theirs).values("pk"))
    ahead = trips.filter(state__in=(Trip.State.PLANNED, Trip.State.UNDERWAY))
    list(ahead.order_by("pk").select_for_update().values_list("pk", flat=True))


def refuse_while_it_matters(person: Person, now: datetime) -> None:
    """Raise Conflict, saying what to do first, while a trip counts on them or they on it."""
    underway, to_come = Q(trip__state=Trip.State.UNDERWAY), Q(trip__state=Trip.State.PLANNED, trip__ends_at__gte=now)
    if Booking.objects.filter(underway | to_come, person=person).exclude(state=Booking.State.CANCELLED).exists():
        raise Conflict("This person has a place on a trip of the bus, or waits for one. Cancel it first.")
    if CrewDuty.objects.filter(underway | to_come, person=person).exists():
        raise Conflict("This person drives or hosts a trip of the bus. Put somebody else on it first.")
    if DisruptionNotice.objects.filter(person=person, state=DisruptionNotice.State.OPEN).exists():
        raise Conflict("This person is being told that their trip does not go as planned. Wait until they know.")


def blank_trips(person: Person, removed: Counter[str]) -> None:
    """Bookings and rides keep their times and seats, which no figure can do without; the door goes to the destination.

    Aids, homes, engagements, papers and what hangs on them alone are deleted with all else that does.
    """
    bookings = Booking.objects.filter(person=person)
    for booking in bookings.annotate(to=F("trip__destination__latitude"), across=F("trip__destination__longitude")):
        Booking.objects.filter(pk=booking.pk).update(
            latitude=booking.to, longitude=booking.across, note="", on_behalf_of=""
        )
        removed["places in the bus"] += 1
    PassedOver.objects.filter(booking__in=bookings).update(details={})
    removed["told no"] += UnmetRequest.objects.filter(person=person).update(person=None)
