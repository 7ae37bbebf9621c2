"""A road with a bus, on which all lies in a row, so that times can be worked out by hand.

The garage, the destination one kilometre east of it, and homes further east. In straight lines at the default pace a
kilometre takes 182 seconds (1.35 × 1000 m at 30 km/h, and 20 seconds for the start). Other tests: `buses.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import count
from zoneinfo import ZoneInfo

from backend.common.actors import user
from backend.people.models import Aid, Home, Organisation, Person
from backend.people.services import registering
from backend.transport.models import Area, Booking, Destination, Layout, Trip, Vehicle
from backend.transport.selectors.answering import No, Wish
from backend.transport.services import booking

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TUESDAY = date(2026, 11, 24)
PLANNER = user(7)

LATITUDE, GARAGE_LONGITUDE = 52.0, 5.0
KM = 1 / 68.459
"""A kilometre east in degrees, at 52° north."""

LANDLINES: Iterator[int] = count(2000)


def at(wall: str, day: date = TUESDAY) -> datetime:
    """A wall time in Amsterdam as an instant (UTC)."""
    return datetime.combine(day, time.fromisoformat(wall), AMSTERDAM).astimezone(UTC)


FRIDAY = at("11:00", date(2026, 11, 20))
"""When people book: some days before the trips."""


@dataclass
class Road:
    """An organisation with one vehicle, one destination, and who rides with it."""

    organisation: Organisation
    vehicle: Vehicle
    layout: Layout
    area: Area
    market: Destination
    people: dict[str, Person] = field(default_factory=dict)

    def trip(
        self, day: date = TUESDAY, leaves: str = "09:30", returns: str = "12:00", ends: str = "14:00", **more: object
    ) -> Trip:
        """A trip to the market and back."""
        return Trip.objects.create(
            **{
                "organisation": self.organisation,
                "area": self.area,
                "destination": self.market,
                "vehicle": self.vehicle,
                "layout": self.layout,
                "date": day,
                "leaves_at": at(leaves, day),
                "returns_at": at(returns, day),
                "ends_at": at(ends, day),
                "cutoff_at": at("17:00", day.fromordinal(day.toordinal() - 1)),
                **more,
            }
        )

    def lives(self, name: str, km: float | None = 1, *aids: str) -> Person:
        """Somebody who lives so far beyond the market (None: nobody knows where), with these aids."""
        person = registering.register_person(
            organisation=self.organisation,
            given_name=name,
            family_name="Linde",
            phones=(f"+3113000{next(LANDLINES)}",),
        )
        if km is not None:
            Home.objects.create(
                person=person,
                latitude=LATITUDE,
                longitude=GARAGE_LONGITUDE + (1 + km) * KM,
                source=Home.Source.MAP,
                confirmed_at=at("09:00", date(2026, 11, 2)),
                confirmed_by=PLANNER.who,
            )
        Aid.objects.bulk_create(Aid(person=person, kind=aid) for aid in aids)
        self.people[name] = person
        return person

    def books(self, trip: Trip, person: Person, now: datetime, **wish: object) -> Booking:
        """Somebody rings and gets a place."""
        done = booking.book(trip_id=trip.pk, wishes=[Wish(person, **wish)], actor=PLANNER, now=now)
        assert not isinstance(done, No), done
        return done.booking


def a_road(seats: int = 8, wheelchair_places: int = 0, rollator_places: int = 2, slug: str = "oost") -> Road:
    """A bus of an organisation of its own; one of the seats is the host's."""
    organisation = registering.register_organisation(
        slug=slug, name=f"Welzijn {slug.capitalize()}", phone="+31130009000", duty_phone="+31130009001"
    )
    vehicle = Vehicle.objects.create(
        organisation=organisation, name="De Zwaluw", latitude=LATITUDE, longitude=GARAGE_LONGITUDE
    )
    layout = Layout.objects.create(
        vehicle=vehicle,
        name="gewoon",
        seats=seats,
        wheelchair_places=wheelchair_places,
        rollator_places=rollator_places,
    )
    area = Area.objects.create(organisation=organisation, name="Dorp")
    market = Destination.objects.create(
        organisation=organisation,
        name="de markt",
        kind=Destination.Kind.MARKET,
        latitude=LATITUDE,
        longitude=GARAGE_LONGITUDE + KM,
    )
    return Road(organisation, vehicle, layout, area, market)
