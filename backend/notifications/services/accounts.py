"""Which account with the carrier a message goes by."""

from collections import Counter
from datetime import datetime, timedelta

from backend.events.models import Lane
from backend.notifications.carriers import accounts
from backend.notifications.models import Attempt, Message

RECENT = timedelta(minutes=2)
"""How far back an account's failures tell something about now (product's clock)."""

FAILURES = 2
"""So many requests in a row of which nothing came, and alarms go by the other account first."""

NOTHING_CAME = (Attempt.State.CANCELED, Attempt.State.UNDECIDED)


def choose(message: Message, now: datetime) -> str:
    """The name of the account to ask next.

    Everything goes by the first. An alarm goes by whichever has failed it least, an account in trouble last.
    """
    names = accounts()
    if len(names) == 1 or message.lane != Lane.ALARM:
        return names[0]
    failed = Attempt.objects.filter(message=message, state__in=(*NOTHING_CAME, Attempt.State.FAILED))
    tried = Counter(failed.values_list("account", flat=True))
    return min(names, key=lambda name: (tried[name], is_failing(name, now), names.index(name)))


def is_failing(name: str, now: datetime) -> bool:
    """Whether nothing came of the latest requests to an account."""
    asked = Attempt.objects.filter(account=name, kind__in=(Attempt.Kind.CALL, Attempt.Kind.TEXT))
    latest = list(
        asked.filter(created_at__gt=now - RECENT)
        .exclude(state=Attempt.State.SENDING)
        .order_by("-created_at")
        .values_list("state", "sid")[:FAILURES]
    )
    return len(latest) == FAILURES and all(state in NOTHING_CAME and not sid for state, sid in latest)
