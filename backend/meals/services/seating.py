"""Who sits where: planned for everybody, or changed by hand. What a person chose stays when it is planned anew."""

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.common.keys import key_of
from backend.meals.domain import seating
from backend.meals.domain.seating import Plan, Seat
from backend.meals.domain.seating_check import Problem, check
from backend.meals.models import CrewPlace, DividedSeat, Evening, Guest, Reservation, Room
from backend.meals.selectors.seating import SPEAKERS, SeatedRoom, Sitter, room_of
from backend.meals.services import evenings


@transaction.atomic
def plan(*, evening_id: int, actor: Actor) -> Plan:
    """Seat everybody. Who was given a table by hand, or is here and sits, stays there.

    Raises:
        Conflict: there are no tables; the evening is over or was cancelled.
    """
    evening = _changeable(evening_id)
    found = room_of(evening)
    if not found.tables:
        raise Conflict("This resto has no tables yet. Draw them first, then plan.")
    made = seating.plan(found.room)
    for one in found.sitters:
        _write(evening, one, [seat for seat in made.seats if seat.party == one.key], by_hand=one.by_hand)
    evenings.changed(evening)
    evenings.tell(evening, "seated", actor, standing=[one.party for one in made.standing])
    return made


@transaction.atomic
def move(*, evening_id: int, party: str, table_id: int | None, was: int | None, actor: Actor) -> None:
    """A person gives a party a table (None: takes it away). `was`: the table on the page.

    Given the table at which they sit already, they stay there when it is planned anew.

    Raises:
        Conflict: the party or the table is gone; somebody else has moved them; there are not so many chairs; they
            would sit with somebody with whom one of them would rather not; the evening is over.
    """
    evening = _changeable(evening_id)
    found = room_of(evening)
    one = next((sitter for sitter in found.sitters if sitter.key == party), None)
    if one is None:
        raise Conflict("They do not come any more, or have been taken off the list. Load the page again.")
    is_there = one.table == table_id and not one.divided
    if is_there and (one.by_hand or table_id is None):
        return
    if one.table != was and not is_there:
        raise Conflict("Somebody else has moved them meanwhile. Look where they sit, and move them if that is wrong.")
    if table_id is not None and not is_there:
        _check(found, one, table_id)
    seats = [] if table_id is None else [Seat(one.key, table_id, one.party.people)]
    _write(evening, one, seats, by_hand=table_id is not None)
    evenings.changed(evening)
    evenings.tell(evening, "moved", actor, party=party, table=table_id)


@transaction.atomic
def let_go(*, evening_id: int, party: str, actor: Actor) -> None:
    """The table that a person chose need not stay: the next plan may change it."""
    evening = _changeable(evening_id)
    if party == SPEAKERS:
        Evening.objects.filter(pk=evening.pk).update(speakers_table_by_hand=False)
    else:
        rows = evening.reservations if party.startswith("r") else evening.crew
        rows.filter(pk=key_of(party[1:]) or 0).update(table_by_hand=False)
    evenings.changed(evening)
    evenings.tell(evening, "table_let_go", actor, party=party)


@transaction.atomic
def near_door(*, evening_id: int, reservation_id: int, wanted: bool, actor: Actor) -> None:
    """A guest would like a table near the door, or not any more. Nobody asks why."""
    evening = _changeable(evening_id)
    row = evening.reservations.select_related("person").get(pk=reservation_id)
    Guest.objects.update_or_create(person=row.person, defaults={"near_door": wanted})
    evenings.tell(evening, "near_door", actor, reservation=row.pk)


@transaction.atomic
def door_is(*, room: Room, side: str, evening_id: int, actor: Actor) -> None:
    """In which wall of a room the door is (`Room.Side`, or empty where that does not matter)."""
    evening = evenings.locked(evening_id)
    Room.objects.filter(pk=room.pk, resto=evening.resto_id).update(door=side)
    evenings.tell(evening, "room_door", actor, room=room.pk, side=side)


def sits_there_still(evening: Evening, row: Reservation) -> None:
    """Somebody comes after all: their table is theirs still, unless others sit there. Under the evening's lock."""
    found = room_of(evening)
    one = next(sitter for sitter in found.sitters if sitter.reservation == row)
    wrong = [one for one in check(found.room, found.plan()) if one.problem in (Problem.TOO_MANY, Problem.APART)]
    if any(one.key in finding.parties for finding in wrong):
        _write(evening, one, [], by_hand=False)


def _changeable(evening_id: int) -> Evening:
    evening = evenings.locked(evening_id)
    if evening.state in (Evening.State.CANCELLED, Evening.State.CLOSED):
        raise Conflict("This evening is over, or was cancelled: its tables stay as they are.")
    return evening


def _check(found: SeatedRoom, one: Sitter, table_id: int) -> None:
    table = next((table for table in found.tables if table.pk == table_id), None)
    if table is None:
        raise Conflict("This table has been taken away. Choose another one.")
    seats = [seat for seat in found.plan().seats if seat.party != one.key and seat.table == table_id]
    if sum(seat.people for seat in seats) + one.party.people > table.chairs:
        raise Conflict("There are not so many chairs at that table. Move somebody else from it first.")
    if any(frozenset((seat.party, one.key)) in found.room.apart for seat in seats):
        raise Conflict("Somebody at that table and they would rather not sit together. Choose another table.")


def _write(evening: Evening, one: Sitter, seats: list[Seat], *, by_hand: bool) -> None:
    """Most of them sit at the table that is theirs; the rest of a divided party is in rows of its own."""
    first = max(seats, key=lambda seat: seat.people, default=None)
    table = first.table if first else None
    if one.key == SPEAKERS:
        Evening.objects.filter(pk=evening.pk).update(
            speakers_table=table, speakers_table_by_hand=by_hand and table is not None
        )
        return
    pk = int(one.key[1:])
    if one.reservation is None:
        CrewPlace.objects.filter(pk=pk).update(table=table, table_by_hand=by_hand and table is not None)
        return
    Reservation.objects.filter(pk=pk).update(table=table, table_by_hand=by_hand and table is not None)
    DividedSeat.objects.filter(reservation=pk).delete()
    DividedSeat.objects.bulk_create(
        DividedSeat(reservation_id=pk, table_id=seat.table, people=seat.people) for seat in seats if seat is not first
    )
