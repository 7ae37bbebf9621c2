"""The call that reads a cook the numbers of an evening, under its lock; a key says that they were heard."""

from datetime import datetime

from backend.common import actors
from backend.meals.models import KitchenCount
from backend.meals.scripts.kitchen import kitchen_call
from backend.meals.selectors.kitchen import works_in
from backend.meals.services import kitchen
from backend.notifications.domain.prompts import Heard, Prompt
from backend.notifications.models import Attempt


def converse(attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
    """What is said next; a key is acted on at once.

    Only who works in the kitchen has seen its numbers by it: who runs the resto, or shops, has heard them.
    """
    message = attempt.message
    assert message is not None
    count = KitchenCount.objects.select_related("evening__resto__organisation").get(pk=message.reference["count"])
    name = count.evening.resto.organisation.name
    turn = kitchen_call(heard, attempt.language, organisation=name, text=message.body)
    if turn.has_heard:
        attempt.script = {"heard": True}
    actor = actors.person(message.reference["person"], "call")
    if turn.has_heard and works_in(count.evening, actor):
        kitchen.seen(evening_id=count.evening_id, count_id=count.pk, actor=actor, now=now)
    return turn.prompt
