"""The list of a trip, for driver and host: the stops in the order of the bus, and who is at each of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from backend.people.models import Organisation
from backend.people.selectors import local_date, usable_lines
from backend.transport.domain import stops
from backend.transport.domain.run import EARLIEST, Reason, Run, Standing, State, Way, Why, why_kept
from backend.transport.domain.stops import Kind, Stop
from backend.transport.models import Booking, ManifestEntry, Payment, Ride, Trip
from backend.transport.selectors.disruption import STOPPED, stopped_at
from backend.transport.selectors.first_rides import marked
from backend.transport.selectors.run import not_home, run_of


@dataclass(frozen=True)
class Passenger:
    """One way of somebody for the crew. `phone` (E.164) is empty but on the day. `came_along`: had cancelled.

    `way_there` is, on the way home, the key of their ride there.
    """

    ride: Ride
    standing: Standing
    name: str
    address: str
    door_note: str
    phone: str
    aids: tuple[str, ...]
    payment: Payment | None
    came_along: bool
    way_there: int | None

    @property
    def state(self) -> State:
        """Where this way is."""
        return self.standing.state

    @property
    def companions(self) -> int:
        """How many ride along with them, for free."""
        return self.ride.booking.companions


@dataclass(frozen=True)
class StopOnList:
    """A stop with its people. `at` (UTC) is when the bus is there by plan."""

    stop: Stop
    passengers: tuple[Passenger, ...]
    at: datetime
    is_over: bool

    @property
    def kind(self) -> Kind:
        """What is done there."""
        return self.stop.kind

    @property
    def round(self) -> int:
        """Which round of its way, from 1."""
        return self.stop.round_number + 1


@dataclass(frozen=True)
class Kept:
    """A tick that is kept and does not count."""

    entry: ManifestEntry
    name: str
    why: Why


@dataclass(frozen=True)
class Manifest:
    """The whole list as it is now. `version` is the plan's; `ticks` is how many have come in.

    `may_tick`: its day has come; a list that is read the evening before ticks nobody off. From `starts_from` (UTC) on
    the bus can be started, which `may_start` says. From `stopped_at` (UTC) on nobody is fetched any more.
    """

    trip: Trip
    organisation: Organisation
    version: int
    may_tick: bool
    may_start: bool
    starts_from: datetime
    stopped_at: datetime | None
    stops: tuple[StopOnList, ...]
    states: dict[int, State]
    not_home: tuple[tuple[str, Reason], ...]
    kept: tuple[Kept, ...]
    ticks: int

    @property
    def rounds(self) -> int:
        """How many rounds one way has at most."""
        return max((stop.round for stop in self.stops), default=1)


def manifest_of(trip: Trip, now: datetime) -> Manifest:
    """The list of a trip at `now` (UTC), in a constant number of queries."""
    run, today, stopped = run_of(trip), local_date(trip.organisation, now), stopped_at(trip)
    left_behind = _left_behind(trip) if stopped else set()
    people = _people(trip, run, left_behind, is_the_day=today == trip.date)
    shown = [ride for ride in run.rides if ride.ride in people]
    states = stops.seen_from_the_bus(shown, run.states())
    found = tuple(_stop(stop, people, states) for stop in stops.stops_of(shown))
    names = {one.ride.booking.person_id: one.name for one in people.values()}
    return Manifest(
        trip=trip,
        organisation=trip.organisation,
        version=trip.plan_version,
        may_tick=today >= trip.date,
        may_start=now >= trip.leaves_at - EARLIEST,
        starts_from=trip.leaves_at - EARLIEST,
        stopped_at=stopped,
        stops=found,
        states={ride: states[ride] for ride in people},
        not_home=tuple((names.get(reason.person, ""), reason) for reason in not_home(trip, run)),
        kept=tuple(_kept(trip, run)),
        ticks=len(run.entries),
    )


def _left_behind(trip: Trip) -> set[int]:
    """Rides from home that a stop has ended. They stay on the list: the crew may have fetched them, unknown to us."""
    by_us = Q(booking__state=Booking.State.BOOKED) | Q(booking__cancelled_because=STOPPED)
    ended = trip.rides.filter(by_us, way=Ride.Way.THERE, state=Ride.State.CANCELLED)
    return set(ended.values_list("pk", flat=True))


def _people(trip: Trip, run: Run, left_behind: set[int], *, is_the_day: bool) -> dict[int, Passenger]:
    """Everybody the plan has, who had cancelled but came along (both ways of theirs), and whom a stop left behind."""
    came = {ride.person for ride in run.rides if ride.is_cancelled and _has_come(run, ride.ride)}
    known = {ride.ride: ride for ride in run.rides if run.meant(ride.ride) == ride}
    there = {ride.person: ride.ride for ride in known.values() if ride.way is Way.THERE}
    rows = marked(trip.rides.filter(pk__in=known)).select_related("booking__person__home", "booking__payment__tariff")
    rows = rows.prefetch_related("booking__person__phones", "booking__person__aids")
    return {
        row.pk: _passenger(
            row,
            run.standing(row.pk),
            is_the_day=is_the_day,
            came_along=known[row.pk].is_cancelled and known[row.pk].person in came,
            way_there=there.get(known[row.pk].person) if row.way == Way.HOME else None,
        )
        for row in rows
        if not known[row.pk].is_cancelled or known[row.pk].person in came or row.pk in left_behind
    }


def _has_come(run: Run, ride: int) -> bool:
    return run.standing(ride).state not in (State.CANCELLED, State.PLANNED)


def _passenger(
    ride: Ride, standing: Standing, *, is_the_day: bool, came_along: bool, way_there: int | None
) -> Passenger:
    person = ride.booking.person
    home = getattr(person, "home", None)
    lines = usable_lines(person)
    town = f"{person.postcode} {person.place}".strip()
    return Passenger(
        ride=ride,
        standing=standing,
        name=f"{person.title} {person.name}".strip(),
        address=", ".join(part for part in (person.address, town) if part),
        door_note=home.door_note if home else "",
        phone=lines[0] if lines and is_the_day else "",
        aids=tuple(sorted(aid.kind for aid in person.aids.all())),
        payment=getattr(ride.booking, "payment", None),
        came_along=came_along,
        way_there=way_there,
    )


def _stop(stop: Stop, people: dict[int, Passenger], states: dict[int, State]) -> StopOnList:
    passengers = tuple(people[ride] for ride in stop.rides)
    rides = [one.ride for one in passengers]
    when = {
        Kind.FETCH: min(ride.planned_at for ride in rides),
        Kind.ARRIVE: max(ride.arrives_at for ride in rides),
        Kind.BOARD: min(ride.boards_at for ride in rides),
        Kind.BRING: min(ride.planned_at for ride in rides),
    }
    return StopOnList(stop, passengers, when[stop.kind], stops.is_over(stop, states))


def _kept(trip: Trip, run: Run) -> list[Kept]:
    found = ((entry.id, why_kept(run, entry)) for entry in run.entries)
    whys = {key: why for key, why in found if why is not None}
    rows = ManifestEntry.objects.filter(trip=trip, pk__in=whys).select_related("ride__booking__person").order_by("at")
    return [Kept(row, row.ride.booking.person.name, whys[row.pk]) for row in rows]
