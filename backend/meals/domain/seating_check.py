"""Whether a table plan keeps the hard rules: written apart from the search, so that neither is trusted alone. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from backend.meals.domain.seating import Party, Plan, Room, Seat


class Problem(StrEnum):
    """What is wrong. Codes: the words are with the page."""

    TOO_MANY = "too_many"
    """More people at a table than chairs."""
    APART = "apart"
    """Two at one table who would rather not."""
    DIVIDED = "divided"
    """A party is divided although it would fit together at a table."""
    MISSING = "missing"
    """Somebody of a party sits nowhere and is not said to stand, or is counted twice."""
    MOVED = "moved"
    """Somebody was taken from the table that they were given by hand."""
    NO_TABLE = "no_table"
    """A table that is not in the room."""


@dataclass(frozen=True)
class Finding:
    """A problem: at which table (None: at none in particular), and about whom."""

    problem: Problem
    table: int | None
    parties: tuple[str, ...]


def check(room: Room, plan: Plan) -> tuple[Finding, ...]:
    """Everything that is wrong with a plan, table by table, then party by party."""
    return (*_tables(room, plan), *_parties(room, plan))


def _tables(room: Room, plan: Plan) -> Iterator[Finding]:
    chairs = {table.key: table.chairs for table in room.tables}
    for table in sorted({seat.table for seat in plan.seats}):
        here = tuple(dict.fromkeys(seat.party for seat in plan.seats if seat.table == table))
        if table not in chairs:
            yield Finding(Problem.NO_TABLE, table, here)
            continue
        if sum(seat.people for seat in plan.seats if seat.table == table) > chairs[table]:
            yield Finding(Problem.TOO_MANY, table, here)
        for pair in sorted(room.apart, key=sorted):
            if pair <= set(here):
                yield Finding(Problem.APART, table, tuple(sorted(pair)))


def _parties(room: Room, plan: Plan) -> Iterator[Finding]:
    standing = Counter({one.party: one.people for one in plan.standing})
    for party in room.parties:
        seats = [seat for seat in plan.seats if seat.party == party.key]
        if sum(seat.people for seat in seats) + standing[party.key] != party.people:
            yield Finding(Problem.MISSING, None, (party.key,))
        tables = {table.key for table in room.tables}
        if party.pinned in tables and [seat.table for seat in seats] != [party.pinned]:
            yield Finding(Problem.MOVED, party.pinned, (party.key,))
        if len(seats) != 1 and (found := _fits_at(room, plan, party)) is not None:
            yield Finding(Problem.DIVIDED, found, (party.key,))


def _fits_at(room: Room, plan: Plan, party: Party) -> int | None:
    """A table at which the whole party could sit, with everybody else where they are."""
    others: tuple[Seat, ...] = tuple(seat for seat in plan.seats if seat.party != party.key)
    for table in room.tables:
        here = [seat for seat in others if seat.table == table.key]
        has_room = sum(seat.people for seat in here) + party.people <= table.chairs
        if has_room and not any(frozenset((seat.party, party.key)) in room.apart for seat in here):
            return table.key
    return None
