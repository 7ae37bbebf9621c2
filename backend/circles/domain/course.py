"""What happens next in a morning, whatever its mode: a function of its state and the time, and of nothing else."""

from datetime import datetime

from backend.circles.domain import decisions, own_phone
from backend.circles.domain.decisions import Action
from backend.circles.domain.modes import Mode
from backend.circles.domain.morning import Morning


def decide(morning: Morning, now: datetime) -> tuple[Action, ...]:
    """What is to be done now, in this order. Empty while the only thing to do is wait."""
    if morning.mode is Mode.OWN_PHONE:
        return own_phone.decide(morning, now)
    return decisions.decide(morning, now)


def next_look(morning: Morning) -> datetime | None:
    """When to decide again if nothing happens before. None when the morning is over."""
    if morning.mode is Mode.OWN_PHONE:
        return own_phone.next_look(morning)
    return decisions.next_look(morning)
