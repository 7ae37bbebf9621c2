"""Rows of reservations, and what follows when a party gets its chairs or gives them up. Under the evening's lock."""

from datetime import datetime

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.meals.models import Evening, Reservation
from backend.meals.services import evenings, plates
from backend.meals.services.wishes import Wish
from backend.people.models import Engagement
from backend.people.services import engagements, presence


def locked_row(reservation_id: int) -> tuple[Evening, Reservation]:
    """A reservation and its evening, which is locked first."""
    evening_id = Reservation.objects.values_list("evening_id", flat=True).get(pk=reservation_id)
    evening = evenings.locked(evening_id)
    return evening, evening.reservations.select_related("person").get(pk=reservation_id)


def still_to_come(reservation_id: int) -> tuple[Evening, Reservation]:
    """A reservation that can still be changed, and its evening, locked.

    Raises Conflict when it was cancelled, or they are here.
    """
    evening, row = locked_row(reservation_id)
    if row.state == Reservation.State.CANCELLED or row.arrived_at is not None:
        raise Conflict("This reservation was cancelled, or the party is here already: change it at the door.")
    return evening, row


def made(
    evening: Evening, wish: Wish, state: str, actor: Actor, now: datetime, *, holds_until: datetime | None = None
) -> Reservation:
    """A new reservation in this state, with its plates. `holds_until` (UTC): of one whose number is unconfirmed.

    Raises Erased.
    """
    presence.hold(wish.person)
    row = Reservation.objects.create(
        evening=evening,
        person=wish.person,
        state=state,
        covers=wish.covers,
        way=wish.way,
        standing=wish.standing,
        party=wish.party,
        reserved_at=now,
        reserved_by=actor.who,
        on_behalf_of=actor.on_behalf_of,
        holds_until=holds_until,
        wants_ride=wish.wants_ride,
        note=wish.note,
    )
    plates.set_plates(row, wish.plates, people=row.covers)
    return row


def seated(evening: Evening, row: Reservation, actor: Actor, what: str) -> Reservation:
    """What follows when a party has its chairs."""
    engagements.engage(
        row.person,
        programme=Engagement.Programme.DINNER,
        source=evenings.source_of(row),
        starts_at=evening.doors_at,
        ends_at=evening.ends_at,
    )
    evenings.changed(evening)
    evenings.tell(evening, what, actor, reservation=row.pk, covers=row.covers, wants_ride=row.wants_ride)
    return row


def ended(row: Reservation, because: str, now: datetime) -> None:
    """The party does not come, or not any more. `because` is a code."""
    row.state, row.cancelled_at, row.cancelled_because = Reservation.State.CANCELLED, now, because
    row.save(update_fields=["state", "cancelled_at", "cancelled_because"])
    engagements.release(evenings.source_of(row))
