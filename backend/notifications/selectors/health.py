"""How the carrier is doing, read from the requests that were made of it."""

from datetime import datetime

from django.db.models import Q

from backend.notifications.carriers import FIRST
from backend.notifications.domain.health import LOOKS_BACK, CarrierTrouble, Reply, Request, judge
from backend.notifications.models import Attempt

ACCOUNT_REFUSED = ("20003", "20005", "20006", "20008", "20503", "401", "403")
"""Refusals of the whole account, not of one number: wrong credentials, suspended, no rights (carrier text)."""

OUR_OWN = ("forbidden",)
"""Refused by ourselves before the carrier was asked: it says nothing about the carrier."""


def carrier_trouble(now: datetime, *, account: str = FIRST) -> CarrierTrouble | None:
    """The trouble that the carrier is in at `now` (UTC, product's clock), or None while it takes what it is asked for.

    Only what was asked by the account of this name counts: rounds go by the first, and a second one that takes an alarm
    is no sign that it is well again. For boards, the watchdog and whoever may choose another way. Judged from the last
    minutes' requests, and from calls about which the carrier answers no question.
    """
    is_open = Q(state__in=[Attempt.State.SENDING, Attempt.State.UNDECIDED])
    asked = Attempt.objects.filter(
        is_open | Q(created_at__gte=now - LOOKS_BACK),
        kind__in=[Attempt.Kind.CALL, Attempt.Kind.TEXT],
        created_at__lte=now,
        account=account,
    ).exclude(error_code__in=OUR_OWN)
    requests = [
        _request(*row) for row in asked.values_list("created_at", "state", "sid", "error_code", "unheard_since")
    ]
    unheard = Attempt.objects.filter(state__in=Attempt.LIVE, unheard_since__lte=now, account=account).exclude(sid="")
    since = unheard.values_list("unheard_since", flat=True)
    questions = [Request(at=at, reply=Reply.UNANSWERED) for at in since if at is not None]
    return judge([*(one for one in requests if one), *questions], now)


def carrier_refused_the_account(attempt: Attempt) -> bool:
    """Whether a failed attempt failed for everybody's sake: the carrier wants none of our requests."""
    return not attempt.sid and attempt.error_code in ACCOUNT_REFUSED


def _request(at: datetime, state: str, sid: str, code: str, unheard_since: datetime | None) -> Request | None:
    """What a request says of the carrier. None: nothing, because nobody knows yet whether it was made at all.

    That is so while it is being made, and when the process that was to make it died: a machine of ours that stood still
    is no silence of the carrier's. Then the carrier is silent only from when it was asked about it in vain.
    """
    if sid:
        return Request(at, Reply.ANSWERED)
    if state in (Attempt.State.SENDING, Attempt.State.UNDECIDED):
        since = at if code else unheard_since
        return Request(since, Reply.UNANSWERED) if since else None
    if state == Attempt.State.FAILED and code not in ACCOUNT_REFUSED:
        return Request(at, Reply.ANSWERED)
    return Request(at, Reply.FAILED)
