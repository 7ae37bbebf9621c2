"""Until when somebody who is offered something may answer, in hours in which people may be disturbed. Pure; UTC."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.common.clock import DEFAULT_ZONE
from backend.common.offers import Patience
from backend.notifications.domain.quiet import Hours, next_allowed

IN_TIME = timedelta(hours=1)
"""Who hears that there is no place so long before it begins can still make other plans."""

A_WEEK = 7


@dataclass(frozen=True)
class WakingPatience(Patience):
    """How long an offer is held, counted in hours in which people may be disturbed: nights and Sundays do not count.

    Near the cutoff it is held for a share of what is left, so that others have their turn, and never beyond it.
    """

    longest: timedelta = timedelta(hours=2)
    shortest: timedelta = timedelta(minutes=20)
    share: float = 1 / 3
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(DEFAULT_ZONE))
    hours: Hours = field(default_factory=Hours)

    @classmethod
    def of(cls, settings: Mapping[str, Any], zone: ZoneInfo, hours: Hours) -> "WakingPatience":
        """From an organisation's settings (offer_minutes). Raises ValueError or TypeError."""
        if "offer_minutes" not in settings:
            return cls(zone=zone, hours=hours)
        longest = timedelta(minutes=int(settings["offer_minutes"]))
        return cls(longest=longest, shortest=min(cls.shortest, longest), zone=zone, hours=hours)

    def deadline(self, now: datetime, cutoff: datetime) -> datetime:
        """Until when an offer made at `now` may be answered."""
        left = self._waking_between(now, cutoff)
        held = max(self.shortest, min(self.longest, left * self.share))
        return min(cutoff, self._after_waking(now, held))

    def may_ask(self, moment: datetime) -> datetime:
        """The first instant from `moment` on at which somebody may be asked."""
        return next_allowed(moment, self.zone, self.hours)

    def news_at(self, cutoff: datetime, begins_at: datetime) -> datetime:
        """When whoever waited in vain is told so: at the cutoff, or in the last hour before it in which people may be
        disturbed, where they could be told only as it begins (a trip on Monday morning).
        """
        if self.may_ask(cutoff) + IN_TIME <= begins_at:
            return cutoff
        last = self.hours.end
        local = cutoff.astimezone(self.zone).replace(hour=last.hour, minute=last.minute, second=0, microsecond=0)
        evenings = ((local - timedelta(days=back)).astimezone(UTC) - IN_TIME for back in range(A_WEEK + 1))
        return next((one for one in evenings if one <= cutoff and self.may_ask(one) == one), cutoff)

    def _stretches(self, begin: datetime) -> Iterable[tuple[datetime, datetime]]:
        """The hours in which people may be disturbed, one day after the other, from `begin` on."""
        while True:
            begin = self.may_ask(begin)
            last = self.hours.end
            end = begin.astimezone(self.zone).replace(hour=last.hour, minute=last.minute, second=0, microsecond=0)
            yield begin, end.astimezone(UTC)
            begin = end.astimezone(UTC)

    def _after_waking(self, moment: datetime, span: timedelta) -> datetime:
        for begin, end in self._stretches(moment):
            if span <= end - begin:
                return begin + span
            span -= end - begin
        raise AssertionError("There is always a next day.")

    def _waking_between(self, first: datetime, last: datetime) -> timedelta:
        found = timedelta()
        for begin, end in self._stretches(first):
            if begin >= last:
                return found
            found += min(end, last) - begin
        raise AssertionError("There is always a next day.")
