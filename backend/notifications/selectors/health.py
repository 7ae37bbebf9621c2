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
    rows = asked.values_list("created_at", "state", "sid", "error_code")
    requests = [Request(at=at, reply=_reply(state, sid, code)) for at, state, sid, code in rows]
    unheard = Attempt.objects.filter(state__in=Attempt.LIVE, unheard_since__lte=now, account=account).exclude(sid="")
    since = unheard.values_list("unheard_since", flat=True)
    questions = [Request(at=at, reply=Reply.UNANSWERED) for at in since if at is not None]
    return judge([*requests, *questions], now)


def carrier_refused_the_account(attempt: Attempt) -> bool:
    """Whether a failed attempt failed for everybody's sake: the carrier wants none of our requests."""
    return not attempt.sid and attempt.error_code in ACCOUNT_REFUSED


def _reply(state: str, sid: str, code: str) -> Reply:
    if sid:
        return Reply.ANSWERED
    if state in (Attempt.State.SENDING, Attempt.State.UNDECIDED):
        return Reply.UNANSWERED
    if state == Attempt.State.FAILED and code not in ACCOUNT_REFUSED:
        return Reply.ANSWERED
    return Reply.FAILED
