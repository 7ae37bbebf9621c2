"""How long what is kept. Each organisation may say otherwise."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from backend.common.errors import RondjeError

SETTING = "keep_days"
"""Under this name an organisation's settings hold what differs from the defaults: {"calls": 14}."""

LONGEST = 3650


@dataclass(frozen=True)
class Periods:
    """Days for which things are kept after they ended. Source of calls and cases: domain text, "Law and numbers"."""

    calls: int = 30
    """Calls and texts: legs, attempts, callbacks, messages, and the numbers in a morning's seats."""
    texts: int = 30
    """What people texted to us, once somebody has dealt with it."""
    links: int = 30
    """Links in texts, after they stopped working."""
    sightings: int = 90
    """When somebody was seen well. The latest one stays."""
    absences: int = 365
    """After the last day away. Duties of one day, and their swaps, after that day."""
    cases: int = 730
    """Closed incidents with their timelines, mornings with their seats and lists, and events. Figures stay."""

    trips: int = 730
    """Trips of the bus with their places, rides and payments. Figures stay, and so does what a pass still counts on."""
    dinners: int = 730
    """Places at dinners with how they were paid, who helped, and who was told no. Figures stay."""
    plates: int = 30
    """What guests do not eat at a dinner and the notes of their place, after it; without consent until it is over."""
    exits: int = 365
    """Homes, aids and papers, after their person's last trip or duty and when they are in no circle any more."""
    checks: int = 1
    """Numbers that were confirmed by a code on the public page of the dinners, or were to be."""

    def __post_init__(self) -> None:
        for name, days in asdict(self).items():
            if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= LONGEST:
                raise RondjeError(f"{name}: give a number of days between 1 and {LONGEST}.")
        if self.cases < self.calls:
            raise RondjeError("cases: cases must be kept at least as long as the calls that belong to them.")

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Periods":
        """What an organisation's settings say, defaults elsewhere. Raises RondjeError for what makes no sense."""
        chosen = settings.get(SETTING, {})
        unknown = set(chosen) - {one.name for one in fields(cls)}
        if unknown:
            known = ", ".join(one.name for one in fields(cls))
            raise RondjeError(f"Nothing is called {', '.join(sorted(unknown))} here. There are: {known}.")
        return cls(**chosen)

    def limit(self, name: str, *, now: datetime, counted_until: datetime) -> datetime:
        """The instant (UTC) before which things of this name may go: never before they have been counted."""
        return min(now - timedelta(days=asdict(self)[name]), counted_until)
