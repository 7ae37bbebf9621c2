"""Who takes a chair at an evening, read from rows."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Sum

from backend.meals.domain.chairs import Chairs
from backend.meals.models import ChairOffer, CrewPlace, DiningTable, Evening, Reservation

OFFERED = Exists(ChairOffer.objects.filter(reservation=OuterRef("pk"), state=ChairOffer.State.OPEN))


def chairs_of(evening: Evening, now: datetime, *, besides: int | None = None) -> Chairs:
    """The count at `now` (UTC). `besides`: a reservation whose own chairs and offer are not counted.

    Of whoever has come only those who came are counted, and of who was said at the door not to come nobody, so that
    empty chairs can be given to walk-ins.
    """
    return chairs_of_each([evening], now, besides=besides)[evening.pk]


def chairs_of_each(evenings: Sequence[Evening], now: datetime, *, besides: int | None = None) -> dict[int, Chairs]:
    """The same for several evenings by their keys, with as many queries as for one."""
    keys = [evening.pk for evening in evenings]
    reserved = Q(state=Reservation.State.RESERVED)
    rows = Reservation.objects.filter(evening__in=keys).exclude(pk=besides or 0).annotate(is_offered=OFFERED)
    guests = {
        row["evening_id"]: row
        for row in rows.values("evening_id")
        .annotate(
            here=Sum("arrived_covers", filter=reserved & Q(arrived_at__isnull=False), default=0),
            expected=Sum("covers", filter=reserved & Q(arrived_at=None, away_at=None), default=0),
            held=Sum("covers", filter=Q(state=Reservation.State.UNCONFIRMED, holds_until__gt=now), default=0),
            offered=Sum("covers", filter=Q(state=Reservation.State.WAITING, is_offered=True), default=0),
        )
        .order_by()
    }
    eat = CrewPlace.objects.filter(evening__in=keys, eats=True)
    crew = dict(eat.values_list("evening_id").annotate(places=Count("pk")).order_by())
    nobody = {"here": 0, "expected": 0, "held": 0, "offered": 0}
    return {
        evening.pk: Chairs(
            chairs=evening.chairs,
            speakers=evening.speakers,
            crew=crew.get(evening.pk, 0),
            guests=found["here"] + found["expected"],
            held=found["held"],
            offered=found["offered"],
        )
        for evening in evenings
        for found in [guests.get(evening.pk, nobody)]
    }


def seats_of_each(restos: Collection[int]) -> dict[int, int]:
    """For how many people these restos have tables, by their keys; who has drawn no tables is not among them."""
    tables = DiningTable.objects.filter(room__resto__in=restos, in_use=True).values_list("room__resto")
    return dict(tables.annotate(seats=Sum("chairs")).order_by())


def largest_table(evening: Evening) -> int:
    """How many people sit at the resto's largest table; all chairs where no tables are drawn."""
    tables = DiningTable.objects.filter(room__resto=evening.resto_id, in_use=True)
    return max(tables.values_list("chairs", flat=True), default=evening.chairs)
