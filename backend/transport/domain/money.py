"""What a trip costs and how it is paid: passes, and the cash box. Pure. Amounts are euro cents, days local dates."""

from dataclasses import dataclass
from datetime import date, datetime

TRIP_CANCELLED = "trip_cancelled"
"""Why a booking ended: with its trip. Should the trip be driven after all, it comes back."""

NO_PLACE_AGAIN, ELSEWHERE = "no_place_again", "elsewhere"
"""Why one of these did not come back: nothing was free any more, or they had something else by then."""

BY_US = (TRIP_CANCELLED, "stopped", NO_PLACE_AGAIN, ELSEWHERE)
"""Why a booking ended that we ended: it costs the passenger nothing."""

CHANGED = "changed"
"""Why a booking ended in whose place another one came: that one is paid for, and nobody cancelled."""


@dataclass(frozen=True)
class PassFacts:
    """A pass: so many trips (None: all), from one day to another (None: no end), and how many were used."""

    trips: int | None
    valid_from: date
    valid_until: date | None
    used: int

    @property
    def left(self) -> int | None:
        """Trips that are left; None when they are not counted."""
        return None if self.trips is None else max(0, self.trips - self.used)

    def why_not(self, day: date) -> str:
        """Why it does not pay for a trip on a local date: not_yet, over, used_up; "" when it does."""
        if day < self.valid_from:
            return "not_yet"
        if self.valid_until is not None and day > self.valid_until:
            return "over"
        return "used_up" if self.left == 0 else ""


def is_owed(*, cancelled_because: str, cancelled_at: datetime | None, cutoff_at: datetime, rode: bool) -> bool:
    """Whether a booking is paid for: not when we cancelled it, nor when they did so in time (domain text).

    Who had cancelled and came along after all pays (`rode`).
    """
    if cancelled_at is None:
        return True
    is_late = cancelled_because != CHANGED and cancelled_at > cutoff_at
    return cancelled_because not in BY_US and (rode or is_late)


@dataclass(frozen=True)
class CashBox:
    """What should be in the box, and what is: cents."""

    expected: int
    counted: int

    @property
    def difference(self) -> int:
        """More than expected is positive."""
        return self.counted - self.expected
