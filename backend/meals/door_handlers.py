"""What the door does when a timer comes: the list is texted, and the morning after is looked at."""

from backend.events import clock
from backend.events.models import Event, Lane
from backend.events.registry import on_event, on_timer
from backend.meals.services import changing, closing, crew, door_links, following_up, planning


def evening_concerned(event: Event) -> None:
    """An evening is planned or at another time, or somebody helps at it: who is at the door has the list in time."""
    door_links.concerned(event.subject_id, clock.now())


def register() -> None:
    """Called once, when the app is ready."""
    on_timer(door_links.TIMER, door_links.look)
    on_timer(closing.FOLLOW_UP, following_up.look)
    for kind in (planning.EVENING_PLANNED, changing.EVENING_MOVED, crew.CONFIRMED):
        on_event(f"meals.{kind}", "meals.door_links", evening_concerned, lane=Lane.NOTICE)
