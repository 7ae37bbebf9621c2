"""Volunteers of a crew: who may do a task on a date, who is asked first, and until when. Pure.

What the bus and the dinners share; which tasks and papers there are is each one's own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Self

from backend.common.errors import Conflict, RondjeError
from backend.common.offers import Patience


class Unfit(StrEnum):
    """Why somebody is not asked, or cannot be confirmed. A paper's kind follows after a colon: `missing:vog`."""

    NOT_IN_USE = "not_in_use"
    MISSING = "missing"
    EXPIRED = "paper_expired"
    CANNOT = "cannot"
    AWAY = "away"
    ENGAGED = "engaged"
    OTHER_TASK = "other_task"
    NO_NUMBER = "no_number"


class CrewSettingError(RondjeError):
    """A setting of a crew that could not work; the message names it."""


class PlaceTaken(Conflict):
    """Somebody else has this place in a crew."""


class CrewClosed(Conflict):
    """It is under way, over, or off: its crew changes no more."""


class Barred(Conflict):
    """Somebody cannot be in this crew; `reason` is a code of `Unfit`."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class CrewTimes:
    """When volunteers are asked, and for how long: an organisation's own. Hours and days are of the product's clock.

    `ask_days`: so long before it begins the machine begins to ask by itself. `last_offer_hours`: nobody is asked by the
    machine when it begins sooner. `case_hours`: without the crew that it cannot do without so long before, it is a
    case. `fair_days`: so long around it counts how often somebody helps.
    """

    ask_days: int = 14
    answer_hours_most: int = 24
    answer_minutes_least: int = 45
    last_offer_hours: int = 2
    case_hours: int = 16
    expiring_days: int = 60
    fair_days: int = 90

    LIMITS: ClassVar[Mapping[str, tuple[int, int]]] = {
        "ask_days": (1, 60),
        "answer_hours_most": (1, 72),
        "answer_minutes_least": (10, 240),
        "last_offer_hours": (0, 24),
        "case_hours": (1, 48),
        "expiring_days": (1, 365),
        "fair_days": (7, 365),
    }

    def __post_init__(self) -> None:
        for name, (low, high) in self.LIMITS.items():
            value = getattr(self, name)
            if not isinstance(value, int) or not low <= value <= high:
                raise CrewSettingError(f"{name}: must be a whole number between {low} and {high}.")
        if self.answer_minutes_least > self.answer_hours_most * 60:
            raise CrewSettingError("answer_minutes_least: must not be longer than answer_hours_most.")

    def required(self, task: str) -> tuple[str, ...]:  # noqa: ARG002 -- for programmes that know papers
        """The kinds of papers without which nobody does this."""
        return ()

    @property
    def patience(self) -> Patience:
        """How long somebody who is asked has to answer: a quarter of the time that is left, within limits."""
        return Patience(
            longest=timedelta(hours=self.answer_hours_most), shortest=timedelta(minutes=self.answer_minutes_least)
        )

    def begins_at(self, starts_at: datetime) -> datetime:
        """When (UTC) the machine begins to ask."""
        return starts_at - timedelta(days=self.ask_days)

    def last_offer_at(self, starts_at: datetime) -> datetime:
        """When (UTC) the machine stops to ask: no answer is awaited after it."""
        return starts_at - timedelta(hours=self.last_offer_hours)

    def case_at(self, starts_at: datetime) -> datetime:
        """From when (UTC) on it is a case for a person that the crew is not there."""
        return starts_at - timedelta(hours=self.case_hours)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """The defaults with what the organisation has set. Raises CrewSettingError."""
        known = {one.name for one in fields(cls)}
        if unknown := set(settings) - known:
            raise CrewSettingError(f"{min(unknown)}: no such setting. Known are {', '.join(sorted(known))}.")
        return cls(**settings)


@dataclass(frozen=True)
class Volunteer:
    """What is known of somebody who could do a task on one date.

    `papers` are the last local dates on which each holds (None: no end), by kind; what was never seen is not in it.
    `says` is what they said about that date: they can, cannot, or nothing. `times` counts how often they were crew in
    the recent past and the near future.
    """

    key: int
    papers: Mapping[str, date | None] = field(default_factory=dict)
    says: bool | None = None
    in_use: bool = True
    is_standby: bool = False
    is_away: bool = False
    is_engaged: bool = False
    has_other_task: bool = False
    has_number: bool = True
    times: int = 0


def paper_lack(papers: Mapping[str, date | None], task: str, day: date, policy: CrewTimes) -> str | None:
    """The first paper that is missing or will have expired on a local date, as a reason; None when all hold."""
    for kind in policy.required(task):
        if kind not in papers:
            return f"{Unfit.MISSING}:{kind}"
        until = papers[kind]
        if until is not None and until < day:
            return f"{Unfit.EXPIRED}:{kind}"
    return None


def bars(volunteer: Volunteer, task: str, day: date, policy: CrewTimes) -> str | None:
    """Why somebody cannot do this on a local date whoever asks them; None when they may."""
    if not volunteer.in_use:
        return Unfit.NOT_IN_USE
    if volunteer.has_other_task:
        return Unfit.OTHER_TASK
    if lack := paper_lack(volunteer.papers, task, day, policy):
        return lack
    if volunteer.is_away:
        return Unfit.AWAY
    return Unfit.ENGAGED if volunteer.is_engaged else None


def unfit(volunteer: Volunteer, task: str, day: date, policy: CrewTimes) -> str | None:
    """Why the machine does not ask somebody; None when it may. A person may still ask who said "cannot"."""
    reason = bars(volunteer, task, day, policy)
    if reason is not None:
        return reason
    if volunteer.says is False:
        return Unfit.CANNOT
    return None if volunteer.has_number else Unfit.NO_NUMBER


def turn(volunteer: Volunteer) -> tuple[float, ...]:
    """The smallest is asked first: who said that they can, then who was crew least often."""
    return (0 if volunteer.says else 1, volunteer.times, volunteer.key)


def turn_of_substitute(volunteer: Volunteer) -> tuple[float, ...]:
    """The same when somebody has dropped out: whoever stands by comes first."""
    return (0 if volunteer.is_standby else 1, *turn(volunteer))


Turn = Callable[[Volunteer], tuple[float, ...]]
"""An order in which people are asked."""
