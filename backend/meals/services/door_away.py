"""At the door it is clear that a party does not come: others can have their chairs.

They have not cancelled: they stayed away, and are followed up like anybody who did.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.meals.models import DoorEntry, Reservation
from backend.meals.selectors.counting import chairs_of
from backend.meals.services import evenings, seating
from backend.meals.services.door_entries import known, locked_row, make_open, note
from backend.meals.services.wishes import No


@transaction.atomic
def does_not_come(*, reservation_id: int, key: UUID, actor: Actor, now: datetime) -> Reservation:
    """Their chairs are free. Saying it twice changes nothing. `now` is UTC.

    Raises:
        Conflict: they are here, have cancelled or have no chairs; the door is not open.
    """
    evening, row = locked_row(reservation_id)
    if known(key) or row.away_at is not None:
        return row
    make_open(evening, actor, now)
    if row.arrived_at is not None:
        raise Conflict("They have been ticked as here. Take that back first if it was a mistake.")
    if row.state != Reservation.State.RESERVED:
        raise Conflict("They have no chairs on this evening, so none can be given away. Load the list again.")
    row.away_at = now
    row.save(update_fields=["away_at"])
    note(row, DoorEntry.What.AWAY, key=key, actor=actor, at=now)
    evenings.changed(evening)
    evenings.tell(evening, "away", actor, reservation=row.pk, covers=row.covers)
    return row


@transaction.atomic
def is_expected(*, reservation_id: int, key: UUID, actor: Actor, now: datetime) -> Reservation | No:
    """They may come still: their chairs are theirs again, if nobody else has them. `now` is UTC.

    Raises:
        Conflict: the door is not open.
    """
    evening, row = locked_row(reservation_id)
    if known(key) or row.away_at is None:
        return row
    make_open(evening, actor, now)
    count = chairs_of(evening, now, besides=row.pk)
    full = count.room_for(row.covers)
    if full:
        return No(full, free=max(count.free, 0))
    row.away_at = None
    row.save(update_fields=["away_at"])
    seating.sits_there_still(evening, row)
    note(row, DoorEntry.What.EXPECTED, key=key, actor=actor, at=now)
    evenings.changed(evening)
    evenings.tell(evening, "expected_again", actor, reservation=row.pk, covers=row.covers)
    return row
