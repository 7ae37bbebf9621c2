"""The duty roster: who stands on it on a date, where it has gaps, and when people are told. Pure.

Weekday duties work far better than whole weeks, and swaps must be easy (domain text, Telefooncirkel).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from backend.common.errors import RondjeError

SUNDAY = 6


class Rank(StrEnum):
    """The ranks of a duty, in the order in which people are alerted."""

    PRIMARY = "primary"
    BACKUP = "backup"
    COORDINATOR = "coordinator"


class Lack(StrEnum):
    """Why a duty is not filled."""

    NOBODY = "nobody"
    AWAY = "away"
    NO_NUMBER = "no_number"
    DOUBLE = "double"


@dataclass(frozen=True)
class Shift:
    """A duty on a weekday (0 is Monday), or on one date only, which then replaces the weekday's."""

    person: int
    rank: Rank
    weekday: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class Volunteer:
    """What the roster needs to know of somebody. `away` are local dates, both included; None: until further notice."""

    pk: int
    away: tuple[tuple[date, date | None], ...] = ()
    has_number: bool = True

    def is_away(self, day: date) -> bool:
        """Whether an absence covers the local date."""
        return any(first <= day and (last is None or day <= last) for first, last in self.away)


@dataclass(frozen=True)
class Duty:
    """One rank on one local date. `person` stands on the roster even when `lack` says that they will not be there."""

    day: date
    rank: Rank
    person: int | None
    is_exception: bool = False
    lack: Lack | None = None

    @property
    def serves(self) -> int | None:
        """Whoever will be there; None where there is a gap."""
        return None if self.lack else self.person


@dataclass(frozen=True)
class Day:
    """The roster of one circle (or another scope) on a local date."""

    day: date
    duties: tuple[Duty, ...]

    def of(self, rank: Rank) -> Duty:
        """The duty of a rank."""
        return next(duty for duty in self.duties if duty.rank is rank)

    @property
    def has_gap(self) -> bool:
        """Nobody will be there as the first to be alerted: what a coordinator must mend."""
        return self.of(Rank.PRIMARY).lack is not None


Shifts = dict[tuple[Rank, date | int | None], Shift]
"""By rank, and the date or weekday for which they hold."""


def roster(days: Iterable[date], shifts: Sequence[Shift], people: dict[int, Volunteer]) -> list[Day]:
    """Who is on duty on each local date. A shift for the date replaces the weekday's; who is away leaves a gap."""
    first: Shifts = {}
    for shift in shifts:
        first.setdefault((shift.rank, shift.weekday if shift.day is None else shift.day), shift)
    return [_day(day, first, people) for day in days]


def _day(day: date, shifts: Shifts, people: dict[int, Volunteer]) -> Day:
    duties: list[Duty] = []
    for rank in Rank:
        shift = shifts.get((rank, day)) or shifts.get((rank, day.weekday()))
        person = shift.person if shift else None
        serving = {duty.serves for duty in duties}
        lack = _lack(day, people.get(person) if person is not None else None, serving)
        duties.append(Duty(day, rank, person, is_exception=bool(shift and shift.day), lack=lack))
    return Day(day, tuple(duties))


def _lack(day: date, volunteer: Volunteer | None, serving: set[int | None]) -> Lack | None:
    if volunteer is None:
        return Lack.NOBODY
    if volunteer.is_away(day):
        return Lack.AWAY
    if not volunteer.has_number:
        return Lack.NO_NUMBER
    # A coordinator may well be the volunteer of the day; a backup who is the volunteer backs nobody up.
    return Lack.DOUBLE if volunteer.pk in serving else None


class DutySettingError(RondjeError):
    """A setting of the roster that could not work; the message names it."""


@dataclass(frozen=True)
class DutyPolicy:
    """An organisation's own (its setting "duty"). Wall times are its own; days and hours are of the product's clock."""

    gap_days: int = 7
    evening: str = "18:00"
    texts_from: str = "09:00"
    texts_until: str = "20:00"
    swap_closes: str = "17:00"
    swap_days: int = 3

    def __post_init__(self) -> None:
        for name, low, high in (("gap_days", 1, 28), ("swap_days", 1, 14)):
            value = getattr(self, name)
            if not isinstance(value, int) or not low <= value <= high:
                raise DutySettingError(f"{name}: must be a whole number between {low} and {high}.")
        for name in ("evening", "texts_from", "texts_until", "swap_closes"):
            _wall(name, getattr(self, name))
        if self.first_text >= self.last_text:
            raise DutySettingError("texts_until: must lie after texts_from.")
        if not self.last_swap < self.check_at:
            raise DutySettingError("swap_closes: must lie before evening, so that the evening's check sees the answer.")

    @property
    def check_at(self) -> time:
        """When it is checked whether somebody is on duty tomorrow."""
        return _wall("evening", self.evening)

    @property
    def first_text(self) -> time:
        """From when on nobody is disturbed by what is not urgent (domain text: 9:00)."""
        return _wall("texts_from", self.texts_from)

    @property
    def last_text(self) -> time:
        """Until when (domain text: 20:00)."""
        return _wall("texts_until", self.texts_until)

    @property
    def last_swap(self) -> time:
        """Until when, on the day before, a swap may be answered."""
        return _wall("swap_closes", self.swap_closes)

    @classmethod
    def of(cls, settings: dict[str, Any]) -> "DutyPolicy":
        """The defaults with what the organisation has set. Raises DutySettingError."""
        known = {field.name for field in fields(cls)}
        if unknown := set(settings) - known:
            raise DutySettingError(f"{min(unknown)}: no such setting. Known are {', '.join(sorted(known))}.")
        return cls(**settings)


def _wall(name: str, value: object) -> time:
    try:
        return time.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError as error:
        raise DutySettingError(f"{name}: give a time of day such as 18:00.") from error


def may_text(now: datetime, policy: DutyPolicy, zone: ZoneInfo) -> bool:
    """Whether what is not urgent may be told at `now` (UTC): in the hours of the policy, and never on a Sunday."""
    local = now.astimezone(zone)
    return local.weekday() != SUNDAY and policy.first_text <= local.time() < policy.last_text


def next_look(now: datetime, policy: DutyPolicy, zone: ZoneInfo) -> datetime:
    """When (UTC) the roster is looked at next: each morning when texts may go, and in the evening before each day."""
    today = now.astimezone(zone).date()
    moments = [
        datetime.combine(today + timedelta(days=ahead), wall, zone).astimezone(UTC)
        for ahead in (0, 1)
        for wall in (policy.first_text, policy.check_at)
    ]
    return min(moment for moment in moments if moment > now)


def days_to_secure(now: datetime, policy: DutyPolicy, zone: ZoneInfo) -> list[date]:
    """The local dates for which somebody must be certain by now: today, and from the evening on tomorrow."""
    local = now.astimezone(zone)
    today = local.date()
    return [today, today + timedelta(days=1)] if local.time() >= policy.check_at else [today]


def swap_deadline(day: date, now: datetime, policy: DutyPolicy, zone: ZoneInfo) -> datetime:
    """Until when (UTC) others may take a duty of the local date `day`: the afternoon before, a few days at most.

    Late offers get an hour. The owner keeps a duty that nobody takes, so they must know in time.
    """
    before = datetime.combine(day - timedelta(days=1), policy.last_swap, zone).astimezone(UTC)
    return max(min(before, now + timedelta(days=policy.swap_days)), now + timedelta(hours=1))
