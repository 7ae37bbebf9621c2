"""What the heart knows of the programmes: functions that they registered in `AppConfig.ready`."""

from collections.abc import Callable
from datetime import datetime

from backend.events.models import Event

TimerHandler = Callable[[int, datetime], None]
"""Looks at a subject (its id) at a time (UTC). Locks, decides, saves; called in a transaction; may run twice."""

EventHandler = Callable[[Event], None]
"""Reacts to an event. Called in a transaction; runs at least once, takes effect once; re-reads state."""

timer_handlers: dict[str, TimerHandler] = {}
event_handlers: dict[str, dict[str, tuple[str, EventHandler]]] = {}


def on_timer(kind: str, handler: TimerHandler) -> None:
    """Let `handler` look at the subjects of timers of this kind."""
    timer_handlers[kind] = handler


def on_event(kind: str, name: str, handler: EventHandler, *, lane: str) -> None:
    """Deliver events of `kind` to `handler`, known in rows by its stable `name`, in `lane`."""
    event_handlers.setdefault(kind, {})[name] = (lane, handler)
