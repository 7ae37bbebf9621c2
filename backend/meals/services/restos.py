"""What a manager sets up: restos, rooms, tables, tariffs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import slugify

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.events.services import record
from backend.meals.domain.chairs import TooFewChairs
from backend.meals.models import DiningTable, DividedSeat, Evening, GuestCall, Reservation, Resto, Room, Tariff
from backend.meals.selectors.counting import chairs_of
from backend.meals.selectors.places import coming_evenings, not_over, seated_at
from backend.meals.selectors.told import address_of
from backend.meals.services import evenings
from backend.meals.services.changing import EVENING_CHANGED
from backend.meals.services.guest_calls import to_make
from backend.people import calls_to_make
from backend.people.models import Organisation

RESTO_SAVED = "meals.resto_saved"
"""The subject is the resto. Payload: what (resto, room, table, tariff)."""

TABLE_REMOVED = "meals.table_removed"
"""The subject is the resto. Payload: table, reservations (whose table it was)."""

EVENING_ELSEWHERE = "evening_elsewhere"
"""The subject is the evening: it is at another address, of which guests are told."""

PLAN_CHANGED = "plan_changed"
"""The subject is the evening: somebody's table is not there any more. Payload: reservations."""


@transaction.atomic
def save_resto(
    organisation: Organisation, known: Mapping[str, Any], *, pk: int | None, actor: Actor, now: datetime
) -> Resto:
    """A place where people eat. Coming evenings get its chairs.

    Raises Conflict when the name is taken, or more people come to an evening than there would be chairs.
    """
    # Not FOR UPDATE: whoever makes an evening under other evenings' locks refers to this row.
    resto = Resto.objects.select_for_update(no_key=True).get(pk=pk) if pk else Resto(organisation=organisation)
    was = resto.chairs if pk else None
    stood = (address_of(resto), _spot(resto))
    for name, value in known.items():
        setattr(resto, name, value)
    if not resto.slug:
        resto.slug = _free_slug(resto)
    _save(resto, Conflict("There is a resto of this name already. Choose another name."))
    if was is not None and was != resto.chairs:
        _set_chairs(resto, was, actor, now)
    if pk and stood != (address_of(resto), _spot(resto)):
        _stands_elsewhere(resto, actor, now, is_known=stood[0] not in ("", address_of(resto)))
    _tell(resto, actor, "resto")
    return resto


def _spot(resto: Resto) -> tuple[float | None, float | None]:
    return resto.latitude, resto.longitude


def _stands_elsewhere(resto: Resto, actor: Actor, now: datetime, *, is_known: bool) -> None:
    """Rides of coming evenings follow. `is_known`: guests may know another address, so that they are told."""
    for one in coming_evenings(resto, now):
        evening = evenings.locked(one.pk)
        if evening.state != Evening.State.PLANNED:
            continue
        evenings.changed(evening)
        evenings.tell(evening, EVENING_CHANGED, actor)
        if is_known and address_of(resto):
            evenings.tell(evening, EVENING_ELSEWHERE, actor)


def _set_chairs(resto: Resto, was: int, actor: Actor, now: datetime) -> None:
    """Evenings that have as many chairs as the resto had follow, and say so: who waits may have a place now.

    One that a person gave other chairs stays.
    """
    for one in coming_evenings(resto, now).filter(chairs=was):
        evening = evenings.locked(one.pk)
        if evening.state != Evening.State.PLANNED or evening.chairs != was:
            continue
        count = chairs_of(evening, now)
        taken = count.chairs - count.free
        if taken > resto.chairs:
            raise TooFewChairs(
                "On %(day)s %(taken)s people have a chair, or one is kept for them. Give at least as many chairs, or "
                "change that evening first.",
                day=evening.date,
                taken=taken,
            )
        evening.chairs = resto.chairs
        evening.save(update_fields=["chairs"])
        evenings.changed(evening)
        evenings.tell(evening, EVENING_CHANGED, actor)


@transaction.atomic
def save_room(resto: Resto, known: Mapping[str, Any], *, pk: int | None, actor: Actor) -> Room:
    """A room, in decimetres. Raises Conflict when the name is taken, or a table would stand outside it."""
    room = Room.objects.select_for_update().get(pk=pk) if pk else Room(resto=resto)
    for name, value in known.items():
        setattr(room, name, value)
    if pk and room.tables.filter(Q(x__gt=room.width) | Q(y__gt=room.depth), in_use=True).exists():
        raise Conflict("A table would stand outside the room. Give the table another place first.")
    _save(room, Conflict("There is a room of this name already. Choose another name."))
    _tell(resto, actor, "room")
    return room


@transaction.atomic
def save_table(room: Room, known: Mapping[str, Any], *, pk: int | None, actor: Actor, now: datetime) -> DiningTable:
    """A table at its place in the room.

    Raises Conflict when the name is taken, it would stand outside the room, or more people sit at it on an evening to
    come than it would have chairs.
    """
    table = _locked_table(pk, now) if pk else _new_table(room, known["name"])
    fewer = bool(pk) and known["chairs"] < table.chairs
    for name, value in known.items():
        setattr(table, name, value)
    if table.x > room.width or table.y > room.depth:
        raise Conflict("The table would stand outside the room. Give it a place within the room.")
    if fewer:
        _check_seats(table, now)
    _save(table, Conflict("There is a table of this name in the room already. Choose another name."))
    _tell(room.resto, actor, "table")
    return table


def _locked_table(table_id: int, now: datetime) -> DiningTable:
    """A table, after the evenings at which people sit there: whoever is given a table holds the evening first."""
    resto_id = DiningTable.objects.values_list("room__resto", flat=True).get(pk=table_id)
    list(not_over(resto_id, now).select_for_update().values_list("pk"))
    tables = DiningTable.objects.select_for_update(of=("self",)).select_related("room__resto__organisation")
    return tables.get(pk=table_id)


def _new_table(room: Room, name: str) -> DiningTable:
    """One that was removed and has this name comes back: what was planned at it long ago keeps meaning it."""
    gone = DiningTable.objects.select_for_update().filter(room=room, name=name, in_use=False).first()
    table = gone or DiningTable(room=room)
    table.in_use = True
    return table


def _check_seats(table: DiningTable, now: datetime) -> None:
    for evening, people in seated_at(table, now):
        if people > table.chairs:
            raise TooFewChairs(
                "On %(day)s %(taken)s people sit at this table. Give it at least as many chairs, or seat some of them "
                "elsewhere first.",
                day=evening.date,
                taken=people,
            )


@transaction.atomic
def remove_table(table_id: int, *, actor: Actor, now: datetime) -> list[Reservation]:
    """The table is not used any more. Returns whose table it was on evenings to come.

    Nobody loses a chair unnoticed: they keep their reservation, and stand on the list of calls until they have a place
    at another table.
    """
    table = _locked_table(table_id, now)
    moved: list[Reservation] = []
    for one, _people in seated_at(table, now):
        evening = evenings.locked(one.pk)
        rows = _seatless(evening, table)
        for row in rows:
            to_make(evening, row, GuestCall.Kind.TABLE, now, {"table": table.name})
        evenings.changed(evening)
        evenings.tell(evening, PLAN_CHANGED, actor, reservations=[row.pk for row in rows])
        moved += rows
    table.in_use = False
    table.save(update_fields=["in_use"])
    record(
        kind=TABLE_REMOVED,
        subject_kind="resto",
        subject_id=table.room.resto_id,
        organisation_id=table.room.resto.organisation_id,
        actor=actor,
        payload={"table": table.pk, "reservations": [row.pk for row in moved]},
    )
    return moved


def _seatless(evening: Evening, table: DiningTable) -> list[Reservation]:
    """Take everybody from a table, under the evening's lock; whoever has reserved is returned.

    Of a party that was divided all get another table: the rest of them had not so many chairs at theirs.
    """
    here = Q(table=table) | Q(divided__table=table)
    rows = list(evening.reservations.filter(here).distinct().select_related("person").order_by("pk"))
    DividedSeat.objects.filter(reservation__in=rows).delete()
    evening.reservations.filter(pk__in=[row.pk for row in rows]).update(table=None, table_by_hand=False)
    evening.crew.filter(table=table).update(table=None, table_by_hand=False)
    Evening.objects.filter(pk=evening.pk, speakers_table=table).update(
        speakers_table=None, speakers_table_by_hand=False
    )
    for row in rows:
        row.refresh_from_db(fields=["table", "table_by_hand"])
    return [row for row in rows if row.state == Reservation.State.RESERVED]


@transaction.atomic
def have_tables(evening_id: int, actor: Actor, now: datetime) -> None:
    """Whoever has a table again, by a new plan or by hand, need not be called about it."""
    evening = evenings.locked(evening_id)
    about_tables = evening.calls.filter(kind=GuestCall.Kind.TABLE, reservation__table__isnull=False)
    calls_to_make.lapse(about_tables, actor.who, now)


@transaction.atomic
def save_tariff(resto: Resto, known: Mapping[str, Any], *, pk: int | None, actor: Actor) -> Tariff:
    """A price for a group of guests; what was paid by it before keeps its own amount. Raises Conflict."""
    tariff = Tariff.objects.select_for_update().get(pk=pk) if pk else Tariff(resto=resto)
    for name, value in known.items():
        setattr(tariff, name, value)
    _save(tariff, Conflict("There is a price of this name already. Choose another name."))
    _tell(resto, actor, "tariff")
    return tariff


def _free_slug(resto: Resto) -> str:
    """A public address that nobody has."""
    wanted = slugify(resto.name)[:40] or "resto"
    taken = set(Resto.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (wanted if not number else f"{wanted}-{number + 1}" for number in range(len(taken) + 1))
    return next(slug for slug in numbered if slug not in taken)


def _save(row: Resto | Room | DiningTable | Tariff, refusal: Conflict) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise refusal from error


def _tell(resto: Resto, actor: Actor, what: str) -> None:
    record(
        kind=RESTO_SAVED,
        subject_kind="resto",
        subject_id=resto.pk,
        organisation_id=resto.organisation_id,
        actor=actor,
        payload={"what": what},
    )
