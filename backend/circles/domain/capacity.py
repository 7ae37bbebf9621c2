"""Whether the carrier account can carry the mornings that are planned, and how starts are spread when it cannot. Pure.

Counted from the code: a round of n members asks the carrier for n + 1 calls of its own (the volunteer, then each member
as caller, or each member once; then the volunteer again at the close, which the reserve carries). Where the one they
are joined to is dialled, that leg is outside the calls per second, but one of the calls at once. Circles on own
telephones ask for none.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from math import floor

from backend.circles.domain.policy import EARLIEST_START, LATEST_START

FIRST_MINUTE = EARLIEST_START.hour * 60 + EARLIEST_START.minute
LAST_MINUTE = LATEST_START.hour * 60 + LATEST_START.minute
"""Between which minutes of the local day circles start."""

CALL_MINUTES = 2
"""Assumed, not measured: so long a call of a round lasts on average, ringing and key included."""

USABLE = 0.8
"""Assumed: the share of the calls per second that rounds may use; the rest is for retries and alarms."""

MOST_HALVES = 60
"""Thirty calls per second: more is not looked for."""

LEGS = {"bridged": 2, "star": 1, "own_phone": 0}
"""Calls at once of one circle, by its mode."""


@dataclass(frozen=True)
class Plan:
    """A circle that is to start at a local wall time. `window` is how many minutes it may be moved, both ways."""

    key: int
    start: time
    members: int
    mode: str = "bridged"
    window: int = 15

    @property
    def minute(self) -> int:
        """Its own start, in minutes since midnight."""
        return self.start.hour * 60 + self.start.minute

    @property
    def calls(self) -> int:
        """How many calls of its own it asks the carrier for when all goes well."""
        return 0 if self.mode == "own_phone" else self.members + 1

    @property
    def lasts(self) -> int:
        """Minutes that it takes."""
        return self.calls * CALL_MINUTES

    @property
    def slots(self) -> list[int]:
        """The minutes in which it may start."""
        first = max(FIRST_MINUTE, self.minute - self.window)
        return list(range(first, min(LAST_MINUTE, self.minute + self.window) + 1))


@dataclass(frozen=True)
class Account:
    """What the carrier takes: calls per second, and calls at once (None: no limit is known)."""

    calls_per_second: float = 1.0
    calls_at_once: int | None = None

    @property
    def starts_a_minute(self) -> int:
        """How many circles may start in one minute, so that nobody waits for the carrier."""
        return max(1, floor(self.calls_per_second * USABLE * 60))

    @property
    def live_at_once(self) -> int:
        """How many circles may go round at the same time at the calls per second."""
        return max(1, floor(self.calls_per_second * USABLE * CALL_MINUTES * 60))


@dataclass
class _Load:
    """What is placed so far, by minute."""

    account: Account
    starts: Counter[int] = field(default_factory=Counter)
    live: Counter[int] = field(default_factory=Counter)
    legs: Counter[int] = field(default_factory=Counter)

    def fits(self, plan: Plan, slot: int) -> bool:
        if plan.calls == 0:
            return True
        account, legs = self.account, LEGS.get(plan.mode, 2)
        if self.starts[slot] >= account.starts_a_minute:
            return False
        minutes = range(slot, slot + plan.lasts)
        if any(self.live[minute] >= account.live_at_once for minute in minutes):
            return False
        at_once = account.calls_at_once
        return at_once is None or all(self.legs[minute] + legs <= at_once for minute in minutes)

    def place(self, plan: Plan, slot: int) -> None:
        if plan.calls == 0:
            return
        self.starts[slot] += 1
        for minute in range(slot, slot + plan.lasts):
            self.live[minute] += 1
            self.legs[minute] += LEGS.get(plan.mode, 2)


@dataclass(frozen=True)
class Verdict:
    """Which circle starts when (minutes since midnight, by key), which cannot be carried, and the fullest minute.

    `peak_minute` is minutes since midnight, `peak` the circles that go round then.
    """

    starts: Mapping[int, int]
    unplaced: tuple[int, ...]
    peak_minute: int
    peak: int
    moved: int
    enough_calls_per_second: float | None = None

    @property
    def fits(self) -> bool:
        """Whether the account can carry all of it."""
        return not self.unplaced


def as_planned(plans: Iterable[Plan], account: Account, starts: Mapping[int, int] | None = None) -> Verdict:
    """How the account does when each circle starts at its own time, or in the minute that `starts` gives by key."""
    load, unplaced, chosen = _Load(account), [], {}
    for plan in sorted(plans, key=lambda plan: plan.key):
        slot = (starts or {}).get(plan.key, plan.minute)
        if slot not in plan.slots:
            slot = plan.minute
        if not load.fits(plan, slot):
            unplaced.append(plan.key)
        load.place(plan, slot)
        chosen[plan.key] = slot
    return _verdict(list(plans), load, chosen, unplaced)


def spread(plans: Iterable[Plan], account: Account, current: Mapping[int, int] | None = None) -> Verdict:
    """When each circle starts, within its window, so that the account carries all; or which it cannot carry.

    What fits stays as it is: first every own time, then the `current` minutes. People get used to a time. Who cannot
    be placed keeps their own time, and the verdict says so, and how many calls per second would be enough.
    """
    plans = list(plans)
    for starts in (None, current):
        stays = as_planned(plans, account, starts)
        if stays.fits:
            return stays
    found = min((_packed(plans, account, near) for near in (True, False)), key=lambda verdict: len(verdict.unplaced))
    return found if found.fits else replace(found, enough_calls_per_second=_enough(plans, account))


def _packed(plans: list[Plan], account: Account, near: bool) -> Verdict:
    """Each in turn: in the free minute nearest to its own time, or in the earliest, who must start soonest first."""
    load, unplaced, chosen = _Load(account), [], {}
    for plan in sorted(plans, key=lambda plan: (plan.slots[-1], plan.minute, plan.key)):
        slots = sorted(plan.slots, key=lambda slot: (abs(slot - plan.minute), slot)) if near else plan.slots
        slot = next((slot for slot in slots if load.fits(plan, slot)), None)
        if slot is None:
            unplaced.append(plan.key)
            chosen[plan.key] = plan.minute
        else:
            load.place(plan, slot)
            chosen[plan.key] = slot
    return _verdict(plans, load, chosen, unplaced)


def _enough(plans: list[Plan], account: Account) -> float | None:
    """The fewest calls per second, in steps of a half, that carry all; None when calls at once stand in the way."""
    too_few, enough = floor(account.calls_per_second * 2), MOST_HALVES
    if not _fits_with(plans, account, enough):
        return None
    while enough - too_few > 1:
        halves = (too_few + enough) // 2
        if _fits_with(plans, account, halves):
            enough = halves
        else:
            too_few = halves
    return enough / 2


def _fits_with(plans: list[Plan], account: Account, halves: int) -> bool:
    wanted = replace(account, calls_per_second=halves / 2)
    return any(_packed(plans, wanted, near).fits for near in (True, False))


def _verdict(plans: list[Plan], load: _Load, chosen: Mapping[int, int], unplaced: list[int]) -> Verdict:
    peak = max(load.live.items(), key=lambda item: (item[1], -item[0]), default=(FIRST_MINUTE, 0))
    moved = sum(chosen[plan.key] != plan.minute for plan in plans)
    return Verdict(dict(chosen), tuple(unplaced), peak[0], peak[1], moved)
