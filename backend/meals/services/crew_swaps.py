"""Handing an evening over: whoever helps asks the others, and keeps it until somebody has said yes."""

from datetime import datetime, timedelta

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict, NotAllowed
from backend.common.offers import Ending
from backend.meals.models import CrewAsk, CrewPlace, Evening
from backend.meals.selectors import crew as reading
from backend.meals.services import crew, evenings
from backend.meals.services import crew_rows as rows
from backend.people.domain import crews as rules
from backend.people.models import Person


@transaction.atomic
def ask_others(*, place_id: int, owner: Person, actor: Actor, now: datetime) -> int:
    """Ask everybody who could take an evening over, all at once: the first yes has it. Returns how many are asked.

    They have until the machine would stop asking, three days at most. Raises NotAllowed when it is not theirs, and
    Conflict when they have been asked already, there is nobody to ask, or it begins too soon.
    """
    place = _owned(place_id, owner)
    evening = place.evening
    policy, begins_at = reading.policy_for(evening), reading.times_of(place)[0]
    last_at = policy.last_offer_at(begins_at)
    if evening.state != Evening.State.PLANNED or now + policy.patience.shortest > last_at:
        raise Conflict("It begins too soon to ask the others. Ring the number of the resto.")
    if place.asks.filter(state=CrewAsk.State.OPEN).exists():
        raise Conflict("The others have been asked already.")
    members = [one for one in reading.members_for(evening.resto.organisation, place.job) if one.person_id != owner.pk]
    known = reading.volunteers(evening, place.job, members)
    running = CrewAsk.objects.filter(place__evening=evening, state=CrewAsk.State.OPEN)
    asked_already = set(running.values_list("person_id", flat=True))
    deadline = min(last_at, now + timedelta(days=3))
    asked = 0
    for member in members:
        fit = rules.unfit(known[member.person_id], place.job, evening.date, policy) is None
        if fit and member.person_id not in asked_already:
            asked += crew.offer_to(place, member.person, deadline, now) is not None
    if not asked:
        raise Conflict("There is nobody else whom we could ask. Ring the number of the resto.")
    evenings.tell(evening, "crew_swap_asked", actor, place=place.pk, job=place.job, person=owner.pk, asked=asked)
    crew.look_soon(evening.pk, now)
    return asked


@transaction.atomic
def keep_it(*, place_id: int, owner: Person, actor: Actor, now: datetime) -> None:
    """The owner can come after all; the others are told. A question that is over stays as it is.

    Raises NotAllowed when the evening is not theirs.
    """
    place = _owned(place_id, owner)
    if place.asks.filter(state=CrewAsk.State.OPEN).exists():
        rows.end_all(place, Ending.WITHDRAWN, now, code="not_needed")
        evenings.tell(place.evening, "crew_swap_withdrawn", actor, place=place.pk, job=place.job, person=owner.pk)


@transaction.atomic
def drop_out(*, place_id: int, owner: Person, actor: Actor, now: datetime) -> None:
    """The owner cannot come, and does not keep it until somebody else has it: it is free at once.

    Raises NotAllowed when the evening is not theirs, and CrewClosed when it is over.
    """
    _owned(place_id, owner)
    crew.drop_out(place_id=place_id, actor=actor, now=now, because="dropped_out")


def _owned(place_id: int, owner: Person) -> CrewPlace:
    place = rows.locked_place(place_id)
    if place.person_id != owner.pk:
        raise NotAllowed("You are not on the roster for this evening. Look at your evenings again.")
    return place
