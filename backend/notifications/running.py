"""Doing what is due in a lane: what the carrier reported, what is silent, what is to be sent."""

from backend.events.claims import POISON_AFTER
from backend.events.models import Lane
from backend.notifications.models import Callback, Letter, Message
from backend.notifications.services import post, reconciling, reporting, sending


def run_lane(lane: str) -> int:
    """One look at a lane; returns how much was done."""
    return reporting.work_off_callbacks(lane) + sending.send_due(lane) + (post.send_due() if lane == Lane.NOTICE else 0)


def look_at_silent(lane: str) -> int:
    """Ask the carrier about silent attempts, with the live lane and once a look: it may take its time to answer."""
    return reconciling.look_at_due() if lane == Lane.LIVE else 0


def poisoned() -> dict[str, int]:
    """How many messages and callbacks fail again and again."""
    return {
        "messages": Message.objects.filter(state=Message.State.QUEUED, tries__gte=POISON_AFTER).count(),
        "callbacks": Callback.objects.filter(done=False, tries__gte=POISON_AFTER).count(),
        "letters": Letter.objects.filter(state=Letter.State.QUEUED, tries__gte=POISON_AFTER).count(),
    }
