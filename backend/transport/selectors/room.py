"""Which trips cannot have room, counted at once for all of them: a plan is made only where one is possible."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.db.models import Q, Sum

from backend.transport.domain.booking import DIMENSIONS
from backend.transport.domain.planning.timetable import Way
from backend.transport.models import Booking, Trip
from backend.transport.selectors.journeys import capacity_of

RIDES = {Way.THERE: Q(there=True), Way.HOME: Q(home=True)}


def with_room(trips: Sequence[Trip], needed: Mapping[Way, Sequence[int]]) -> list[Trip]:
    """Those of the trips on which all rounds together have as much left as is needed on each way (in the order of
    DIMENSIONS).

    One query. Whether the rides fit as well only a plan can say.
    """
    sums = {f"{way}_{name}": Sum(name, filter=RIDES[way], default=0) for way in needed for name in DIMENSIONS}
    booked = Booking.objects.filter(trip__in=trips, state=Booking.State.BOOKED)
    rows = booked.order_by().values("trip_id").annotate(**sums)
    taken: dict[int, Mapping[str, int]] = {row["trip_id"]: cast("Mapping[str, int]", row) for row in rows}
    return [trip for trip in trips if all(_fits(trip, taken.get(trip.pk, {}), needed[way], way) for way in needed)]


def _fits(trip: Trip, taken: Mapping[str, int], needed: Sequence[int], way: Way) -> bool:
    there_is = (capacity * trip.max_rounds for capacity in capacity_of(trip.layout))
    held = (taken.get(f"{way}_{name}", 0) for name in DIMENSIONS)
    return all(have + need <= room for have, need, room in zip(held, needed, there_is, strict=True))
