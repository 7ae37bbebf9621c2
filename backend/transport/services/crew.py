"""The driver's and the host's place on a trip: asked, confirmed, declined, dropped out. Always under the trip's lock.

Whatever changes sets the trip's timer, so that `crew_watch.look` goes on from there: asks the next, calls a person in.
"""

from datetime import datetime

from django.db import transaction

from backend.common import offer_rows
from backend.common.actors import Actor
from backend.common.errors import Conflict, NotAllowed, NotFound
from backend.common.offers import Ending
from backend.events.models import Lane
from backend.events.services import set_timer
from backend.people import calls_to_make
from backend.people.domain import crews as rules
from backend.people.domain.crews import Barred, CrewClosed, PlaceTaken
from backend.people.models import Engagement, Person
from backend.people.services import engagements
from backend.transport.models import CallTask, CrewDuty, CrewMember, CrewOffer, Trip
from backend.transport.models.crew import Task
from backend.transport.selectors import crew as reading
from backend.transport.services import crew_asking, trips, unfinished

TIMER = "transport.crew"
"""The subject is the trip."""

CONFIRMED, DROPPED, ASKED = "crew_confirmed", "crew_dropped", "crew_asked"
"""Events of the trip (with "transport." before them). Payload: task, person (key)."""


def look_soon(trip_id: int, now: datetime) -> None:
    """Something has changed: look at the trip's crew at once."""
    set_timer(kind=TIMER, subject_id=trip_id, due_at=now, lane=Lane.ALARM)


def locked_duty(duty_id: int) -> CrewDuty:
    """The duty, its trip locked until the end of the transaction. Raises NotFound."""
    trip_id = CrewDuty.objects.filter(pk=duty_id).values_list("trip_id", flat=True).first()
    if trip_id is None:
        raise NotFound("This trip does not exist, or it is not one of your organisation's.")
    trip = trips.locked(trip_id)
    duty = CrewDuty.objects.select_related("person__organisation").get(pk=duty_id)
    duty.trip = trip
    return duty


def duties_of(trip: Trip) -> list[CrewDuty]:
    """Driver and host of a locked trip; made when they were not there yet."""
    known = {duty.task: duty for duty in trip.crew.select_related("person__organisation")}
    for task in Task:
        if task.value not in known:
            known[task.value] = CrewDuty.objects.create(trip=trip, task=task)
        known[task.value].trip = trip
    return [known[task.value] for task in Task]


@transaction.atomic
def ask(*, duty_id: int, person: Person, actor: Actor, now: datetime) -> CrewOffer:
    """A planner asks somebody, whoever's turn it is; who was being asked hears that it is not needed any more.

    Raises CrewClosed, Barred, and Conflict when somebody is confirmed already or there is no way to ask.
    """
    duty = locked_duty(duty_id)
    _must_be_planned(duty.trip, now)
    if duty.state == CrewDuty.State.CONFIRMED:
        raise Conflict("Somebody is on the roster for this trip already. Take them off first.")
    _must_be_fit(duty, person)
    same = duty.offers.filter(person=person, state=CrewOffer.State.OPEN).first()
    if same is not None:
        return same
    end_all(duty, Ending.WITHDRAWN, now, code="not_needed")
    policy = reading.policy_of(duty.trip.organisation)
    cutoff = max(policy.last_offer_at(duty.trip.leaves_at), now + policy.patience.shortest)
    terms = reading.terms_of(duty.trip, policy, min(cutoff, duty.trip.ends_at))
    offer = offer_to(duty, person, terms.deadline(now), now, any_hour=True)
    if offer is None:
        raise Conflict("There is no telephone number on which this person could be asked.")
    trips.tell(duty.trip, ASKED, actor, task=duty.task, person=person.pk)
    look_soon(duty.trip_id, now)
    return offer


def offer_to(
    duty: CrewDuty, person: Person, deadline_at: datetime, now: datetime, *, any_hour: bool = False
) -> CrewOffer | None:
    """Make the offer and put the question; None, and nothing has changed, when there is no way to.

    `any_hour`: a person wants it asked now, whatever the hour.
    """
    with transaction.atomic():
        offer = CrewOffer.objects.create(duty=duty, person=person, offered_at=now, deadline_at=deadline_at)
        if not crew_asking.ask(offer, now, any_hour=any_hour):
            transaction.set_rollback(True)
            return None
    if duty.state != CrewDuty.State.CONFIRMED:
        move(duty, CrewDuty.State.ASKED, person, now)
    return offer


@transaction.atomic
def say_yes(*, duty_id: int, person: Person, actor: Actor, now: datetime) -> CrewDuty:
    """Somebody who was asked comes along. Saying it twice changes nothing.

    A yes after the deadline is welcome as long as nobody else is confirmed. A yes to somebody who hands their trip
    over takes it from them.

    Raises NotAllowed for whoever was not asked, PlaceTaken, CrewClosed, Barred.
    """
    duty = locked_duty(duty_id)
    asked = duty.offers.filter(person=person).order_by("offered_at", "pk").last()
    if duty.person_id == person.pk and duty.state == CrewDuty.State.CONFIRMED:
        return duty
    if asked is None:
        raise NotAllowed("You have not been asked about this trip.")
    _must_be_planned(duty.trip, now)
    if duty.state == CrewDuty.State.CONFIRMED and not asked.is_in_time(now):
        raise PlaceTaken("We have somebody for this trip already. You need do nothing. Thank you.")
    owner = duty.person if duty.state == CrewDuty.State.CONFIRMED else None
    _must_be_fit(duty, person)
    _accept(duty, person, asked, now)
    _confirm(duty, person, actor, now)
    if owner is not None:
        crew_asking.tell(owner, duty, "taken_over", now, name=person.spoken_name)
    return duty


@transaction.atomic
def say_no(*, duty_id: int, person: Person, actor: Actor, now: datetime) -> bool:
    """Somebody who was asked cannot; the next is asked. Whoever has said yes meanwhile drops out by it.

    Says whether anything has changed. Raises CrewClosed for whoever was to come along on a bus that has left.
    """
    duty = locked_duty(duty_id)
    if duty.state == CrewDuty.State.CONFIRMED and duty.person_id == person.pk:
        return drop_out(duty_id=duty.pk, actor=actor, now=now, because="dropped_out")
    asked = duty.offers.filter(person=person, state=CrewOffer.State.OPEN).first()
    if asked is None or not asked.is_in_time(now):
        return False
    offer_rows.end(asked, Ending.DECLINED, now)
    if duty.state == CrewDuty.State.ASKED and duty.person_id == person.pk:
        move(duty, CrewDuty.State.OPEN, None, now)
    trips.tell(duty.trip, "crew_declined", actor, task=duty.task, person=person.pk)
    look_soon(duty.trip_id, now)
    return True


@transaction.atomic
def confirm(*, duty_id: int, person: Person, actor: Actor, now: datetime) -> CrewDuty:
    """A planner has heard from somebody that they come. Whoever stood there is told that they do not any more.

    Also when the bus is on the road: a driver who falls ill is replaced.

    Raises CrewClosed, Barred, and NotAllowed for whoever is not one of the organisation's drivers or hosts.
    """
    duty = locked_duty(duty_id)
    if duty.person_id == person.pk and duty.state == CrewDuty.State.CONFIRMED:
        return duty
    if duty.trip.state != Trip.State.UNDERWAY:
        _must_be_planned(duty.trip, now)
    _must_be_fit(duty, person)
    owner = duty.person if duty.state == CrewDuty.State.CONFIRMED else None
    asked = duty.offers.filter(person=person, state=CrewOffer.State.OPEN).first()
    _accept(duty, person, asked, now)
    _confirm(duty, person, actor, now)
    if owner is not None:
        crew_asking.tell(owner, duty, "released", now)
    return duty


@transaction.atomic
def drop_out(*, duty_id: int, actor: Actor, now: datetime, because: str = "") -> bool:
    """Whoever is confirmed cannot come after all: others are asked, those who stand by first. `because` is a code.

    Whom they had asked to take it over is asked about the free trip now, by the same question.
    Says whether anybody was confirmed. Raises CrewClosed when the bus has left.
    """
    duty = locked_duty(duty_id)
    if duty.state != CrewDuty.State.CONFIRMED or duty.person is None:
        return False
    _must_be_planned(duty.trip, now)
    person = duty.person
    engagements.release(reading.source_of(duty.trip_id, duty.task))
    move(duty, CrewDuty.State.OPEN, None, now)
    trips.tell(duty.trip, DROPPED, actor, task=duty.task, person=person.pk, because=because)
    if actor.who != f"person:{person.pk}":
        crew_asking.tell(person, duty, "released", now)
    look_soon(duty.trip_id, now)
    return True


def end_all(duty: CrewDuty, ending: Ending, now: datetime, *, code: str) -> None:
    """End what is still open about a duty; those who were asked are told why (`code` of the words)."""
    for offer in duty.offers.filter(state=CrewOffer.State.OPEN).select_related("person__organisation").order_by("pk"):
        offer.duty = duty
        offer_rows.end(offer, ending, now)
        crew_asking.take_back(offer, code, now)


def move(duty: CrewDuty, state: CrewDuty.State, person: Person | None, now: datetime) -> None:
    """The duty is in another state."""
    duty.state, duty.person, duty.changed_at = state, person, now
    duty.save(update_fields=["state", "person", "changed_at"])


def _confirm(duty: CrewDuty, person: Person, actor: Actor, now: datetime) -> None:
    end_all(duty, Ending.WITHDRAWN, now, code="taken_by_other")
    trip = duty.trip
    engagements.engage(
        person,
        programme=Engagement.Programme.BUS_CREW,
        source=reading.source_of(trip.pk, duty.task),
        starts_at=trip.leaves_at,
        ends_at=trip.ends_at,
    )
    move(duty, CrewDuty.State.CONFIRMED, person, now)
    no_more_calls(duty, now)
    trips.tell(trip, CONFIRMED, actor, task=duty.task, person=person.pk)
    if actor.who != f"person:{person.pk}":
        crew_asking.tell(person, duty, "confirmed", now)
    look_soon(trip.pk, now)
    unfinished.look_soon(trip, now)


def no_more_calls(duty: CrewDuty, now: datetime) -> None:
    """Nobody has to be rung about this duty any more; who may still be about the other one stays on the list."""
    calls_to_make.settled(CallTask.objects.filter(trip=duty.trip, kind=CallTask.Kind.CREW), "tasks", duty.task, now)


def _accept(duty: CrewDuty, person: Person, asked: CrewOffer | None, now: datetime) -> None:
    """Keep the yes on the question that it answers; or as one of its own: told to a planner, or after the deadline."""
    if asked is not None and asked.is_in_time(now):
        offer_rows.end(asked, Ending.ACCEPTED, now)
        return
    if asked is not None and asked.state == CrewOffer.State.OPEN:
        offer_rows.end(asked, Ending.EXPIRED, now)
    CrewOffer.objects.create(duty=duty, person=person, **offer_rows.answered_unasked(Ending.ACCEPTED, now))


def _must_be_planned(trip: Trip, now: datetime) -> None:
    if trip.state != Trip.State.PLANNED or now >= trip.ends_at:
        raise CrewClosed("The bus has left already, or the trip is off: its crew cannot be changed any more.")


def _must_be_fit(duty: CrewDuty, person: Person) -> None:
    trip = duty.trip
    member = CrewMember.objects.filter(person=person, task=duty.task, organisation_id=trip.organisation_id).first()
    if member is None:
        raise NotAllowed("This person is not one of the drivers or hosts of the bus.")
    policy = reading.policy_of(trip.organisation)
    known = reading.volunteers(trip, duty.task, [member], policy)[person.pk]
    reason = rules.bars(known, duty.task, trip.date, policy)
    if reason is not None:
        raise Barred("This person cannot be on the roster for this trip. The reason stands beside the name.", reason)
