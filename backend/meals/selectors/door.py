"""The list at the door: who is expected, who is here, who paid, and how many chairs are free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.meals.domain.chairs import Chairs
from backend.meals.models import Evening, Guest, MealPayment, Plate, Reservation, Tariff
from backend.meals.selectors import newcomers
from backend.meals.selectors.counting import chairs_of
from backend.people import finding
from backend.people.models import Person


@dataclass(frozen=True)
class Party:
    """A reservation at the door. People and covers; amounts in euro cents."""

    row: Reservation
    plates: tuple[Plate, ...]
    payments: tuple[MealPayment, ...]

    @property
    def people(self) -> int:
        """How many of them are here, or else are expected."""
        return self.row.covers if self.row.arrived_covers is None else self.row.arrived_covers

    @property
    def may_say_whose(self) -> bool:
        """Whether fewer came than had reserved, or than have a plate: the host can say whose plates came."""
        fewer = self.people < max(self.row.covers, len(self.plates))
        return self.row.arrived_covers is not None and fewer and bool(self.plates)

    @property
    def is_unsure(self) -> bool:
        """Whether more plates are cooked than people came: nobody has said whose they are."""
        return self.may_say_whose and len([one for one in self.plates if not one.away]) > self.people

    @property
    def is_here(self) -> bool:
        """Whether somebody of them has been ticked."""
        return self.row.arrived_at is not None

    @property
    def is_away(self) -> bool:
        """Whether it was said at the door that they do not come."""
        return self.row.away_at is not None

    @property
    def paid_for(self) -> int:
        """For how many of them it has been paid."""
        return sum(payment.covers for payment in self.payments)

    @property
    def to_pay(self) -> int:
        """For how many of those who are here it has not been paid yet."""
        return max(self.people - self.paid_for, 0) if self.is_here else 0

    @property
    def waits(self) -> bool:
        """Whether they have no chair yet: on the waiting list, or their number was never confirmed."""
        return self.row.state in (Reservation.State.WAITING, Reservation.State.UNCONFIRMED)


@dataclass(frozen=True)
class DoorList:
    """The evening at the door. `expected`: with chairs, not here yet; `away`: said not to come; `waiting`: without."""

    evening: Evening
    chairs: Chairs
    expected: tuple[Party, ...]
    away: tuple[Party, ...]
    here: tuple[Party, ...]
    waiting: tuple[Party, ...]

    @property
    def missing(self) -> tuple[Party, ...]:
        """Who had reserved and is not here, by name."""
        return tuple(sorted((*self.expected, *self.away), key=lambda one: (one.row.person.normalised_name, one.row.pk)))

    @property
    def people_here(self) -> int:
        """How many guests have come."""
        return sum(party.people for party in self.here)

    @property
    def people_expected(self) -> int:
        """How many guests with chairs have not come yet."""
        return sum(party.people for party in self.expected)

    @property
    def unpaid(self) -> int:
        """For how many guests who are here it has not been paid."""
        return sum(party.to_pay for party in self.here)


def door_of(evening: Evening, now: datetime, *, asked: str = "") -> DoorList:
    """The list at `now` (UTC), by name. `asked`: only those whose name is like that, or who have that number."""
    rows = reservations_of(evening)
    if asked:
        people = Person.objects.filter(pk__in=rows.values("person_id"))
        rows = rows.filter(person__in=[person.pk for person in finding.find(people, asked)])
    parties = [party_of(row) for row in rows]
    return DoorList(
        evening=evening,
        chairs=chairs_of(evening, now),
        expected=tuple(one for one in parties if not one.is_here and not one.waits and not one.is_away),
        away=tuple(one for one in parties if one.is_away),
        here=tuple(one for one in parties if one.is_here),
        waiting=tuple(one for one in parties if one.waits),
    )


def reservations_of(evening: Evening) -> "QuerySet[Reservation]":
    """Everybody who has not cancelled, by family name, with what the list shows of them."""
    rows = evening.reservations.exclude(state=Reservation.State.CANCELLED).select_related(
        "person__guest", "table", "ride"
    )
    rows = rows.prefetch_related("plates", "payments__tariff")
    return newcomers.marked(rows).order_by("person__normalised_name", "pk")


def party_of(row: Reservation) -> Party:
    """A reservation with its plates and payments in the order in which they were noted."""
    plates = sorted(row.plates.all(), key=lambda one: one.pk)
    payments = sorted(row.payments.all(), key=lambda one: one.pk)
    return Party(row, tuple(plates), tuple(payments))


def tariffs_of(evening: Evening) -> Sequence[Tariff]:
    """The prices in use at the resto, the highest first."""
    return list(Tariff.objects.filter(resto=evening.resto_id, in_use=True).order_by("-cents", "name"))


def guests() -> "QuerySet[Person]":
    """Whoever has eaten along, or has reserved, of every organisation."""
    reserved = Reservation.objects.filter(person=OuterRef("pk"))
    guest = Guest.objects.filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(reserved) | Exists(guest))


def guests_known(evening: Evening) -> "QuerySet[Person]":
    """Those of the organisation whose evening it is, by family name."""
    return guests().filter(organisation=evening.resto.organisation_id).order_by("normalised_name", "pk")


def of_the_same_name(evening: Evening, normalised: str) -> "QuerySet[Person]":
    """Guests whom somebody of this name could be."""
    return guests_known(evening).filter(Q(normalised_name=normalised))
