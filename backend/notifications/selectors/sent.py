"""What was sent, what waits and what was refused, for the people who look after it. No whole numbers."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from backend.notifications.models import Attempt, Message, OptOut
from backend.people.models import Organisation, PhoneNumber

REFUSED = Q(state__in=(Message.State.FAILED, Message.State.EXPIRED))
WAITING = Q(state__in=Message.OPEN)
FILTERS = {"all": Q(), "refused": REFUSED, "waiting": WAITING}


@dataclass(frozen=True)
class OptedOut:
    """A line without texts: whose it is, its last digits, since when (UTC) and how."""

    names: str
    ending: str
    since: datetime
    how: str


def messages_of(organisation: Organisation, shown: str) -> "QuerySet[Message]":
    """An organisation's messages, the newest first, with their attempts: two queries a page."""
    attempts = Prefetch("attempts", Attempt.objects.order_by("created_at"))
    rows = Message.objects.filter(FILTERS[shown], organisation=organisation)
    return rows.select_related("person").prefetch_related(attempts).order_by("-created_at", "-pk")


def ending_of(line: str) -> str:
    """The last three digits: enough to know a number again, too few to ring it."""
    return f"…{line[-3:]}"


def opted_out(organisation: Organisation) -> list[OptedOut]:
    """Who wants no texts, and since when. Two queries."""
    rows = list(OptOut.objects.filter(organisation=organisation).order_by("since"))
    phones = PhoneNumber.objects.filter(person__organisation=organisation, e164__in=[row.line for row in rows])
    names: dict[str, list[str]] = {}
    for phone in phones.select_related("person").order_by("person__normalised_name"):
        names.setdefault(phone.e164, []).append(phone.person.name)
    return [OptedOut(", ".join(names.get(row.line, [])), ending_of(row.line), row.since, row.how) for row in rows]
