"""Rides that another programme asks for by event: a seat on a trip that day to that place if one fits, else a no.

The seat is booked as anybody's is. Asked the same twice, it is answered once more and booked once; asked otherwise,
what was booked is given up for it. Whatever becomes of the booking later is answered as well.
"""

from datetime import datetime, timedelta

from django.db import transaction

from backend.common.actors import Actor
from backend.common.contracts import NO_TRIP, OVER, RIDE_ANSWERED, RideAnswered, RideWanted
from backend.events.services import record
from backend.people.models import Organisation, Person
from backend.people.services.presence import Erased
from backend.transport.domain.booking import MOST_COMPANIONS, Refusal
from backend.transport.domain.money import CHANGED
from backend.transport.domain.places import Place, metres_between
from backend.transport.models import Booking, Ride, RideRequest, Trip, UnmetRequest
from backend.transport.selectors.answering import No, Wish
from backend.transport.selectors.told import times_of
from backend.transport.services import booking, desk
from backend.transport.services.desk import Held

NEAR = 200.0
"""Metres: a destination so near is that place."""

WAITS = timedelta(hours=1)
"""Nobody waits longer than this for the bus home."""

NOT_WANTED = "not_wanted"
"""Why a booking was cancelled: a code."""


class _TooLate(Exception):
    """The bus would be there after dinner has begun."""


def wanted(asked: RideWanted, organisation_id: int, *, actor: Actor, now: datetime) -> None:
    """Book a ride, or say why not. Runs in a transaction; `now` is UTC."""
    request = RideRequest.objects.select_for_update().filter(reference=asked.reference).first()
    if request is not None and request.number >= asked.number:
        if request.is_wanted and request.number == asked.number:
            _record(request, request.answer, actor)
        return
    if request is None:
        request = RideRequest(organisation_id=organisation_id, reference=asked.reference)
    _give_up(request, CHANGED, actor, now)
    request.number, request.is_wanted, request.at = asked.number, True, now
    found = _book(asked, organisation_id, actor, now)
    request.booking = found if isinstance(found, Booking) else None
    request.save()
    if isinstance(found, str):
        UnmetRequest.objects.create(organisation_id=organisation_id, person_id=asked.person, reason=found, at=now)
        _answer(request, RideAnswered(request.reference, request.number, comes=False, why=found), actor)
    else:
        _answer(request, _told(request, found), actor)


def not_wanted(reference: str, number: int, *, actor: Actor, now: datetime) -> None:
    """They do not want it any more: the seat is free. Who is in the bus already is brought home."""
    request = RideRequest.objects.select_for_update().filter(reference=reference).first()
    if request is None or request.number >= number:
        return
    _give_up(request, NOT_WANTED, actor, now)
    request.number, request.is_wanted, request.at = number, False, now
    request.save()


def tell_again(trip_id: int, *, actor: Actor) -> None:
    """A trip is planned anew, or a booking of it is over: whoever asked by event hears what has changed."""
    rows = RideRequest.objects.select_for_update(of=("self",)).filter(booking__trip=trip_id, is_wanted=True)
    for request in rows.select_related("booking").order_by("pk"):
        assert request.booking is not None
        answer = _told(request, request.booking)
        if answer.as_payload() != request.answer:
            _answer(request, answer, actor)


def _give_up(request: RideRequest, because: str, actor: Actor, now: datetime) -> None:
    row = request.booking
    if row is None:
        return
    if row.state == Booking.State.CANCELLED:
        booking.not_again(row.pk)
        return
    if not row.rides.filter(state__in=(Ride.State.ON_BOARD, Ride.State.DONE)).exists():
        booking.cancel(booking_id=row.pk, because=because, actor=actor, now=now)


def _book(asked: RideWanted, organisation_id: int, actor: Actor, now: datetime) -> Booking | str:
    """The booking, or a code of why not: of the first trip that could have been."""
    person = Person.objects.select_related("organisation").get(pk=asked.person)
    if person.organisation_id != organisation_id:
        return NO_TRIP
    if asked.covers - 1 > MOST_COMPANIONS:
        return Refusal.PARTY_TOO_LARGE
    why = ""
    for trip in _trips(person.organisation, asked):
        try:
            with transaction.atomic():
                found = _on(trip, Wish(person, asked.covers - 1), asked.arrive_by, actor, now)
        except _TooLate:
            why = why or NO_TRIP
            continue
        except Erased:
            return NO_TRIP
        if isinstance(found, Booking):
            return found
        why = why or found
    return why or NO_TRIP


def _trips(organisation: Organisation, asked: RideWanted) -> list[Trip]:
    """Trips of that day to that place that leave in time and come back neither before the end nor long after it."""
    rows = Trip.objects.filter(
        organisation=organisation,
        date=asked.date,
        state=Trip.State.PLANNED,
        leaves_at__lt=asked.arrive_by,
        returns_at__gte=asked.back_from,
        returns_at__lte=asked.back_from + WAITS,
    )
    place = Place(asked.latitude, asked.longitude)
    coming = rows.select_related("destination").order_by("-leaves_at", "pk")
    return [trip for trip in coming if metres_between(Place.of(trip.destination), place) <= NEAR]


def _on(trip: Trip, wish: Wish, arrive_by: datetime, actor: Actor, now: datetime) -> Booking | str:
    found = desk.book(trip.pk, [wish], actor=actor, now=now)
    if isinstance(found, Held):
        return Refusal.OFFERED
    if isinstance(found, No):
        return found.why
    if found.booking.rides.filter(way=Ride.Way.THERE, arrives_at__gt=arrive_by).exists():
        raise _TooLate
    return found.booking


def _told(request: RideRequest, row: Booking) -> RideAnswered:
    times = times_of(row)
    if row.state == Booking.State.CANCELLED or times.there is None:
        return RideAnswered(request.reference, request.number, comes=False, why=OVER)
    first, last = times.there
    return RideAnswered(request.reference, request.number, True, "", first, last, times.around_home)


def _answer(request: RideRequest, answer: RideAnswered, actor: Actor) -> None:
    request.answer = answer.as_payload()
    request.save(update_fields=["answer"])
    _record(request, request.answer, actor)


def _record(request: RideRequest, payload: dict[str, object], actor: Actor) -> None:
    record(
        kind=RIDE_ANSWERED,
        subject_kind="ride_request",
        subject_id=request.pk,
        organisation_id=request.organisation_id,
        actor=actor,
        payload=payload,
    )
