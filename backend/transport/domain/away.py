"""Nobody came to the door, and an absence is noted: does it explain that, or has something newer disproved it? Pure."""

from collections.abc import Iterable
from datetime import datetime

from backend.transport.domain.run import Way


def explains(
    way: Way, *, recorded_at: datetime, midnight: datetime, seen: Iterable[datetime], heard: Iterable[datetime]
) -> bool:
    """Whether a question to a person will do for now, instead of a case: only of who was to be fetched from home.

    `recorded_at`: when the absence was noted; `midnight`: when the trip's local date began; `seen`: sightings;
    `heard`: when they booked the trip, or said that they come along. All aware. Who was seen today, or has been seen or
    heard of since the absence was noted, may lie behind that door: a search too many is better than nobody looking.
    """
    return (
        way is Way.THERE
        and all(at <= recorded_at and at < midnight for at in seen)
        and all(at <= recorded_at for at in heard)
    )
