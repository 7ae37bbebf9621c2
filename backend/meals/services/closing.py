"""The end of an evening: what was counted, and everybody accounted for: came, cancelled, or stayed away."""

from datetime import datetime

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.events.models import Lane
from backend.events.services import cancel_timer, set_timer
from backend.meals.domain.staying_away import next_morning
from backend.meals.models import CrewPlace, Evening, EveningCount
from backend.meals.selectors.closing import stayed_away
from backend.meals.services import evenings
from backend.meals.services.door_entries import make_open, true_time
from backend.people.selectors import zone_of

FOLLOW_UP = "meals.follow_up"
"""The timer of the morning after. The subject is the evening."""


@transaction.atomic
def count(
    *, evening_id: int, cooked: int, left: int, till_cents: int | None, note: str, actor: Actor, now: datetime
) -> EveningCount:
    """What was cooked and left (portions of the main course), and what is in the till. Counting anew replaces it.

    Raises:
        Conflict: more is left than was cooked; the evening is closed or has not begun.
    """
    evening = evenings.locked(evening_id)
    make_open(evening, actor, now)
    if left > cooked:
        raise Conflict("More portions are left than were cooked. Look at the two numbers.")
    counted = {"cooked": cooked, "left": left, "till_cents": till_cents, "note": note, "at": now, "by": actor.who}
    row, _made = EveningCount.objects.update_or_create(evening=evening, defaults=counted)
    evenings.tell(evening, "counted", actor, cooked=cooked, left=left, till_cents=till_cents)
    return row


@transaction.atomic
def close(*, evening_id: int, version: int, actor: Actor, now: datetime) -> Evening:
    """The evening is over. `version` is that of the list on which it was seen who stayed away.

    Crew who are still ticked as here have left with it. Whoever has to be rung is, from the next morning on.

    Raises:
        Conflict: dinner has not begun; the list has changed since; it is closed already, or was cancelled.
    """
    evening = evenings.locked(evening_id)
    is_old = evening.version != version
    make_open(evening, actor, now)
    if now < evening.dinner_at:
        raise Conflict("Dinner has not begun: guests may still come. Close the evening when it is over.")
    if is_old:
        raise Conflict("The list has changed since you opened it. Look once more who is not here, then close.")
    missing = list(stayed_away(evening).values_list("pk", flat=True))
    evening.crew.filter(state=CrewPlace.State.CONFIRMED, came_at__isnull=False, left_at=None).update(
        left_at=true_time(evening, now)
    )
    evening.state, evening.closed_at = Evening.State.CLOSED, now
    evening.save(update_fields=["state", "closed_at"])
    morning = next_morning(now, zone_of(evening.resto.organisation))
    set_timer(kind=FOLLOW_UP, subject_id=evening.pk, due_at=morning, lane=Lane.NOTICE)
    evenings.changed(evening)
    evenings.tell(evening, "closed", actor, stayed_away=missing)
    return evening


@transaction.atomic
def reopen(*, evening_id: int, actor: Actor) -> None:
    """Something was forgotten: ticks and payments can be put right. Nobody is rung until it is closed again.

    Raises:
        Conflict: it is not closed.
    """
    evening = evenings.locked(evening_id)
    if evening.state != Evening.State.CLOSED:
        raise Conflict("This evening is not closed.")
    evening.state, evening.closed_at = Evening.State.OPEN, None
    evening.save(update_fields=["state", "closed_at"])
    cancel_timer(kind=FOLLOW_UP, subject_id=evening.pk)
    evenings.changed(evening)
    evenings.tell(evening, "reopened", actor)
