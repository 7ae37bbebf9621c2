"""The call that asks somebody to help, under the evening's lock."""

from datetime import datetime

from backend.meals.crew_words import say
from backend.meals.models import CrewAsk, CrewPlace, Evening
from backend.meals.selectors import crew as reading
from backend.meals.services.crew_answers import VOLUNTEERS
from backend.notifications.domain.prompts import End, Heard, Prompt
from backend.notifications.models import Attempt


def converse(attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
    """What is said next; a key is acted on at once."""
    asked = reading.with_evening(CrewAsk.objects.filter(pk=attempt.reference["offer"])).first()
    if asked is None:
        # The place was closed while the telephone rang, and what was asked about it is gone with it.
        return End(say("call_over", attempt.language))
    is_open = _is_open(asked, asked.place)
    return VOLUNTEERS.by_call(VOLUNTEERS.asked(asked), attempt, heard, now, is_open=is_open)


def _is_open(asked: CrewAsk, place: CrewPlace) -> bool:
    """Whether a yes would still be of use: also after the deadline, as long as a place in that job is free."""
    if asked.state == CrewAsk.State.OPEN:
        return True
    evening = place.evening
    return evening.state == Evening.State.PLANNED and bool(reading.open_places(evening, place.job))
