"""Whose home still has to be found on the map: nowhere yet, not confirmed by a person, or too far away to be right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import cos, radians

from django.db.models import Case, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.db.models.lookups import GreaterThan

from backend.people.models import Home, Organisation, Person
from backend.people.selectors import middle_of
from backend.transport.domain.places import Place, Wind, metres_between, wind
from backend.transport.domain.policy import BusPolicy, BusSettingError
from backend.transport.domain.sketch import Sketch, surroundings
from backend.transport.models import Booking, Destination, Trip, UnmetRequest, Vehicle

KM_PER_DEGREE = 111.195

DRAWN_DESTINATIONS = 3
"""More of them would make the drawing of a door small and full."""


class Lack(StrEnum):
    """What a home on the map lacks, the gravest first."""

    NONE_YET = "none_yet"
    UNCONFIRMED = "unconfirmed"
    FAR = "far"


@dataclass(frozen=True)
class Garage:
    """Where an organisation's bus stands."""

    name: str
    place: Place


@dataclass(frozen=True)
class Away:
    """How far something is from the nearest garage, and where it lies seen from there."""

    garage: Garage
    km: float
    wind: Wind
    is_far: bool


def garages_of(organisation: Organisation) -> list[Garage]:
    """The garages of an organisation's buses, each once."""
    rows = Vehicle.objects.filter(organisation=organisation, in_use=True).order_by("pk")
    return list({Place.of(bus): Garage(bus.garage or bus.name, Place.of(bus)) for bus in rows}.values())


def away_from(garages: Sequence[Garage], place: Place, farthest_km: float) -> Away | None:
    """How far a place is from the nearest of these garages; None where there are none."""
    if not garages:
        return None
    nearest = min(garages, key=lambda garage: metres_between(garage.place, place))
    km = metres_between(nearest.place, place) / 1000
    return Away(nearest, km, wind(nearest.place, place), km > farthest_km)


def drawn(garages: Sequence[Garage], door: Place, organisation: Organisation) -> Sketch | None:
    """How a door lies to the garage and to the nearest places where the bus goes; None where there is no garage."""
    if not garages:
        return None
    places = [Place.of(row) for row in Destination.objects.filter(organisation=organisation, in_use=True)]
    near = sorted(places, key=lambda place: metres_between(place, door))[:DRAWN_DESTINATIONS]
    garage = min(garages, key=lambda one: metres_between(one.place, door))
    return surroundings(garage.place, near, door)


def farthest_km(organisation: Organisation) -> int:
    """Straight from the garage; the default for settings that could not work."""
    try:
        return BusPolicy.of(organisation.settings).farthest_km
    except (BusSettingError, TypeError):
        return BusPolicy().farthest_km


def start_for(person: Person) -> Place | None:
    """Where to look for somebody's door: their home as it is known, else the middle of their postcode, else None."""
    home = Home.objects.filter(person=person).first()
    if home is not None:
        return Place.of(home)
    middle = middle_of(person.postcode)
    return Place.of(middle) if middle else None


def passengers(organisations: Iterable[Organisation]) -> "QuerySet[Person]":
    """Everybody who ever asked for a place on a bus of these organisations, or has a pass, or a home on the map."""
    of_theirs = Person.objects.filter(organisation__in=organisations)
    asked = [
        Exists(Booking.objects.filter(person=OuterRef("pk"))),
        Exists(UnmetRequest.objects.filter(person=OuterRef("pk"))),
        Q(bus_passes__isnull=False),
        Q(home__isnull=False),
    ]
    anyhow = Q()
    for one in asked:
        anyhow |= Q(one)
    return of_theirs.filter(anyhow).distinct()


def to_find(organisations: Iterable[Organisation], today: date) -> "QuerySet[Person]":
    """Those of the passengers whose home lacks something (`lack`), who rides soonest (`rides_on`) in front."""
    organisations = list(organisations)
    far = Q()
    for organisation in organisations:
        far |= Q(organisation=organisation) & _far_from(garages_of(organisation), farthest_km(organisation))
    booked = Q(bus_bookings__state=Booking.State.BOOKED, bus_bookings__trip__state=Trip.State.PLANNED)
    lacking = Q(home=None) | Q(home__confirmed_at=None) | far
    return (
        passengers(organisations)
        .filter(lacking)
        .annotate(
            lack=Case(
                When(home=None, then=Value(Lack.NONE_YET.value)),
                When(home__confirmed_at=None, then=Value(Lack.UNCONFIRMED.value)),
                default=Value(Lack.FAR.value),
            ),
            rides_on=Min("bus_bookings__trip__date", filter=booked & Q(bus_bookings__trip__date__gte=today)),
        )
        .select_related("organisation", "home")
        .order_by(F("rides_on").asc(nulls_last=True), "family_name", "given_name", "pk")
    )


def _far_from(garages: Sequence[Garage], km: float) -> Q:
    """Homes further than this from every garage: in degrees, as if the earth were flat around it."""
    if not garages:
        return Q(pk=None)
    found = Q()
    for garage in garages:
        north = (F("home__latitude") - garage.place.latitude) * KM_PER_DEGREE
        east = (F("home__longitude") - garage.place.longitude) * KM_PER_DEGREE * cos(radians(garage.place.latitude))
        found &= Q(GreaterThan(north * north + east * east, Value(km * km)))
    return found
