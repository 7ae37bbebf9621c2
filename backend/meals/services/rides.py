"""A ride with the bus, asked for in the same breath as chairs: asked by event, answered by event, never forgotten.

What is wanted follows from the reservation as it is now, however often this looks. Without an answer within an hour,
and when no bus comes, somebody rings the guest.
"""

from datetime import datetime, timedelta

from backend.common.actors import Actor
from backend.common.contracts import RIDE_NOT_WANTED, RIDE_WANTED, RideAnswered, RideWanted
from backend.events.models import Lane
from backend.events.services import cancel_timer, set_timer
from backend.meals.models import Evening, GuestCall, Reservation, RideAsked
from backend.meals.services import evenings, guest_calls

TIMER = "meals.ride"
"""Looks whether a ride was answered. The subject is the reservation."""

PATIENCE = timedelta(hours=1)

NO_PLACE, SILENT = "no_place", "silent"
"""Why a person has to ring: nobody knows where the resto is on the map; the bus has not answered."""

State = RideAsked.State


def follow(reservation_id: int, actor: Actor, now: datetime) -> None:
    """Ask for the ride that a reservation wants, ask anew when it has changed, or take it back. In a transaction.

    From the hour of the doors on nothing is asked or taken back but for who has cancelled: the bus is under way.
    """
    evening, row = _locked(reservation_id)
    ride = RideAsked.objects.filter(reservation=row).first()
    if not _is_wanted(evening, row):
        if ride is not None and ride.state != State.TAKEN_BACK:
            _take_back(evening, row, ride, actor, now)
        return
    if evening.state != Evening.State.PLANNED or now >= evening.doors_at or row.arrived_at is not None:
        return
    if ride is None:
        ride = RideAsked(reservation=row, state=State.TAKEN_BACK, asked_at=now)
    if ride.state == State.TAKEN_BACK or ride.asked != _as_asked(evening, row):
        _ask(evening, row, ride, actor, now)


def follow_evening(evening_id: int, actor: Actor, now: datetime) -> None:
    """The same for all of an evening: it takes place at another time, or not at all."""
    evenings.locked(evening_id)
    rows = Reservation.objects.filter(evening=evening_id, wants_ride=True)
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        follow(pk, actor, now)


def answered(answer: RideAnswered, actor: Actor, now: datetime) -> None:
    """The bus comes, or it does not. An answer to what was asked before, or to what was taken back, changes nothing."""
    kind, _colon, key = answer.reference.partition(":")
    if kind != "reservation" or not Reservation.objects.filter(pk=key).exists():
        return
    evening, row = _locked(int(key))
    ride = RideAsked.objects.filter(reservation=row).first()
    if ride is None or ride.state == State.TAKEN_BACK or ride.number != answer.number:
        return
    ride.state = State.COMES if answer.comes else State.NO_BUS
    ride.answered_at, ride.why = now, answer.why
    ride.there_from, ride.there_until, ride.home_at = answer.there_from, answer.there_until, answer.home_at
    ride.save()
    cancel_timer(kind=TIMER, subject_id=row.pk)
    if answer.comes:
        guest_calls.lapse(evening, actor, now, person_id=row.person_id, kinds=(GuestCall.Kind.RIDE,))
    else:
        guest_calls.to_make(evening, row, GuestCall.Kind.RIDE, now, {"why": answer.why})
    evenings.tell(evening, "ride_noted", actor, reservation=row.pk, comes=answer.comes, why=answer.why)


def look(reservation_id: int, now: datetime) -> None:
    """The timer's handler: nobody has answered, so somebody rings. Runs in a transaction, any number of times."""
    evening, row = _locked(reservation_id)
    ride = RideAsked.objects.filter(reservation=row, state=State.ASKED).first()
    if ride is None:
        return
    if now < ride.asked_at + PATIENCE:
        set_timer(kind=TIMER, subject_id=row.pk, due_at=ride.asked_at + PATIENCE, lane=Lane.NOTICE)
        return
    guest_calls.to_make(evening, row, GuestCall.Kind.RIDE, now, {"why": SILENT})


def _locked(reservation_id: int) -> tuple[Evening, Reservation]:
    evening = evenings.locked(Reservation.objects.values_list("evening_id", flat=True).get(pk=reservation_id))
    return evening, evening.reservations.select_related("person").get(pk=reservation_id)


def _is_wanted(evening: Evening, row: Reservation) -> bool:
    has_chairs = row.state == Reservation.State.RESERVED and evening.state != Evening.State.CANCELLED
    return row.wants_ride and has_chairs


def _as_asked(evening: Evening, row: Reservation) -> dict[str, object]:
    resto = evening.resto
    return {
        "place": [resto.latitude, resto.longitude],
        "arrive_by": evening.dinner_at.isoformat(),
        "back_from": evening.ends_at.isoformat(),
        "covers": row.covers,
    }


def _ask(evening: Evening, row: Reservation, ride: RideAsked, actor: Actor, now: datetime) -> None:
    ride.state, ride.number, ride.asked_at = State.ASKED, ride.number + 1, now
    ride.asked = _as_asked(evening, row)
    ride.answered_at = ride.there_from = ride.there_until = ride.home_at = None
    ride.why = ""
    ride.save()
    guest_calls.lapse(evening, actor, now, person_id=row.person_id, kinds=(GuestCall.Kind.RIDE,))
    resto = evening.resto
    if resto.latitude is None or resto.longitude is None:
        no = RideAnswered(evenings.source_of(row), ride.number, comes=False, why=NO_PLACE)
        answered(no, actor, now)
        return
    wanted = RideWanted(
        reference=evenings.source_of(row),
        number=ride.number,
        person=row.person_id,
        date=evening.date,
        place=resto.name,
        latitude=resto.latitude,
        longitude=resto.longitude,
        arrive_by=evening.dinner_at,
        back_from=evening.ends_at,
        covers=row.covers,
    )
    evenings.tell(evening, RIDE_WANTED.removeprefix("meals."), actor, **wanted.as_payload())
    set_timer(kind=TIMER, subject_id=row.pk, due_at=now + PATIENCE, lane=Lane.NOTICE)


def _take_back(evening: Evening, row: Reservation, ride: RideAsked, actor: Actor, now: datetime) -> None:
    ride.state, ride.number = State.TAKEN_BACK, ride.number + 1
    ride.save(update_fields=["state", "number"])
    cancel_timer(kind=TIMER, subject_id=row.pk)
    guest_calls.lapse(evening, actor, now, person_id=row.person_id, kinds=(GuestCall.Kind.RIDE,))
    told = {"reference": evenings.source_of(row), "number": ride.number}
    evenings.tell(evening, RIDE_NOT_WANTED.removeprefix("meals."), actor, **told)
