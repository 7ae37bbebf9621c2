"""Who on a waiting list is offered a freed seat first, and until when they may answer. Pure; times are UTC.

The rule, as it is read aloud: who has not been on a trip for the longest time comes first; among those who were last
on one on the same day, or never, who has waited longest. Who cannot be offered it is passed over, and is told why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from backend.common.offers import Candidate


class Skip(StrEnum):
    """Why somebody who waits cannot be offered a seat, beside the reasons of `common.offers` and of the booking."""

    AWAY = "away"


@dataclass(frozen=True)
class Waiter:
    """Somebody on a waiting list, or friends of whom this one is asked for all.

    `rode_last` is the local date of the last trip on which they were, None for who has never been on one.
    """

    booking: int
    since: datetime
    rode_last: date | None


def in_turn(waiters: Iterable[Waiter]) -> list[Candidate[int]]:
    """Those who wait, who comes first in front."""
    return sorted((_candidate(one) for one in waiters), key=lambda candidate: candidate.turn)


def _candidate(waiter: Waiter) -> Candidate[int]:
    served = (waiter.rode_last or date.min).toordinal()
    return Candidate(waiter.booking, (served, waiter.since.timestamp(), waiter.booking))
