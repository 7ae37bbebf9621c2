"""It goes wrong: one action stops a trip, replaces its bus or driver, or shifts it; the list of calls follows from it.

Everything is done in one transaction under the trip's lock: the rides, the list of who is to be told, and the case
about those who have to get home without the bus.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from backend.common import exclusion
from backend.common.actors import SYSTEM, Actor
from backend.common.errors import Conflict, NotFound, RondjeError
from backend.incidents.models import Incident
from backend.incidents.selectors import BUS_SOURCE
from backend.incidents.services.of_the_bus import Wrong
from backend.people.models import Person
from backend.people.services import engagements
from backend.transport.domain.disruption import FROM_HOME, Part, Where, is_near
from backend.transport.domain.money import TRIP_CANCELLED
from backend.transport.models import Booking, CrewDuty, Disruption, DisruptionNotice, Layout, Ride, Trip
from backend.transport.models.crew import Task
from backend.transport.selectors.crew import source_of
from backend.transport.selectors.disruption import STOPPED, Standing, last_of, notices_of, other_buses, standings
from backend.transport.services import asked, crew, crew_asking, disruption_calls, shifting, trips, unfinished
from backend.transport.services.cases import open_case

AT_HOME = "at_home"
WAYS_HOME = ("family", "taxi", "other_bus", "walks", AT_HOME)
"""How somebody gets home without the bus; at_home: they had not left, or are home already."""

LONGEST_SHIFT = 240
"""Minutes. Whatever is later than this is another trip."""


@dataclass(frozen=True)
class Cause:
    """What went wrong, who says so, and when (UTC).

    `seen` is the last disruption of this trip that whoever acts had before them, 0 when there was none; None when
    nobody looked. Pressed twice, or by two people, it is done once: the second did not see the first.
    """

    kind: Disruption.Kind
    actor: Actor
    now: datetime
    seen: int | None = None


@transaction.atomic
def stop(trip_id: int, cause: Cause, *, ways_home: Mapping[int, str]) -> Disruption:
    """The trip is not driven, or not any further. `ways_home` says for bookings how their people get home.

    Who is away from home without a way home is in a case until somebody has seen to it. Raises Conflict for a trip that
    is over, RondjeError for a way home that does not exist.
    """
    if set(ways_home.values()) - set(WAYS_HOME):
        raise RondjeError("Choose how they get home.")
    trip = _open_trip(trip_id)
    people = standings(trip, cause.now)
    crew = _crew_to_tell(trip, cause)
    from_home = [one for one in people if one.is_from_home]
    waiting: list[Listed] = []
    disruption = _disruption(trip, cause, Disruption.Action.STOP)
    if trip.state == Trip.State.PLANNED and not from_home:
        waiting = _waiting(trip)
        trips.cancel(trip_id=trip.pk, because=cause.kind.value, actor=cause.actor, now=cause.now)
    else:
        _stop_on_the_road(trip, people, ways_home, cause)
    _begin_list(disruption, people, crew + waiting, cause, ways_home)
    stranded = [one.booking.person for one in from_home if not ways_home.get(one.booking.pk)]
    if stranded:
        _open_stranded(trip, disruption, stranded, cause)
    return disruption


@transaction.atomic
def shift(trip_id: int, cause: Cause, *, minutes: int, part: Part) -> Disruption:
    """What is still to come of this part goes so many minutes later, promises included.

    Raises RondjeError for minutes that make no sense, Conflict when bus or people are elsewhere then.
    """
    trip = _open_trip(trip_id)
    disruption = _disruption(trip, cause, Disruption.Action.SHIFT, minutes=minutes, part=part)
    _shift(trip, disruption, cause)
    return disruption


@transaction.atomic
def replace_vehicle(trip_id: int, cause: Cause, *, layout_id: int, minutes: int = 0) -> Disruption:
    """Another bus of the organisation drives on, so many minutes later.

    Raises Conflict for a bus that is not free, or in which somebody does not fit: says who, and why.
    """
    # As in `fleet.locked_layout`: nobody takes seats out of it meanwhile.
    Layout.objects.select_for_update(no_key=True).filter(pk=layout_id).first()
    trip = _open_trip(trip_id)
    chosen = next((one for one in other_buses(trip) if one.layout.pk == layout_id), None)
    if chosen is None:
        raise Conflict("That bus is not free for this trip any more. Choose another one.")
    if chosen.no_room:
        names = ", ".join(booking.person.name for booking, _why in chosen.no_room)
        words = _("Not everybody fits in that bus: %(names)s. Choose another one, or stop the trip.")
        raise Conflict(words % {"names": names})
    disruption = _disruption(trip, cause, Disruption.Action.REPLACE, minutes=minutes)
    trip.vehicle, trip.layout = chosen.layout.vehicle, chosen.layout
    if minutes:
        _shift(trip, disruption, cause)
    else:
        _keep(trip, cause.now)
        _told(disruption, cause, notices=0)
    return disruption


@transaction.atomic
def replace_driver(trip_id: int, cause: Cause, *, minutes: int = 0) -> Disruption:
    """The driver drops out: others are asked, those who stand by first. On the road people are alerted at once."""
    trip = _open_trip(trip_id)
    disruption = _disruption(trip, cause, Disruption.Action.REPLACE, minutes=minutes)
    duty = trip.crew.filter(task=Task.DRIVER).exclude(state=CrewDuty.State.OPEN).first()
    if duty is not None and trip.state == Trip.State.PLANNED:
        crew.drop_out(duty_id=duty.pk, actor=cause.actor, now=cause.now, because=cause.kind.value)
    elif trip.state == Trip.State.UNDERWAY:
        _without_a_driver(trip, disruption, duty, cause)
    if minutes:
        _shift(trip, disruption, cause)
    else:
        trips.changed(trip)
        _told(disruption, cause, notices=0)
    return disruption


@transaction.atomic
def record_way_home(*, trip_id: int, booking_id: int, way: str, actor: Actor, now: datetime) -> None:
    """Somebody whom the bus left behind gets home in this way. Raises NotFound for who is not on the list."""
    if way not in WAYS_HOME:
        raise RondjeError("Choose how they get home.")
    trip = _open_trip(trip_id)
    notice = notices_of(trip).filter(booking_id=booking_id).first()
    if notice is None:
        raise NotFound("This person is not on the list of this trip any more.")
    notice.way_home, notice.way_home_by, notice.way_home_at = way, actor.who, now
    notice.save(update_fields=["way_home", "way_home_by", "way_home_at"])
    if way != AT_HOME:
        disruption_calls.tell_more(notice)
    _cancel_to_come(trip, booking_id)
    trips.tell(trip, "way_home", actor, booking=booking_id, way=way)
    trips.changed(trip)
    disruption_calls.go_on(trip, now)


def seen_after_stop(trip: Trip, now: datetime) -> None:
    """Ticks came in after the trip was stopped on the road: whoever turns out to be away from home joins list and case.

    Somebody who had cancelled and came along, or whose tick was late. Under the trip's lock.
    """
    if trip.state != Trip.State.UNDERWAY or trip.started_at is None:
        return
    stopped = trip.disruptions.filter(action=Disruption.Action.STOP, at__gte=trip.started_at).order_by("-pk").first()
    if stopped is None:
        return
    known = notices_of(trip).filter(Q(whereabouts__in=FROM_HOME, disruption=stopped) | ~Q(way_home=""))
    listed = set(known.values_list("person_id", flat=True))
    found = [one for one in standings(trip, now) if one.is_from_home and one.booking.person_id not in listed]
    if not found:
        return
    cause = Cause(Disruption.Kind(stopped.kind), SYSTEM, now)
    people = [one.booking.person for one in found]
    disruption_calls.supersede(trip, {person.pk for person in people}, now)
    for one in found:
        DisruptionNotice.objects.update_or_create(
            disruption=stopped,
            person=one.booking.person,
            defaults={
                "booking": one.booking,
                "order": 0,
                "whereabouts": one.where.value,
                "state": DisruptionNotice.State.OPEN,
                "texts": 0,
                "calls": 0,
            },
        )
    _open_stranded(trip, stopped, people, cause)
    disruption_calls.go_on(trip, now)


@transaction.atomic
def tell_of_cancelled(trip_id: int, booking_ids: Iterable[int], cause: Cause) -> Disruption | None:
    """A trip was taken out of the programme: everybody who had a place or waited for one is told. None when all of
    them are on a list.

    Its crew is told by whoever looks after crews. A trip that was restored may be cancelled again: then they hear it
    again.
    """
    trip = trips.locked(trip_id)
    if trip.state != Trip.State.CANCELLED:
        return None
    stops = DisruptionNotice.objects.filter(disruption__trip=trip, disruption__action=Disruption.Action.STOP)
    told_before = stops.exclude(booking=None).exclude(state=DisruptionNotice.State.SUPERSEDED).values("booking")
    ended = trip.bookings.filter(pk__in=list(booking_ids), cancelled_because=TRIP_CANCELLED)
    bookings = ended.exclude(pk__in=told_before)
    rows = list(bookings.select_related("person__organisation").prefetch_related("person__phones").order_by("pk"))
    if not rows:
        return None
    disruption = _disruption(trip, cause, Disruption.Action.STOP)
    waited = set(bookings.filter(rides=None).values_list("pk", flat=True))
    listed: list[Listed] = [(row.person, row, Where.HOME, "") for row in rows if row.pk not in waited]
    listed += [(row.person, row, Where.WAITING, "") for row in rows if row.pk in waited]
    _write_notices(disruption, listed, cause)
    return disruption


def tell_of_restored(trip: Trip, listed: "list[Listed]", actor: Actor, now: datetime) -> Disruption:
    """A trip that was cancelled is driven after all: these people hear so. Under the trip's lock."""
    last = trip.disruptions.order_by("-pk").values_list("kind", flat=True).first()
    cause = Cause(Disruption.Kind(last or Disruption.Kind.OTHER), actor, now)
    disruption = _disruption(trip, cause, Disruption.Action.RESTORE)
    _write_notices(disruption, listed, cause)
    return disruption


def _open_trip(trip_id: int) -> Trip:
    trip = trips.locked(trip_id)
    if trip.state not in (Trip.State.PLANNED, Trip.State.UNDERWAY):
        raise Conflict("This trip is over or has been cancelled already.")
    return trip


def _disruption(
    trip: Trip, cause: Cause, action: Disruption.Action, *, minutes: int = 0, part: Part = Part.BOTH
) -> Disruption:
    if not 0 <= minutes <= LONGEST_SHIFT or (action == Disruption.Action.SHIFT and not minutes):
        raise RondjeError("Give a number of minutes between 1 and 240.")
    if cause.seen is not None and cause.seen != last_of(trip):
        raise Conflict("Somebody has just done something about this trip. Look at the list; nothing was done twice.")
    return Disruption.objects.create(
        trip=trip,
        kind=cause.kind,
        action=action,
        shift_minutes=minutes,
        part=part.value,
        at=cause.now,
        by=cause.actor.who,
    )


def _stop_on_the_road(trip: Trip, people: list[Standing], ways_home: Mapping[int, str], cause: Cause) -> None:
    """Who is at home is not fetched any more. Who is away keeps the ride home until there is another way home."""
    at_home = [one.booking for one in people if not one.is_from_home]
    trip.rides.filter(booking__in=at_home, state=Ride.State.PLANNED).update(state=Ride.State.CANCELLED)
    trip.bookings.filter(pk__in=[booking.pk for booking in at_home]).update(
        state=Booking.State.CANCELLED, cancelled_at=cause.now, cancelled_because=STOPPED
    )
    for booking in at_home:
        engagements.release(trips.source_of(booking))
    for booking_id in ways_home:
        _cancel_to_come(trip, booking_id)
    asked.end(trip, cause.actor, cause.now)
    # It may be that nobody has ticked that the bus left: what is not known is on the road.
    trip.state, trip.started_at = Trip.State.UNDERWAY, trip.started_at or trip.leaves_at
    trip.save(update_fields=["state", "started_at"])
    trips.changed(trip)


def _cancel_to_come(trip: Trip, booking_id: int) -> None:
    trip.rides.filter(booking=booking_id, state=Ride.State.PLANNED).update(state=Ride.State.CANCELLED)


def _open_stranded(trip: Trip, disruption: Disruption, people: list[Person], cause: Cause) -> None:
    """One case that lists them; when a person has ended it and others are found later, another one."""
    earlier = Incident.objects.filter(source_kind=BUS_SOURCE, source_id=trip.pk, kind=Incident.Kind.STRANDED)
    number = earlier.filter(state=Incident.State.CLOSED).count()
    open_case(
        trip,
        Incident.Kind.STRANDED,
        people,
        cause=f"stranded:{disruption.pk}:{number}",
        now=cause.now,
        actor=cause.actor,
        details={"reason": cause.kind.value},
    )


def _shift(trip: Trip, disruption: Disruption, cause: Cause) -> None:
    part, span = Part(disruption.part), timedelta(minutes=disruption.shift_minutes)
    people = [one for one in standings(trip, cause.now) if _is_shifted(one, part)]
    shifting.shift(trip, part, span)
    _keep(trip, cause.now)
    _begin_list(disruption, people, _crew_to_tell(trip, cause), cause, {})
    if not is_near(trip.leaves_at, cause.now):
        for duty in crew.duties_of(trip):
            if duty.state == CrewDuty.State.CONFIRMED and duty.person is not None:
                crew_asking.tell(duty.person, duty, "moved", cause.now)


def _is_shifted(one: Standing, part: Part) -> bool:
    return one.booking.state == Booking.State.BOOKED and one.passenger.has_to_come(part)


def _keep(trip: Trip, now: datetime) -> None:
    """Its bus and its times, which whoever has an older manifest must be able to see."""
    try:
        exclusion.in_turn(lambda: trip.save(update_fields=["vehicle", "layout", "leaves_at", "returns_at", "ends_at"]))
    except IntegrityError as error:
        raise Conflict("The bus has just been given to another trip. Choose another bus or time.") from error
    trips.changed(trip)
    crew.look_soon(trip.pk, now)
    unfinished.look_soon(trip, now)


def _without_a_driver(trip: Trip, disruption: Disruption, duty: CrewDuty | None, cause: Cause) -> None:
    """The bus stands still with people on board or waiting for it: there is no time to ask one after the other."""
    if duty is not None:
        engagements.release(source_of(trip.pk, duty.task))
        crew.move(duty, CrewDuty.State.OPEN, None, cause.now)
    open_case(
        trip,
        Incident.Kind.RUN,
        [],
        cause=f"driver:{disruption.pk}",
        now=cause.now,
        actor=cause.actor,
        details={"reason": Wrong.NO_CREW.value, "tasks": [Task.DRIVER.value]},
    )


def _crew_to_tell(trip: Trip, cause: Cause) -> "list[Listed]":
    """Driver and host, but for the one who has told us. Of a later trip they hear as of any other news of theirs."""
    if not is_near(trip.leaves_at, cause.now):
        return []
    duties = trip.crew.filter(state=CrewDuty.State.CONFIRMED).select_related("person__organisation")
    duties = duties.prefetch_related("person__phones")
    if cause.kind == Disruption.Kind.DRIVER_ILL:
        duties = duties.exclude(task=Task.DRIVER)
    return [(duty.person, None, Where.CREW, "") for duty in duties.order_by("task") if duty.person is not None]


def _waiting(trip: Trip) -> "list[Listed]":
    """Who waits for a seat, in the order in which they came."""
    rows = trip.bookings.filter(state=Booking.State.WAITING).select_related("person__organisation")
    ordered = rows.prefetch_related("person__phones").order_by("booked_at", "pk")
    return [(row.person, row, Where.WAITING, "") for row in ordered]


Listed = tuple[Person, Booking | None, Where, str]
"""Somebody to tell: with a booking or of the crew, where they are, and the way home that is known."""


def _begin_list(
    disruption: Disruption, people: list[Standing], crew: list[Listed], cause: Cause, ways_home: Mapping[int, str]
) -> None:
    listed: list[Listed] = [
        (one.booking.person, one.booking, one.where, ways_home.get(one.booking.pk, "")) for one in people
    ]
    _write_notices(disruption, listed + crew, cause)


def _write_notices(disruption: Disruption, listed: list[Listed], cause: Cause) -> None:
    """Whom to tell, once each, in this order; and the first calls."""
    trip = disruption.trip
    once: dict[int, Listed] = {}
    for one in listed:
        once.setdefault(one[0].pk, one)
    disruption_calls.supersede(trip, set(once), cause.now)
    for order, (person, booking, where, way_home) in enumerate(once.values()):
        DisruptionNotice.objects.create(
            disruption=disruption,
            booking=booking,
            person=person,
            order=order,
            whereabouts=where.value,
            way_home=way_home,
            way_home_by=cause.actor.who if way_home else "",
            way_home_at=cause.now if way_home else None,
        )
    _told(disruption, cause, notices=len(once))
    disruption_calls.go_on(trip, cause.now)


def _told(disruption: Disruption, cause: Cause, *, notices: int) -> None:
    trips.tell(
        disruption.trip,
        "disrupted",
        cause.actor,
        disruption=disruption.pk,
        why=cause.kind.value,
        action=disruption.action,
        minutes=disruption.shift_minutes,
        notices=notices,
    )
