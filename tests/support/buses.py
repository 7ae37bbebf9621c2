"""A bus, its programme and its passengers, made of rows: the one place for tests that need them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.common.clock import instant
from backend.people.models import Aid, Home, Organisation, Paper, Person
from backend.people.services import registering
from backend.transport.models import (
    Area,
    Booking,
    CrewDuty,
    CrewMember,
    Destination,
    Layout,
    Ride,
    Series,
    Trip,
    Vehicle,
)
from backend.transport.models.crew import Task

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
"""The day after the Monday of the mornings."""

GARAGE = (51.5600, 5.0900)
MARKET = (51.5550, 5.0800)


def wall(day: date, clock: str) -> datetime:
    """A wall time such as 9:40 on a local date, as an instant (UTC)."""
    hour, minute = map(int, clock.split(":"))
    return instant(day, time(hour, minute), AMSTERDAM)


@dataclass(frozen=True)
class Bus:
    """A vehicle with a layout, and where it goes."""

    organisation: Organisation
    vehicle: Vehicle
    layout: Layout
    area: Area
    destination: Destination


def a_bus(
    organisation: Organisation,
    name: str = "De Plusbus",
    *,
    seats: int = 7,
    wheelchair_places: int = 1,
    rollator_places: int = 3,
) -> Bus:
    """A bus that goes to the market; a second one of the organisation shares area and destination."""
    vehicle = Vehicle.objects.create(
        organisation=organisation, name=name, garage="Werfstraat 1", latitude=GARAGE[0], longitude=GARAGE[1]
    )
    layout = Layout.objects.create(
        vehicle=vehicle,
        name="Gewoon",
        seats=seats,
        wheelchair_places=wheelchair_places,
        rollator_places=rollator_places,
    )
    area, _made = Area.objects.get_or_create(organisation=organisation, name="Oost", postcodes=["5041"])
    destination, _made = Destination.objects.get_or_create(
        organisation=organisation,
        name="De markt",
        defaults={"kind": Destination.Kind.MARKET, "latitude": MARKET[0], "longitude": MARKET[1]},
    )
    return Bus(organisation, vehicle, layout, area, destination)


def a_series(bus: Bus, rule: str = "FREQ=WEEKLY;BYDAY=TU", **fields: object) -> Series:
    """The market, every Tuesday from 9:30, home at 12:30, from TUESDAY on."""
    known: dict[str, object] = {"first_day": TUESDAY, "leaves_at": time(9, 30), "returns_at": time(12, 30), **fields}
    return Series.objects.create(
        organisation=bus.organisation,
        area=bus.area,
        destination=bus.destination,
        vehicle=bus.vehicle,
        layout=bus.layout,
        rule=rule,
        **known,
    )


def a_trip(
    bus: Bus,
    day: date = TUESDAY,
    *,
    leaves: time = time(9, 30),
    returns: time = time(12, 30),
    shift_minutes: int = 120,
    **fields: object,
) -> Trip:
    """A trip to the market on a local date, driver and host not found yet. Cutoff: 17:00 the day before."""
    returns_at = instant(day, returns, AMSTERDAM)
    trip = Trip.objects.create(
        organisation=bus.organisation,
        area=bus.area,
        destination=bus.destination,
        vehicle=bus.vehicle,
        layout=bus.layout,
        date=day,
        leaves_at=instant(day, leaves, AMSTERDAM),
        returns_at=returns_at,
        ends_at=returns_at + timedelta(minutes=shift_minutes),
        cutoff_at=instant(day - timedelta(days=1), time(17), AMSTERDAM),
        shift_minutes=shift_minutes,
        **fields,
    )
    CrewDuty.objects.bulk_create([CrewDuty(trip=trip, task=task) for task in Task])
    return trip


def a_passenger(
    organisation: Organisation,
    given_name: str,
    *,
    phones: Sequence[str] = (),
    at: tuple[float, float] = (51.5610, 5.0950),
    family_name: str = "Linde",
    aids: Sequence[str] = (),
) -> Person:
    """Somebody whose home a person has found on the map."""
    person = registering.register_person(
        organisation=organisation, given_name=given_name, family_name=family_name, phones=list(phones)
    )
    a_home(person, at)
    Aid.objects.bulk_create([Aid(person=person, kind=kind) for kind in aids])
    return person


def a_home(person: Person, at: tuple[float, float] = (51.5610, 5.0950), door_note: str = "") -> Home:
    """Where they live, found on the map by a person."""
    return Home.objects.create(
        person=person,
        latitude=at[0],
        longitude=at[1],
        source=Home.Source.MAP,
        confirmed_at=datetime(2026, 11, 1, tzinfo=UTC),
        confirmed_by="user:1",
        door_note=door_note,
    )


def a_booking(trip: Trip, person: Person, state: str = Booking.State.BOOKED, **fields: object) -> Booking:
    """A row as booking makes it, with a ride each way for who is booked; no plan stands behind its times."""
    known: dict[str, object] = {"seats": 1, "there": True, "home": True, **fields}
    booking = Booking.objects.create(
        trip=trip,
        person=person,
        state=state,
        boarding_seconds=120,
        max_ride_seconds=2700,
        latitude=person.home.latitude,
        longitude=person.home.longitude,
        booked_at=trip.cutoff_at - timedelta(days=7),
        booked_by="user:1",
        channel="page",
        **known,
    )
    if state == Booking.State.BOOKED:
        ways = [way for way, goes in ((Ride.Way.THERE, booking.there), (Ride.Way.HOME, booking.home)) if goes]
        for way in ways:
            a_ride(booking, way)
    return booking


def a_ride(booking: Booking, way: str, **fields: object) -> Ride:
    """One way of a booking: at the door a quarter of an hour after the bus sets off, half an hour of riding."""
    trip = booking.trip
    begins = trip.leaves_at if way == Ride.Way.THERE else trip.returns_at
    at_door = begins + timedelta(minutes=15)
    boards = at_door if way == Ride.Way.THERE else begins
    known: dict[str, object] = {
        "round_number": 0,
        "position": trip.rides.filter(way=way).count(),
        "planned_at": at_door,
        "boards_at": boards,
        "arrives_at": at_door + timedelta(minutes=30 if way == Ride.Way.THERE else 0),
        "promised_from": at_door - timedelta(minutes=5),
        "promised_until": at_door + timedelta(minutes=10),
        **fields,
    }
    return Ride.objects.create(booking=booking, trip=trip, way=way, **known)


def a_volunteer(
    organisation: Organisation,
    given_name: str,
    *phones: str,
    tasks: Sequence[str] = (Task.DRIVER,),
    papers: Sequence[str] = tuple(Paper.Kind),
    standby: bool = False,
    **fields: object,
) -> Person:
    """A driver (unless `tasks` says otherwise) whose papers have all been seen, and have no end."""
    person = registering.register_person(
        organisation=organisation, given_name=given_name, family_name="Vrijwilliger", phones=list(phones)
    )
    for name, value in fields.items():
        setattr(person, name, value)
    person.save()
    CrewMember.objects.bulk_create(
        [CrewMember(organisation=organisation, person=person, task=task, is_standby=standby) for task in tasks]
    )
    Paper.objects.bulk_create(
        [Paper(person=person, kind=kind, seen_on=date(2026, 1, 5), seen_by="user:1") for kind in papers]
    )
    return person


def a_crew(trip: Trip) -> None:
    """Dirk drives, Hanna hosts; both have confirmed, and have mobiles."""
    for name, task, phone in (("Dirk", Task.DRIVER, "+31600000120"), ("Hanna", Task.HOST, "+31600000121")):
        person = registering.register_person(
            organisation=trip.organisation, given_name=name, family_name="de Vries", phones=[phone]
        )
        trip.crew.filter(task=task).update(state=CrewDuty.State.CONFIRMED, person=person)
