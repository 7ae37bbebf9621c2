"""Handing a trip over: its driver or host asks the others, and keeps it until somebody has said yes."""

from datetime import datetime, timedelta

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict, NotAllowed
from backend.common.offers import Ending
from backend.people.domain import crews as rules
from backend.people.models import Person
from backend.transport.models import CrewDuty, CrewOffer, Trip
from backend.transport.selectors import crew as reading
from backend.transport.services import crew, trips


@transaction.atomic
def ask_others(*, duty_id: int, owner: Person, actor: Actor, now: datetime) -> int:
    """Ask everybody who could take a trip over, all at once: the first yes has it. Returns how many are asked.

    They have until the machine would stop asking, three days at most. Raises NotAllowed when it is not theirs, and
    Conflict when they have been asked already, there is nobody to ask, or the bus leaves too soon.
    """
    duty = crew.locked_duty(duty_id)
    trip = duty.trip
    if duty.state != CrewDuty.State.CONFIRMED or duty.person_id != owner.pk:
        raise NotAllowed("You are not on the roster for this trip. Look at your trips again.")
    policy = reading.policy_of(trip.organisation)
    last_at = policy.last_offer_at(trip.leaves_at)
    if trip.state != Trip.State.PLANNED or now + policy.patience.shortest > last_at:
        raise Conflict("The bus leaves too soon to ask the others. Ring the number of the bus.")
    if duty.offers.filter(state=CrewOffer.State.OPEN).exists():
        raise Conflict("The others have been asked already.")
    members = [one for one in reading.members_for(trip, duty.task) if one.person_id != owner.pk]
    known = reading.volunteers(trip, duty.task, members, policy)
    deadline = min(last_at, now + timedelta(days=3))
    asked = 0
    for member in members:
        if rules.unfit(known[member.person_id], duty.task, trip.date, policy) is None:
            asked += crew.offer_to(duty, member.person, deadline, now) is not None
    if not asked:
        raise Conflict("There is nobody else whom we could ask. Ring the number of the bus.")
    trips.tell(trip, "crew_swap_asked", actor, task=duty.task, person=owner.pk, asked=asked)
    crew.look_soon(trip.pk, now)
    return asked


@transaction.atomic
def keep_it(*, duty_id: int, owner: Person, actor: Actor, now: datetime) -> None:
    """The owner can come after all; the others are told. A question that is over stays as it is.

    Raises NotAllowed when the trip is not theirs.
    """
    duty = crew.locked_duty(duty_id)
    if duty.state != CrewDuty.State.CONFIRMED or duty.person_id != owner.pk:
        raise NotAllowed("You are not on the roster for this trip. Look at your trips again.")
    if duty.offers.filter(state=CrewOffer.State.OPEN).exists():
        crew.end_all(duty, Ending.WITHDRAWN, now, code="not_needed")
        trips.tell(duty.trip, "crew_swap_withdrawn", actor, task=duty.task, person=owner.pk)


@transaction.atomic
def drop_out(*, duty_id: int, owner: Person, actor: Actor, now: datetime) -> None:
    """The owner cannot come, and does not keep it until somebody else has it: it is free at once.

    Raises NotAllowed when the trip is not theirs, and CrewClosed when the bus has left.
    """
    duty = crew.locked_duty(duty_id)
    if duty.state != CrewDuty.State.CONFIRMED or duty.person_id != owner.pk:
        raise NotAllowed("You are not on the roster for this trip. Look at your trips again.")
    crew.drop_out(duty_id=duty_id, actor=actor, now=now, because="dropped_out")
