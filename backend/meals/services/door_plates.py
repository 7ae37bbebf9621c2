"""Whose plates came, of a party of which fewer came than had reserved. Nobody but the host can see that."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.meals.models import Reservation
from backend.meals.services import evenings
from backend.meals.services.door_entries import locked_row, make_open


@transaction.atomic
def say_whose(*, reservation_id: int, came: Collection[int], was: int, actor: Actor, now: datetime) -> Reservation:
    """The plates `came` (keys) are those of who is here; the others of the party are not cooked any more.

    It holds until another number of them is ticked: then nobody knows again. `was`: how many were here on the page.
    Saying the same twice changes nothing.

    Raises:
        Conflict: the party is not here; another number was ticked since; more plates than people who are here, or
            fewer than must be theirs; the plates are others by now; the door is not open.
    """
    evening, row = locked_row(reservation_id)
    make_open(evening, actor, now)
    plates = {plate.pk: plate for plate in row.plates.all()}
    if row.arrived_covers is None or row.arrived_covers != was:
        raise Conflict("Somebody else has changed how many came. Look at the number, and say then whose plates came.")
    if not plates.keys() >= set(came):
        raise Conflict("What they do not eat has been changed meanwhile. Look at it, and say then whose plates came.")
    if len(set(came)) > row.arrived_covers:
        raise Conflict("You ticked more plates than people who are here. Tick fewer, or change how many are here.")
    if len(set(came)) < row.arrived_covers - max(row.covers - len(plates), 0):
        raise Conflict("You ticked too few: more of those who are here have one of these plates. Ask, and tick theirs.")
    others = [plate for plate in plates.values() if plate.away == (plate.pk in came)]
    if others:
        row.plates.update(away=True)
        row.plates.filter(pk__in=came).update(away=False)
        evenings.changed(evening)
        evenings.tell(evening, "changed", actor, reservation=row.pk)
    return row
