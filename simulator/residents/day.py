"""The scenario's day: what `at` is counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

DEFAULT_TIMEZONE = "Europe/Amsterdam"


@dataclass(frozen=True)
class Day:
    """`start` is scenario time (unix seconds); wall times are of `date` in `timezone`."""

    start: float
    date: date
    timezone: ZoneInfo

    @classmethod
    def around(cls, moment: float) -> Day:
        """The day that begins now, for a town that was told of none."""
        timezone = ZoneInfo(DEFAULT_TIMEZONE)
        return cls(moment, datetime.fromtimestamp(moment, UTC).astimezone(timezone).date(), timezone)

    def moment(self, at: float | time) -> float:
        """Scenario time (unix seconds) of an `at`."""
        if isinstance(at, time):
            return datetime.combine(self.date, at, self.timezone).timestamp()
        return self.start + at
