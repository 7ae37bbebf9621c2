"""Whose number it is that somebody rings or texts."""

from backend.notifications.carriers import accounts, sender
from backend.notifications.models import Attempt
from backend.people.models import Organisation


def organisation_behind(number: str, line: str) -> Organisation | None:
    """The organisation that `line` wants when it rings or texts `number` (both E.164); None when nobody can say.

    A second account sends alarms from a number of its own, for all organisations. Whoever answers one there means the
    organisation that reached them by it last; whoever it has never reached, the one that knows their number.
    """
    own = Organisation.objects.filter(phone=number).first()
    if own is not None:
        return own
    account = next((name for name in accounts() if number and sender(name) == number), None)
    if account is None:
        return None
    last = (
        Attempt.objects.filter(line=line, account=account).select_related("organisation").order_by("created_at").last()
    )
    if last is not None:
        return last.organisation
    knows = Organisation.objects.filter(people__phones__e164=line).order_by("pk").first()
    return knows or Organisation.objects.order_by("pk").first()
