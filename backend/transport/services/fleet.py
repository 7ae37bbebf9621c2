"""Vehicles: how they are furnished, their papers, and the days on which they stay in the garage."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict, RondjeError
from backend.events.services import record
from backend.people.models import Organisation
from backend.transport.models import Booking, Layout, OutOfService, Trip, Vehicle, VehiclePaper
from backend.transport.models.fleet import LICENCE_B_PASSENGERS

VEHICLE_CHANGED = "transport.vehicle_changed"
"""The subject is the vehicle. Payload: what (saved, layout, paper, out_of_service, in_service); moved,
when its garage has another place on the map."""


@transaction.atomic
def save_vehicle(organisation: Organisation, known: dict[str, object], *, pk: int | None, actor: Actor) -> Vehicle:
    """A vehicle with its garage. Raises Conflict when the name is taken."""
    vehicle = Vehicle.objects.select_for_update().get(pk=pk) if pk else Vehicle(organisation=organisation)
    was = (vehicle.latitude, vehicle.longitude)
    for name, value in known.items():
        setattr(vehicle, name, value)
    try:
        with transaction.atomic():
            vehicle.save()
    except IntegrityError as error:
        raise Conflict("There is a bus of this name already. Choose another name.") from error
    _tell(vehicle, "saved", actor, moved=pk is not None and was != (vehicle.latitude, vehicle.longitude))
    return vehicle


@transaction.atomic
def save_layout(
    vehicle: Vehicle,
    *,
    name: str,
    seats: int,
    wheelchair_places: int,
    rollator_places: int,
    pk: int | None,
    actor: Actor,
    now: datetime,
) -> Layout:
    """One way of furnishing a vehicle; `seats` with the host's, without the driver's.

    Raises RondjeError when it does not fit licence B or leaves room for nobody, Conflict when the name is taken or
    people have booked on trips with this layout, which would have less room.
    """
    check_layout(seats=seats, wheelchair_places=wheelchair_places)
    layout = Layout.objects.select_for_update().get(pk=pk) if pk else Layout(vehicle=vehicle)
    room = {"seats": seats, "wheelchair_places": wheelchair_places, "rollator_places": rollator_places}
    if pk and any(room[part] < getattr(layout, part) for part in room) and _is_booked(layout, now):
        raise Conflict(
            "People have booked on trips with this layout, and there would be less room. "
            "Add a new layout, and choose it for later trips."
        )
    layout.name = name
    for part, value in room.items():
        setattr(layout, part, value)
    try:
        with transaction.atomic():
            layout.save()
    except IntegrityError as error:
        raise Conflict("This bus has a layout of this name already. Choose another name.") from error
    _tell(vehicle, "layout", actor, layout=layout.pk)
    return layout


def locked_layout(layout_id: int) -> Layout:
    """A layout as it is, which nobody changes until the end of the transaction. Its lock comes before a trip's."""
    known = Layout.objects.select_related("vehicle__organisation").select_for_update(of=("self",), no_key=True)
    return known.get(pk=layout_id)


def check_layout(*, seats: int, wheelchair_places: int) -> None:
    """Raise RondjeError when a layout needs another licence, or has no seat for the host and somebody else.

    Licence B: at most eight people besides the driver, whoever sits in a wheelchair included.
    """
    if seats + wheelchair_places > LICENCE_B_PASSENGERS:
        raise RondjeError(
            "On licence B the bus carries at most eight people besides the driver, wheelchairs and host included. "
            "Take away seats or wheelchair places."
        )
    if seats < 2:
        raise RondjeError("There must be at least two seats: one for the host, and one for somebody else.")


@transaction.atomic
def set_paper(vehicle: Vehicle, *, kind: str, valid_until: date, actor: Actor) -> VehiclePaper:
    """A paper, or a service, holds up to and including a local date; after that the bus stays in the garage."""
    paper, _made = VehiclePaper.objects.update_or_create(
        vehicle=vehicle, kind=VehiclePaper.Kind(kind), defaults={"valid_until": valid_until}
    )
    _tell(vehicle, "paper", actor, kind=kind, until=valid_until.isoformat())
    return paper


@transaction.atomic
def take_out(vehicle: Vehicle, *, first_day: date, last_day: date, reason: str, actor: Actor) -> OutOfService:
    """The vehicle cannot be used on these local dates, both included. Raises RondjeError for dates in wrong order."""
    if last_day < first_day:
        raise RondjeError("The last day lies before the first. Exchange the two dates.")
    row = OutOfService.objects.create(vehicle=vehicle, first_day=first_day, last_day=last_day, reason=reason)
    _tell(vehicle, "out_of_service", actor, first_day=first_day.isoformat(), last_day=last_day.isoformat())
    return row


@transaction.atomic
def put_back(row: OutOfService, *, actor: Actor) -> None:
    """The vehicle can be used on those dates after all."""
    row.delete()
    _tell(row.vehicle, "in_service", actor, first_day=row.first_day.isoformat())


def _is_booked(layout: Layout, now: datetime) -> bool:
    """Somebody has a place on a coming trip with this layout. The latest trips are locked, so that nobody books now."""
    coming = Trip.objects.filter(layout=layout, state=Trip.State.PLANNED, ends_at__gt=now).order_by("pk")
    keys = [trip.pk for trip in coming.select_for_update(of=("self",))]
    return Booking.objects.filter(trip__in=keys, state=Booking.State.BOOKED).exists()


def _tell(vehicle: Vehicle, what: str, actor: Actor, **payload: object) -> None:
    record(
        kind=VEHICLE_CHANGED,
        subject_kind="vehicle",
        subject_id=vehicle.pk,
        organisation_id=vehicle.organisation_id,
        actor=actor,
        payload={"what": what, **payload},
    )
