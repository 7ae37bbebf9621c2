"""Which party on a waiting list is offered freed chairs, and why another was skipped. Pure; times are UTC.

The rule, as it is read aloud: who has waited longest comes first. A party for whom there are too few chairs is skipped,
is told why, and keeps its turn; smaller ones behind it are asked meanwhile, so that no chair stays empty.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from backend.common import offers
from backend.common.offers import Candidate, Decision, Offer, Terms
from backend.notifications.domain.patience import WakingPatience

A_LOT = 10_000
"""So many places there may be, as far as `common.offers` is concerned: chairs are counted here, by party."""


class Skip(StrEnum):
    """Why a party cannot be offered chairs, beside the reasons of `common.offers`."""

    TOO_FEW = "too_few_chairs"
    NO_TABLE = "no_table"
    AWAY = "away"
    GONE = "gone"
    """Not on the list any more."""


@dataclass(frozen=True)
class Party:
    """A party that waits. `reservation` is its key; `hindrance`: why it can be offered nothing, whatever is free."""

    reservation: int
    since: datetime
    covers: int
    hindrance: Skip | None = None


def in_turn(parties: Iterable[Party]) -> list[Candidate[int]]:
    """Those who wait, who has waited longest in front."""
    found = [Candidate(one.reservation, (one.since.timestamp(), one.reservation)) for one in parties]
    return sorted(found, key=lambda candidate: candidate.turn)


@dataclass
class Room:
    """The chairs that can be given to who waits. Whoever is found to suit has taken theirs: none is offered twice.

    `too_few` says of each party that was skipped how many chairs were left for it.
    """

    free: int
    parties: Mapping[int, Party]
    too_few: dict[int, int] = field(default_factory=dict)

    def suits(self, key: int) -> str | None:
        """None when there are chairs for the whole party; they are its own from then on. Else why not."""
        party = self.parties.get(key)
        if party is None:
            return Skip.GONE
        if party.hindrance is not None:
            return party.hindrance
        if party.covers > self.free:
            self.too_few[key] = max(self.free, 0)
            return Skip.TOO_FEW
        self.free -= party.covers
        return None

    def is_left_for(self, party: Party) -> bool:
        """Whether chairs are left that this party could have, should it say yes after all."""
        return party.hindrance is None and party.covers <= self.free


@dataclass(frozen=True)
class List:
    """A waiting list at a moment: who waits, what was offered that still counts, and the chairs that are free but for
    those of open offers.
    """

    parties: Sequence[Party]
    offered: Sequence[Offer[int]]
    free: int

    def room(self) -> Room:
        """All of its chairs, before anybody took any."""
        return Room(self.free, {one.reservation: one for one in self.parties})


def decide(waiting: List, cutoff: datetime, patience: WakingPatience, now: datetime) -> tuple[Decision[int], Room]:
    """Which offers to end and to make at `now`; with the chairs that are left then."""
    room = waiting.room()
    terms = Terms(places=A_LOT, cutoff=cutoff, patience=patience, may_ask=patience.may_ask)
    return offers.decide(in_turn(waiting.parties), waiting.offered, terms, now, room.suits), room


def spoken_for(waiting: List) -> int:
    """Chairs that belong to parties who wait and have not been asked in vain, beside those of open offers."""
    room = waiting.room()
    had = {one.key for one in waiting.offered if not one.is_open and one.ending is not offers.Ending.WITHDRAWN}
    is_asked = [one.key for one in waiting.offered if one.is_open]
    for key in is_asked:
        room.suits(key)
    before = room.free
    for candidate in in_turn(waiting.parties):
        if candidate.key not in had and candidate.key not in is_asked:
            room.suits(candidate.key)
    return before - room.free
