"""Which account with the carrier a message goes by."""

from collections import Counter
from datetime import datetime

from backend.events.models import Lane
from backend.notifications.carriers import accounts
from backend.notifications.models import Attempt, Message
from backend.notifications.selectors.health import carrier_trouble

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

    def is_in_trouble(name: str) -> bool:
        return carrier_trouble(now, account=name) is not None

    return min(names, key=lambda name: (tried[name], is_in_trouble(name), names.index(name)))
