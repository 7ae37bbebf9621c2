"""Offer → deadline → yes, no or silence → next candidate. Pure.

The next volunteer for a place in the crew, the next on a waiting list: one problem, decided here from rows that each
programme keeps for itself. All times are in UTC.

A programme calls `decide` under the lock of what is offered, carries out what it says, and calls it again at `look_at`
and whenever something has changed. Each answer goes through `ended`, so that an offer ends exactly once.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from backend.common.errors import Conflict

K = TypeVar("K", bound=Hashable)


class Ending(StrEnum):
    """How an offer ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why a candidate is not offered it, or not any more. Programmes add reasons of their own (`suits`)."""

    IS_ASKED = "is_asked"
    DECLINED = "declined"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    FILLED = "filled"
    CUTOFF = "cutoff"


class Standing(StrEnum):
    """Where it stands after what was decided has been carried out."""

    FILLED = "filled"
    ASKING = "asking"
    HELD = "held"
    """Somebody could be asked, but not at this hour."""
    TOO_LATE = "too_late"
    NOBODY_LEFT = "nobody_left"


@dataclass(frozen=True)
class Candidate(Generic[K]):
    """Somebody who could be offered it. The smallest `turn` comes first; equal turns keep the order given."""

    key: K
    turn: tuple[float, ...] = ()


@dataclass(frozen=True)
class Offer(Generic[K]):
    """It was offered to `key`, who may answer before `deadline_at`. `ending` is None as long as it is open."""

    key: K
    offered_at: datetime
    deadline_at: datetime
    ending: Ending | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has not ended; its deadline may have passed all the same."""
        return self.ending is None


class OfferOver(Conflict):
    """The offer has ended already; `ending` says how."""

    def __init__(self, ending: Ending) -> None:
        super().__init__("This question is not open any more.")
        self.ending = ending


def ended(offer: Offer[K], ending: Ending, now: datetime) -> Offer[K]:
    """The offer with its one ending. The same ending said again changes nothing.

    Raises:
        OfferOver: it ended otherwise, or somebody answers at or after its deadline: silence had ended it by then.
        ValueError: it would expire before its deadline.
    """
    if offer.ending is not None and offer.ending != ending:
        raise OfferOver(offer.ending)
    if offer.ending is not None:
        return offer
    is_late = now >= offer.deadline_at
    if is_late and ending in (Ending.ACCEPTED, Ending.DECLINED):
        raise OfferOver(Ending.EXPIRED)
    if not is_late and ending == Ending.EXPIRED:
        raise ValueError("an offer does not expire before its deadline")
    return replace(offer, ending=ending)


@dataclass(frozen=True)
class Patience:
    """How long somebody has to answer: a share of the time that is left, within limits."""

    longest: timedelta
    shortest: timedelta
    share: float = 0.25

    def __post_init__(self) -> None:
        if not timedelta(0) < self.shortest <= self.longest or not 0 < self.share <= 1:
            raise ValueError("patience needs 0 < shortest <= longest and 0 < share <= 1")

    def deadline(self, now: datetime, cutoff: datetime) -> datetime:
        """Until when an offer made at `now` may be answered: shorter as the cutoff nears, never after it."""
        some = max(self.shortest, min(self.longest, (cutoff - now) * self.share))
        return min(cutoff, now + some)


def at_any_hour(moment: datetime) -> datetime:
    """People may be asked whenever it is."""
    return moment


@dataclass(frozen=True)
class Terms:
    """`places` are free and may be offered, each to one person at a time; after `cutoff` none is.

    `may_ask` gives the first moment, at or after the one given, at which people may be asked.
    """

    places: int
    cutoff: datetime
    patience: Patience
    may_ask: Callable[[datetime], datetime] = at_any_hour

    def deadline(self, now: datetime) -> datetime:
        """Until when an offer made at `now` may be answered.

        One that would end when nobody else may be asked lasts until they may: that costs nobody anything.
        """
        return min(self.cutoff, self.may_ask(self.patience.deadline(now, self.cutoff)))


@dataclass(frozen=True)
class Asked(Generic[K]):
    """Offer it to `key` now. `passed_over` came before them and are not offered it, each with the reason."""

    key: K
    deadline_at: datetime
    passed_over: tuple["PassedOver[K]", ...] = ()


@dataclass(frozen=True)
class PassedOver(Generic[K]):
    """Not this one, and why: a `Reason` or one of the programme's own."""

    key: K
    reason: str


@dataclass(frozen=True)
class Decision(Generic[K]):
    """What to do now: first end what has expired or must be withdrawn, then make the new offers.

    `passed_over` are, when nobody is left or it is too late, all candidates with their reasons. `look_at` is the next
    moment at which time alone would change something; None when nothing would.
    """

    standing: Standing
    expire: tuple[K, ...] = ()
    withdraw: tuple[PassedOver[K], ...] = ()
    ask: tuple[Asked[K], ...] = ()
    passed_over: tuple[PassedOver[K], ...] = ()
    look_at: datetime | None = None


Suits = Callable[[K], str | None]
"""None when somebody could have it now, else the reason why not."""


def anybody(_key: Hashable) -> str | None:
    """Every candidate suits."""
    return None


def decide(
    candidates: Iterable[Candidate[K]],
    offers: Sequence[Offer[K]],
    terms: Terms,
    now: datetime,
    suits: Suits[K] = anybody,
) -> Decision[K]:
    """What is to be done at `now`.

    `offers` are those that still count for these places: whoever answered one, or was silent, is not asked again;
    whoever had one taken back may be. `suits` is asked in the order of turns and no further than needed, so it may be
    costly.
    """
    expire = tuple(offer.key for offer in offers if offer.is_open and offer.deadline_at <= now)
    running = [offer for offer in offers if offer.is_open and offer.deadline_at > now]
    kept, withdraw = _kept(running, terms, now, suits)
    by_time = sorted(offers, key=lambda offer: offer.offered_at)
    had = {offer.key: _had(offer, now) for offer in by_time if offer.ending != Ending.WITHDRAWN}
    had |= {gone.key: gone.reason for gone in withdraw}
    in_order = sorted(candidates, key=lambda candidate: candidate.turn)
    free = terms.places - len(kept)

    if free <= 0:
        standing = Standing.ASKING if kept else Standing.FILLED
        return Decision(standing, expire, withdraw, look_at=_next_change(kept, terms))
    asks_at = terms.may_ask(now)
    if asks_at + terms.patience.shortest > terms.cutoff:
        if kept:
            return Decision(Standing.ASKING, expire, withdraw, look_at=_next_change(kept, terms))
        everybody = tuple(PassedOver(one.key, had.get(one.key) or suits(one.key) or Reason.CUTOFF) for one in in_order)
        return Decision(Standing.TOO_LATE, expire, withdraw, passed_over=everybody)
    ask, passed_over = _next(in_order, had, replace(terms, places=free), now, suits)
    if not ask and not kept:
        return Decision(Standing.NOBODY_LEFT, expire, withdraw, passed_over=passed_over)
    if ask and asks_at > now:
        standing = Standing.ASKING if kept else Standing.HELD
        look_at = min(asks_at, _next_change(kept, terms) or asks_at)
        return Decision(standing, expire, withdraw, look_at=look_at)
    deadlines = [one.deadline_at for one in ask] + [_next_change(kept, terms) or terms.cutoff]
    return Decision(Standing.ASKING, expire, withdraw, ask, look_at=min(deadlines))


def _kept(
    running: list[Offer[K]], terms: Terms, now: datetime, suits: Suits[K]
) -> tuple[list[Offer[K]], tuple[PassedOver[K], ...]]:
    """Open offers that may stay open, the oldest first, and those that must be taken back, with the reason."""
    kept: list[Offer[K]] = []
    withdraw: list[PassedOver[K]] = []
    for offer in sorted(running, key=lambda offer: offer.offered_at):
        reason = _moot(len(kept), terms, now) or suits(offer.key)
        if reason is None:
            kept.append(offer)
        else:
            withdraw.append(PassedOver(offer.key, reason))
    return kept, tuple(withdraw)


def _moot(kept: int, terms: Terms, now: datetime) -> str | None:
    if kept >= terms.places:
        return Reason.FILLED
    return Reason.CUTOFF if now >= terms.cutoff else None


def _had(offer: Offer[K], now: datetime) -> str:
    """Why somebody who had an offer is not asked (again)."""
    if offer.ending is not None:
        return Reason(offer.ending.value)
    return Reason.EXPIRED if offer.deadline_at <= now else Reason.IS_ASKED


def _next(
    in_order: list[Candidate[K]], had: dict[K, str], terms: Terms, now: datetime, suits: Suits[K]
) -> tuple[tuple[Asked[K], ...], tuple[PassedOver[K], ...]]:
    """Whom to ask for the places of `terms`; and who was passed over after the last of them."""
    ask: list[Asked[K]] = []
    passed_over: list[PassedOver[K]] = []
    for candidate in in_order:
        if len(ask) == terms.places:
            break
        reason = had.get(candidate.key) or suits(candidate.key)
        if reason is None:
            ask.append(Asked(candidate.key, terms.deadline(now), tuple(passed_over)))
            passed_over = []
        else:
            passed_over.append(PassedOver(candidate.key, reason))
    return tuple(ask), tuple(passed_over)


def _next_change(kept: list[Offer[K]], terms: Terms) -> datetime | None:
    """When the first of the open offers ends by itself; None when there are none."""
    return min((min(offer.deadline_at, terms.cutoff) for offer in kept), default=None)
