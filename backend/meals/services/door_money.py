"""What was paid at the door: which tariff and how, for so many of a party. Never a proof of anything."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.meals.models import DoorEntry, MealPayment, Reservation, Tariff
from backend.meals.services import evenings
from backend.meals.services.door_entries import known, locked_row, make_open, note, true_time


@transaction.atomic
def pay(
    *,
    reservation_id: int,
    tariff: Tariff,
    covers: int,
    way: MealPayment.Way,
    key: UUID,
    actor: Actor,
    now: datetime,
) -> MealPayment | None:
    """So many of a party pay by this tariff. Returns the payment; None when this key has paid already.

    Raises:
        Conflict: they are not here; it has been paid for all who came; a price of another resto, or one not in use;
            the door is not open.
    """
    evening, row = locked_row(reservation_id)
    if known(key):
        return None
    make_open(evening, actor, now)
    if tariff.resto_id != evening.resto_id or not tariff.in_use:
        raise Conflict("This price is not in use here. Choose another.")
    if row.arrived_covers is None:
        raise Conflict("Tick first that they are here, then what they pay.")
    if not 1 <= covers <= row.arrived_covers - _paid_for(row):
        raise Conflict("It has been paid for so many of them already. Look at what is still to be paid.")
    cents = 0 if way == MealPayment.Way.FREE else covers * tariff.cents
    payment = MealPayment.objects.create(
        reservation=row,
        tariff=tariff,
        covers=covers,
        way=way if cents else MealPayment.Way.FREE,
        cents=cents,
        at=true_time(evening, now),
        by=actor.who,
    )
    note(row, DoorEntry.What.PAID, key=key, actor=actor, at=now)
    evenings.tell(evening, "paid", actor, reservation=row.pk, tariff=tariff.pk, covers=covers, cents=cents)
    return payment


@transaction.atomic
def take_back(*, payment: MealPayment, key: UUID, actor: Actor, now: datetime) -> None:
    """A payment was a mistake. Taking it back twice changes nothing.

    Raises:
        Conflict: the evening is closed.
    """
    evening, row = locked_row(payment.reservation_id)
    if known(key) or not row.payments.filter(pk=payment.pk).exists():
        return
    make_open(evening, actor, now)
    row.payments.filter(pk=payment.pk).delete()
    note(row, DoorEntry.What.PAID_BACK, key=key, actor=actor, at=now)
    told = {"tariff": payment.tariff_id, "covers": payment.covers, "cents": payment.cents}
    evenings.tell(evening, "payment_taken_back", actor, reservation=row.pk, **told)


def _paid_for(row: Reservation) -> int:
    return row.payments.aggregate(n=Sum("covers"))["n"] or 0
