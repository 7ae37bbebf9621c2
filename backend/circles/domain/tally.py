"""The accounting of a day: where everyone is who was expected. The watchdog counts with the same code.

Precedence when several hold (invariant 1): unclosed incident > closed incident > well > excused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from backend.circles.domain.morning import Standing


class Status(StrEnum):
    """Where a member is in the accounting."""

    WELL = "well"
    EXCUSED = "excused"
    IN_PROGRESS = "in_progress"
    INCIDENT_OPEN = "incident_open"
    INCIDENT_CLOSED = "incident_closed"
    UNACCOUNTED = "unaccounted"


@dataclass(frozen=True)
class Case:
    """An incident as far as the accounting needs it. `outcome_due_at` is when somebody should have said (UTC)."""

    closed_at: datetime | None
    outcome: str
    opened_at: datetime
    outcome_due_at: datetime


@dataclass(frozen=True)
class Expected:
    """A member who was planned for the day. `deadline_at` is None while the round has no deadline yet."""

    name: str
    circle: str
    standing: Standing
    how: str
    at: datetime | None
    deadline_at: datetime | None
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of the tally."""

    name: str
    circle: str
    status: Status
    how: str
    at: datetime | None


def line(member: Expected, now: datetime) -> Line:
    """Where one member is at `now` (UTC)."""
    status, how, at = _status(member, now)
    return Line(name=member.name, circle=member.circle, status=status, how=how, at=at)


def count(lines: Iterable[Line]) -> dict[str, int]:
    """How many members are where; every status is named, also those with nobody."""
    counts = dict.fromkeys((status.value for status in Status), 0)
    for each in lines:
        counts[each.status] += 1
    return counts


def _status(member: Expected, now: datetime) -> tuple[Status, str, datetime | None]:
    unclosed = [case for case in member.cases if case.closed_at is None]
    if unclosed:
        worst = min(unclosed, key=lambda case: case.outcome_due_at)
        if now > worst.outcome_due_at:
            return Status.UNACCOUNTED, "no outcome in time", worst.opened_at
        return Status.INCIDENT_OPEN, member.how, worst.opened_at
    if member.cases:
        last = max(member.cases, key=lambda case: case.closed_at or case.opened_at)
        return Status.INCIDENT_CLOSED, last.outcome, last.closed_at
    if member.standing is Standing.WELL:
        return Status.WELL, member.how, member.at
    if member.standing is Standing.EXCUSED:
        return Status.EXCUSED, member.how, member.at
    if member.standing is Standing.EXPECTED and (member.deadline_at is None or now <= member.deadline_at + GRACE):
        return Status.IN_PROGRESS, member.how, member.at
    return Status.UNACCOUNTED, "nothing is known", None


GRACE = timedelta(seconds=30)
"""Between the deadline and the decision that opens the incident lies a tick; nobody is lost in it."""
