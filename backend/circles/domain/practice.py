"""A practice morning: everybody is rung as on a real one, which it comes before, and nobody is alarmed.

Only a cry for help (9) is real.
"""

from datetime import date, datetime, time, timedelta

from backend.circles.domain import morning as facts
from backend.circles.domain import schedule
from backend.circles.domain.decisions import Action, OpenNoAnswer, OpenNotReceived, OpenUnclosed, TellBackup
from backend.circles.domain.morning import Morning

EARLIEST, LATEST = time(9, 0), time(18, 30)
"""Calls that are not urgent: between 9:00 and 20:00 (domain text), and a practice takes an hour and more."""

AFTER_THE_REAL_ONE = time(11, 0)
"""On a day on which the circle goes round: a morning that starts late does so until 10:30, and takes its time."""

SUNDAY = 6

STARTS_LATE_WITHIN = timedelta(minutes=30)
"""A practice morning that downtime swallowed is not held later: nobody expects it any more."""


def refusal(day: date, at: time, *, local_now: datetime, goes_round: bool) -> str:
    """Why a practice morning cannot begin at a local wall time: a code, or "" when it can.

    `goes_round`: whether the circle has a real morning on that day.
    """
    if datetime.combine(day, at) <= local_now.replace(tzinfo=None):
        return "past"
    if day.weekday() == SUNDAY:
        return "sunday"
    if not EARLIEST <= at <= LATEST:
        return "hours"
    if goes_round and at < AFTER_THE_REAL_ONE:
        return "morning"
    return ""


def has_a_morning(day: date, *, is_active: bool, weekdays: list[int], first_day: date | None) -> bool:
    """Whether an active circle goes round on a local date."""
    return is_active and schedule.goes_round(day, weekdays, first_day)


def instead_of(morning: Morning, action: Action, now: datetime) -> Morning | None:
    """The morning after what practice has in place of an alarm; None for actions that are the same on any morning."""
    match action:
        case OpenNoAnswer(member=key, how=how):
            return facts.did_not_manage(morning, key, how=how, at=now)
        case OpenUnclosed(members=keys):
            for key in keys:
                morning = facts.did_not_manage(morning, key, how="deadline", at=now)
            return morning
        case OpenNotReceived():
            return facts.received(morning, by_volunteer=False)
        case TellBackup():
            return morning
        case _:
            return None
