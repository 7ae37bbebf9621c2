"""Reading money: what is left of a pass, how a booking can be paid, what should be in the cash box."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from backend.people.models import Organisation
from backend.transport.domain.money import BY_US, CHANGED, PassFacts
from backend.transport.models import Booking, Pass, Payment, Ride, Tariff, Trip


def _rides(**which: object) -> "QuerySet[Ride]":
    return Ride.objects.filter(booking=OuterRef("pk"), **which)


RODE = (Ride.State.ON_BOARD, Ride.State.DONE)

LATE = Q(cancelled_at__gt=F("trip__cutoff_at")) & ~Q(cancelled_because__in=(*BY_US, CHANGED))
"""Bookings that they cancelled late."""

OWED = Q(cancelled_at=None) | LATE | (~Q(cancelled_because__in=BY_US) & Q(Exists(_rides(state__in=RODE))))
"""Bookings that are paid for (`domain.money.is_owed`, in the database's words)."""


def payments() -> "QuerySet[Payment]":
    """Those that hold."""
    return Payment.objects.filter(booking__in=Booking.objects.filter(OWED))


def used(card: Pass) -> int:
    """How many trips were paid with a pass. Under its lock the number holds until the transaction ends."""
    return payments().filter(used_pass=card).count()


def times_used() -> Coalesce:
    """To annotate passes with: how many trips were paid with each."""
    uses = payments().filter(used_pass=OuterRef("pk")).order_by().values("used_pass").annotate(n=Count("pk"))
    return Coalesce(Subquery(uses.values("n")), 0)


def facts_of(card: Pass, used_trips: int) -> PassFacts:
    """A pass as a value. Of one that is over nobody counts the uses any more."""
    if card.is_over and card.trips is not None:
        used_trips = card.trips
    return PassFacts(card.trips, card.valid_from, card.valid_until, used_trips)


@dataclass(frozen=True)
class Card:
    """A pass, and what is left of it."""

    row: Pass
    facts: PassFacts


def passes_of(people: Iterable[int]) -> dict[int, list[Card]]:
    """All passes of these people, the one that ends first in front; in one query."""
    rows = Pass.objects.filter(person__in=list(people)).annotate(times=times_used())
    found: dict[int, list[Card]] = {}
    for row in rows.order_by(F("valid_until").asc(nulls_last=True), "pk"):
        found.setdefault(row.person_id, []).append(Card(row, facts_of(row, row.times)))
    return found


def usable(cards: Iterable[Card], day: date) -> list[Card]:
    """Those that pay for a trip on a local date."""
    return [card for card in cards if not card.facts.why_not(day)]


def tariffs(organisation: Organisation) -> "QuerySet[Tariff]":
    """The prices that are in use, by name."""
    return Tariff.objects.filter(organisation=organisation, in_use=True).order_by("name", "pk")


def usual_tariffs(people: Iterable[int]) -> dict[int, int]:
    """Which tariff each of these people had last: proposed the next time. No proof of anything is kept."""
    paid = Payment.objects.filter(booking__person__in=list(people), tariff__in_use=True).order_by("at")
    return dict(paid.values_list("booking__person_id", "tariff_id"))


def expected_cash(trip: Trip) -> int:
    """Cents that should be in the box by the payments that are known."""
    paid = payments().filter(booking__trip=trip, way=Payment.Way.CASH)
    return sum(paid.values_list("cents", flat=True))


def to_pay_back(trip: Trip) -> list[Payment]:
    """Cash that was paid for a trip that we cancelled."""
    paid = Payment.objects.filter(booking__trip=trip, way=Payment.Way.CASH, booking__cancelled_because__in=BY_US)
    return list(paid.select_related("booking__person", "tariff").order_by("pk"))


@dataclass(frozen=True)
class Due:
    """A booking, and how it was or can be paid."""

    booking: Booking
    payment: Payment | None
    cards: tuple[Card, ...]
    usual_tariff: int | None
    rode: bool


def dues_of(trip: Trip) -> list[Due]:
    """Everybody of a trip who has something to pay or has paid, in boarding order. A constant number of queries."""
    bookings = list(
        trip.bookings.filter(
            Q(state=Booking.State.BOOKED) | Q(payment__isnull=False) | Q(Exists(_rides(state__in=RODE)))
        )
        .select_related("person", "payment__tariff", "payment__used_pass")
        .order_by("pk")
    )
    people = [booking.person_id for booking in bookings]
    cards, last = passes_of(people), usual_tariffs(people)
    order = {
        pk: n
        for n, pk in enumerate(
            trip.rides.order_by("way", "round_number", "position").values_list("booking_id", flat=True)
        )
    }
    rode = set(trip.rides.filter(state__in=RODE).values_list("booking_id", flat=True))
    found = [
        Due(
            booking=booking,
            payment=getattr(booking, "payment", None),
            cards=tuple(usable(cards.get(booking.person_id, []), trip.date)),
            usual_tariff=last.get(booking.person_id),
            rode=booking.pk in rode,
        )
        for booking in bookings
    ]
    return sorted(found, key=lambda due: (order.get(due.booking.pk, len(order)), due.booking.pk))
