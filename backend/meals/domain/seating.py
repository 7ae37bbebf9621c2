"""Who sits at which table. Pure and deterministic: the same evening gives the same plan.

Hard: no more people at a table than chairs; who would rather not sit together never does; a party sits together if it
fits anywhere; who was given a table by hand stays there. Soft, in this order of weight: newcomers sit with a host (or
else with crew), friends and who asked for one another sit together, who wants the door near has it near, hosts spread,
nobody sits nearly alone, and tables are filled well. The weights are our own inference.

A good search, not a perfect one: several greedy beginnings, each improved by moving and exchanging parties until
nothing gets better. `seating_check` judges the result by itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

NO_HOST, ONLY_CREW = 100, 40
"""For each party of newcomers at a table without a host; with somebody of the crew at least."""
FRIENDS, WISH = 60, 50
"""For each pair that sits together."""
FAR_FROM_DOOR = 30
"""For who wants it near and sits at the farthest table; less the nearer they sit."""
SECOND_HOST, NEARLY_ALONE, EMPTY_CHAIR = 15, 25, 1
UNSEATED = 10_000
"""For each person without a chair: nothing else is worth that."""

COMPANY = 3
"""Fewer people than this at a table are nearly alone."""

SWEEPS = 40
NODES = 20_000
"""So many steps are taken at most in looking for any plan that seats everybody together."""


@dataclass(frozen=True)
class Table:
    """A table. `from_door` is its distance in decimetres; 0 for every table where the door is not known."""

    key: int
    chairs: int
    from_door: float = 0


@dataclass(frozen=True)
class Party:
    """Who sits together: a reservation, somebody of the crew, the speakers. `pinned`: the table given by hand."""

    key: str
    people: int
    is_new: bool = False
    is_host: bool = False
    is_crew: bool = False
    near_door: bool = False
    friends: str = ""
    pinned: int | None = None


@dataclass(frozen=True)
class Room:
    """An evening to plan. `together` and `apart` are pairs of parties (their keys)."""

    tables: tuple[Table, ...]
    parties: tuple[Party, ...]
    together: frozenset[frozenset[str]] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Seat:
    """So many of a party sit at a table."""

    party: str
    table: int
    people: int


class Why(StrEnum):
    """Why somebody has no chair in the plan. Codes: the words are with the page."""

    CHAIRS = "chairs"
    APART = "apart"
    """There are chairs, but only beside somebody with whom one of them would rather not sit."""


@dataclass(frozen=True)
class Standing:
    """So many of a party have no chair, and why."""

    party: str
    people: int
    why: Why


@dataclass(frozen=True)
class Plan:
    """Who sits where, and who does not. `cost`: how far it is from what was wished; less is better."""

    seats: tuple[Seat, ...]
    standing: tuple[Standing, ...] = ()
    cost: float = 0


def plan(room: Room) -> Plan:
    """The best plan found."""
    best: _Search | None = None
    for order in _beginnings(room):
        search = _Search(room)
        search.seat(order)
        search.improve()
        if best is None or search.cost() < best.cost():
            best = search
    assert best is not None
    if best.standing() and (complete := _seat_all(room)) is not None:
        complete.improve()
        best = min(best, complete, key=lambda one: one.cost())
    return _split(room, best)


@dataclass
class _Search:
    """A plan in the making: who sits at which table (None: nowhere)."""

    room: Room
    at: dict[str, int | None] = field(default_factory=dict)
    members: dict[int, list[Party]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tables = {table.key: table for table in self.room.tables}
        self.liked = _liked(self.room)
        self.disliked = _disliked(self.room)
        self.far = _far(self.room.tables)
        self.members = {key: [] for key in self.tables}
        for party in self.room.parties:
            self.at[party.key] = None
            if party.pinned in self.tables:
                self.put(party, party.pinned)
        self.free_parties = [party for party in self.room.parties if party.pinned not in self.tables]

    def put(self, party: Party, table: int | None) -> None:
        """Take a party from where it is to a table, or to none."""
        was = self.at[party.key]
        if was is not None:
            self.members[was].remove(party)
        self.at[party.key] = table
        if table is not None:
            self.members[table].append(party)

    def fits(self, party: Party, table: int | None, without: Party | None = None) -> bool:
        """Whether the hard rules let a party sit there; `without`: somebody who leaves it at the same time."""
        if table is None:
            return True
        sitting = [one for one in self.members[table] if one is not without and one is not party]
        if sum(one.people for one in sitting) + party.people > self.tables[table].chairs:
            return False
        return not any(one.key in self.disliked[party.key] for one in sitting)

    def cost_of(self, table: int | None) -> float:
        """What a table costs; `None`: those who sit nowhere."""
        if table is None:
            return sum(UNSEATED * party.people for party in self.room.parties if self.at[party.key] is None)
        return cost_of_table(self.members[table], self.tables[table], self.liked, self.far[table])

    def cost(self) -> float:
        """What the whole plan costs."""
        return self.cost_of(None) + sum(self.cost_of(table) for table in self.tables)

    def standing(self) -> list[Party]:
        """Who sits nowhere, the largest parties in front."""
        return sorted((one for one in self.room.parties if self.at[one.key] is None), key=lambda one: -one.people)

    def seat(self, order: Iterable[Party]) -> None:
        """Each in turn at the table where it costs least."""
        for party in order:
            possible = [table for table in self.tables if self.fits(party, table)]
            if possible:
                self.put(party, min(possible, key=lambda table: self._cost_with(party, table)))

    def improve(self) -> None:
        """Move and exchange parties until nothing gets better."""
        for _sweep in range(SWEEPS):
            if not (self._moves() | self._exchanges()):
                return

    def _moves(self) -> bool:
        better = False
        for party in self.free_parties:
            for table in self.tables:
                was = self.at[party.key]
                if table != was and self.fits(party, table):
                    better |= self._try([(party, table)], {was, table})
        return better

    def _exchanges(self) -> bool:
        better = False
        for index, one in enumerate(self.free_parties):
            for other in self.free_parties[index + 1 :]:
                here, there = self.at[one.key], self.at[other.key]
                if here != there and self.fits(one, there, other) and self.fits(other, here, one):
                    better |= self._try([(one, there), (other, here)], {here, there})
        return better

    def _try(self, changes: Sequence[tuple[Party, int | None]], touched: set[int | None]) -> bool:
        """Make these changes, and keep them if that is better."""
        before = sum(self.cost_of(table) for table in touched)
        was = [(party, self.at[party.key]) for party, _table in changes]
        for party, table in changes:
            self.put(party, table)
        if sum(self.cost_of(table) for table in touched) < before - 1e-9:
            return True
        for party, table in was:
            self.put(party, table)
        return False

    def _cost_with(self, party: Party, table: int) -> float:
        before = self.cost_of(table)
        self.put(party, table)
        after = self.cost_of(table)
        self.put(party, None)
        return after - before


def cost_of_table(members: Sequence[Party], table: Table, liked: Mapping[str, Mapping[str, int]], far: float) -> float:
    """How far a table is from what its people wished; `far`: 0 for the one nearest to the door, 1 for the farthest."""
    if not members:
        return 0
    hosts = sum(one.is_host for one in members)
    alone = 0 if hosts else ONLY_CREW if any(one.is_crew for one in members) else NO_HOST
    people = sum(one.people for one in members)
    keys = [one.key for one in members]
    pairs = sum(liked[one].get(other, 0) for index, one in enumerate(keys) for other in keys[index + 1 :])
    return (
        alone * sum(one.is_new for one in members)
        - pairs
        + FAR_FROM_DOOR * far * sum(one.near_door for one in members)
        + SECOND_HOST * max(hosts - 1, 0)
        + (NEARLY_ALONE if people < COMPANY else 0)
        + EMPTY_CHAIR * max(table.chairs - people, 0)
    )


def _beginnings(room: Room) -> Iterator[list[Party]]:
    """Orders in which to seat: hosts and large parties first, then some by chance, always the same."""
    parties = [one for one in room.parties if one.pinned not in {table.key for table in room.tables}]
    degree = {one.key: sum(one.key in pair for pair in room.apart) for one in parties}
    yield sorted(parties, key=lambda one: (not one.is_host, -one.people, -degree[one.key], one.key))
    yield sorted(parties, key=lambda one: (-one.people, one.friends, one.key))
    chance = Random(len(parties))  # noqa: S311 -- for other orders, not for secrets
    for _more in range(48 if len(parties) <= 12 else 2 if len(parties) <= 40 else 0):
        yield chance.sample(parties, len(parties))


def _seat_all(room: Room) -> _Search | None:
    """Any plan that seats everybody together, if one is found within so many steps."""
    search, steps = _Search(room), 0
    order = sorted(search.free_parties, key=lambda one: (-one.people, one.key))

    def place(index: int) -> bool:
        nonlocal steps
        steps += 1
        if index == len(order):
            return True
        for table in search.tables:
            if steps < NODES and search.fits(order[index], table):
                search.put(order[index], table)
                if place(index + 1):
                    return True
                search.put(order[index], None)
        return False

    return search if place(0) else None


def _split(room: Room, search: _Search) -> Plan:
    """The plan; a party that fits nowhere as a whole is divided over the chairs that are left."""
    free = {key: table.chairs - sum(one.people for one in search.members[key]) for key, table in search.tables.items()}
    seats = [
        Seat(party.key, table, party.people) for party in room.parties if (table := search.at[party.key]) is not None
    ]
    sitting = {key: {one.key for one in members} for key, members in search.members.items()}
    standing = []
    for party in search.standing():
        left = party.people
        possible = [key for key in free if not sitting[key] & search.disliked[party.key]]
        for table in sorted(possible, key=lambda key: (-free[key], key)):
            here = min(max(free[table], 0), left)
            if here:
                seats.append(Seat(party.key, table, here))
                free[table] -= here
                sitting[table].add(party.key)
                left -= here
        if left:
            blocked = any(chairs > 0 for chairs in free.values())
            standing.append(Standing(party.key, left, Why.APART if blocked else Why.CHAIRS))
    return Plan(tuple(seats), tuple(standing), search.cost())


def _liked(room: Room) -> dict[str, dict[str, int]]:
    liked: dict[str, dict[str, int]] = {party.key: {} for party in room.parties}
    for one in room.parties:
        for other in room.parties:
            if one.friends and one.friends == other.friends and one is not other:
                liked[one.key][other.key] = FRIENDS
    for pair in room.together:
        one_key, other_key = sorted(pair)
        for here, there in ((one_key, other_key), (other_key, one_key)):
            liked[here][there] = liked[here].get(there, 0) + WISH
    return liked


def _disliked(room: Room) -> dict[str, set[str]]:
    disliked: dict[str, set[str]] = {party.key: set() for party in room.parties}
    for pair in room.apart:
        one, other = sorted(pair)
        disliked[one].add(other)
        disliked[other].add(one)
    return disliked


def _far(tables: Sequence[Table]) -> dict[int, float]:
    """0 for the table nearest to the door, 1 for the farthest."""
    farthest = max((table.from_door for table in tables), default=0) or 1
    nearest = min((table.from_door for table in tables), default=0)
    span = farthest - nearest or 1
    return {table.key: (table.from_door - nearest) / span for table in tables}
