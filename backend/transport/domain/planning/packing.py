"""Which rounds to make: disjoint ones, most priority first, then least driving, within the shift.

Exact, but for a limit on what is tried.

Each passenger is given a price, and so is each second of the shift; what a round is worth is what it brings minus the
prices of what it takes. With good prices no plan can bring more than a bound just above the best one (Lagrange), so
that nearly all rounds can be left out. The few that remain are tried, best first.
"""

from dataclasses import dataclass, replace
from itertools import repeat

import numpy as np
import numpy.typing as npt

from backend.transport.domain.planning.every_round import Numbers, Rounds, belonging

SWEEPS = 6
STEPS = 25
"""Improvements of the prices in one sweep; after each sweep the rounds that cannot matter any more are left out."""

TRIALS = 20
"""So many quick plans are made before each sweep: the better the best so far, the more can be left out."""

MOST_TRIED = 12_000
"""Beginnings of plans that are tried before the best so far is taken as it is: a tenth of a second of work."""

PATIENCE = 5
"""After so many steps without a better bound, steps become half as long."""

Reals = npt.NDArray[np.float64]
Chosen = npt.NDArray[np.bool_] | npt.NDArray[np.intp] | slice


@dataclass(frozen=True)
class _Choices:
    """Rounds that start at one place, one a row: what they bring (`value`), what they take, what they are worth."""

    row: Numbers
    members: Numbers
    who: Reals
    value: Numbers
    seconds: Numbers
    worth: Reals

    def __len__(self) -> int:
        return len(self.row)

    @property
    def top(self) -> float:
        """The worth of the best; nobody has to choose one that is worth less than nothing."""
        return float(self.worth.max(initial=0.0))

    def only(self, chosen: Chosen) -> "_Choices":
        """Some of them."""
        return _Choices(
            self.row[chosen],
            self.members[chosen],
            self.who[chosen],
            self.value[chosen],
            self.seconds[chosen],
            self.worth[chosen],
        )

    def beside(self, taken: "_Taken", shift_seconds: int, among: Numbers) -> Numbers:
        """Those `among` them that can be made as well as what is taken already."""
        free: Numbers = among[self.members[among] & taken.members == 0]
        in_time: Numbers = free[self.seconds[free] <= shift_seconds - taken.seconds]
        return in_time

    def at(self, prices: "_Prices") -> "_Choices":
        """The same at other prices."""
        return replace(self, worth=self.value - self.who @ prices.passengers - prices.second * self.seconds)


@dataclass(frozen=True)
class _Prices:
    passengers: Reals
    second: float = 0.0

    def base(self, shift_seconds: int) -> float:
        """What everybody and the whole shift cost together: part of every bound."""
        return float(self.passengers.sum() + self.second * shift_seconds)


@dataclass(frozen=True)
class _Taken:
    """Rounds chosen so far. Whatever is added, the plan brings no more than `bound` plus the worth of what is added."""

    rows: tuple[int, ...] = ()
    members: int = 0
    value: int = 0
    seconds: int = 0
    bound: float = 0.0

    def plus(self, choices: _Choices, index: int) -> "_Taken":
        """With one more round."""
        return _Taken(
            (*self.rows, int(choices.row[index])),
            self.members | int(choices.members[index]),
            self.value + int(choices.value[index]),
            self.seconds + int(choices.seconds[index]),
            self.bound + float(choices.worth[index]),
        )


class _Search:
    """One search for the best plan. `first` are rounds from the garage, `later` those from the destination."""

    def __init__(self, first: _Choices, later: _Choices, *, shift_seconds: int, max_rounds: int) -> None:
        self.first, self.later = first, later
        self.shift_seconds, self.more = shift_seconds, max_rounds - 1
        self.best = _Taken()
        self.tried = 0

    @property
    def proved(self) -> bool:
        """Whether nothing was left untried that could have been better."""
        return self.tried < MOST_TRIED

    def start_from(self, rows: tuple[int, ...]) -> None:
        """Take the plan of `rows` for the best so far, up to the first round that does not fit in the shift."""
        taken = _Taken()
        for choices, row in zip((self.first, *repeat(self.later, self.more)), rows, strict=False):
            found = choices.beside(taken, self.shift_seconds, np.flatnonzero(choices.row == row))
            if not len(found):
                break
            taken = taken.plus(choices, found[0])
        self._offer(taken)

    def run(self) -> tuple[int, ...]:
        """The rows of the best plan."""
        base = self._leave_out_what_cannot_matter()
        for index in _by(self.first.worth):
            taken = _Taken(bound=base).plus(self.first, index)
            if taken.bound + self.more * self.later.top <= self.best.value:
                break
            self._extend(taken, np.arange(len(self.later)), self.more)
        return self.best.rows

    def _offer(self, taken: _Taken) -> None:
        if taken.value > self.best.value:
            self.best = taken

    def _try(self, starts: Numbers) -> None:
        """Plans that are soon found: after each of `starts` the most valuable round that goes with it, and so on."""
        for start in starts:
            taken = _Taken().plus(self.first, start)
            self._offer(taken)
            among = np.arange(len(self.later))
            for _ in range(self.more):
                among = self.later.beside(taken, self.shift_seconds, among)
                if not len(among):
                    break
                taken = taken.plus(self.later, among[self.later.value[among].argmax()])
                self._offer(taken)

    def _extend(self, taken: _Taken, among: Numbers, left: int) -> None:
        """Try every way to add at most `left` of those `among` the later rounds (by worth) that could beat the best."""
        self._offer(taken)
        self.tried += 1
        among = self.later.beside(taken, self.shift_seconds, among)
        if not left or not len(among) or not self.proved:
            return
        if left == 1:
            self._offer(taken.plus(self.later, among[self.later.value[among].argmax()]))
            return
        for place, index in enumerate(among):
            worth = float(self.later.worth[index])
            if taken.bound + worth + (left - 1) * max(0.0, worth) <= self.best.value:
                return
            self._extend(taken.plus(self.later, index), among[place + 1 :], left - 1)

    def _leave_out_what_cannot_matter(self) -> float:
        """Find good prices and keep only rounds that a better plan than the best so far could contain, by worth.

        Returns the base of the bounds at those prices.
        """
        prices = _Prices(np.zeros(self.first.who.shape[1]))
        base = prices.base(self.shift_seconds)
        for _ in range(SWEEPS):
            if not len(self.first):
                break
            self._try(_by(self.first.at(prices).worth)[:TRIALS])
            prices = self._improve(prices)
            base = prices.base(self.shift_seconds)
            first, later = self.first.at(prices), self.later.at(prices)
            self.first = first.only(base + first.worth + self.more * later.top > self.best.value)
            others = (self.more - 1) * later.top + first.top
            later = later.only(base + later.worth + others > self.best.value)
            self.later = later.only(_by(later.worth))
        return base

    def _improve(self, prices: _Prices) -> _Prices:
        """Prices with a lower bound: steps against what is taken twice or not at all (subgradients, Polyak's step)."""
        lowest, best_prices, stride, waited = np.inf, prices, 1.0, 0
        for _ in range(STEPS):
            bound, over, late = self._relaxed(prices)
            if bound < lowest:
                lowest, best_prices, waited = bound, prices, 0
            elif (waited := waited + 1) == PATIENCE:
                stride, waited = stride / 2, 0
            length = float(over @ over) + late * late
            if not length:
                break
            step = stride * (bound - self.best.value) / length
            prices = _Prices(
                np.maximum(0.0, prices.passengers + step * over),
                max(0.0, prices.second + step * late / self.shift_seconds),
            )
        return best_prices

    def _relaxed(self, prices: _Prices) -> tuple[float, Reals, float]:
        """The best plan at these prices if people could be fetched twice and the shift were longer: a bound.

        Returns the bound, how often each passenger is fetched more than once, and by what part the shift is exceeded.
        """
        first, later = self.first.at(prices), self.later.at(prices)
        one = int(first.worth.argmax())
        bound, fetched, seconds = float(first.worth[one]), first.who[one], int(first.seconds[one])
        if later.top > 0:
            other = int(later.worth.argmax())
            bound += self.more * later.top
            fetched = fetched + self.more * later.who[other]
            seconds += self.more * int(later.seconds[other])
        return bound + prices.base(self.shift_seconds), fetched - 1.0, seconds / self.shift_seconds - 1.0


def _by(worth: Reals) -> Numbers:
    """Where the most is worth, then the next, and so on."""
    return np.argsort(-worth, kind="stable")


@dataclass(frozen=True)
class Choice:
    """Rows of the chosen rounds, the one that starts at the garage first; `proved` when no better choice exists."""

    rows: tuple[int, ...]
    proved: bool


def choose(
    rounds: Rounds, *, passengers: int, shift_seconds: int, max_rounds: int, known: tuple[int, ...] = ()
) -> Choice:
    """The best rounds to make together. No rows when nobody can be fetched.

    `known` are the rows of a plan that somebody else made; if it can be driven, the choice is not worse.
    """
    if max_rounds < 1 or not len(rounds):
        return Choice((), rounds.complete)
    first = _choices(rounds, rounds.from_garage, passengers, shift_seconds)
    later = _choices(rounds, rounds.from_destination, passengers, shift_seconds)
    search = _Search(first, later, shift_seconds=shift_seconds, max_rounds=max_rounds)
    search.start_from(known)
    return Choice(search.run(), search.proved and rounds.complete)


def _choices(rounds: Rounds, drive: Numbers, passengers: int, shift_seconds: int) -> _Choices:
    """All rounds that start at one place. One point of priority outweighs all the driving of a shift."""
    in_time = drive + rounds.boarding <= shift_seconds
    members, drive = rounds.members[in_time], drive[in_time]
    value = rounds.priority[in_time] * (shift_seconds + 1) - drive
    return _Choices(
        row=np.flatnonzero(in_time),
        members=members,
        who=belonging(members, passengers).astype(np.float64),
        value=value,
        seconds=drive + rounds.boarding[in_time],
        worth=value.astype(np.float64),
    )
