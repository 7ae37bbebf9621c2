"""Evenings at a glance: chairs, who waits, the crew, the kitchen, calls to make. A constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from backend.meals.domain.chairs import Chairs
from backend.meals.models import CrewPlace, Evening, GuestCall, KitchenCount, Reservation
from backend.meals.selectors.counting import chairs_of_each, seats_of_each
from backend.meals.selectors.series import in_programme
from backend.people.models import Organisation


@dataclass(frozen=True)
class Glance:
    """An evening and how it stands.

    `waiting` are people on the waiting list; `places` and `unsure` are places in the crew, and how many of them nobody
    has confirmed. `kitchen` is the kind of the last count that the kitchen was given, None before the first;
    `is_unseen`: somebody was told that nobody in the kitchen has said to have seen it. `seats`: for how many people
    there are tables, None where none are drawn.
    """

    evening: Evening
    chairs: Chairs
    waiting: int
    places: int
    unsure: int
    calls: int
    kitchen: KitchenCount.Kind | None
    is_unseen: bool = False
    seats: int | None = None

    @property
    def without_table(self) -> int:
        """For how many of the people who come there is no place at a table."""
        return 0 if self.seats is None else max(self.chairs.covers - self.seats, 0)


def evenings_between(
    organisations: "Sequence[Organisation] | QuerySet[Organisation]", first: date, last: date
) -> list[Evening]:
    """The evenings of organisations on local dates, both included, in their order."""
    found = in_programme(Evening.objects.filter(resto__organisation__in=organisations, date__range=(first, last)))
    return list(found.select_related("resto__organisation", "series").order_by("date", "doors_at", "resto__name"))


def glances(evenings: Sequence[Evening], now: datetime) -> list[Glance]:
    """How each of these evenings stands at `now` (UTC)."""
    keys = [evening.pk for evening in evenings]
    chairs = chairs_of_each(evenings, now)
    waiting = _people_waiting(keys)
    crew = _crew(keys)
    calls = _open_calls(keys)
    kitchen = _kitchen(keys)
    seats = seats_of_each({evening.resto_id for evening in evenings})
    return [
        Glance(
            evening=evening,
            chairs=chairs[evening.pk],
            waiting=waiting.get(evening.pk, 0),
            places=crew.get(evening.pk, (0, 0))[0],
            unsure=crew.get(evening.pk, (0, 0))[1],
            calls=calls.get(evening.pk, 0),
            kitchen=kitchen.get(evening.pk, (None, False))[0],
            is_unseen=kitchen.get(evening.pk, (None, False))[1],
            seats=seats.get(evening.resto_id),
        )
        for evening in evenings
    ]


def _people_waiting(keys: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    rows = Reservation.objects.filter(evening__in=keys, state=Reservation.State.WAITING)
    for evening, covers in rows.values_list("evening_id", "covers"):
        found[evening] = found.get(evening, 0) + covers
    return found


def _crew(keys: list[int]) -> dict[int, tuple[int, int]]:
    unsure = ~Q(state=CrewPlace.State.CONFIRMED)
    rows = CrewPlace.objects.filter(evening__in=keys).values_list("evening_id")
    counted = rows.annotate(places=Count("pk"), unsure=Count("pk", filter=unsure)).order_by()
    return {evening: (places, open_) for evening, places, open_ in counted}


def _open_calls(keys: list[int]) -> dict[int, int]:
    rows = GuestCall.objects.filter(evening__in=keys, state=GuestCall.State.OPEN).values_list("evening_id")
    return dict(rows.annotate(calls=Count("pk")).order_by())


def _kitchen(keys: list[int]) -> dict[int, tuple[KitchenCount.Kind, bool]]:
    rows = KitchenCount.objects.filter(evening__in=keys).order_by("at", "pk")
    told = rows.values_list("evening_id", "kind", "seen_at", "manager_told_at")
    found: dict[int, tuple[KitchenCount.Kind, bool]] = {}
    for evening, kind, seen_at, manager_told_at in told:
        was_unseen = found.get(evening, (kind, False))[1]
        found[evening] = KitchenCount.Kind(kind), was_unseen or (seen_at is None and manager_told_at is not None)
    return found
