"""Chairs, or a place in line, for somebody who still has to confirm their number. Under the evening's lock."""

from datetime import datetime

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.meals.domain import chairs
from backend.meals.domain.chairs import Chairs, Refusal
from backend.meals.models import Evening, Reservation
from backend.meals.selectors.counting import chairs_of
from backend.meals.selectors.waiting import chairs_beside_the_list
from backend.meals.services import evenings, reservation_rows
from backend.meals.services.reserving import answer
from backend.meals.services.wishes import No, Wish, check


def hold(*, evening_id: int, wish: Wish, until: datetime, actor: Actor, now: datetime) -> Reservation | No:
    """Keep chairs for somebody who still has to confirm their number, until then (UTC). Runs in a transaction.

    Raises:
        RondjeError: as `reserve`.
    """
    check(wish)
    evening = evenings.locked(evening_id)
    refused = answer(evening, wish, now)
    if refused:
        return refused
    row = reservation_rows.made(evening, wish, Reservation.State.UNCONFIRMED, actor, now, holds_until=until)
    evenings.changed(evening)
    evenings.tell(evening, "held", actor, reservation=row.pk)
    return row


def hold_place_in_line(*, evening_id: int, wish: Wish, actor: Actor, now: datetime) -> Reservation | No:
    """Somebody would like to wait, and still has to confirm their number: no chair is kept, they will be asked later.

    Runs in a transaction. Returns why not for whoever could not even wait.

    Raises:
        RondjeError: as `reserve`.
    """
    check(wish)
    evening = evenings.locked(evening_id)
    refused = answer(evening, wish, now)
    if refused and refused.why not in (Refusal.FULL, Refusal.OFFERED):
        return refused
    return reservation_rows.made(evening, wish, Reservation.State.UNCONFIRMED, actor, now, holds_until=now)


def confirm(*, reservation_id: int, actor: Actor, now: datetime) -> Reservation | No:
    """Whoever held chairs has confirmed their number. Later than they were held, they get them if there are some.

    Runs in a transaction.

    Raises:
        Conflict: it has been confirmed or cancelled already.
    """
    evening, row = reservation_rows.locked_row(reservation_id)
    _is_unconfirmed(row)
    return _taken(evening, row, chairs_of(evening, now, besides=row.pk), actor, now)


def confirm_place_in_line(*, reservation_id: int, actor: Actor, now: datetime) -> Reservation | No:
    """Who would like to wait has confirmed their number: they wait, or have chairs that belong to nobody before them.

    Runs in a transaction.

    Raises:
        Conflict: as `confirm`.
    """
    evening, row = reservation_rows.locked_row(reservation_id)
    _is_unconfirmed(row)
    count = chairs_beside_the_list(evening, now, besides=row.pk)
    is_late = chairs.when(evening.state, now, evening.cutoff_at, evening.ends_at) is not None
    if is_late or count.room_for(row.covers) is None:
        return _taken(evening, row, count, actor, now)
    row.state, row.holds_until = Reservation.State.WAITING, None
    row.save(update_fields=["state", "holds_until"])
    evenings.tell(evening, "waiting", actor, reservation=row.pk)
    return row


def _is_unconfirmed(row: Reservation) -> None:
    if row.state != Reservation.State.UNCONFIRMED:
        raise Conflict("This reservation has been confirmed or cancelled already.")


def _taken(evening: Evening, row: Reservation, count: Chairs, actor: Actor, now: datetime) -> Reservation | No:
    """The chairs that somebody confirmed, if there are so many."""
    full = chairs.when(evening.state, now, evening.cutoff_at, evening.ends_at) or count.room_for(row.covers)
    if full:
        reservation_rows.ended(row, "too_late", now)
        return No(full, free=max(count.free, 0))
    row.state, row.holds_until = Reservation.State.RESERVED, None
    row.save(update_fields=["state", "holds_until"])
    return reservation_rows.seated(evening, row, actor, "reserved")
