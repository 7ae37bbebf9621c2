"""Whether the carrier takes what it is asked for: judged from our own requests, by a pure rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LOOKS_BACK = timedelta(minutes=5)
"""A request that failed longer ago says nothing about now, unless it is still unanswered."""

FAILURES = 3
"""So many in a row, and it is no accident."""

LASTS = timedelta(minutes=1)
"""So long nothing must have been accepted: a blip of seconds is what retries are for."""

UNANSWERED = timedelta(minutes=2)
"""One request of which the carrier does not even say whether it knows it: then a single one is enough."""


class Reply(StrEnum):
    """What became of a request. A number that the carrier refuses to ring is an answer: the carrier works."""

    ANSWERED = "answered"
    FAILED = "failed"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Request:
    """One request to the carrier, made `at` (UTC)."""

    at: datetime
    reply: Reply


@dataclass(frozen=True)
class CarrierTrouble:
    """The carrier takes nothing: `since` is when the first of the failing requests was made (UTC)."""

    since: datetime
    failures: int


def judge(requests: Iterable[Request], now: datetime) -> CarrierTrouble | None:
    """The trouble that the carrier is in at `now`, or None.

    Trouble is: since the last request that was answered, three or more have failed, the first a minute ago or
    longer; or one has been without any answer for two minutes. The newest answer ends it at once.
    """
    recent = sorted((one for one in requests if _counts(one, now)), key=lambda one: one.at)
    answered = [one.at for one in recent if one.reply is Reply.ANSWERED]
    failing = [one for one in recent if one.reply is not Reply.ANSWERED and (not answered or one.at > answered[-1])]
    if not failing:
        return None
    since = failing[0].at
    is_row = len(failing) >= FAILURES and now - since >= LASTS
    is_silence = any(one.reply is Reply.UNANSWERED and now - one.at >= UNANSWERED for one in failing)
    return CarrierTrouble(since=since, failures=len(failing)) if is_row or is_silence else None


def _counts(request: Request, now: datetime) -> bool:
    return request.reply is Reply.UNANSWERED or now - request.at <= LOOKS_BACK
