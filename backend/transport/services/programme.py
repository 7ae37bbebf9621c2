"""What planners do to the programme: areas, destinations, and single trips. Series: `series.py`."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime, time

from django.db import IntegrityError, transaction

from backend.common import exclusion
from backend.common.actors import Actor
from backend.common.errors import Conflict, NotAllowed, RondjeError
from backend.events.services import record
from backend.people.models import Organisation
from backend.people.selectors import zone_of
from backend.transport.domain.programme import LeftOut, Moments, Times, hindered, moments
from backend.transport.models import Area, Destination, Layout, Trip, Vehicle
from backend.transport.selectors.programme import overlapping, readiness_of
from backend.transport.selectors.settings import programme_settings
from backend.transport.services import fleet, planning, trips
from backend.transport.services.planning_trips import make_trip

AREA_SAVED = "transport.area_saved"
"""The subject is the area."""

DESTINATION_SAVED = "transport.destination_saved"
"""The subject is the destination. Payload: moved, when it has another place on the map."""


VEHICLE_GIVEN = "vehicle_given"
"""The subject is the trip. Payload: vehicle, layout (keys)."""


class VehicleBusy(Conflict):
    """The bus is on another trip at that time: `trip`."""

    def __init__(self, message: str, trip: Trip) -> None:
        super().__init__(message)
        self.trip = trip


class VehicleHindered(Conflict):
    """The bus may not be driven on that date: `why` says it."""

    def __init__(self, message: str, why: LeftOut) -> None:
        super().__init__(message)
        self.why = why


@dataclass(frozen=True)
class Facts:
    """What a series gives to each of its trips, and a single trip has of its own."""

    area: Area
    destination: Destination
    layout: Layout
    title: str = ""
    note: str = ""
    shift_minutes: int = 120
    max_rounds: int = 2

    def as_fields(self) -> dict[str, object]:
        """For a row: the vehicle is the layout's."""
        return {**{one.name: getattr(self, one.name) for one in fields(self)}, "vehicle": self.layout.vehicle}


@transaction.atomic
def save_area(organisation: Organisation, *, name: str, postcodes: list[str], pk: int | None, actor: Actor) -> Area:
    """A neighbourhood with a programme of its own. Raises Conflict when the name is taken."""
    area = Area.objects.select_for_update().get(pk=pk) if pk else Area(organisation=organisation)
    area.name, area.postcodes = name, postcodes
    if not _is_saved(area):
        raise Conflict("There is an area of this name already. Choose another name.")
    _tell(AREA_SAVED, "area", area.pk, organisation, actor)
    return area


@transaction.atomic
def save_destination(
    organisation: Organisation, known: dict[str, object], *, pk: int | None, actor: Actor
) -> Destination:
    """Where trips go; trips that were planned go where it is now. Raises Conflict when the name is taken."""
    found = Destination.objects.select_for_update().get(pk=pk) if pk else Destination(organisation=organisation)
    was = (found.latitude, found.longitude)
    for name, value in known.items():
        setattr(found, name, value)
    if not _is_saved(found):
        raise Conflict("There is a destination of this name already. Choose another name.")
    moved = pk is not None and was != (found.latitude, found.longitude)
    _tell(DESTINATION_SAVED, "destination", found.pk, organisation, actor, moved=moved)
    return found


@transaction.atomic
def add_trip(organisation: Organisation, facts: Facts, *, day: date, times: Times, actor: Actor, now: datetime) -> Trip:
    """A trip on one local date, of no series.

    Raises RondjeError when it lies in the past or cannot be driven in its times, VehicleBusy, VehicleHindered.
    """
    check_facts(organisation, facts, times)
    found = moments_for(organisation, facts, day, times)
    if found.leaves_at <= now:
        raise RondjeError("The bus would have left already. Choose a later day or time.")
    check_vehicle(facts.layout, day, found)
    trip = Trip(organisation=organisation, date=day, **facts.as_fields())
    _write(lambda: make_trip(trip, found, actor), trip.vehicle, found)
    return trip


@transaction.atomic
def give_other_vehicle(trip_id: int, layout: Layout, *, actor: Actor, now: datetime) -> Trip:
    """Another vehicle drives a coming trip; its rounds are planned anew from the other garage.

    Raises Conflict when the trip has begun, or somebody who has booked would have no place; VehicleBusy,
    VehicleHindered.
    """
    layout = fleet.locked_layout(layout.pk)
    trip = trips.locked(trip_id)
    if trip.state != Trip.State.PLANNED or trip.leaves_at <= now:
        raise Conflict("This trip has begun, or is over. Choose a coming trip.")
    if layout.vehicle.organisation_id != trip.organisation_id:
        raise NotAllowed("This is not one of your organisation's. Choose another one.")
    found = Moments(trip.leaves_at, trip.returns_at, trip.ends_at, trip.cutoff_at)
    check_vehicle(layout, trip.date, found, of=trip)
    trip.vehicle, trip.layout = layout.vehicle, layout
    _write(lambda: trip.save(update_fields=["vehicle", "layout"]), layout.vehicle, found)
    if planning.replan(trip, now, actor=actor):
        raise Conflict("Not everybody who has booked has a place in this bus. Choose one with more room.")
    trips.tell(trip, VEHICLE_GIVEN, actor, vehicle=layout.vehicle_id, layout=layout.pk)
    return trip


def moments_for(organisation: Organisation, facts: Facts, day: date, times: Times) -> Moments:
    """The instants (UTC) of a trip."""
    return moments(
        day,
        times,
        shift_minutes=facts.shift_minutes,
        cutoff=programme_settings(organisation).cutoff,
        zone=zone_of(organisation),
    )


def check_facts(organisation: Organisation, facts: Facts, times: Times) -> None:
    """Raise RondjeError when the trip could not be driven so, NotAllowed for what is another organisation's."""
    owners = {facts.area.organisation_id, facts.destination.organisation_id, facts.layout.vehicle.organisation_id}
    if owners != {organisation.pk}:
        raise NotAllowed("This is not one of your organisation's. Choose another one.")
    there = _minutes(times.returns_at) - _minutes(times.leaves_at)
    if there <= 0:
        raise RondjeError("The bus would return before it leaves. Exchange the two times.")
    if there < facts.shift_minutes:
        raise RondjeError(
            "The bus could still be fetching people when it should return. Let it return later, or give it less time."
        )


def check_vehicle(layout: Layout, day: date, found: Moments, *, of: Trip | None = None) -> None:
    """Raise VehicleHindered or VehicleBusy when the bus cannot be used then, for a trip that is not in its own way."""
    vehicle = layout.vehicle
    why = hindered(day, readiness_of(vehicle))
    if why is not None:
        raise VehicleHindered("The bus may not be driven on that day. Choose another bus or another day.", why)
    busy = overlapping(vehicle, found).exclude(pk=of.pk if of else 0).first()
    if busy is not None:
        raise VehicleBusy("The bus is on another trip at that time. Choose another bus or another time.", busy)


def _write(write: Callable[[], object], vehicle: Vehicle, found: Moments) -> None:
    """Give a trip this vehicle between these instants. Raises VehicleBusy when another has got it meanwhile."""
    try:
        exclusion.in_turn(write)
    except IntegrityError as error:
        busy = overlapping(vehicle, found).first()
        if busy is None:
            raise
        raise VehicleBusy("The bus has just been given to another trip. Choose another bus or time.", busy) from error


def _minutes(wall: time) -> int:
    return wall.hour * 60 + wall.minute


def _is_saved(row: Area | Destination) -> bool:
    """False when another row has its name."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return False
    return True


def _tell(kind: str, subject: str, pk: int, organisation: Organisation, actor: Actor, **payload: object) -> None:
    record(
        kind=kind,
        subject_kind=subject,
        subject_id=pk,
        organisation_id=organisation.pk,
        actor=actor,
        payload=payload,
    )
