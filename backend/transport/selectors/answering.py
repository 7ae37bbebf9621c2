"""Can they come along? Answered while the caller is on the line: yes and when, or no, why, and which trip has room."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import QuerySet, prefetch_related_objects

from backend.people.models import Engagement, Person
from backend.people.selectors import absent_on, engaged_between
from backend.transport.domain.booking import Load, Refusal, cannot_come, load_of, too_large
from backend.transport.domain.places import Place, metres_between
from backend.transport.domain.planning.joining import DoesNotFit, Fits, WhyNot, fits
from backend.transport.domain.planning.promises import WINDOW, Promise, promise_for
from backend.transport.domain.planning.timetable import Way
from backend.transport.domain.policy import BusPolicy
from backend.transport.domain.programme import hindered
from backend.transport.models import Booking, Trip
from backend.transport.selectors.journeys import Journey, Rider, booked_on, capacity_of, journeys, offered_on
from backend.transport.selectors.programme import readiness_of
from backend.transport.selectors.room import with_room

LOOK_AHEAD = timedelta(days=14)
MOST_LOOKED_AT = 6
MOST_NAMED = 2
"""Other trips: a caller remembers two, and waits for no more than six to be tried."""

MARGIN = WINDOW
"""What is promised may begin so long before the bus leaves, and end so long after it is back."""

REFUSALS = {
    WhyNot.NO_ROOM: Refusal.NO_ROOM,
    WhyNot.RIDE: Refusal.RIDE,
    WhyNot.SHIFT: Refusal.SHIFT,
    WhyNot.PROMISE: Refusal.PROMISE,
}


@dataclass(frozen=True)
class Wish:
    """What somebody asks for. Friends who want to ride together have the same `party`."""

    person: Person
    companions: int = 0
    party: UUID | None = None
    there: bool = True
    home: bool = True
    note: str = ""
    waits_as: int | None = None
    """Their booking on this trip's waiting list, if it is that which asks for a place."""

    @property
    def ways(self) -> frozenset[Way]:
        """What they want to ride."""
        return frozenset(way for way, rides in ((Way.THERE, self.there), (Way.HOME, self.home)) if rides)


@dataclass(frozen=True)
class Told:
    """What one of those who asked is told: when the bus is at their door (UTC); None for a way they do not ride."""

    wish: Wish
    rider: Rider
    there: Promise | None
    home: Promise | None


@dataclass(frozen=True)
class Yes:
    """There is room, with these times. `warnings` are codes of what the planner should ask about."""

    told: tuple[Told, ...]
    warnings: tuple[str, ...] = ()
    journeys: dict[Way, Journey] = field(default_factory=dict, repr=False)
    fits: dict[Way, Fits] = field(default_factory=dict, repr=False)

    @property
    def there(self) -> Promise | None:
        """Of the first of those who asked."""
        return self.told[0].there

    @property
    def home(self) -> Promise | None:
        """Of the first of those who asked."""
        return self.told[0].home


@dataclass(frozen=True)
class No:
    """Why not. `dimension` is what is full; `seconds` what a ride or the shift would take, `allowed` what it may."""

    why: Refusal
    dimension: str = ""
    seconds: int = 0
    allowed: int = 0
    way: Way | None = None
    person: Person | None = None
    alternatives: tuple[Trip, ...] = ()


def answer(trip: Trip, wishes: Sequence[Wish], now: datetime) -> Yes | No:
    """Whether everybody of `wishes` can come along on a trip, together. Reads only; takes under 50 ms.

    `now` is UTC. A no for want of room names other trips that have some.
    """
    # Other trips ask for the same people's aids.
    prefetch_related_objects([wish.person for wish in wishes], "aids")
    found = decide(trip, wishes, now)
    if isinstance(found, Yes):
        may_not_drive = hindered(trip.date, readiness_of(trip.vehicle)) is not None
        return replace(found, warnings=(*found.warnings, "hindered")) if may_not_drive else found
    if found.why in (Refusal.NO_HOME, Refusal.TOO_FAR, Refusal.SCOOTMOBIEL):
        return found
    return replace(found, alternatives=_alternatives(trip, wishes, now))


def decide(trip: Trip, wishes: Sequence[Wish], now: datetime, among: Sequence[Booking] | None = None) -> Yes | No:
    """The same without looking at other trips. Under the trip's lock it holds until the transaction ends.

    `among`: as if only these were booked, instead of all who are.
    """
    refused = _never(trip, now) or _refused_person(trip, wishes)
    if refused:
        return refused
    policy = BusPolicy.of(trip.organisation.settings)
    party = next((wish.party for wish in wishes if wish.party), None) or uuid4()
    loads = [load_of(_aids(wish.person), wish.companions, policy) for wish in wishes]
    unable = _unable(trip, wishes, loads, policy)
    if unable:
        return unable
    riders = [_rider(-1 - index, wish, loads[index], party, policy) for index, wish in enumerate(wishes)]
    if among is not None:
        return _planned(trip, wishes, riders, among)
    own = {wish.waits_as for wish in wishes}
    kept_for = [Rider.of(row) for row in offered_on(trip) if row.pk not in own]
    return _planned(trip, wishes, riders, booked_on(trip), kept_for)


def _never(trip: Trip, now: datetime) -> No | None:
    if trip.state == Trip.State.CANCELLED:
        return No(Refusal.TRIP_CANCELLED)
    if trip.state != Trip.State.PLANNED or now >= trip.leaves_at:
        return No(Refusal.GONE)
    return None


def _refused_person(trip: Trip, wishes: Sequence[Wish]) -> No | None:
    ids = [wish.person.pk for wish in wishes]
    already = trip.bookings.filter(person_id__in=ids).exclude(state=Booking.State.CANCELLED)
    booked = set(already.values_list("person_id", flat=True))
    for wish in wishes:
        if wish.person.pk in booked and wish.waits_as is None:
            return No(Refusal.ALREADY, person=wish.person)
        elsewhere = engaged_between(wish.person, trip.leaves_at - MARGIN, trip.ends_at + MARGIN)
        if elsewhere.filter(programme=Engagement.Programme.BUS).exists():
            return No(Refusal.ENGAGED, person=wish.person)
    return None


def _rider(key: int, wish: Wish, load: Load, party: UUID, policy: BusPolicy) -> Rider:
    return Rider(
        key=key,
        place=Place.of(wish.person.home),
        load=load.as_tuple,
        boarding_seconds=load.boarding_seconds,
        max_ride_seconds=round(policy.max_ride_of(wish.person.max_ride_minutes).total_seconds()),
        party=party,
        ways=wish.ways,
    )


def _aids(person: Person) -> set[str]:
    return {aid.kind for aid in person.aids.all()}


def _unable(trip: Trip, wishes: Sequence[Wish], loads: Sequence[Load], policy: BusPolicy) -> No | None:
    """Why somebody, or all of them together, could not ride in an empty bus of this layout."""
    garage, capacity = Place.of(trip.vehicle), capacity_of(trip.layout)
    for wish, load in zip(wishes, loads, strict=True):
        home = getattr(wish.person, "home", None)
        km = metres_between(garage, Place.of(home)) / 1000 if home else None
        refusal = cannot_come(load, _aids(wish.person), capacity, km, policy)
        if refusal:
            return No(refusal, person=wish.person)
    together = tuple(sum(column) for column in zip(*(load.as_tuple for load in loads), strict=True))
    refusal = too_large(together, capacity)
    return No(refusal) if refusal else None


def _planned(
    trip: Trip,
    wishes: Sequence[Wish],
    riders: list[Rider],
    booked: Sequence[Booking],
    kept_for: Sequence[Rider] = (),
) -> Yes | No:
    known = [Rider.of(row) for row in booked]
    ways = journeys(trip, [*known, *riders])
    found: dict[Way, Fits] = {}
    for way, journey in ways.items():
        newcomers = frozenset(rider.key for rider in riders if way in rider.ways)
        if not newcomers:
            continue
        fit = fits(journey.problem, journey.plan, newcomers, way, journey.promised)
        if isinstance(fit, DoesNotFit):
            return _no(fit, way, journey, riders)
        found[way] = fit
    without = [rider for rider in known if any(rider.key not in ways[way].plan.served for way in rider.ways)]
    first = [*without, *kept_for]
    if first and not _fit_beside(journeys(trip, [*known, *kept_for, *riders]), first, riders):
        return No(Refusal.OFFERED)
    told = tuple(
        Told(wish, rider, _promise(Way.THERE, rider, ways, found), _promise(Way.HOME, rider, ways, found))
        for wish, rider in zip(wishes, riders, strict=True)
    )
    return Yes(told, _warnings(trip, wishes), ways, found)


def _fit_beside(ways: dict[Way, Journey], kept_for: Sequence[Rider], riders: list[Rider]) -> bool:
    """Whether there is room for `riders` even when all of `kept_for` come along who still can.

    Kept is what is being offered, and what is free for somebody who was booked and has lost their place.
    """
    for way, journey in ways.items():
        plan = journey.plan
        for rider in kept_for:
            if way in rider.ways and rider.key not in plan.served:
                fit = fits(journey.problem, plan, frozenset({rider.key}), way, journey.promised)
                plan = fit.plan if isinstance(fit, Fits) else plan
        newcomers = frozenset(rider.key for rider in riders if way in rider.ways)
        if newcomers and isinstance(fits(journey.problem, plan, newcomers, way, journey.promised), DoesNotFit):
            return False
    return True


def _promise(way: Way, rider: Rider, ways: dict[Way, Journey], found: dict[Way, Fits]) -> Promise | None:
    if way not in rider.ways:
        return None
    return promise_for(ways[way].at(found[way].driven.by_key[rider.key].at_door))


def _no(fit: DoesNotFit, way: Way, journey: Journey, riders: list[Rider]) -> No:
    allowed = journey.problem.shift_seconds if fit.why is WhyNot.SHIFT else min(r.max_ride_seconds for r in riders)
    return No(REFUSALS[fit.why], dimension=fit.dimension, seconds=fit.seconds, allowed=allowed, way=way)


def _warnings(trip: Trip, wishes: Sequence[Wish]) -> tuple[str, ...]:
    away = absent_on(trip.date, [wish.person.pk for wish in wishes])
    unconfirmed = any(wish.person.home.confirmed_at is None for wish in wishes)
    return (*(("absent",) if away else ()), *(("unconfirmed_home",) if unconfirmed else ()))


def _alternatives(trip: Trip, wishes: Sequence[Wish], now: datetime) -> tuple[Trip, ...]:
    """The next trips that have room: to the same destination first."""
    named: list[Trip] = []
    for other in with_room(_others(trip, now), _needed(wishes, BusPolicy.of(trip.organisation.settings))):
        if len(named) < MOST_NAMED and isinstance(decide(other, wishes, now), Yes):
            named.append(other)
    return tuple(named)


def _needed(wishes: Sequence[Wish], policy: BusPolicy) -> dict[Way, tuple[int, ...]]:
    """What they take together on each way that one of them rides."""
    loads = [(wish.ways, load_of(_aids(wish.person), wish.companions, policy).as_tuple) for wish in wishes]
    riding = {way: [load for ways, load in loads if way in ways] for way in Way}
    return {way: tuple(sum(column) for column in zip(*taken, strict=True)) for way, taken in riding.items() if taken}


def _others(trip: Trip, now: datetime) -> list[Trip]:
    coming: QuerySet[Trip] = (
        Trip.objects.filter(
            organisation_id=trip.organisation_id,
            area_id=trip.area_id,
            state=Trip.State.PLANNED,
            leaves_at__gt=now,
            leaves_at__lt=max(trip.leaves_at, now) + LOOK_AHEAD,
        )
        .exclude(pk=trip.pk)
        .select_related("organisation", "vehicle", "layout", "destination", "area")
    )
    near = sorted(coming, key=lambda one: (one.destination_id != trip.destination_id, one.leaves_at))
    return near[:MOST_LOOKED_AT]
