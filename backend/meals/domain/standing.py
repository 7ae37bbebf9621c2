"""Standing reservations: on which evenings somebody has a place without asking. Pure."""

from datetime import date
from enum import StrEnum


class Gone(StrEnum):
    """Why a place that the programme had made is gone. Codes; the place is made again when that changes."""

    ENDED = "standing_ended"
    PAUSED = "standing_paused"
    AWAY = "away"
    EVENING_OFF = "evening_cancelled"
    """With all others, because the evening did not take place."""


class Skip(StrEnum):
    """Why no place was made on an evening. Codes."""

    AWAY = "away"
    NO_TABLE = "no_table"
    ELSEWHERE = "elsewhere"
    """At another dinner at that time."""
    HELPS = "helps"
    """In the crew of that evening, with a chair of their own."""


def holds_on(day: date, first_day: date, last_day: date | None, paused_until: date | None) -> bool:
    """Whether somebody comes on a local date: begun, not ended, not paused. All days are included in what they end."""
    if day < first_day or (last_day is not None and day > last_day):
        return False
    return paused_until is None or day > paused_until
