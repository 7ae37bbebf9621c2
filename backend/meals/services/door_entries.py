"""What was done at the door is done once, however often a button is pressed."""

from datetime import datetime
from uuid import UUID

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.meals.models import DoorEntry, Evening, Reservation
from backend.meals.services import evenings


def locked_row(reservation_id: int) -> tuple[Evening, Reservation]:
    """A reservation under the lock of its evening."""
    evening_id = Reservation.objects.values_list("evening_id", flat=True).get(pk=reservation_id)
    evening = evenings.locked(evening_id)
    return evening, evening.reservations.select_related("person").get(pk=reservation_id)


def known(key: UUID) -> DoorEntry | None:
    """What was done with this key already. Under the evening's lock."""
    return DoorEntry.objects.select_related("reservation").filter(key=key).first()


def note(row: Reservation, what: DoorEntry.What, *, key: UUID, actor: Actor, at: datetime) -> None:
    """It has been done: nothing more happens with this key."""
    DoorEntry.objects.create(key=key, evening_id=row.evening_id, reservation=row, what=what, at=at, by=actor.who)


def make_open(evening: Evening, actor: Actor, now: datetime) -> None:
    """The evening begins with the first thing that happens at its door. Under the evening's lock.

    Raises:
        Conflict: it was cancelled, is closed, or people can still reserve.
    """
    if evening.state == Evening.State.OPEN:
        return
    if evening.state == Evening.State.CANCELLED:
        raise Conflict("This evening was cancelled. Nobody can be ticked.")
    if evening.state == Evening.State.CLOSED:
        raise Conflict("This evening is closed. Who runs the dinners can open it again.")
    if now < evening.cutoff_at:
        raise Conflict("Until the kitchen has its final count people can reserve: the door opens after that.")
    evening.state, evening.opened_at = Evening.State.OPEN, now
    evening.save(update_fields=["state", "opened_at"])
    evenings.changed(evening)
    evenings.tell(evening, "opened", actor)


def true_time(evening: Evening, now: datetime) -> datetime:
    """When somebody came (UTC): what is typed in from paper after the end was before it."""
    return min(now, evening.ends_at)
