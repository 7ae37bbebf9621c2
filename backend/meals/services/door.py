"""At the door: the evening opens, whoever comes is ticked, a wrong tick is taken back, somebody walks in.

Chairs are given under the evening's lock, as everywhere. Two tablets may tick the same party: the same number is one
tick, another number is shown to who came second.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.meals.models import DoorEntry, Evening, Guest, Reservation
from backend.meals.selectors.counting import chairs_of
from backend.meals.services import evenings, reserving, seating
from backend.meals.services.door_entries import known, locked_row, make_open, note, true_time
from backend.meals.services.following_up import came_after_all
from backend.meals.services.wishes import No, Wish
from backend.people.models import Person
from backend.people.services import sightings

SEEN = "dinner:at_table"
"""The source of a sighting: who is at the dinner is well."""

JUST_BEFORE = timedelta(minutes=1)
"""Who walked in according to a paper list did so before the evening was over."""


@transaction.atomic
def open_evening(*, evening_id: int, actor: Actor, now: datetime) -> None:
    """The door opens. Opening it twice changes nothing.

    Raises:
        Conflict: it was cancelled, is closed, or people can still reserve.
    """
    make_open(evenings.locked(evening_id), actor, now)


@transaction.atomic
def tick(
    *, reservation_id: int, came: int, was: int | None, key: UUID, actor: Actor, now: datetime
) -> Reservation | No:
    """So many of a party are here; empty chairs can be given to others. `was`: how many were here on the page.

    More than had reserved come in while there are chairs; so does a party that waits, never confirmed its number, or
    was said not to come.

    Raises:
        Conflict: nobody came; the party had cancelled; somebody else has ticked another number; the door is not open.
    """
    evening, row = locked_row(reservation_id)
    if known(key) or row.arrived_covers == came:
        return row
    make_open(evening, actor, now)
    _check(row, came, was)
    at = true_time(evening, now)
    if row.state != Reservation.State.RESERVED:
        let_in = reserving.let_in(reservation_id=row.pk, covers=came, actor=actor, now=at)
        if not isinstance(let_in, No):
            note(row, DoorEntry.What.CAME, key=key, actor=actor, at=now)
        return let_in
    full = _no_room(evening, row, came, now)
    if full:
        return full
    was_away, row.away_at = row.away_at is not None, None
    row.arrived_at, row.arrived_covers = row.arrived_at or at, came
    row.save(update_fields=["arrived_at", "arrived_covers", "away_at"])
    row.plates.update(away=False)
    if was_away:
        seating.sits_there_still(evening, row)
    _see(row)
    came_after_all(row, actor.who, now)
    note(row, DoorEntry.What.CAME, key=key, actor=actor, at=now)
    evenings.changed(evening)
    evenings.tell(evening, "arrived", actor, reservation=row.pk, covers=came, expected=row.covers)
    return row


@transaction.atomic
def undo(*, reservation_id: int, was: int, key: UUID, actor: Actor, now: datetime) -> Reservation:
    """A tick was a mistake: the party is expected again; who had walked in was never here.

    Raises:
        Conflict: they have paid; their chairs have been given away since; somebody else changed it; it is closed.
    """
    evening, row = locked_row(reservation_id)
    if known(key) or row.arrived_covers is None:
        return row
    make_open(evening, actor, now)
    if row.arrived_covers != was:
        raise Conflict("Somebody else has changed how many came. Look at the number, and change it if it is wrong.")
    if row.payments.exists():
        raise Conflict("They have paid. Take the payment back first.")
    walked_in = row.way == Reservation.Way.WALK_IN
    if not walked_in and chairs_of(evening, now, besides=row.pk).room_for(row.covers):
        raise Conflict("Chairs of theirs have been given away since. Change how many came instead.")
    assert row.arrived_at is not None
    sightings.took_back(row.person_id, at=row.arrived_at, source=SEEN)
    row.arrived_at, row.arrived_covers = None, None
    row.save(update_fields=["arrived_at", "arrived_covers"])
    row.plates.update(away=False)
    note(row, DoorEntry.What.UNDONE, key=key, actor=actor, at=now)
    evenings.tell(evening, "arrival_undone", actor, reservation=row.pk)
    if walked_in:
        return reserving.cancel(reservation_id=row.pk, because="mistake", actor=actor, now=now)
    evenings.changed(evening)
    return row


@transaction.atomic
def walk_in(*, evening_id: int, wish: Wish, key: UUID, actor: Actor, now: datetime) -> Reservation | No:
    """Somebody stands at the door without a reservation: they are in if there are chairs. The kitchen hears it.

    Raises:
        Conflict: the door is not open.
        RondjeError: as `reserving.reserve`.
    """
    evening = evenings.locked(evening_id)
    done = known(key)
    if done is not None:
        return done.reservation
    make_open(evening, actor, now)
    at = min(now, evening.ends_at - JUST_BEFORE)
    row = reserving.walk_in(evening_id=evening_id, wish=wish, actor=actor, now=at)
    if not isinstance(row, No):
        _see(row)
        note(row, DoorEntry.What.WALKED_IN, key=key, actor=actor, at=now)
    return row


@transaction.atomic
def may_help(*, person: Person, evening_id: int, actor: Actor) -> None:
    """A guest said at the door that they would like to help some time. Saying it twice changes nothing."""
    evening = evenings.locked(evening_id)
    guest, _made = Guest.objects.get_or_create(person=person)
    if guest.may_volunteer:
        return
    guest.may_volunteer = True
    guest.save(update_fields=["may_volunteer"])
    evenings.tell(evening, "may_help", actor, person=person.pk)


def _check(row: Reservation, came: int, was: int | None) -> None:
    if came < 1:
        raise Conflict("Type how many of them came: one at least. If nobody came, leave it as it is.")
    if row.state == Reservation.State.CANCELLED:
        raise Conflict("They had cancelled. Add them as a walk-in if there is a chair.")
    if row.arrived_covers != was:
        raise Conflict("Somebody else has ticked them meanwhile. Look at the number, and change it if it is wrong.")


def _no_room(evening: Evening, row: Reservation, came: int, now: datetime) -> No | None:
    """Their own chairs are theirs, unless they were said not to come; more only while there are chairs."""
    expected = row.covers if row.away_at is None else 0
    takes = expected if row.arrived_covers is None else row.arrived_covers
    count = chairs_of(evening, now, besides=row.pk)
    full = count.room_for(came) if came > takes else None
    return No(full, free=max(count.free - takes, 0)) if full else None


def _see(row: Reservation) -> None:
    """Whoever reserved is here if their whole party is; of a party of which some came nobody knows who did."""
    assert row.arrived_at is not None and row.arrived_covers is not None
    sightings.took_back(row.person_id, at=row.arrived_at, source=SEEN)
    if row.arrived_covers >= row.covers:
        sightings.saw(row.person_id, at=row.arrived_at, source=SEEN)
