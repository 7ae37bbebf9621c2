"""What circles do when a timer comes, when somebody is on the line, and when an absence was recorded."""

from datetime import date, datetime

from backend.circles import texts
from backend.circles.models import Leg, Round
from backend.circles.scripts.life.words import say
from backend.circles.services import (
    absences,
    calls,
    conversing,
    duty_texts,
    duty_watch,
    facts,
    found,
    handing_on,
    life,
    news,
    own_phone_calls,
    paper,
    planning,
    practice,
    reports,
    ringing_in,
    rounds,
    sides,
    spreading,
    swaps,
)
from backend.circles.services.state import locked_round
from backend.events import clock
from backend.events.models import Event, Lane
from backend.events.registry import on_event, on_timer
from backend.notifications.domain.prompts import Answered, Ask, End, Heard, Prompt
from backend.notifications.hosts import QuietHost
from backend.notifications.menu import leading
from backend.notifications.models import Attempt, Message
from backend.notifications.registry import (
    register_enclosure,
    register_host,
    register_inbound_menu,
    register_templates,
    register_text_rule,
)
from backend.people.models import Organisation
from backend.people.services.absences import ABSENCE_RECORDED, ABSENCE_WITHDRAWN
from backend.people.services.duty import DUTY_CHANGED
from backend.people.services.engagements import ENGAGEMENT_CHANGED


class RoundHost(QuietHost):
    """Leads the calls of a round. Nobody rings a round; they ring the circle (see `RingInHost`)."""

    def lock(self, subject_id: int) -> None:
        Round.with_practice.select_for_update().get(pk=subject_id)

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        round_ = locked_round(attempt.subject_id)
        prompt = conversing.converse(round_, attempt, heard, now)
        return practice.announced(round_, heard, prompt, attempt.language)

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:
        leg = Leg.objects.filter(pk=message.reference.get("leg", 0)).first()
        if leg is None:
            return
        round_ = locked_round(message.subject_id)
        if handing_on.is_so(round_):
            sides.ended(round_, message, attempt, now)
        elif leg.state != Leg.State.ENDED:
            facts.call_ended(round_, leg, attempt, message.outcome, now)


class PaperHost(QuietHost):
    """Texts with a list for the morning. The mail has the same list, and the evening's text is no alarm."""

    def lock(self, subject_id: int) -> None:
        Round.objects.select_for_update().get(pk=subject_id)


class RingInHost(QuietHost):
    """Leads the calls of members who ring the circle's number. The subject is the circle."""

    def lock(self, subject_id: int) -> None:
        # In the order of their keys, as everybody locks several rounds.
        today = [reports.of_today(subject_id), own_phone_calls.practice_of_today(subject_id)]
        for round_id in sorted(one.pk for one in today if one is not None):
            locked_round(round_id)

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        return ringing_in.converse(attempt.subject_id, attempt, heard, now)

    def inbound_ended(self, attempt: Attempt, now: datetime) -> None:
        """What was said has been acted on; a call without a key proves nothing. What was left open, a person sees."""
        own_phone_calls.ended(attempt, now)
        leading.hung_up(attempt, now)


class DutyHost(QuietHost):
    """Texts about rosters. The subject is the organisation; what a text told is on the roster page as well."""

    def lock(self, subject_id: int) -> None:
        Organisation.objects.select_for_update(no_key=True).get(pk=subject_id)


class NewsHost(QuietHost):
    """Rings members who have no mobile with news about their circle. The subject is the circle.

    Whoever was not reached finds out when nobody rings; the coordinator sees who was not.
    """

    def lock(self, subject_id: int) -> None:
        life.locked(subject_id)

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:  # noqa: ARG002 -- as hosts do
        if not isinstance(heard, Answered):
            return End(say("thanks", attempt.language))
        day = attempt.reference.get("day")
        circle = life.locked(attempt.subject_id)
        told = news.sentence(
            circle, attempt.reference["news"], attempt.language, date.fromisoformat(day) if day else None
        )
        return Ask(say("heard", attempt.language, news=told), seconds=10)


def absence_recorded(event: Event) -> None:
    """Somebody is away: they are not rung any more today."""
    absences.excuse(event.subject_id, clock.now())


def absence_ended(event: Event) -> None:
    """Somebody is back. Their own key, pressed when they rang in, is proof of life."""
    by_own_key = event.channel == "call" and event.actor == f"person:{event.subject_id}"
    absences.came_back(event.subject_id, by_own_key=by_own_key, now=clock.now())


def engagement_changed(event: Event) -> None:
    """Somebody is with another programme, or is not any more: who is on the bus is not rung."""
    absences.engagement_changed(event.subject_id, clock.now())


def volunteer_is_away(event: Event) -> None:
    """Somebody who may have duties is away: their roster may have a gap now."""
    if event.organisation_id is not None and duty_watch.has_duties(event.subject_id):
        duty_watch.look_soon(event.organisation_id, clock.now())


def duty_changed(event: Event) -> None:
    """A roster is different from what it was."""
    duty_watch.look_soon(event.subject_id, clock.now())


def outcome_recorded(event: Event) -> None:
    """Somebody has said how a member is: the round that an outage held up waits for them no longer."""
    found.outcome_recorded(event.subject_id, clock.now())


def register() -> None:
    """Called once, when the app is ready."""
    register_host(calls.HOST, RoundHost())
    register_templates(*texts.TEMPLATES)
    register_host(ringing_in.HOST, RingInHost())
    register_inbound_menu(ringing_in.recognise)
    on_timer(planning.TIMER, rounds.look)
    on_timer(paper.TIMER, paper.look)
    register_host(paper.HOST, PaperHost())
    register_enclosure(paper.ENCLOSURE, paper.enclosed)
    on_event(ABSENCE_RECORDED, "circles.excuse", absence_recorded, lane=Lane.LIVE)
    on_event(ABSENCE_WITHDRAWN, "circles.back", absence_ended, lane=Lane.LIVE)
    on_event(ENGAGEMENT_CHANGED, "circles.engaged", engagement_changed, lane=Lane.LIVE)
    register_host(duty_watch.HOST, DutyHost())
    on_timer(duty_watch.TIMER, duty_watch.look)
    on_timer(swaps.TIMER, swaps.lapse)
    on_timer(life.TIMER, life.look)
    on_timer(spreading.TIMER, spreading.look)
    register_host(news.HOST, NewsHost())
    register_text_rule("circles.duty", duty_texts.understand, order=duty_texts.ORDER)
    on_event(ABSENCE_RECORDED, "circles.duty_away", volunteer_is_away, lane=Lane.NOTICE)
    on_event(DUTY_CHANGED, "circles.duty_changed", duty_changed, lane=Lane.NOTICE)
    on_event("incidents.outcome", "circles.found", outcome_recorded, lane=Lane.LIVE)
