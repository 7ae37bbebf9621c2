"""What the dinners do about their crew when a timer comes, somebody is on the line, or something happened elsewhere."""

from datetime import datetime

from backend.events import clock
from backend.events.models import Event, Lane
from backend.events.registry import on_event, on_timer
from backend.meals import crew_texts, crew_words
from backend.meals.models import Evening
from backend.meals.services import crew, crew_answers, crew_asking, crew_calls, crew_people, crew_watch
from backend.notifications.domain.prompts import Heard, Prompt
from backend.notifications.hosts import QuietHost
from backend.notifications.models import Attempt, Message
from backend.notifications.registry import register_catalogue, register_host, register_templates
from backend.notifications.services.crew_texts import register_crew
from backend.people.services.absences import ABSENCE_RECORDED
from backend.people.services.papers import PAPER_SEEN


class CrewHost(QuietHost):
    """Asks volunteers of an evening. The subject is the evening."""

    def lock(self, subject_id: int) -> None:
        Evening.objects.select_for_update(of=("self",)).get(pk=subject_id)

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        return crew_calls.converse(attempt, heard, now)

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:
        if "offer" in message.reference:
            crew_asking.ring_again(message, attempt, now)


def crew_concerned(event: Event) -> None:
    """An evening is planned, at another time, or off: its crew is sought, or told."""
    crew.look_soon(event.subject_id, clock.now())


def volunteer_is_away(event: Event) -> None:
    """Somebody is away: on the evenings on which they help, others are asked."""
    crew_people.look_at_evenings_of(event.subject_id, clock.now())


def paper_seen(event: Event) -> None:
    """Somebody may help now who could not: evenings that still need somebody are looked at, and their own as well."""
    crew_people.look_at_evenings_of(event.subject_id, clock.now())
    if event.organisation_id is not None:
        crew_people.look_at_gaps(event.organisation_id, clock.now())


def register() -> None:
    """Called once, when the app is ready."""
    register_catalogue("meals.crew", crew_words.WORDS.languages)
    register_templates(*crew_texts.TEMPLATES)
    register_host(crew_asking.HOST, CrewHost())
    register_crew(crew_answers.VOLUNTEERS)
    on_timer(crew.TIMER, crew_watch.look)
    for kind in ("evening_planned", "evening_moved", "evening_cancelled"):
        on_event(f"meals.{kind}", "meals.crew_concerned", crew_concerned, lane=Lane.LIVE)
    on_event(ABSENCE_RECORDED, "meals.crew_away", volunteer_is_away, lane=Lane.NOTICE)
    on_event(PAPER_SEEN, "meals.crew_paper", paper_seen, lane=Lane.NOTICE)
