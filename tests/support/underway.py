"""A bus on the road, made of rows: a trip, who rides along and where they are, for what happens on the day itself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from backend.people.models import Organisation, Person
from backend.people.services import registering
from backend.transport.models import Area, Booking, CrewDuty, Destination, Layout, Ride, Trip, Vehicle
from backend.transport.models.crew import Task

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
GARAGE, MARKET = (51.56, 5.08), (51.59, 5.08)
ROUND = timedelta(minutes=60)
"""From the garage to the destination, with the boarding."""


@dataclass
class Underway:
    """A trip and its people."""

    trip: Trip

    def passenger(
        self, name: str, *phones: str, there: str = "planned", home: str = "planned", **takes: int
    ) -> Booking:
        """The next one to be fetched, five minutes after the one before; "" where the bus does not take them."""
        person = registering.register_person(
            organisation=self.trip.organisation, given_name=name.capitalize(), family_name="Linde", phones=list(phones)
        )
        return self.booking(person, there=there, home=home, **takes)

    def booking(self, person: Person, *, there: str = "planned", home: str = "planned", **takes: int) -> Booking:
        """Somebody's place, with a ride each way in these states."""
        trip = self.trip
        position = trip.bookings.count()
        known = {"seats": 1, "wheelchair_places": 0, "rollator_places": 0, "companions": 0, **takes}
        booking = Booking.objects.create(
            trip=trip,
            person=person,
            state=Booking.State.BOOKED,
            boarding_seconds=120,
            max_ride_seconds=2700,
            latitude=GARAGE[0],
            longitude=GARAGE[1],
            there=bool(there),
            home=bool(home),
            booked_at=trip.leaves_at - timedelta(days=7),
            booked_by="user:1",
            channel="page",
            **known,
        )
        for way, state, begins in (("there", there, trip.leaves_at), ("home", home, trip.returns_at)):
            if state:
                _ride(booking, way, state, position, begins + timedelta(minutes=10 + 5 * position))
        return booking

    def crew(self, name: str, task: Task, phone: str) -> CrewDuty:
        """Somebody who is going to drive, or to host."""
        person = registering.register_person(
            organisation=self.trip.organisation,
            given_name=name.capitalize(),
            family_name="Vrijwilliger",
            phones=[phone],
        )
        return CrewDuty.objects.create(trip=self.trip, task=task, state=CrewDuty.State.CONFIRMED, person=person)


def _ride(booking: Booking, way: str, state: str, position: int, at_door: datetime) -> Ride:
    trip = booking.trip
    there = way == "there"
    begun = state in ("on_board", "done")
    return Ride.objects.create(
        booking=booking,
        trip=trip,
        way=way,
        state=state,
        round_number=0,
        position=position,
        planned_at=at_door,
        boards_at=at_door if there else trip.returns_at,
        arrives_at=trip.leaves_at + ROUND if there else at_door,
        promised_from=at_door - timedelta(minutes=5),
        promised_until=at_door + timedelta(minutes=10),
        on_board_at=at_door if begun else None,
        done_at=trip.leaves_at + ROUND if state == "done" else None,
    )


def an_outing(
    organisation: Organisation,
    *,
    day: date,
    leaves: str = "09:30",
    returns: str = "12:00",
    seats: int = 7,
    underway: bool = False,
) -> Underway:
    """A trip to the market on a local date; the last round home is over two hours after it begins."""
    layout = a_layout(organisation, "De Plusbus", seats=seats)
    area, _made = Area.objects.get_or_create(organisation=organisation, name="Oost")
    market, _made = Destination.objects.get_or_create(
        organisation=organisation,
        name="de markt",
        defaults={"kind": "market", "latitude": MARKET[0], "longitude": MARKET[1]},
    )
    leaves_at, returns_at = wall(day, leaves), wall(day, returns)
    trip = Trip.objects.create(
        organisation=organisation,
        area=area,
        destination=market,
        vehicle=layout.vehicle,
        layout=layout,
        date=day,
        leaves_at=leaves_at,
        returns_at=returns_at,
        ends_at=returns_at + timedelta(hours=2),
        cutoff_at=wall(day - timedelta(days=1), "17:00"),
        state=Trip.State.UNDERWAY if underway else Trip.State.PLANNED,
        started_at=leaves_at if underway else None,
    )
    return Underway(trip)


def a_layout(organisation: Organisation, name: str, *, seats: int = 7, chairs: int = 1, rollators: int = 3) -> Layout:
    """A vehicle with one layout; one of the seats is the host's."""
    vehicle, _made = Vehicle.objects.get_or_create(
        organisation=organisation, name=name, defaults={"latitude": GARAGE[0], "longitude": GARAGE[1]}
    )
    return Layout.objects.get_or_create(
        vehicle=vehicle,
        name="gewoon",
        defaults={"seats": seats, "wheelchair_places": chairs, "rollator_places": rollators},
    )[0]


def wall(day: date, clock: str) -> datetime:
    """A wall time of the organisation on a local date."""
    hour, minute = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM)
