"""What a kitchen does when its timer comes, when a cook is on the line, and when somebody comes or stays away."""

from datetime import datetime

from backend.events import clock
from backend.events.models import Event, Lane
from backend.events.registry import on_event, on_timer
from backend.meals import kitchen_words
from backend.meals.models import Evening
from backend.meals.printing import kitchen as kitchen_list
from backend.meals.services import kitchen, kitchen_calls, kitchen_telling
from backend.meals.services.changing import EVENING_CHANGED, EVENING_MOVED
from backend.notifications.domain.prompts import Heard, Prompt
from backend.notifications.hosts import QuietHost
from backend.notifications.models import Attempt
from backend.notifications.registry import register_catalogue, register_enclosure, register_host

CONCERNS_IT = (
    "reserved",
    "walked_in",
    "covers_changed",
    "changed",
    "cancelled",
    "crew_confirmed",
    "crew_dropped",
    "crew_place_opened",
    "crew_place_closed",
)
"""Events after which the kitchen is looked at at once; whatever else happens it finds within ten minutes."""


class KitchenHost(QuietHost):
    """Reads a cook, who has no mobile, the numbers of the evening. The subject is the evening."""

    def lock(self, subject_id: int) -> None:
        Evening.objects.select_for_update(of=("self",)).get(pk=subject_id)

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        return kitchen_calls.converse(attempt, heard, now)


def concerned(event: Event) -> None:
    """Somebody comes or stays away: after the cutoff the cook hears so at once."""
    kitchen.guests_changed(event.subject_id, clock.now())


def moved(event: Event) -> None:
    """The evening is at other times, or somebody else shops or cooks: whatever the hour, the kitchen is looked at."""
    kitchen.look_soon(event.subject_id, clock.now())


def register() -> None:
    """Called once, when the app is ready."""
    register_host(kitchen_telling.HOST, KitchenHost())
    register_catalogue("meals.kitchen", kitchen_words.WORDS.languages)
    register_enclosure(kitchen_telling.ENCLOSURE, kitchen_list.enclosed)
    on_timer(kitchen.TIMER, kitchen.look)
    for kind in CONCERNS_IT:
        on_event(f"meals.{kind}", "meals.tell_kitchen", concerned, lane=Lane.LIVE)
    on_event("meals.crew_confirmed", "meals.tell_who_shops", moved, lane=Lane.LIVE)
    for kind in (EVENING_CHANGED, EVENING_MOVED):
        on_event(f"meals.{kind}", "meals.move_kitchen", moved, lane=Lane.LIVE)
