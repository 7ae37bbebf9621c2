"""Doing what is due in a lane: what the carrier reported, what people texted, what is silent, what is to be sent."""

from backend.events.claims import POISON_AFTER
from backend.events.models import Lane
from backend.notifications.models import Callback, InboundText, Letter, Message
from backend.notifications.services import incoming, moving, post, reconciling, reporting, sending


def run_lane(lane: str) -> int:
    """One look at a lane; returns how much was done."""
    done = reporting.work_off_callbacks(lane) + incoming.work_off_texts(lane) + sending.send_due(lane)
    return done + (moving.move_due() if lane == Lane.LIVE else 0)


def look_outside(lane: str) -> int:
    """Ask the carrier about silent attempts, and send letters: once a look, for others may take their time to answer.

    Letters go with what waits for nobody: a mail server that hangs must not look like workers that stand still.
    """
    if lane == Lane.BULK:
        return post.send_due()
    return reconciling.look_at_due(lane) if lane in (Lane.LIVE, Lane.ALARM) else 0


def poisoned() -> dict[str, int]:
    """How many messages, callbacks and texts fail again and again."""
    return {
        "messages": Message.objects.filter(state=Message.State.QUEUED, tries__gte=POISON_AFTER).count(),
        "callbacks": Callback.objects.filter(done=False, tries__gte=POISON_AFTER).count(),
        "letters": Letter.objects.filter(state=Letter.State.QUEUED, tries__gte=POISON_AFTER).count(),
        "texts": InboundText.objects.filter(done=False, tries__gte=POISON_AFTER).count(),
    }
