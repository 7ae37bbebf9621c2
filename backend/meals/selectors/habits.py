"""What is known of somebody's evenings: where they usually eat, with how many, and what they do not eat."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.meals.models import Evening, Guest, Plate, Reservation
from backend.people.models import Consent, Person
from backend.people.selectors import consent_in_force, named_most

A_YEAR = timedelta(days=365)
LOOKED_AT = 60
FRIENDS_AT_MOST = 6


@dataclass(frozen=True)
class Usual:
    """The evening that somebody reserves most: of a resto on a weekday; 0 is Monday."""

    resto: int
    name: str
    weekday: int
    times: int

    def is_one(self, evening: Evening) -> bool:
        """Whether an evening is one of those."""
        return (evening.resto_id, evening.date.weekday()) == (self.resto, self.weekday)


@dataclass(frozen=True)
class KnownPlate:
    """A plate as it was last time. `without`: codes of foods."""

    without: tuple[str, ...]
    own_plate: bool
    name: str
    note: str


@dataclass(frozen=True)
class Habits:
    """What can be filled in already. `covers` is how many came most often; `came` how often in the last year."""

    usual: Usual | None
    covers: int
    plates: tuple[KnownPlate, ...]
    friends: tuple[Person, ...]
    came: int


def habits_of(person: Person, now: datetime) -> Habits:
    """Somebody's habits in the last year (`now` is UTC), in a constant number of queries."""
    rows = list(
        Reservation.objects.filter(person=person, reserved_at__gt=now - A_YEAR)
        .exclude(state=Reservation.State.CANCELLED)
        .select_related("evening__resto")
        .order_by("-evening__doors_at")[:LOOKED_AT]
    )
    covers = Counter(row.covers for row in rows[:10]).most_common(1)
    return Habits(
        usual=_usual(rows),
        covers=covers[0][0] if covers else 1,
        plates=plates_of(person),
        friends=tuple(_friends(person, rows)),
        came=sum(row.arrived_at is not None for row in rows),
    )


def plates_of(person: Person) -> tuple[KnownPlate, ...]:
    """What they themselves do not eat, in front of what others of their party did not last time. With consent only.

    Which of the plates of a party was theirs is often not known: then all stay, those made apart in front. They may be
    one more than the people of that party.
    """
    if consent_in_force(person, Consent.Purpose.DIET) is None:
        return ()
    last = Reservation.objects.filter(person=person, plates__isnull=False).order_by("-reserved_at", "-pk").first()
    guest = Guest.objects.filter(person=person).first()
    own = KnownPlate(tuple(guest.without), guest.own_plate, "", guest.note) if guest else None
    found = list(last.plates.order_by("pk")) if last else []
    found.sort(key=lambda one: (not one.own_plate, not one.note))
    if own is None or not (own.without or own.own_plate or own.note):
        return tuple(_known(plate) for plate in found)
    if last is not None and last.covers == 1:
        return (own,)
    marked = next((plate for plate in found if plate.theirs), None)
    before = marked or next((plate for plate in found if _is_theirs(plate, own, person)), None)
    return own, *(_known(plate) for plate in found if plate is not before)


def _is_theirs(plate: Plate, own: KnownPlate, person: Person) -> bool:
    """Whether a plate of a party is surely that of whoever reserves: it has their name, or is what they do not eat."""
    if plate.name:
        names = (person.name, person.spoken_name, person.given_name)
        return plate.name.strip().casefold() in [name.casefold() for name in names]
    return (set(plate.without), plate.own_plate, plate.note) == (set(own.without), own.own_plate, own.note)


def _known(plate: Plate) -> KnownPlate:
    return KnownPlate(tuple(plate.without), plate.own_plate, plate.name, plate.note)


def _usual(rows: list[Reservation]) -> Usual | None:
    """The most reserved; of those reserved as often, the one of last."""
    counts = Counter((row.evening.resto_id, row.evening.date.weekday()) for row in rows)
    if not counts:
        return None
    most = max(counts.values())
    kinds = ((row, (row.evening.resto_id, row.evening.date.weekday())) for row in rows)
    row, (resto, weekday) = next(one for one in kinds if counts[one[1]] == most)
    return Usual(resto, row.evening.resto.name, weekday, most)


def _friends(person: Person, rows: list[Reservation]) -> list[Person]:
    """With whom they sat at one table by agreement, those with whom most often in front."""
    parties = {row.party for row in rows if row.party}
    others = Reservation.objects.filter(party__in=parties).exclude(person=person)
    named = others.exclude(state=Reservation.State.CANCELLED).values_list("person_id", flat=True)
    return named_most(named, FRIENDS_AT_MOST)
