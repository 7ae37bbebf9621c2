"""What programmes tell one another: the payloads of events that one records and another handles. They share no code.

A dinner asks for a ride, and the bus answers. Whoever asks may do so again, and whoever answers as well: the number of
the question tells which one is answered. Times are UTC; places of people are not sent, each programme reads them.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Self

RIDE_WANTED = "meals.ride_wanted"
"""A guest would like to be fetched at home, and brought home. Payload: RideWanted."""

RIDE_NOT_WANTED = "meals.ride_not_wanted"
"""They do not any more. Payload: reference and number."""

RIDE_ANSWERED = "transport.ride_answered"
"""Whether the bus comes, and when; again whenever that changes. Payload: RideAnswered."""


NO_TRIP, OVER = "no_trip", "booking_over"
"""Codes of why no bus comes, besides what stands in the way of a booking: no trip goes there then; it was cancelled."""


@dataclass(frozen=True)
class RideWanted:
    """A ride from home to somewhere and back, on a local date. `reference` is what it is for, such as reservation:12.

    There by `arrive_by`, and not fetched there before `back_from`. Degrees are WGS 84. `covers`: how many people,
    the person among them.
    """

    reference: str
    number: int
    person: int
    date: date
    place: str
    latitude: float
    longitude: float
    arrive_by: datetime
    back_from: datetime
    covers: int

    def as_payload(self) -> dict[str, Any]:
        """For the event."""
        return {name: _written(value) for name, value in asdict(self).items()}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """What `as_payload` wrote."""
        times = {name: datetime.fromisoformat(payload[name]) for name in ("arrive_by", "back_from")}
        return cls(**{**payload, **times, "date": date.fromisoformat(payload["date"])})


@dataclass(frozen=True)
class RideAnswered:
    """Yes, with the window at their door and when they are home; or no, with a code of why."""

    reference: str
    number: int
    comes: bool
    why: str = ""
    there_from: datetime | None = None
    there_until: datetime | None = None
    home_at: datetime | None = None

    def as_payload(self) -> dict[str, Any]:
        """For the event."""
        return {name: _written(value) for name, value in asdict(self).items()}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """What `as_payload` wrote."""
        names = ("there_from", "there_until", "home_at")
        times = {name: datetime.fromisoformat(payload[name]) if payload[name] else None for name in names}
        return cls(**{**payload, **times})


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
