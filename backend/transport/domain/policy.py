"""What an organisation may set about its buses (its setting "bus"), with the defaults of the programme."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import time, timedelta
from typing import Any

from backend.common.errors import RondjeError
from backend.transport.domain.day_settings import DaySettings
from backend.transport.domain.programme import ProgrammeSettings

SETTING = "bus"
"""Under this name an organisation's settings hold what differs from the defaults: {"max_ride_minutes": 40}."""


class BusSettingError(RondjeError):
    """A setting of the bus that could not work; the message names it."""


@dataclass(frozen=True)
class BusPolicy:
    """An organisation's own. Times of day are wall times of the organisation."""

    max_ride_minutes: int = 45
    """Nobody sits in the bus for longer, unless agreed otherwise (text of the programme)."""
    cutoff: str = "17:00"
    """On the day before: free cancellation, and offers of freed seats, until then (domain text)."""
    scootmobiels: bool = False
    """Whether scootmobiels are taken (domain text: refused by default)."""
    farthest_km: int = 40
    """Straight from the garage. Whoever lives further away is out of reach, or in a wrong place on the map."""
    boarding_seconds: int = 120
    boarding_rollator: int = 60
    boarding_folding_chair: int = 120
    boarding_wheelchair: int = 300
    boarding_companion: int = 30
    """Seconds at the door; the others come on top of the first (our own estimates)."""

    def __post_init__(self) -> None:
        limits = {
            "max_ride_minutes": (5, 180),
            "farthest_km": (1, 200),
            "boarding_seconds": (10, 1800),
        }
        for name, (low, high) in limits.items():
            value = getattr(self, name)
            if not isinstance(value, int) or not low <= value <= high:
                raise BusSettingError(f"{name}: must be a whole number between {low} and {high}.")
        try:
            time.fromisoformat(self.cutoff)
        except (TypeError, ValueError) as error:
            raise BusSettingError("cutoff: give a time of day such as 17:00.") from error

    @property
    def max_ride(self) -> timedelta:
        """The limit of everybody for whom nothing else was agreed."""
        return timedelta(minutes=self.max_ride_minutes)

    def max_ride_of(self, agreed: int | None) -> timedelta:
        """The limit of somebody with whom so many minutes were agreed; None: nothing else was."""
        return self.max_ride if agreed is None else timedelta(minutes=agreed)

    @property
    def cutoff_at(self) -> time:
        """Wall time on the day before."""
        return time.fromisoformat(self.cutoff)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "BusPolicy":
        """The defaults with what the organisation has set; `settings` are all of its settings.

        What concerns the programme and the day stands in the same setting, and is passed over here.

        Raises:
            BusSettingError: something is set that does not exist, or that could not work.
        """
        chosen = settings.get(SETTING, {})
        own = {field.name for field in fields(cls)}
        known = own | {field.name for other in (ProgrammeSettings, DaySettings) for field in fields(other)}
        if unknown := set(chosen) - known:
            raise BusSettingError(f"{min(unknown)}: no such setting. Known are {', '.join(sorted(known))}.")
        return cls(**{name: value for name, value in chosen.items() if name in own})
