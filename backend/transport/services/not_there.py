"""Nobody came to the bus: a case, with what is known from elsewhere; or, of who is away, a question that becomes one.

Always in the transaction that says so, under the trip's lock.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet

from backend.common.actors import SYSTEM, Actor
from backend.events.models import Lane
from backend.events.services import set_timer
from backend.incidents.models import Incident, IncidentMember, Outcome
from backend.incidents.selectors import BUS_SOURCE
from backend.incidents.services import closing, of_the_bus
from backend.people.models import Absence, Person, Sighting
from backend.people.selectors import absent_on, zone_of
from backend.transport.domain import away
from backend.transport.domain.run import Run, Way
from backend.transport.models import CallTask, Ride, Trip
from backend.transport.selectors.run import ABOUT_ABSENCE, day_settings
from backend.transport.services import planning, trips
from backend.transport.services.trips import source_of
from backend.transport.words import say

TIMER = "transport.is_away"
"""The subject is the question (a `CallTask`): nobody has answered it in time."""


def missed(trip: Trip, ride: Ride, *, actor: Actor, now: datetime) -> None:
    """Nobody was at the door, or at the bus home. Each time that this is said is a case of its own."""
    absence = absent_on(trip.date, [ride.booking.person_id]).get(ride.booking.person_id)
    if absence is not None and _explains(absence, trip, ride):
        _ask(trip, ride, now, until=absence.last_day.isoformat() if absence.last_day else None)
    else:
        _open(trip, ride, actor=actor, now=now)


@transaction.atomic
def look(task_id: int, now: datetime) -> None:
    """The timer's handler: a question about somebody who is noted as away, and nobody has answered it. It is a case."""
    asked = CallTask.objects.filter(pk=task_id).first()
    if asked is None:
        return
    trip = trips.locked(asked.trip_id)
    task = trip.call_tasks.filter(pk=task_id, state=CallTask.State.OPEN, details__about=ABOUT_ABSENCE).first()
    if task is not None:
        ride = trip.rides.select_related("booking__person").get(pk=task.details["ride"])
        _open(trip, ride, actor=SYSTEM, now=now)
        _no_question(trip, ride, "case", now)


def _explains(absence: Absence, trip: Trip, ride: Ride) -> bool:
    booking = ride.booking
    seen = Sighting.objects.filter(person=booking.person_id).order_by("-at").values_list("at", flat=True)[:1]
    return away.explains(
        Way(ride.way),
        recorded_at=absence.recorded_at,
        midnight=datetime.combine(trip.date, time(), zone_of(trip.organisation)),
        seen=seen,
        heard=[at for at in (booking.booked_at, booking.answered_at) if at is not None],
    )


def _open(trip: Trip, ride: Ride, *, actor: Actor, now: datetime) -> None:
    person = ride.booking.person
    of_the_bus.open_not_at_door(
        trip.organisation,
        person=person,
        trip_id=trip.pk,
        label=say("label", trip.organisation.language, trip=trip.name),
        day=trip.date,
        now=now,
        actor=actor,
        way=ride.way,
        besides=source_of(ride.booking),
    )


def _ask(trip: Trip, ride: Ride, now: datetime, *, until: str | None) -> None:
    """A person asks whether the trip was forgotten, or the absence is over; in vain for too long, it is a case."""
    details = {"about": ABOUT_ABSENCE, "ride": ride.pk, "until": until}
    task = planning.call_to_make(trip, ride.booking, CallTask.Kind.SPEAK, now, details)
    due = now + timedelta(minutes=day_settings(trip.organisation).question_minutes)
    set_timer(kind=TIMER, subject_id=task.pk, due_at=due, lane=Lane.ALARM)


def turned_up(trip: Trip, ride: Ride, run: Run, *, at: datetime, how: str, actor: Actor, now: datetime) -> None:
    """They came after all, be it to the bus home: nobody need go, unless somebody stands at the door already.

    `at`: when they were seen (UTC). What was missed after that is missed still. `how` is a code: on_board.
    """
    person = ride.booking.person
    missed = run.missed_after(person.pk, at)
    of_the_bus.turned_up(person, trip_id=trip.pk, how=how, actor=actor, now=now, but_for=[way.value for way in missed])
    for own in _rides_of(trip, person).exclude(way__in=[way.value for way in missed]):
        _no_question(trip, own, "turned_up", now)


def missing_again(trip: Trip, ride: Ride, run: Run, *, actor: Actor, now: datetime) -> None:
    """That they came with this ride was a mistake: whoever was not at another door before is looked for again."""
    for other in _rides_of(trip, ride.booking.person).exclude(pk=ride.pk).select_related("booking__person"):
        said = run.standing(other.pk)
        if said.not_there_at is None or run.seen_after(ride.booking.person_id, said.not_there_at):
            continue
        if not _is_settled(trip, other):
            missed(trip, other, actor=actor, now=now)


def _rides_of(trip: Trip, person: Person) -> "QuerySet[Ride]":
    return trip.rides.filter(booking__person=person).exclude(state=Ride.State.CANCELLED).order_by("pk")


def _is_settled(trip: Trip, ride: Ride) -> bool:
    """Whether a person, or they themselves, have said what became of them after nobody came."""
    person = ride.booking.person_id
    if CallTask.objects.filter(
        trip=trip, details__about=ABOUT_ABSENCE, details__ride=ride.pk, state=CallTask.State.DONE
    ).exists():
        return True
    cases = IncidentMember.objects.filter(
        person=person, incident__cause__startswith=f"trip:{trip.pk}:{Incident.Kind.NOT_AT_DOOR}:{ride.way}:"
    )
    last = cases.order_by("-incident_id").first()
    return last is not None and not (
        last.outcome == "" or (last.outcome == Outcome.ANSWERED_LATE and last.outcome_by != f"person:{person}")
    )


def taken_back(trip: Trip, ride: Ride, *, actor: Actor, now: datetime) -> None:
    """It was a slip of the finger: nobody need go. Whoever has taken the case already ends it themselves."""
    for incident in _open_about(trip, ride):
        closing.mistaken(incident, actor=actor, now=now)
    _no_question(trip, ride, "taken_back", now)


def _open_about(trip: Trip, ride: Ride) -> "QuerySet[Incident]":
    about = Incident.objects.filter(source_kind=BUS_SOURCE, source_id=trip.pk, kind=Incident.Kind.NOT_AT_DOOR)
    cause = f"trip:{trip.pk}:{Incident.Kind.NOT_AT_DOOR}:{ride.way}:"
    about = about.filter(members__person=ride.booking.person, cause__startswith=cause, state=Incident.State.OPEN)
    return about.order_by("pk")


def _no_question(trip: Trip, ride: Ride, outcome: str, now: datetime) -> None:
    asked = CallTask.objects.filter(trip=trip, details__about=ABOUT_ABSENCE, details__ride=ride.pk)
    asked.filter(state=CallTask.State.OPEN).update(state=CallTask.State.LAPSED, ended_at=now, outcome=outcome)
