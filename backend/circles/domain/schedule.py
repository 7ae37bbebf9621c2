"""When a morning begins and when it must be round. Wall time in, UTC out."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.circles.domain.policy import MorningPolicy
from backend.common.clock import instant, local_date

__all__ = [
    "deadline",
    "first_morning",
    "goes_round",
    "instant",
    "latest_start",
    "local_date",
    "takes_part",
    "too_late_to_start",
]


def takes_part(day: date, weekdays: "list[int] | tuple[int, ...]") -> bool:
    """Whether `day` is one of the weekdays (0 is Monday)."""
    return day.weekday() in weekdays


def goes_round(day: date, weekdays: "list[int] | tuple[int, ...]", first_day: date | None) -> bool:
    """Whether a circle goes round on a local date: on its weekdays, from its first morning on (None: since ever)."""
    return takes_part(day, weekdays) and (first_day is None or first_day <= day)


def first_morning(now: datetime, wall: time, weekdays: "list[int] | tuple[int, ...]", zone: ZoneInfo) -> date:
    """The local date of the first morning whose start (`wall`) has not passed by `now`."""
    first = local_date(now, zone)
    if now > instant(first, wall, zone):
        first += timedelta(days=1)
    while not takes_part(first, weekdays):
        first += timedelta(days=1)
    return first


def deadline(start: datetime, *, expected: int, policy: MorningPolicy) -> datetime:
    """When a round that started at `start` must be closed (UTC).

    Start + legs × 3 min + 15 min slack, never earlier than the last retry (domain text). A circle of n has n + 1
    legs: volunteer → 1 → … → n → volunteer.
    """
    legs = expected + 1 if expected else 0
    run = timedelta(minutes=legs * policy.leg_minutes)
    last_retry = timedelta(minutes=policy.retry_after_minutes[-1] + 1)
    return start + run + max(timedelta(minutes=policy.slack_minutes), last_retry)


def latest_start(day: date, *, policy: MorningPolicy, zone: ZoneInfo) -> datetime:
    """Until when (UTC) a morning missed by downtime may start late: 10:30 by default."""
    return instant(day, time.fromisoformat(policy.late_until), zone)


def too_late_to_start(now: datetime, *, day: date, policy: MorningPolicy, zone: ZoneInfo) -> bool:
    """Whether a morning missed by downtime can no longer start late and is an incident."""
    return now > latest_start(day, policy=policy, zone=zone)
