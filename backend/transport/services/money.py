"""Tariffs, passes, payments and the cash box. Only which tariff somebody pays is kept, never a proof of income."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.common.actors import Actor
from backend.common.errors import Conflict, NotFound, RondjeError
from backend.events.services import record
from backend.people.models import Organisation, Person
from backend.people.services import presence
from backend.transport.domain.money import CashBox
from backend.transport.models import Booking, CashCount, MonthlyCosts, Pass, Payment, Tariff, Trip
from backend.transport.selectors.money import expected_cash, facts_of, used
from backend.transport.services import trips

MOST_TRIPS = 500


@transaction.atomic
def set_tariff(organisation: Organisation, *, name: str, cents: int, actor: Actor) -> Tariff:
    """A price by this name from now on; a price of the same name is changed, and is in use again.

    What was paid keeps its amount.
    """
    tariff, _is_new = Tariff.objects.update_or_create(
        organisation=organisation, name=name, defaults={"cents": cents, "in_use": True}
    )
    _record("tariff_set", "organisation", organisation.pk, organisation.pk, actor, tariff=tariff.pk, cents=cents)
    return tariff


@transaction.atomic
def retire_tariff(tariff: Tariff, *, actor: Actor) -> None:
    """Nobody is charged by it any more."""
    Tariff.objects.filter(pk=tariff.pk).update(in_use=False)
    of = tariff.organisation_id
    _record("tariff_retired", "organisation", of, of, actor, tariff=tariff.pk)


@transaction.atomic
def sell_pass(
    person: Person,
    *,
    trips: int | None,
    valid_from: date,
    valid_until: date | None,
    cents: int,
    actor: Actor,
    now: datetime,
) -> Pass:
    """Sell somebody a pass for so many trips, or for all trips until a local date, or both.

    Raises RondjeError for a pass that ends nowhere, or before it begins, and Erased.
    """
    if trips is None and valid_until is None:
        raise RondjeError("A pass is for a number of trips, or until a date. Give one of them.")
    if trips is not None and not 1 <= trips <= MOST_TRIPS:
        raise RondjeError("A pass is for 1 to 500 trips.")
    if valid_until is not None and valid_until < valid_from:
        raise RondjeError("The last day lies before the first. Exchange the two dates.")
    presence.hold(person)
    card = Pass.objects.create(
        person=person,
        trips=trips,
        valid_from=valid_from,
        valid_until=valid_until,
        cents=cents,
        sold_at=now,
        sold_by=actor.who,
    )
    _record("pass_sold", "person", person.pk, person.organisation_id, actor, card=card.pk, cents=cents)
    return card


@transaction.atomic
def pay_cash(booking_id: int, *, tariff_id: int, actor: Actor, at: datetime) -> Payment:
    """Somebody paid a tariff in cash; companions ride free. `at` is the true time (UTC); paying anew replaces it."""
    booking, trip = _locked_booking(booking_id)
    tariff = Tariff.objects.filter(pk=tariff_id, organisation=trip.organisation_id).first()
    if tariff is None:
        raise NotFound("This tariff does not exist any more. Choose another one.")
    return _keep(booking, trip, actor, at, way=Payment.Way.CASH, tariff=tariff, used_pass=None, cents=tariff.cents)


@transaction.atomic
def pay_by_pass(booking_id: int, *, pass_id: int, actor: Actor, at: datetime) -> Payment:
    """Somebody pays with a trip of their own pass. Never more trips than it was sold for: counted under its lock.

    Raises Conflict for a pass that is used up, over or not yet valid.
    """
    booking, trip = _locked_booking(booking_id)
    card = Pass.objects.select_for_update().filter(pk=pass_id, person=booking.person_id).first()
    if card is None:
        raise NotFound("This pass does not exist, or is somebody else's. Choose another way to pay.")
    paid = Payment.objects.filter(booking=booking, used_pass=card).first()
    if paid is not None:
        return paid
    why = facts_of(card, used(card)).why_not(trip.date)
    if why:
        raise Conflict(str(REFUSED[why]))
    return _keep(booking, trip, actor, at, way=Payment.Way.PASS, tariff=None, used_pass=card, cents=0)


REFUSED = {
    "not_yet": gettext_lazy("This pass does not hold on that day yet. Choose another way to pay."),
    "over": gettext_lazy("This pass is over. Sell a new one, or choose another way to pay."),
    "used_up": gettext_lazy("All trips of this pass have been used. Sell a new one, or choose another way to pay."),
}


@transaction.atomic
def ride_free(booking_id: int, *, actor: Actor, at: datetime) -> Payment:
    """Somebody pays nothing for this trip."""
    booking, trip = _locked_booking(booking_id)
    return _keep(booking, trip, actor, at, way=Payment.Way.FREE, tariff=None, used_pass=None, cents=0)


def move(old: Booking, new: Booking, *, actor: Actor) -> None:
    """What was paid for a booking pays for the one that came in its place. Under the locks of both trips.

    A pass that does not hold on the new day gets its trip back instead: the new booking is not paid yet.
    """
    payment = Payment.objects.select_related("used_pass").filter(booking=old).first()
    if payment is None or (payment.used_pass and _does_not_hold(payment.used_pass, new.trip.date)):
        return
    payment.booking = new
    payment.save(update_fields=["booking"])
    trips.tell(new.trip, "paid", actor, booking=new.pk, way=payment.way, cents=payment.cents)


def _does_not_hold(card: Pass, day: date) -> bool:
    return facts_of(card, 0).why_not(day) in ("not_yet", "over")


@transaction.atomic
def count_cash(*, trip_id: int, counted: int, note: str, actor: Actor, now: datetime) -> CashBox:
    """What is in the cash box after a trip. Counting again replaces it.

    Raises RondjeError for a difference without a note.
    """
    trip = trips.locked(trip_id)
    box = CashBox(expected=expected_cash(trip), counted=counted)
    if box.difference and not note.strip():
        raise RondjeError("The box holds another amount than was paid. Say in a few words why, or that nobody knows.")
    CashCount.objects.update_or_create(
        trip=trip,
        defaults={
            "expected_cents": box.expected,
            "counted_cents": box.counted,
            "note": note.strip()[:200],
            "at": now,
            "by": actor.who,
        },
    )
    trips.tell(trip, "cash_counted", actor, expected=box.expected, counted=box.counted)
    return box


@transaction.atomic
def enter_costs(organisation: Organisation, month: date, cents: int, *, actor: Actor, now: datetime) -> None:
    """What the bus cost in a month (its first day, local), for the cost of a ride."""
    MonthlyCosts.objects.update_or_create(
        organisation=organisation, month=month, defaults={"cents": cents, "entered_at": now, "entered_by": actor.who}
    )
    month_of = month.isoformat()
    _record("costs_entered", "organisation", organisation.pk, organisation.pk, actor, month=month_of, cents=cents)


def _locked_booking(booking_id: int) -> tuple[Booking, Trip]:
    """Trip first, then rows."""
    found = Booking.objects.filter(pk=booking_id).values_list("trip_id", flat=True).first()
    if found is None:
        raise NotFound("This booking does not exist any more.")
    trip = trips.locked(found)
    return Booking.objects.get(pk=booking_id), trip


def _keep(booking: Booking, trip: Trip, actor: Actor, at: datetime, **how: object) -> Payment:
    if booking.state == Booking.State.WAITING:
        raise Conflict(_("Who waits for a seat does not pay yet."))
    payment, _is_new = Payment.objects.update_or_create(booking=booking, defaults={**how, "at": at, "by": actor.who})
    trips.tell(trip, "paid", actor, booking=booking.pk, way=str(how["way"]), cents=payment.cents)
    return payment


def _record(kind: str, subject: str, subject_id: int, organisation_id: int, actor: Actor, **payload: object) -> None:
    record(
        kind=f"transport.{kind}",
        subject_kind=subject,
        subject_id=subject_id,
        organisation_id=organisation_id,
        actor=actor,
        payload=payload,
    )
