"""The room of an evening, read from rows: tables, who has to sit, and who would like to sit with whom, or not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backend.meals.domain.seating import Party, Plan, Room, Seat, Standing, Table, Why
from backend.meals.models import CrewPlace, DiningTable, Evening, Job, Reservation, SeatingWish
from backend.meals.models import Room as RoomRow
from backend.meals.selectors import newcomers

SPEAKERS = "s"
"""The key of who speak; r12 is a reservation, c3 a place in the crew."""


@dataclass(frozen=True)
class Sitter:
    """Somebody to seat, with what the page tells of them. `table` is where they sit; None for nowhere."""

    party: Party
    name: str
    given_name: str
    table: int | None
    divided: tuple[Seat, ...]
    is_here: bool
    by_hand: bool
    table_gone: str
    reservation: Reservation | None = None

    @property
    def key(self) -> str:
        """Of the party."""
        return self.party.key


@dataclass(frozen=True)
class SeatedRoom:
    """An evening as it is seated now."""

    evening: Evening
    tables: tuple[DiningTable, ...]
    sitters: tuple[Sitter, ...]
    room: Room

    def plan(self) -> Plan:
        """Who sits where in the rows, and who has no chair in them."""
        seats: list[Seat] = []
        standing: list[Standing] = []
        for one in self.sitters:
            elsewhere = sum(seat.people for seat in one.divided)
            seats += one.divided
            left = one.party.people - elsewhere
            if one.table is not None and left > 0:
                seats.append(Seat(one.key, one.table, left))
            elif one.table is None and left > 0:
                standing.append(Standing(one.key, left, Why.CHAIRS))
        return Plan(tuple(seats), tuple(standing))

    def taken(self, table: int) -> int:
        """How many people sit at a table."""
        return sum(seat.people for seat in self.plan().seats if seat.table == table)


def room_of(evening: Evening) -> SeatedRoom:
    """The evening's tables and people. A constant number of queries.

    Who sits already, because they have come, stays where they are when the rest is planned anew.
    """
    tables = tuple(
        DiningTable.objects.filter(room__resto=evening.resto_id, in_use=True)
        .select_related("room")
        .order_by("room__name", "name", "pk")
    )
    in_use = {table.pk for table in tables}
    sitters = tuple(_sitters(evening, in_use))
    people = {one.reservation.person_id: one.key for one in sitters if one.reservation is not None}
    people |= {place.person_id: f"c{place.pk}" for place in _crew(evening) if place.person_id is not None}
    together, apart = _wishes(people)
    room = Room(
        tuple(Table(table.pk, table.chairs, _from_door(table)) for table in tables),
        tuple(one.party for one in sitters),
        together=together,
        apart=apart,
    )
    return SeatedRoom(evening, tables, sitters, room)


def _sitters(evening: Evening, in_use: set[int]) -> Iterator[Sitter]:
    coming = evening.reservations.filter(state=Reservation.State.RESERVED, away_at=None)
    rows = coming.select_related("person__guest", "table")
    for row in newcomers.marked(rows).prefetch_related("divided").order_by("person__normalised_name", "pk"):
        yield _guest(row, in_use)
    for place in _crew(evening):
        assert place.person is not None
        table = place.table_id if place.table_id in in_use else None
        yield Sitter(
            party=Party(
                f"c{place.pk}",
                1,
                is_host=place.job == Job.HOST,
                is_crew=True,
                pinned=table if place.table_by_hand or (place.came_at and table) else None,
            ),
            name=place.person.name,
            given_name=place.person.spoken_name,
            table=table,
            divided=(),
            is_here=place.came_at is not None,
            by_hand=place.table_by_hand,
            table_gone=place.table.name if place.table is not None and table is None else "",
        )
    if evening.speakers:
        table = evening.speakers_table_id if evening.speakers_table_id in in_use else None
        yield Sitter(
            party=Party(SPEAKERS, evening.speakers, pinned=table if evening.speakers_table_by_hand else None),
            name=evening.speaker,
            given_name=evening.speaker,
            table=table,
            divided=(),
            is_here=False,
            by_hand=evening.speakers_table_by_hand,
            table_gone="",
        )


def _guest(row: Reservation, in_use: set[int]) -> Sitter:
    table = row.table_id if row.table_id in in_use else None
    guest = getattr(row.person, "guest", None)
    people = row.covers if row.arrived_covers is None else row.arrived_covers
    divided = tuple(Seat(f"r{row.pk}", one.table_id, one.people) for one in row.divided.all() if one.table_id in in_use)
    stays = (row.table_by_hand or row.arrived_at is not None) and not divided
    return Sitter(
        party=Party(
            f"r{row.pk}",
            people,
            is_new=row.is_new,
            near_door=guest is not None and guest.near_door,
            friends=str(row.party) if row.party else "",
            pinned=table if stays else None,
        ),
        name=row.person.name,
        given_name=row.person.spoken_name,
        table=table,
        divided=divided,
        is_here=row.arrived_at is not None,
        by_hand=row.table_by_hand,
        table_gone=row.table.name if row.table is not None and table is None else "",
        reservation=row,
    )


def _crew(evening: Evening) -> Iterable[CrewPlace]:
    """Who helps and eats along."""
    places = evening.crew.filter(state=CrewPlace.State.CONFIRMED, eats=True, person__isnull=False)
    return list(places.select_related("person", "table").order_by("job", "number"))


def _wishes(people: dict[int, str]) -> tuple[frozenset[frozenset[str]], frozenset[frozenset[str]]]:
    """Pairs of parties that would like to sit together, or rather not. Who says "rather not" is heard first."""
    rows = SeatingWish.objects.filter(person__in=people, other__in=people)
    found: dict[str, set[frozenset[str]]] = {kind: set() for kind in SeatingWish.Kind.values}
    for one in rows:
        pair = frozenset((people[one.person_id], people[one.other_id]))
        if len(pair) == 2:
            found[one.kind].add(pair)
    apart = frozenset(found[SeatingWish.Kind.APART])
    return frozenset(found[SeatingWish.Kind.WITH]) - apart, apart


def _from_door(table: DiningTable) -> float:
    """Decimetres from the wall with the door; 0 where that is not known."""
    room, side = table.room, RoomRow.Side
    distances = {
        side.LEFT.value: table.x,
        side.RIGHT.value: room.width - table.x,
        side.TOP.value: table.y,
        side.BOTTOM.value: room.depth - table.y,
    }
    return float(max(distances.get(room.door, 0), 0))
