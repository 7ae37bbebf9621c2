"""Time as the product sees it: real time in production, a scaled clock in a demo or scenario.

The clock is piecewise linear: an anchor ties one real instant to one virtual instant and says how fast
virtual time runs from there. All processes share the anchor, so all of them agree on what time it is.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Europe/Amsterdam"
"""Where wall times are meant that say nothing else."""


@dataclass(frozen=True)
class Anchor:
    """From the instant `real` on, virtual time runs from `virtual` at `rate` virtual seconds per second.

    Both instants are in UTC. A rate of 0 is a clock that stands still until it is set again.
    """

    real: datetime
    virtual: datetime
    rate: float

    def at(self, real: datetime) -> datetime:
        """The virtual instant (UTC) that belongs to a real one."""
        return self.virtual + (real - self.real) * self.rate

    def with_rate(self, rate: float, *, real: datetime) -> "Anchor":
        """The same clock, going on at another rate from `real`, without a jump."""
        return Anchor(real=real, virtual=self.at(real), rate=rate)


def real_now() -> datetime:
    """The machine's own time (UTC): for leases, heartbeats and network time-outs, never for domain rows."""
    return datetime.now(UTC)


def whole_seconds(span: timedelta) -> int:
    """A time span as the whole number of seconds that a carrier or a person is told."""
    return round(span.total_seconds())


def instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which a wall clock in `zone` shows `wall` on `day`.

    A time that daylight saving skips is taken as the instant just as long after the gap's start; of a time that
    comes twice, the first. Nothing is planned in those hours of the night; the rule is total all the same.
    """
    return datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The date on the wall in `zone` at an instant."""
    return moment.astimezone(zone).date()
