"""Somebody whom nobody knows yet stands at the door: a name is enough."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.common.actors import Actor
from backend.meals.models import Reservation
from backend.meals.services import door, evenings
from backend.meals.services.door_entries import known
from backend.meals.services.guest_registering import somebody
from backend.meals.services.wishes import No, Wish


@transaction.atomic
def walk_in(
    *, evening_id: int, name: str, line: str, wish: Wish, key: UUID, actor: Actor, now: datetime
) -> Reservation | No:
    """Somebody who gave this name, and perhaps a number (E.164), walks in. Nobody is registered when they cannot.

    Raises:
        Conflict: no name was given; the door is not open.
        RondjeError: the number is an emergency number.
    """
    evening = evenings.locked(evening_id)
    done = known(key)
    if done is not None:
        return done.reservation
    before = transaction.savepoint()
    person = somebody(evening.resto.organisation, name, [line] if line else [])
    row = door.walk_in(evening_id=evening_id, wish=replace(wish, person=person), key=key, actor=actor, now=now)
    if isinstance(row, No):
        transaction.savepoint_rollback(before)
    return row
