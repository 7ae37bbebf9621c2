"""What the dinners do when a timer comes, when somebody is on the line, and when something happened elsewhere."""

from datetime import datetime

from backend.common.actors import SYSTEM
from backend.events import clock
from backend.events.models import Event, Lane
from backend.events.registry import on_event
from backend.meals import (
    asking_handlers,
    crew_handlers,
    desk_handlers,
    door_handlers,
    kitchen_handlers,
    online_handlers,
    texts,
)
from backend.meals.models import Evening
from backend.meals.selectors.ties import ties
from backend.meals.services import confirming, moving, off, restos
from backend.notifications.hosts import QuietHost
from backend.notifications.models import Attempt, Message
from backend.notifications.registry import register_host, register_templates
from backend.notifications.services.speaking import ReadingHost
from backend.people import ties as people_ties


class EveningHost(QuietHost):
    """Conversations about an evening. The subject is the evening."""

    def lock(self, subject_id: int) -> None:
        Evening.objects.select_for_update(of=("self",)).get(pk=subject_id)


class OffHost(ReadingHost):
    """Reads out that a dinner does not take place."""

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:
        off.ended(message, attempt, now)


class MovedHost(ReadingHost):
    """Reads out that a dinner is at another time, or at another address."""

    def __init__(self, news: moving.News) -> None:
        self.news = news

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:
        moving.ended(self.news, message, attempt, now)


def reserved(event: Event) -> None:
    """A party has its chairs: they read so."""
    confirming.reserved(event, clock.now())


def waits(event: Event) -> None:
    """A party is on the waiting list: they read so."""
    confirming.waiting(event, clock.now())


def covers_changed(event: Event) -> None:
    """More or fewer of a party come: they read so."""
    confirming.covers_changed(event, clock.now())


def cancelled(event: Event) -> None:
    """A party does not come: they read so."""
    confirming.cancelled(event, clock.now())


def evening_cancelled(event: Event) -> None:
    """The dinner does not take place: everybody is told."""
    off.tell_everybody(event, clock.now())


def evening_moved(event: Event) -> None:
    """The dinner is at another time: everybody who comes is told."""
    moving.tell_everybody(event.subject_id, moving.TIME, clock.now())


def evening_elsewhere(event: Event) -> None:
    """The dinner is at another address: everybody who comes is told."""
    moving.tell_everybody(event.subject_id, moving.ADDRESS, clock.now())


def seated(event: Event) -> None:
    """Guests have a table again: nobody has to ring them about the one that was removed."""
    restos.have_tables(event.subject_id, SYSTEM, clock.now())


def register_confirming() -> None:
    """What guests are told of what was noted about their places."""
    register_templates(*texts.TEMPLATES)
    for host in (confirming.HOST, confirming.LINKS):
        register_host(host, EveningHost())
    register_host(off.HOST, OffHost())
    for news in (moving.TIME, moving.ADDRESS):
        register_host(news.host, MovedHost(news))
    on_event("meals.reserved", "meals.confirm_reserved", reserved, lane=Lane.NOTICE)
    on_event("meals.waiting", "meals.confirm_waiting", waits, lane=Lane.NOTICE)
    on_event("meals.covers_changed", "meals.confirm_changed", covers_changed, lane=Lane.NOTICE)
    on_event("meals.cancelled", "meals.confirm_cancelled", cancelled, lane=Lane.NOTICE)
    on_event("meals.evening_moved", "meals.confirm_moved", evening_moved, lane=Lane.NOTICE)
    on_event("meals.evening_elsewhere", "meals.tell_address", evening_elsewhere, lane=Lane.NOTICE)
    on_event("meals.evening_cancelled", "meals.tell_everybody", evening_cancelled, lane=Lane.NOTICE)


def register() -> None:
    """Called once, when the app is ready."""
    for kind in ("seated", "moved"):
        on_event(f"meals.{kind}", "meals.have_tables", seated, lane=Lane.NOTICE)
    register_host("meals.evening", EveningHost())
    register_confirming()
    asking_handlers.register()
    kitchen_handlers.register()
    crew_handlers.register()
    desk_handlers.register()
    door_handlers.register()
    online_handlers.register()
    people_ties.register("meals", ties)
