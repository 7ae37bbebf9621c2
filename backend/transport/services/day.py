"""The day of a trip: it starts, what driver and host tick is taken in, and it is closed when everybody is home.

Every function takes the trip's lock. Ticks are facts: they are never refused, whatever the trip's state.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.common.actors import SYSTEM, Actor
from backend.common.errors import Conflict
from backend.events.services import cancel_timer
from backend.incidents.services import of_the_bus
from backend.people.selectors import local_date
from backend.people.services import sightings
from backend.transport.domain import run as rules
from backend.transport.domain.run import PLACE, Answer, Entry, Reason, Run, Standing, State, Way, What, Why
from backend.transport.models import ManifestEntry, Ride, Trip
from backend.transport.models.crew import Task
from backend.transport.selectors.crew import missing
from backend.transport.selectors.run import PAPER, entry_of, not_home, run_of
from backend.transport.services import disruption, near, not_there, unfinished
from backend.transport.services.trips import locked, tell


class NotHome(Conflict):
    """The run may not be closed. `reasons` say of whom it is not known that they are home."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("This run cannot be closed: it is not known of everybody that they are home.")
        self.reasons = tuple(reasons)


@dataclass(frozen=True)
class Tick:
    """What a telephone or a sheet of paper says. `key` is made by the telephone: sent twice, it is one.

    `takes_back`: UNDONE of this entry, which was corrected.
    """

    key: UUID
    ride: int
    what: What
    at: datetime
    plan_version: int
    takes_back: UUID | None = None


@dataclass(frozen=True)
class Taken:
    """What became of a tick."""

    key: UUID
    ride: int
    answer: Answer
    why: Why | None


@transaction.atomic
def start(*, trip_id: int, actor: Actor, now: datetime) -> Trip:
    """The bus leaves. Started twice, it is started once.

    Raises:
        Conflict: the trip is over or cancelled, it is too early (whoever should drive or come along is still being
            asked), or nobody has confirmed to drive, or to host.
    """
    trip = locked(trip_id)
    if trip.state == Trip.State.UNDERWAY:
        return trip
    if trip.state != Trip.State.PLANNED:
        raise Conflict("This trip is over or has been cancelled. Ring the planner if people are waiting.")
    if local_date(trip.organisation, now) < trip.date:
        raise Conflict("This trip is on another day. Nothing has been started.")
    if now < trip.leaves_at - rules.EARLIEST:
        raise Conflict("It is too early: the bus can be started from an hour before it leaves. Nothing was started.")
    lacking = missing(trip)
    if Task.DRIVER in lacking:
        raise Conflict("Nobody has confirmed to drive this trip. The planner has to put somebody on it first.")
    if Task.HOST in lacking:
        raise Conflict("Nobody has confirmed to host this trip. The planner has to put somebody on it first.")
    run = run_of(trip)
    _started(trip, actor, at=now, now=now)
    near.tell_next(trip, run, last_tick=now, now=now)
    return trip


@transaction.atomic
def record(*, trip_id: int, ticks: Iterable[Tick], device_now: datetime, actor: Actor, now: datetime) -> list[Taken]:
    """Take in what a telephone ticked, in the order of its clock; `device_now` is what that says at sending."""
    trip = locked(trip_id)
    rows = ManifestEntry.objects.filter(trip=trip, by=actor.who, channel=actor.channel)
    earlier = [entry_of(row) for row in rows]

    def true(tick: Tick) -> datetime:
        not_before = trip.leaves_at - rules.EARLIEST
        at = rules.true_time(tick.at, device_now=device_now, received_at=now, not_before=not_before)
        return rules.in_sequence(at, tick.at, earlier)

    return _take(trip, [(tick, true(tick)) for tick in ticks], actor, now)


@transaction.atomic
def record_on_paper(*, trip_id: int, ticks: Iterable[Tick], actor: Actor, now: datetime) -> list[Taken]:
    """Take in what was ticked on paper, at the times that were written down.

    Raises:
        Conflict: a time lies ahead of us.
    """
    trip = locked(trip_id)
    ticks = list(ticks)
    if any(tick.at > now for tick in ticks):
        raise Conflict("A time that you typed is still to come. Look at it again; nothing has been recorded.")
    return _take(trip, [(tick, tick.at) for tick in ticks], actor, now)


@transaction.atomic
def close(*, trip_id: int, actor: Actor, now: datetime, odometer_km: int | None = None) -> Trip:
    """Everybody is home. Closed twice, it is closed once.

    Raises:
        NotHome: of somebody it is not known.
        Conflict: the trip has not started, or was cancelled.
    """
    trip = locked(trip_id)
    if trip.state == Trip.State.CLOSED:
        return trip
    if trip.state != Trip.State.UNDERWAY:
        raise Conflict("This trip has not started, or was cancelled. There is nothing to close.")
    reasons = not_home(trip, run_of(trip))
    if reasons:
        raise NotHome(reasons)
    _closed(trip, actor, now, odometer_km)
    return trip


def close_if_all_are_home(trip: Trip, now: datetime) -> bool:
    """Nobody pressed the button, but everybody is home: then nobody need be woken. Under the trip's lock."""
    if trip.state != Trip.State.UNDERWAY or not_home(trip, run_of(trip)):
        return False
    _closed(trip, SYSTEM, now, None)
    return True


def _take(trip: Trip, ticks: Sequence[tuple[Tick, datetime]], actor: Actor, now: datetime) -> list[Taken]:
    before = run = run_of(trip)
    known = {entry.id for entry in run.entries}
    taken = []
    for tick, at in sorted(ticks, key=_in_order):
        entry = Entry(
            id=tick.key,
            ride=tick.ride,
            what=tick.what,
            at=at,
            device_at=tick.at,
            is_to_the_minute=actor.channel == PAPER,
            takes_back=tick.takes_back,
        )
        run, verdict = rules.apply(run, entry)
        taken.append(Taken(tick.key, tick.ride, verdict.answer, verdict.why))
        if verdict.why is not Why.NO_SUCH_RIDE and entry.id not in known:
            _keep(trip, tick, at, answer=verdict.answer, actor=actor, now=now)
            known.add(entry.id)
        elif verdict.why is Why.NO_SUCH_RIDE:
            tell(trip, "tick_of_no_ride", actor, at=now, ride=tick.ride, what=tick.what.value)
    if run != before:
        _follow(trip, before, run, actor, now)
    return taken


def _in_order(one: tuple[Tick, datetime]) -> tuple[datetime, int, UUID]:
    tick, _at = one
    return tick.at, PLACE[tick.what], tick.key


def _keep(trip: Trip, tick: Tick, at: datetime, *, answer: Answer, actor: Actor, now: datetime) -> None:
    ManifestEntry.objects.create(
        id=tick.key,
        trip=trip,
        ride_id=tick.ride,
        what=tick.what.value,
        at=at,
        device_at=tick.at,
        received_at=now,
        plan_version=tick.plan_version,
        by=actor.who,
        channel=actor.channel,
        takes_back=tick.takes_back,
        applied=answer is not Answer.KEPT,
    )
    tell(trip, "ticked", actor, at=at, ride=tick.ride, what=tick.what.value, answer=answer.value)


def _follow(trip: Trip, before: Run, after: Run, actor: Actor, now: datetime) -> None:
    """What follows from new ticks: rides, cases, sightings, the next passenger told, cases that are over."""
    begins = trip.leaves_at - rules.EARLIEST
    if trip.state == Trip.State.PLANNED and now >= begins:
        _started(trip, actor, at=max(begins, min(entry.at for entry in after.entries)), now=now)
    rows = {ride.pk: ride for ride in trip.rides.select_related("booking__person")}
    for ride in after.rides:
        if after.meant(ride.ride) == ride:
            was, now_is = before.standing(ride.ride), after.standing(ride.ride)
            if was != now_is:
                _ride_changed(trip, rows[ride.ride], was, after, actor=actor, now=now)
    latest = max((entry.at for entry in after.entries - before.entries), default=now)
    near.tell_next(trip, after, last_tick=latest, now=now)
    unfinished.after_ticks(trip, after, now)
    disruption.seen_after_stop(trip, now)


def _ride_changed(trip: Trip, ride: Ride, was: Standing, run: Run, *, actor: Actor, now: datetime) -> None:
    now_is = run.standing(ride.pk)
    ride.state = now_is.state.value
    ride.on_board_at, ride.done_at = now_is.on_board_at, now_is.done_at
    ride.save(update_fields=["state", "on_board_at", "done_at"])
    _sighted(trip, ride, was, run, actor=actor, now=now)
    if now_is.state is State.NOT_THERE and was.state is not State.NOT_THERE:
        if now_is.not_there_at is None or not run.seen_after(ride.booking.person_id, now_is.not_there_at):
            not_there.missed(trip, ride, actor=actor, now=now)
    elif was.state is State.NOT_THERE and now_is.state not in (State.NOT_THERE, State.ON_BOARD, State.DONE):
        not_there.taken_back(trip, ride, actor=actor, now=now)
    if now_is.state in (State.ON_BOARD, State.DONE):
        is_home = ride.way == Way.HOME and now_is.state is State.DONE
        unfinished.seen(trip, ride, is_home=is_home, actor=actor, now=now)


def _sighted(trip: Trip, ride: Ride, was: Standing, run: Run, *, actor: Actor, now: datetime) -> None:
    """When the crew saw them, and when they did not after all: what other programmes know, and cases that are over."""
    person = ride.booking.person
    before, after = _sightings(ride, was), _sightings(ride, run.standing(ride.pk))
    for at, how in before - after:
        sightings.took_back(person.pk, at=at, source=f"bus:{how}")
    for at, how in sorted(after - before):
        sightings.saw(person.pk, at=at, source=f"bus:{how}")
    for at, how in sorted(before - after):
        of_the_bus.unseen(person, at=at, how=how, actor=actor, now=now)
    if before - after:
        not_there.missing_again(trip, ride, run, actor=actor, now=now)
    for at, how in sorted(after - before):
        of_the_bus.seen(person, at=at, how=how, actor=actor, now=now)
        not_there.turned_up(trip, ride, run, at=at, how=how, actor=actor, now=now)


def _sightings(ride: Ride, standing: Standing) -> set[tuple[datetime, str]]:
    """When (UTC) the crew saw them, and how."""
    found = ((standing.on_board_at, "on_board"), (standing.done_at, _how_done(ride)))
    return {(at, how) for at, how in found if at is not None}


def _how_done(ride: Ride) -> str:
    """How a sighting says that a ride has ended."""
    return "home_inside" if ride.way == Way.HOME else "on_board"


def _started(trip: Trip, actor: Actor, *, at: datetime, now: datetime) -> None:
    trip.state, trip.started_at = Trip.State.UNDERWAY, at
    trip.save(update_fields=["state", "started_at"])
    tell(trip, "started", actor, at=at, missing=[task.value for task in missing(trip)])
    unfinished.look_soon(trip, now)


def _closed(trip: Trip, actor: Actor, now: datetime, odometer_km: int | None) -> None:
    trip.state, trip.closed_at, trip.closed_by = Trip.State.CLOSED, now, actor.who
    if odometer_km is not None:
        trip.odometer_km = odometer_km
    trip.save(update_fields=["state", "closed_at", "closed_by", "odometer_km"])
    tell(trip, "closed", actor)
    cancel_timer(kind=unfinished.TIMER, subject_id=trip.pk)
