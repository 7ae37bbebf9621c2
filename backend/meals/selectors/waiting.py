"""The waiting list of an evening as the rules know it, read from rows."""

from dataclasses import replace
from datetime import datetime

from django.db.models import F, Max, Q

from backend.common.offers import Offer
from backend.events.models import Event
from backend.meals.domain.chairs import Chairs
from backend.meals.domain.waiting import List, Party, Skip, spoken_for
from backend.meals.models import ChairOffer, Evening, Reservation
from backend.meals.selectors.counting import chairs_of, largest_table
from backend.people.selectors import absent_on

EVENING = "evening"

OFFERED = "meals.chairs_offered"

FREED = (
    Q(kind="meals.cancelled", payload__was__in=[Reservation.State.RESERVED, Reservation.State.UNCONFIRMED])
    | Q(kind="meals.covers_changed", payload__freed__gt=0)
    | Q(kind__in=("meals.evening_changed", "meals.crew_place_closed"))
)
"""Events after which chairs may be free that were not: whoever was silent before is asked anew."""


def waiting_on(evening: Evening) -> list[Reservation]:
    """Who waits, who has waited longest in front."""
    rows = evening.reservations.filter(state=Reservation.State.WAITING).select_related("person__organisation")
    return list(rows.prefetch_related("person__phones").order_by("reserved_at", "pk"))


def list_of(evening: Evening, now: datetime) -> List:
    """The list at `now` (UTC)."""
    count = chairs_of(evening, now)
    rows = waiting_on(evening)
    away = set(absent_on(evening.date, [row.person_id for row in rows]))
    largest = largest_table(evening)
    parties = [Party(row.pk, row.reserved_at, row.covers, _hindrance(row, away, largest)) for row in rows]
    return List(parties, _counting(evening, now), count.free + count.offered)


def chairs_beside_the_list(evening: Evening, now: datetime, *, besides: int | None = None) -> Chairs:
    """The count for somebody who does not wait: chairs that belong to who waits are offered to them already.

    `besides`: a reservation whose own chairs are not counted.
    """
    count = chairs_of(evening, now, besides=besides)
    if now >= evening.cutoff_at or not evening.reservations.filter(state=Reservation.State.WAITING).exists():
        return count
    return replace(count, offered=count.offered + spoken_for(list_of(evening, now)))


def holds_end(evening: Evening, now: datetime) -> datetime | None:
    """When (UTC) the next unconfirmed reservation gives its chairs free."""
    held = evening.reservations.filter(state=Reservation.State.UNCONFIRMED, holds_until__gt=now)
    return held.order_by("holds_until").values_list("holds_until", flat=True).first()


def _hindrance(row: Reservation, away: set[int], largest: int) -> Skip | None:
    if row.person_id in away:
        return Skip.AWAY
    return Skip.NO_TABLE if row.covers > largest else None


def _counting(evening: Evening, now: datetime) -> list[Offer[int]]:
    """Offers that count for the chairs that are free now: open ones, and those since chairs were last freed."""
    events = Event.objects.filter(subject_kind=EVENING, subject_id=evening.pk)
    # Who only asked for a place in line, and has not confirmed their number, never held a chair.
    without_chairs = list(evening.reservations.filter(holds_until=F("reserved_at")).values_list("pk", flat=True))
    freed = events.filter(FREED).exclude(payload__reservation__in=without_chairs).aggregate(last=Max("pk"))["last"] or 0
    since = events.filter(kind=OFFERED, pk__gt=freed).values_list("payload__offer", flat=True)
    lapsed = evening.reservations.filter(state=Reservation.State.UNCONFIRMED, holds_until__lte=now).exclude(
        pk__in=without_chairs
    )
    at = lapsed.aggregate(at=Max("holds_until"))["at"]
    ended = Q(pk__in=list(since)) & (Q() if at is None else Q(offered_at__gte=at))
    rows = evening.offers.filter(Q(state=ChairOffer.State.OPEN) | ended).order_by("offered_at", "pk")
    return [row.as_offer_to(row.reservation_id) for row in rows]
