"""The evenings for which one can reserve, with the chairs that are left."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.meals.domain.chairs import Chairs
from backend.meals.models import Evening, Reservation
from backend.meals.selectors.counting import chairs_of_each
from backend.people.models import Organisation

LOOK_AHEAD = timedelta(weeks=8)
LISTED_AT_MOST = 40
NAMED_AT_MOST = 3
"""Other evenings: a caller remembers three."""


@dataclass(frozen=True)
class Coming:
    """An evening with its chairs, and how many parties wait for some."""

    evening: Evening
    chairs: Chairs
    waiting: int


def coming(organisations: Collection[Organisation], now: datetime) -> list[Coming]:
    """Evenings for which the kitchen has not had its final count yet, in their order. Three queries, however many."""
    evenings = list(
        Evening.objects.filter(
            resto__organisation__in=organisations,
            resto__in_use=True,
            state=Evening.State.PLANNED,
            cutoff_at__gt=now,
            cutoff_at__lt=now + LOOK_AHEAD,
        )
        .select_related("resto__organisation", "series")
        .order_by("doors_at", "pk")[:LISTED_AT_MOST]
    )
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
