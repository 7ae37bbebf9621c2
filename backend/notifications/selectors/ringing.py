"""Who is on the line with one of the organisations at this moment, as far as their number is known."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q

from backend.notifications.models import Attempt
from backend.people.finding import FOUND_AT_MOST
from backend.people.models import Organisation, Person

RINGS_SINCE = timedelta(hours=1)


def ringing(organisations: Collection[Organisation], now: datetime) -> list[Person]:
    """Who rings one of these organisations at this moment, as far as their number is known, the latest call first."""
    live = Attempt.objects.filter(
        organisation__in=organisations,
        kind=Attempt.Kind.INBOUND,
        state__in=Attempt.LIVE,
        created_at__gt=now - RINGS_SINCE,
    ).exclude(line="")
    found: dict[int, Person] = {}
    for attempt in live.order_by("-created_at")[:FOUND_AT_MOST]:
        known = Person.objects.filter(organisation_id=attempt.organisation_id)
        for person in known.filter(Q(phones__e164=attempt.line) | Q(contacts__phone=attempt.line)).distinct():
            found[person.pk] = person
    return list(found.values())
