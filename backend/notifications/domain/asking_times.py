"""When people are asked on the evening before, and when silence is left to a person. Pure; times are UTC."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.notifications.domain.quiet import Hours

A_WEEK = 7


@dataclass(frozen=True)
class EveningTimes:
    """When people are asked (local wall time), how long an answer is waited for, and how often somebody is tried."""

    at: time = time(18, 0)
    again_after: timedelta = timedelta(minutes=40)
    tries: int = 2

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "EveningTimes":
        """From an organisation's settings (evening_at, such as "18:30"). Raises ValueError or TypeError."""
        return cls(at=time.fromisoformat(settings["evening_at"])) if "evening_at" in settings else cls()


@dataclass(frozen=True)
class Asked:
    """One try to ask somebody. `is_over`: the call has ended, or the text has gone out."""

    at: datetime
    is_over: bool


@dataclass(frozen=True)
class AskNow:
    """They are asked now; `number` is 1 for the first try."""

    number: int


@dataclass(frozen=True)
class WaitUntil:
    """Nothing to do before then."""

    at: datetime


@dataclass(frozen=True)
class Silent:
    """They have not answered: a person rings them."""


def begins(day: date, cutoff_at: datetime, zone: ZoneInfo, hours: Hours, times: EveningTimes) -> datetime:
    """When the passengers of a trip on local date `day` are asked: the evening before, after the cutoff.

    Where nobody may be disturbed on the day before (a Sunday), on the evening of the last day on which people may be;
    the cutoff then lies ahead still.
    """
    evenings = [datetime.combine(day - timedelta(days=back), times.at, tzinfo=zone) for back in range(1, A_WEEK + 1)]
    evening = next((one for one in evenings if hours.allow(one)), evenings[0])
    if evening == evenings[0] and hours.allow(cutoff_at.astimezone(zone)):
        return max(evening.astimezone(UTC), cutoff_at)
    return evening.astimezone(UTC)


def ends(begin: datetime, zone: ZoneInfo, hours: Hours) -> datetime:
    """Until when people are asked: the end of that day's hours."""
    return begin.astimezone(zone).replace(hour=hours.end.hour, minute=hours.end.minute).astimezone(UTC)


def following(
    tries: Sequence[Asked], *, end: datetime, now: datetime, times: EveningTimes
) -> AskNow | WaitUntil | Silent:
    """What is done about somebody who has not answered yet. `tries` in the order in which they were made."""
    if not tries:
        return AskNow(1) if now < end else Silent()
    last = tries[-1]
    waited_for = last.at + times.again_after
    if now < min(waited_for, end) or (not last.is_over and now < end):
        return WaitUntil(min(max(waited_for, now + timedelta(minutes=1)), end))
    if len(tries) < times.tries and now < end:
        return AskNow(len(tries) + 1)
    return Silent()
