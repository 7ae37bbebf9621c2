"""What incidents do when their timer comes, when somebody answers an alert, and when an alert has ended."""

from datetime import datetime

from backend.common.actors import Actor
from backend.events.registry import on_timer
from backend.incidents import menu, scripts, selectors, texts
from backend.incidents.domain.escalation import Progress, may_claim
from backend.incidents.models import Incident
from backend.incidents.services import claiming, escalating, texting
from backend.incidents.services.timeline import add_step
from backend.incidents.words import WORDS
from backend.notifications.domain.prompts import Heard, Prompt
from backend.notifications.hosts import QuietHost
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.registry import (
    register_catalogue,
    register_host,
    register_menu_entry,
    register_templates,
    register_text_rule,
)
from backend.people import words as people


class AlertHost(QuietHost):
    """Leads the calls that alert somebody."""

    def lock(self, subject_id: int) -> None:
        Incident.objects.select_for_update().get(pk=subject_id)

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        incident = claiming.locked(attempt.subject_id)
        target = claiming.target_of(incident, attempt.reference["target"])
        actor = Actor(who=target.ref, channel="call")
        phase = attempt.script.get("phase", "offer")
        briefing = selectors.briefing(incident, attempt.language) if phase == "taken" else None
        turn = scripts.alert_call(
            _standing(incident, target.ref, attempt, now), phase, heard, briefing, attempt.language
        )
        attempt.script = {"phase": turn.phase}
        prompt = turn.prompt
        if turn.decision == "claim":
            claiming.claim(incident, target=target, actor=actor, now=now)
            prompt = scripts.briefed(selectors.briefing(incident, attempt.language), attempt.language)
        elif turn.decision == "decline":
            claiming.decline(incident, target=target, actor=actor, now=now)
        elif turn.decision == "heard":
            add_step(incident, "news_heard", now=now, actor=actor, actor_name=target.name)
        return prompt

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:
        """An alert that reached nobody is part of the timeline; the escalation goes on by its own clock."""
        reached = attempt is not None and attempt.step > 1
        if message.way == Way.TEXT and message.outcome == Attempt.State.COMPLETED:
            reached = True
        if not reached:
            incident = Incident.objects.get(pk=message.subject_id)
            add_step(
                incident,
                "alert_not_answered",
                now=now,
                target=message.reference.get("target", ""),
                way=message.way,
                outcome=message.outcome,
            )


def _standing(incident: Incident, ref: str, attempt: Attempt, now: datetime) -> scripts.Standing:
    progress = Progress.from_json(incident.progress)
    held = "" if may_claim(progress, ref, now) else incident.claimed_by_name
    return scripts.Standing(
        label=incident.source_label,
        kind=incident.kind,
        news=str(attempt.reference.get("news", "")),
        is_open=incident.is_open,
        held_by_other=held,
        known=selectors.known_in_words(incident, attempt.language),
    )


def register() -> None:
    """Called once, when the app is ready."""
    register_catalogue("incidents", WORDS.languages)
    register_catalogue("people", people.WORDS.languages)
    register_host(escalating.HOST, AlertHost())
    register_templates(*texts.TEMPLATES)
    register_text_rule(texting.HELP_NAME, texting.claimant_needs_help, order=15)
    register_text_rule(texting.NAME, texting.answer, order=30)
    register_text_rule(texting.LAST_NAME, texting.what_nobody_understood, order=60)
    register_menu_entry(menu.ENTRY)
    on_timer(escalating.TIMER, escalating.look)
