"""What is known of somebody's trips: where they usually go, with whom, and what they need."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from backend.people.models import Person
from backend.people.selectors import named_most
from backend.transport.models import Booking, Trip

A_YEAR = timedelta(days=365)
LOOKED_AT = 60
FRIENDS_AT_MOST = 6


@dataclass(frozen=True)
class Usual:
    """The trip that somebody books most: a series or, outside of series, a destination; `weekday` 0 is Monday."""

    series: int | None
    destination: int
    name: str
    weekday: int
    times: int

    def is_one(self, trip: Trip) -> bool:
        """Whether a trip is one of those."""
        if self.series is not None:
            return trip.series_id == self.series
        return trip.destination_id == self.destination and trip.date.weekday() == self.weekday


@dataclass(frozen=True)
class Habits:
    """What can be filled in already. `companions` is how many came along most often."""

    usual: Usual | None
    companions: int
    friends: tuple[Person, ...]
    aids: tuple[str, ...]
    rides: int
    """Trips in the last year."""


def habits_of(person: Person, now: datetime) -> Habits:
    """Somebody's habits in the last year. In a constant number of queries."""
    bookings = list(
        Booking.objects.filter(person=person, booked_at__gt=now - A_YEAR)
        .exclude(state=Booking.State.CANCELLED)
        .select_related("trip__destination")
        .order_by("-trip__leaves_at")[:LOOKED_AT]
    )
    companions = Counter(booking.companions for booking in bookings[:10]).most_common(1)
    return Habits(
        usual=_usual(bookings),
        companions=companions[0][0] if companions else 0,
        friends=tuple(_friends(person, bookings)),
        aids=tuple(person.aids.order_by("kind").values_list("kind", flat=True)),
        rides=sum(booking.trip.leaves_at < now for booking in bookings),
    )


def _usual(bookings: list[Booking]) -> Usual | None:
    """The most booked; of those booked as often, the one booked last."""
    counts = Counter(_kind_of(booking.trip) for booking in bookings)
    if not counts:
        return None
    most = max(counts.values())
    trip = next(booking.trip for booking in bookings if counts[_kind_of(booking.trip)] == most)
    return Usual(trip.series_id, trip.destination_id, trip.name, trip.date.weekday(), most)


def _kind_of(trip: Trip) -> tuple[int | None, int, int]:
    if trip.series_id is not None:
        return trip.series_id, 0, 0
    return None, trip.destination_id, trip.date.weekday()


def _friends(person: Person, bookings: list[Booking]) -> list[Person]:
    """With whom they travelled, those with whom most often in front."""
    parties = [booking.party for booking in bookings]
    others = Booking.objects.filter(party__in=parties).exclude(person=person).exclude(state=Booking.State.CANCELLED)
    return named_most(others.values_list("person_id", flat=True), FRIENDS_AT_MOST)


def rode_last(people: Iterable[int], before: Trip) -> dict[int, datetime]:
    """When (UTC) each of these people was last on a trip that left before this one; who never was is left out."""
    rows = (
        Booking.objects.filter(
            person_id__in=list(people), state=Booking.State.BOOKED, trip__leaves_at__lt=before.leaves_at
        )
        .exclude(trip=before)
        .exclude(trip__state=Trip.State.CANCELLED)
        .order_by()
        .values_list("person_id")
        .annotate(last=Max("trip__leaves_at"))
    )
    return dict(rows)
