"""Reserving: the answer, and then exactly that, under the evening's lock.

A chair is taken by a row, and rows are counted under the lock: nothing is ever oversold.
"""

from datetime import datetime

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.meals.domain import chairs
from backend.meals.domain.chairs import Refusal
from backend.meals.models import ChairOffer, Evening, GuestCall, Reservation, TurnedAway
from backend.meals.selectors.counting import chairs_of, largest_table
from backend.meals.selectors.waiting import chairs_beside_the_list
from backend.meals.services import evenings, guest_calls, offer_messages, reservation_rows, wishes
from backend.meals.services.wishes import No, Wish
from backend.people import calls_to_make
from backend.people.models import Person


def answer(evening: Evening, wish: Wish, now: datetime) -> No | None:
    """Why a party cannot come; None when it can. Reads only; under the evening's lock it holds. `now` is UTC."""
    late = chairs.when(evening.state, now, evening.cutoff_at, evening.ends_at)
    if late:
        return No(late)
    if evening.reservations.filter(person=wish.person).exclude(state=Reservation.State.CANCELLED).exists():
        return No(Refusal.ALREADY)
    if _helps(evening, wish.person):
        return No(Refusal.HELPS)
    largest = largest_table(evening)
    if wish.covers > largest:
        return No(Refusal.NO_TABLE, largest=largest)
    count = chairs_beside_the_list(evening, now)
    full = count.room_for(wish.covers)
    return No(full, free=max(count.free, 0), largest=largest) if full else None


def _helps(evening: Evening, person: Person) -> bool:
    """Whether somebody eats with the crew that evening."""
    return evening.crew.filter(person=person).exists()


def reserve(*, evening_id: int, wish: Wish, actor: Actor, now: datetime) -> Reservation | No:
    """Give a party its chairs. Runs in a transaction; `now` is UTC.

    Raises:
        RondjeError: a party of nobody, more plates than people, or a food that nobody knows.
    """
    wishes.check(wish)
    evening = evenings.locked(evening_id)
    refused = answer(evening, wish, now)
    if refused:
        return refused
    row = reservation_rows.made(evening, wish, Reservation.State.RESERVED, actor, now)
    return reservation_rows.seated(evening, row, actor, "reserved")


def wait(*, evening_id: int, wish: Wish, actor: Actor, now: datetime) -> Reservation | No:
    """Put a party on the waiting list. Runs in a transaction.

    Raises:
        Conflict: there are chairs, so that they can be reserved.
        RondjeError: as `reserve`.
    """
    wishes.check(wish)
    evening = evenings.locked(evening_id)
    refused = answer(evening, wish, now)
    others_wait = evening.reservations.filter(state=Reservation.State.WAITING).exists()
    if refused is None and not others_wait:
        raise Conflict("There are chairs on this evening now: reserve them instead of waiting.")
    if refused is not None and refused.why not in (Refusal.FULL, Refusal.OFFERED):
        return refused
    row = reservation_rows.made(evening, wish, Reservation.State.WAITING, actor, now)
    evenings.tell(evening, "waiting", actor, reservation=row.pk)
    return row


def promote(*, reservation_id: int, actor: Actor, now: datetime) -> Reservation | No:
    """Give a party that waits its chairs. Runs in a transaction.

    Raises:
        Conflict: it does not wait any more.
    """
    evening, row = reservation_rows.locked_row(reservation_id)
    if row.state != Reservation.State.WAITING:
        raise Conflict("This party is not on the waiting list any more.")
    late = chairs.when(evening.state, now, evening.cutoff_at, evening.ends_at)
    count = chairs_of(evening, now, besides=row.pk)
    full = late or count.room_for(row.covers)
    if full:
        return No(full, free=max(count.free, 0))
    row.state = Reservation.State.RESERVED
    row.save(update_fields=["state"])
    guest_calls.lapse(evening, actor, now, person_id=row.person_id, kinds=guest_calls.ABOUT_WAITING)
    return reservation_rows.seated(evening, row, actor, "reserved")


def walk_in(*, evening_id: int, wish: Wish, actor: Actor, now: datetime) -> Reservation | No:
    """Somebody stands at the door and there are chairs: they are in. Runs in a transaction.

    Raises:
        RondjeError: as `reserve`.
    """
    wishes.check(wish)
    evening = evenings.locked(evening_id)
    closed = chairs.at_the_door(evening.state, now, evening.ends_at)
    if closed:
        return No(closed)
    if evening.reservations.filter(person=wish.person).exclude(state=Reservation.State.CANCELLED).exists():
        return No(Refusal.ALREADY)
    if _helps(evening, wish.person):
        return No(Refusal.HELPS)
    count = chairs_of(evening, now)
    full = count.room_for(wish.covers)
    if full:
        return No(full, free=max(count.free, 0))
    row = reservation_rows.made(evening, wish, Reservation.State.RESERVED, actor, now)
    row.arrived_at, row.arrived_covers = now, row.covers
    row.save(update_fields=["arrived_at", "arrived_covers"])
    return reservation_rows.seated(evening, row, actor, "walked_in")


def let_in(*, reservation_id: int, covers: int, actor: Actor, now: datetime) -> Reservation | No:
    """Somebody who waits, or whose number was never confirmed, stands at the door: they are in if there are chairs.

    Runs in a transaction.

    Raises:
        Conflict: they need not be let in, because they have chairs or have cancelled.
    """
    evening, row = reservation_rows.locked_row(reservation_id)
    if row.state not in (Reservation.State.WAITING, Reservation.State.UNCONFIRMED):
        raise Conflict("They have chairs already, or have cancelled. Load the list again.")
    if _helps(evening, row.person):
        return No(Refusal.HELPS)
    count = chairs_of(evening, now, besides=row.pk)
    full = count.room_for(covers)
    if full:
        return No(full, free=max(count.free, 0))
    for offer in row.offers.filter(state=ChairOffer.State.OPEN):
        offer.state, offer.ended_at, offer.ended_by = ChairOffer.State.WITHDRAWN, now, actor.who
        offer.save(update_fields=["state", "ended_at", "ended_by"])
        offer_messages.take_back(offer)
    guest_calls.lapse(evening, actor, now, person_id=row.person_id, kinds=guest_calls.ABOUT_WAITING)
    row.state, row.holds_until = Reservation.State.RESERVED, None
    row.arrived_at, row.arrived_covers = now, covers
    row.save(update_fields=["state", "holds_until", "arrived_at", "arrived_covers"])
    return reservation_rows.seated(evening, row, actor, "walked_in")


def change_covers(*, reservation_id: int, covers: int, actor: Actor, now: datetime) -> Reservation | No:
    """More or fewer people come. Fewer always may, until the evening begins. Runs in a transaction.

    All plates stay. Where they are more than the people who are left, somebody rings them about it.

    Raises:
        Conflict: it has been cancelled; the party is here already.
        RondjeError: a party of nobody.
    """
    evening, row = reservation_rows.still_to_come(reservation_id)
    if covers < 1:
        raise Conflict("A reservation is for one person at least. Cancel it if nobody comes.")
    if covers > row.covers:
        full = None
        if row.state != Reservation.State.WAITING:
            late = chairs.when(evening.state, now, evening.cutoff_at, evening.ends_at)
            full = late or chairs_beside_the_list(evening, now, besides=row.pk).room_for(covers)
        if full or covers > largest_table(evening):
            return No(full or Refusal.NO_TABLE, largest=largest_table(evening))
    freed = row.covers - covers
    row.covers = covers
    row.save(update_fields=["covers"])
    if row.plates.count() > covers:
        guest_calls.about_plates(evening, row, now)
    evenings.changed(evening)
    evenings.tell(evening, "covers_changed", actor, reservation=row.pk, freed=max(freed, 0))
    return row


def cancel(*, reservation_id: int, because: str, actor: Actor, now: datetime) -> Reservation:
    """A party does not come, or does not wait any more. Runs in a transaction. `because` is a code.

    After the cutoff it is as welcome, and late: the pots may be on. Whoever waits is offered the chairs.

    Raises:
        Conflict: cancelled already, or here already.
    """
    evening, row = reservation_rows.locked_row(reservation_id)
    if row.state == Reservation.State.CANCELLED:
        raise Conflict("This reservation has been cancelled already.")
    if row.arrived_at is not None:
        raise Conflict("They are here already: their chairs are taken.")
    was = row.state
    reservation_rows.ended(row, because, now)
    calls_to_make.lapse(GuestCall.objects.filter(reservation=row), actor.who, now)
    evenings.changed(evening)
    late = was == Reservation.State.RESERVED and now >= evening.cutoff_at
    evenings.tell(evening, "cancelled", actor, reservation=row.pk, was=was, late=late, because=because)
    return row


def turned_away(evening: Evening, wish: Wish, why: Refusal, now: datetime) -> None:
    """Somebody asked and went away without a chair: counted."""
    TurnedAway.objects.create(
        resto=evening.resto, evening=evening, person=wish.person, covers=wish.covers, reason=why.value, at=now
    )
