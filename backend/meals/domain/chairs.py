"""How many chairs are left: counted from rows, whoever asks. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from backend.common.errors import Conflict


class Refusal(StrEnum):
    """Why the answer is no. Codes: what is said is in the words of the page, the call or the text."""

    CLOSED = "closed"
    """The evening is cancelled, or over."""
    TOO_LATE = "too_late"
    """The kitchen has had its final count: ring the resto, or come and see whether a chair is free."""
    ALREADY = "already"
    """Reserved, or waiting, already."""
    HELPS = "helps"
    """In the crew of that evening, with a chair of their own."""
    NO_TABLE = "no_table"
    """More people than sit at the largest table."""
    FULL = "full"
    OFFERED = "offered"
    """The last chairs are being offered to somebody who waited for them."""


@dataclass(frozen=True)
class Chairs:
    """Who takes a chair. `held`: unconfirmed reservations that still hold; `offered`: to whom waits. All in people."""

    chairs: int
    speakers: int
    crew: int
    guests: int
    held: int = 0
    offered: int = 0

    @property
    def covers(self) -> int:
        """For how many is cooked: guests, crew and speakers (domain text, Resto VanHarte)."""
        return self.guests + self.crew + self.speakers

    @property
    def free(self) -> int:
        """Chairs that can be given away now; below zero when crew or speakers were added to a full evening."""
        return self.chairs - self.covers - self.held - self.offered

    def room_for(self, covers: int) -> Refusal | None:
        """Why so many more people cannot come; None when they can."""
        if covers <= self.free:
            return None
        return Refusal.OFFERED if covers <= self.free + self.offered else Refusal.FULL


def spoken_for(free: int, waiting: Sequence[int]) -> int:
    """How many of `free` chairs go to parties that wait, each in its turn if it fits: whoever rings in comes after."""
    taken = 0
    for covers in waiting:
        taken += covers if covers <= free - taken else 0
    return taken


def when(state: str, now: datetime, cutoff_at: datetime, ends_at: datetime) -> Refusal | None:
    """Why nobody can reserve any more at `now` (UTC); walk-ins at the door are another matter."""
    if state in ("cancelled", "closed") or now >= ends_at:
        return Refusal.CLOSED
    return Refusal.TOO_LATE if now >= cutoff_at or state == "open" else None


def at_the_door(state: str, now: datetime, ends_at: datetime) -> Refusal | None:
    """Why nobody can walk in any more."""
    return Refusal.CLOSED if state in ("cancelled", "closed") or now >= ends_at else None


class TooFewChairs(Conflict):
    """More people have a chair, or are promised one, than there would be. `values` are the places of `template`."""

    def __init__(self, template: str, **values: int | date) -> None:
        super().__init__(template % values)
        self.template = template
        self.values = values
