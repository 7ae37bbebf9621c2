"""The evenings for which one can reserve, with the chairs that are left."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from backend.meals.domain.chairs import Chairs
from backend.meals.models import Evening, Reservation
from backend.meals.selectors.counting import chairs_of_each
from backend.people.models import Organisation

LOOK_AHEAD = timedelta(weeks=8)
LISTED_AT_MOST = 200
"""In the coming eight weeks: what twelve restos with two dinners a week have."""

NAMED_AT_MOST = 3
"""Other evenings: a caller remembers three."""


@dataclass(frozen=True)
class Coming:
    """An evening with its chairs, and how many parties wait for some."""

    evening: Evening
    chairs: Chairs
    waiting: int


def reservable(organisations: Collection[Organisation], now: datetime) -> QuerySet[Evening]:
    """Every evening, however far ahead, for which the kitchen has not had its final count yet."""
    return Evening.objects.filter(
        resto__organisation__in=organisations, resto__in_use=True, state=Evening.State.PLANNED, cutoff_at__gt=now
    )


def coming(organisations: Collection[Organisation], now: datetime) -> list[Coming]:
    """The evenings of the coming weeks for which one can reserve, in their order. Three queries, however many."""
    soon = reservable(organisations, now).filter(cutoff_at__lt=now + LOOK_AHEAD)
    evenings = soon.select_related("resto__organisation", "series").order_by("doors_at", "pk")
    return with_chairs(list(evenings[:LISTED_AT_MOST]), now)


def with_chairs(evenings: Sequence[Evening], now: datetime) -> list[Coming]:
    """These evenings, each with its chairs. Two queries, however many."""
    waiting = Counter(
        Reservation.objects.filter(evening__in=evenings, state=Reservation.State.WAITING).values_list(
            "evening_id", flat=True
        )
    )
    chairs = chairs_of_each(evenings, now)
    return [Coming(evening, chairs[evening.pk], waiting[evening.pk]) for evening in evenings]


def with_room(evening: Evening, covers: int, now: datetime) -> tuple[Evening, ...]:
    """Other evenings of the organisation with chairs for so many: those of the same resto in front."""
    others = [
        one for one in coming([evening.resto.organisation], now) if one.evening.pk != evening.pk and not one.waiting
    ]
    others.sort(key=lambda one: (one.evening.resto_id != evening.resto_id, one.evening.doors_at))
    return tuple(one.evening for one in others if covers <= one.chairs.free)[:NAMED_AT_MOST]
