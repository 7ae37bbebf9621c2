"""What the dinners do when they ask guests something: chairs for who waits, and the question of the evening before."""

from datetime import datetime

from backend.events import clock
from backend.events.models import Event, Lane
from backend.events.registry import on_event, on_timer
from backend.meals import day_before_words, menu_words, offer_words
from backend.meals.models import Evening
from backend.meals.services import (
    asking,
    day_before,
    evenings,
    menu,
    offer_messages,
    text_booking,
    texting,
    waiting,
)
from backend.meals.services.changing import EVENING_MOVED
from backend.meals.services.restos import RESTO_SAVED, TABLE_REMOVED
from backend.notifications.domain.prompts import Heard, Prompt
from backend.notifications.hosts import QuietHost
from backend.notifications.models import Attempt, Message
from backend.notifications.registry import (
    register_catalogue,
    register_host,
    register_menu_entry,
    register_questions,
    register_text_rule,
)
from backend.people.services.absences import ABSENCE_RECORDED, ABSENCE_WITHDRAWN


class AskingHost(QuietHost):
    """Asks guests something. The subject is the evening."""

    def lock(self, subject_id: int) -> None:
        Evening.objects.select_for_update(of=("self",)).get(pk=subject_id)


class OfferHost(AskingHost):
    """Offers free chairs to who waits."""

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        return asking.ask_offer(attempt, heard, now)

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:  # noqa: ARG002 -- as hosts do
        offer_messages.once_more(evenings.locked(message.subject_id), message, now)


def has_room_perhaps(event: Event) -> None:
    """Chairs may have come free, or the list has changed: who waits may fit now."""
    waiting.look_soon(event.subject_id, clock.now())


def away_or_back(event: Event) -> None:
    """Somebody who waits is away, or is back."""
    waiting.person_changed(event.subject_id, clock.now())


def tables_changed(event: Event) -> None:
    """A resto has other tables."""
    waiting.resto_changed(event.subject_id, clock.now())


class DayBeforeHost(AskingHost):
    """Asks guests, on the evening before, whether they come."""

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        return asking.ask_day_before(attempt, heard, now)


def comes(event: Event) -> None:
    """Whoever has reserved is asked on the evening before."""
    day_before.arm(event.subject_id, clock.now())


def is_off(event: Event) -> None:
    """Nobody is asked about a dinner that does not take place."""
    day_before.look_soon(event.subject_id, clock.now())


def moved(event: Event) -> None:
    """The evening begins at another time: guests are asked in time, and the list closes when the kitchen needs it."""
    day_before.arm(event.subject_id, clock.now())
    waiting.look_soon(event.subject_id, clock.now())


CHANGES_THE_LIST = (
    "waiting",
    "cancelled",
    "covers_changed",
    "held",
    "evening_changed",
    "crew_place_opened",
    "crew_place_closed",
    "evening_cancelled",
)
"""Events after which the waiting list is looked at."""


def register() -> None:
    """Called once, when the app is ready."""
    register_catalogue("meals.offer", offer_words.WORDS.languages)
    register_catalogue("meals.day_before", day_before_words.WORDS.languages)
    register_text_rule(text_booking.NAME, text_booking.understand, order=text_booking.ORDER)
    register_text_rule(text_booking.CHOOSING, text_booking.choose, order=text_booking.CHOOSING_ORDER)
    register_questions(text_booking.WAITING, text_booking.questions, text_booking.nothing_late)
    register_text_rule(text_booking.BARE, text_booking.about_what, order=text_booking.BARE_ORDER)
    register_menu_entry(menu.ENTRY)
    register_catalogue("meals.menu", menu_words.WORDS.languages)
    register_questions(texting.NAME, texting.questions, texting.too_late)
    register_host(day_before.HOST, DayBeforeHost())
    register_host(day_before.REMINDING, AskingHost())
    on_timer(day_before.TIMER, day_before.look)
    on_event("meals.reserved", "meals.arm_day_before", comes, lane=Lane.NOTICE)
    on_event("meals.evening_cancelled", "meals.ask_nobody", is_off, lane=Lane.NOTICE)
    on_event(f"meals.{EVENING_MOVED}", "meals.other_time", moved, lane=Lane.NOTICE)
    register_host(offer_messages.HOST, OfferHost())
    on_timer(waiting.TIMER, waiting.look)
    for kind in (ABSENCE_RECORDED, ABSENCE_WITHDRAWN):
        on_event(kind, "meals.waiting_person_away", away_or_back, lane=Lane.NOTICE)
    for kind in (RESTO_SAVED, TABLE_REMOVED):
        on_event(kind, "meals.waiting_tables", tables_changed, lane=Lane.NOTICE)
    for kind in CHANGES_THE_LIST:
        on_event(f"meals.{kind}", "meals.look_at_list", has_room_perhaps, lane=Lane.NOTICE)
