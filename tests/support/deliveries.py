"""What follows from an event, without a worker."""

from backend.events.models import Lane
from backend.events.running import run_deliveries


def drain() -> None:
    """Everything that follows from what happened has been done."""
    while run_deliveries(Lane.NOTICE):
        pass
