"""Who stayed away: no fine; nobody rings but for a regular who agreed to it (domain text, Resto VanHarte). Pure."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

REGULAR_EVENINGS = 3
REGULAR_WITHIN = timedelta(weeks=8)
"""A regular ate along on so many evenings in that time before (our own inference: about every other week)."""

MORNING = time(9)
"""Local wall time from which people are rung who need not be (domain text, law and numbers); never on Sunday."""

SUNDAY = 6


def is_regular(came_on: Iterable[date], day: date) -> bool:
    """Whether whoever ate along on these local dates was a regular on `day`; who comes every time is one anyway."""
    return len({one for one in came_on if day - REGULAR_WITHIN <= one < day}) >= REGULAR_EVENINGS


def next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """Nine o'clock on the local day after `now`, or the day after that when it is a Sunday."""
    day = now.astimezone(zone).date() + timedelta(days=1)
    if day.weekday() == SUNDAY:
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, zone)
