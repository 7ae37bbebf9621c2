"""When somebody may be rung or texted about what can wait (domain text: 9:00 to 20:00, never on Sunday)."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

SUNDAY = 6


@dataclass(frozen=True)
class Hours:
    """Local wall times between which people may be disturbed; the end is not included.

    Raises ValueError when the end is not after the beginning.
    """

    begin: time = time(9, 0)
    end: time = time(20, 0)
    sundays: bool = False

    def __post_init__(self) -> None:
        if self.begin >= self.end:
            raise ValueError("The hours in which people may be disturbed must end after they begin.")

    def allow(self, local: datetime) -> bool:
        """Whether a local time lies within."""
        return self._is_a_day(local) and self.begin <= local.time() < self.end

    def _is_a_day(self, local: datetime) -> bool:
        return self.sundays or local.weekday() != SUNDAY


def next_allowed(moment: datetime, zone: ZoneInfo, hours: Hours) -> datetime:
    """The first instant (UTC) from `moment` on at which somebody in `zone` may be disturbed.

    Right on the days on which clocks change: the wall time is taken in the zone, and the answer is an instant.
    """
    local = moment.astimezone(zone)
    if hours.allow(local):
        return moment
    day = local.date() if local.time() < hours.begin else local.date() + timedelta(days=1)
    opening = datetime.combine(day, hours.begin, tzinfo=zone)
    if not hours.sundays and opening.weekday() == SUNDAY:
        opening = datetime.combine(day + timedelta(days=1), hours.begin, tzinfo=zone)
    return opening.astimezone(UTC)
