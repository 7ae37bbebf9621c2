"""A whole bus in one go, from a description: for scenarios and the demo."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from backend.common.actors import Actor
from backend.common.errors import RondjeError
from backend.incidents.services.ladders import bus_scope
from backend.people.domain.names import split_full_name
from backend.people.models import Consent, DutyShift, Home, Organisation, Paper, Person
from backend.people.services import aids, consents, homes, papers
from backend.people.services.duty import put_on_duty
from backend.people.services.registering import find_or_register
from backend.transport.domain.programme import Times
from backend.transport.domain.setup import BookedSetup, BusSetup, CrewSetup, PassengerSetup, TripSetup
from backend.transport.models import Area, CrewDuty, CrewMember, Destination, Layout, Trip
from backend.transport.models.crew import Task
from backend.transport.selectors.answering import No, Wish
from backend.transport.services import booking, crew, fleet, programme, series

BY_COMMAND = Actor(who="system", channel="command")


@dataclass
class Made:
    """What came of a description: rows by the names it has for them."""

    organisation: Organisation
    area: Area
    layout: Layout
    destinations: dict[str, Destination] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    trips: list[Trip] = field(default_factory=list)


def set_up_bus(setup: BusSetup, organisation: Organisation, *, day: date, now: datetime) -> Made:
    """Make the vehicle, its programme, crew and passengers, and the trips with who is booked on them.

    Runs in a transaction. `day` is the local date that is about to be played, `now` an instant (UTC). Who does not fit
    waits. Raises RondjeError.
    """
    organisation.settings["bus"] = setup.settings
    organisation.save(update_fields=["settings"])
    made = _fleet(setup, organisation, now)
    for passenger in setup.passengers:
        made.people[passenger.name] = _passenger(organisation, passenger, now)
    for member in setup.crew:
        made.people[member.name] = _crew_member(organisation, member, day)
    if setup.on_duty is not None:
        _on_duty(organisation, setup.on_duty)
    for recurring in setup.series:
        when = series.Recurrence(recurring.rule, day, None, Times(recurring.leaves, recurring.returns))
        facts = programme.Facts(
            made.area, made.destinations[recurring.destination], made.layout, recurring.title, recurring.note
        )
        series.save(organisation, facts, when, pk=None, actor=BY_COMMAND, now=now)
    for trip in setup.trips:
        made.trips.append(add_trip(made, trip, day, now))
    return made


def known(setup: BusSetup, organisation: Organisation) -> Made:
    """What was made of a description before."""
    layout = Layout.objects.select_related("vehicle").get(
        vehicle__organisation=organisation, vehicle__name=setup.vehicle
    )
    return Made(
        organisation,
        Area.objects.get(organisation=organisation, name=setup.area),
        layout,
        {one.name: one for one in Destination.objects.filter(organisation=organisation)},
        {one.name: one for one in organisation.people.all()},
    )


def party_of(trip: Trip, name: str) -> UUID:
    """The party of friends who have this name for it in a description."""
    return uuid5(NAMESPACE_URL, f"trip:{trip.pk}:{name}")


def _fleet(setup: BusSetup, organisation: Organisation, now: datetime) -> Made:
    latitude, longitude = setup.garage
    known: dict[str, object] = {"name": setup.vehicle, "latitude": latitude, "longitude": longitude}
    vehicle = fleet.save_vehicle(organisation, known, pk=None, actor=BY_COMMAND)
    layout = fleet.save_layout(
        vehicle,
        name="gewoon",
        seats=setup.seats,
        wheelchair_places=setup.wheelchair_places,
        rollator_places=setup.rollator_places,
        pk=None,
        actor=BY_COMMAND,
        now=now,
    )
    area = programme.save_area(organisation, name=setup.area, postcodes=setup.postcodes, pk=None, actor=BY_COMMAND)
    made = Made(organisation, area, layout)
    for one in setup.destinations:
        place: dict[str, object] = {
            "name": one.name,
            "kind": one.kind,
            "latitude": one.at[0],
            "longitude": one.at[1],
        }
        made.destinations[one.name] = programme.save_destination(organisation, place, pk=None, actor=BY_COMMAND)
    return made


def _passenger(organisation: Organisation, setup: PassengerSetup, now: datetime) -> Person:
    person = find_or_register(organisation, setup.name, setup.phones)
    person.address, person.place = setup.address or person.address, setup.place or person.place
    person.save(update_fields=["address", "place"])
    if setup.at is not None:
        _home(person, setup, now)
    if setup.aids:
        consents.give(person=person, purpose=Consent.Purpose.AIDS, given_at=now, how="visit", actor=BY_COMMAND, now=now)
        aids.set_aids(person, setup.aids, actor=BY_COMMAND, now=now)
    return Person.objects.get(pk=person.pk)


def _home(person: Person, setup: PassengerSetup, now: datetime) -> None:
    assert setup.at is not None
    latitude, longitude = setup.at
    if setup.confirmed:
        homes.confirm(person, latitude=latitude, longitude=longitude, actor=BY_COMMAND, now=now)
    else:
        source = Home.Source.IMPORTED
        homes.place(person, latitude=latitude, longitude=longitude, source=source, actor=BY_COMMAND, now=now)
    if setup.door_note:
        homes.set_door_note(person, setup.door_note, actor=BY_COMMAND, now=now)


def _on_duty(organisation: Organisation, name: str) -> None:
    given, family = split_full_name(name)
    person = organisation.people.filter(given_name=given, family_name=family).first()
    if person is None:
        raise RondjeError(f"Nobody is called {name}, who would be on duty for the bus.")
    for weekday in range(7):
        put_on_duty(
            person=person,
            scope=bus_scope(organisation),
            rank=DutyShift.Rank.PRIMARY,
            weekday=weekday,
            actor=BY_COMMAND,
        )


def _crew_member(organisation: Organisation, setup: CrewSetup, day: date) -> Person:
    person = find_or_register(organisation, setup.name, setup.phones)
    for kind in Paper.Kind:
        papers.seen(person, kind, seen_on=day, valid_until=None, actor=BY_COMMAND, today=day)
    for task in setup.tasks:
        CrewMember.objects.get_or_create(
            organisation=organisation, person=person, task=task, defaults={"is_standby": setup.standby}
        )
    return person


def add_trip(made: Made, setup: TripSetup, day: date, now: datetime) -> Trip:
    """A trip of the description, counted from `day`, with its crew and who is booked on it. Raises RondjeError."""
    trip = programme.add_trip(
        made.organisation,
        programme.Facts(
            made.area,
            made.destinations[setup.destination],
            made.layout,
            shift_minutes=setup.shift_minutes,
            max_rounds=setup.max_rounds,
        ),
        day=day + timedelta(days=setup.days_ahead),
        times=Times(setup.leaves, setup.returns),
        actor=BY_COMMAND,
        now=now,
    )
    for task, name in ((Task.DRIVER, setup.driver), (Task.HOST, setup.host)):
        if name is not None:
            duty = CrewDuty.objects.get(trip=trip, task=task)
            crew.confirm(duty_id=duty.pk, person=made.people[name], actor=BY_COMMAND, now=now)
    for booked in setup.booked:
        book_or_wait(trip, _wish(trip, booked, made.people[booked.passenger]), now)
    trip.refresh_from_db()
    return trip


def _wish(trip: Trip, setup: BookedSetup, person: Person) -> Wish:
    return Wish(
        person,
        companions=setup.companions,
        party=party_of(trip, setup.party) if setup.party else None,
        there=setup.there,
        home=setup.home,
    )


def book_or_wait(trip: Trip, wish: Wish, now: datetime) -> str:
    """Somebody asks for a place: "booked", or "waiting" where there is none. Raises RondjeError when neither can be."""
    done = booking.book(trip_id=trip.pk, wishes=[wish], actor=BY_COMMAND, now=now)
    if not isinstance(done, No):
        return "booked"
    waits = booking.wait(trip_id=trip.pk, wishes=[wish], actor=BY_COMMAND, now=now)
    if isinstance(waits, No):
        raise RondjeError(f"{wish.person.name} can neither be booked nor wait: {waits.why.value}.")
    return "waiting"
