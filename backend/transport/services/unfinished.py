"""A day that does not go as it should: a bus that has not started although people wait, a run that is not closed.

Whatever is found is a case, opened in the transaction that finds it, under the trip's lock.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from backend.common.actors import Actor
from backend.events.models import Lane
from backend.events.services import set_timer
from backend.incidents.models import Incident, IncidentMember
from backend.incidents.selectors import BUS_SOURCE
from backend.incidents.services import closing, opening
from backend.incidents.services.of_the_bus import Wrong
from backend.people.models import Person
from backend.transport.domain.run import Reason, Run
from backend.transport.models import Booking, Ride, Trip
from backend.transport.selectors.run import day_settings, not_home, run_of
from backend.transport.services import cases

TIMER = "transport.day"

AGAIN = timedelta(hours=1)
"""A run that is not closed is looked at again so often: somebody may be missing who was not before."""


def look_soon(trip: Trip, now: datetime) -> None:
    """The trip has started, or its times or its crew are others: look at once, then when something could be due."""
    set_timer(kind=TIMER, subject_id=trip.pk, due_at=now, lane=Lane.ALARM)


def next_due(trip: Trip, now: datetime) -> datetime | None:
    """When a case could be due (UTC), or None when none can be any more."""
    if trip.state == Trip.State.PLANNED:
        return _next_of_planned(trip, now)
    if trip.state == Trip.State.UNDERWAY:
        return _again_from(_not_closed_at(trip), now)
    return None


def is_overdue(trip: Trip, now: datetime) -> bool:
    """Whether the bus should have been back, and the run closed."""
    return trip.state in (Trip.State.PLANNED, Trip.State.UNDERWAY) and now >= _not_closed_at(trip)


def look(trip: Trip, now: datetime) -> None:
    """Open the case that is due, if one is. Any number of times.

    A trip that still stands as planned after its end was never driven, or was ticked on paper that nobody typed in: of
    those passengers, too, it is not known that they are home.
    """
    if is_overdue(trip, now):
        _open(trip, Wrong.NOT_CLOSED, _people(not_home(trip, run_of(trip))), now)
    elif trip.state == Trip.State.PLANNED and now >= _not_started_at(trip) and not _is_looked_into(trip):
        _open(trip, Wrong.NOT_STARTED, _waiting(trip), now)


def after_ticks(trip: Trip, run: Run, now: datetime) -> None:
    """Ticks may take back that somebody is home, or was fetched: once a run is closed nobody would notice but us."""
    for incident in _open_cases(trip, Wrong.NOT_STARTED).select_for_update():
        listed = incident.members.values("person_id")
        heard_of = trip.rides.exclude(state__in=(Ride.State.PLANNED, Ride.State.CANCELLED)).values("booking__person_id")
        waiting = Person.objects.filter(pk__in=[person.pk for person in _waiting(trip)]).filter(pk__in=listed)
        opening.add_members(incident, list(waiting.exclude(pk__in=heard_of).order_by("pk")), now=now)
    if trip.state in (Trip.State.CLOSED, Trip.State.CANCELLED) or is_overdue(trip, now):
        _open(trip, Wrong.NOT_CLOSED, _people(not_home(trip, run)), now)


def _open_cases(trip: Trip, reason: str) -> "QuerySet[Incident]":
    rows = Incident.objects.filter(source_kind=BUS_SOURCE, source_id=trip.pk, details__reason=reason)
    return rows.exclude(state=Incident.State.CLOSED).order_by("pk")


def seen(trip: Trip, ride: Ride, *, is_home: bool, actor: Actor, now: datetime) -> None:
    """A passenger has been seen by the crew: nobody need ask any more whether they were fetched, or are home."""
    over, how = ([Wrong.NOT_STARTED, Wrong.NOT_CLOSED], "home_inside") if is_home else ([Wrong.NOT_STARTED], "on_board")
    rows = IncidentMember.objects.filter(
        person_id=ride.booking.person_id,
        outcome="",
        incident__source_kind=BUS_SOURCE,
        incident__source_id=trip.pk,
        incident__details__reason__in=over,
    )
    for member in rows.exclude(incident__state=Incident.State.CLOSED).select_related("incident"):
        closing.late_proof(member.incident, person_id=member.person_id, how=how, now=now, actor=actor)


def _next_of_planned(trip: Trip, now: datetime) -> datetime | None:
    """Its start; once that is over, or has been looked into, its end: nobody may ever tick that it was driven."""
    start, end = _not_started_at(trip), _not_closed_at(trip)
    if now < end and _waiting(trip) and (now < start or not _is_looked_into(trip)):
        return min(start, end)
    return _again_from(end, now) if not_home(trip, run_of(trip)) else None


def _again_from(due: datetime, now: datetime) -> datetime:
    return due if due > now else now + AGAIN


def _not_started_at(trip: Trip) -> datetime:
    return trip.leaves_at + timedelta(minutes=day_settings(trip.organisation).not_started_minutes)


def _not_closed_at(trip: Trip) -> datetime:
    return trip.ends_at + timedelta(minutes=day_settings(trip.organisation).not_closed_minutes)


def _is_looked_into(trip: Trip) -> bool:
    """Whether a case about the start is open, or was ended after the bus should have left as it is planned now.

    A case that was ended before that is about an earlier time: since then the trip has been shifted.
    """
    cases = Incident.objects.filter(source_kind=BUS_SOURCE, source_id=trip.pk, details__reason=Wrong.NOT_STARTED)
    ended_since = Q(closed_at__gte=_not_started_at(trip))
    return cases.filter(~Q(state=Incident.State.CLOSED) | ended_since).exists()


def _open(trip: Trip, reason: str, people: list[Person], now: datetime) -> None:
    """One case that lists everybody; when a person has ended it and somebody is missing still, another one."""
    if not people:
        return
    earlier = Incident.objects.filter(source_kind=BUS_SOURCE, source_id=trip.pk, details__reason=reason)
    number = earlier.filter(state=Incident.State.CLOSED).count()
    cases.open_case(trip, Incident.Kind.RUN, people, cause=f"{reason}:{number}", now=now, details={"reason": reason})


def _waiting(trip: Trip) -> list[Person]:
    """Whoever stands ready to be fetched."""
    rides = trip.rides.filter(state=Ride.State.PLANNED, booking__state=Booking.State.BOOKED)
    return _in_order(rides.values_list("booking__person_id", flat=True))


def _people(reasons: Iterable[Reason]) -> list[Person]:
    return _in_order(reason.person for reason in reasons)


def _in_order(keys: Iterable[int]) -> list[Person]:
    return list(Person.objects.filter(pk__in=set(keys)).order_by("pk"))
