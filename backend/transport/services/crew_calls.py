"""The call that asks somebody to drive or to host, under the trip's lock."""

from datetime import datetime

from backend.notifications.domain.prompts import Heard, Prompt
from backend.notifications.models import Attempt
from backend.transport.models import CrewDuty, CrewOffer, Trip
from backend.transport.selectors import crew as reading
from backend.transport.services.crew_answers import VOLUNTEERS


def converse(attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
    """What is said next; a key is acted on at once."""
    offer = reading.with_trips(CrewOffer.objects.filter(pk=attempt.reference["offer"])).get()
    is_open = _is_open(offer, offer.duty)
    return VOLUNTEERS.by_call(VOLUNTEERS.asked(offer), attempt, heard, now, is_open=is_open)


def _is_open(offer: CrewOffer, duty: CrewDuty) -> bool:
    """Whether a yes would still be of use: also after the deadline, as long as nobody is confirmed."""
    if offer.state == CrewOffer.State.OPEN:
        return True
    return duty.state != CrewDuty.State.CONFIRMED and duty.trip.state == Trip.State.PLANNED
