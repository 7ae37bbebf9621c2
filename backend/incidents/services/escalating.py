"""Alerting: one level after another, louder until somebody claims."""

from datetime import datetime, timedelta

from django.db.models import Q

from backend.events.models import Lane
from backend.events.services import cancel_timer, set_timer
from backend.incidents import texts
from backend.incidents.domain import escalation
from backend.incidents.domain.escalation import Alert, Progress, RemindClaimant, Skip
from backend.incidents.domain.policy import EscalationPolicy, Target
from backend.incidents.models import Incident
from backend.incidents.services import links
from backend.incidents.services.timeline import add_step
from backend.incidents.texts import Told
from backend.notifications.models import Attempt, Message, Way
from backend.notifications.services import queueing

HOST = "incidents"
TIMER = "incidents.look"

PAUSE = timedelta(minutes=1)
"""A ladder on which nobody can be reached is looked at again and again, but not without a pause."""

ALERT_LIVES = timedelta(minutes=12)
"""An alert is refused after this time; a louder one has been made long before."""


def look(incident_id: int, now: datetime) -> None:
    """The timer's handler: bring the escalation to where it should be by now."""
    incident = Incident.objects.select_for_update().get(pk=incident_id)
    escalate(incident, now)


def escalate(incident: Incident, now: datetime) -> None:
    """Do what the policy asks by `now`, and set the next look. Under the incident's lock."""
    if not incident.is_open:
        cancel_timer(kind=TIMER, subject_id=incident.pk)
        return
    policy = EscalationPolicy.from_json(incident.policy)
    progress, actions = escalation.advance(policy, Progress.from_json(incident.progress), now)
    carry_out(incident, policy, progress, actions, now)


def carry_out(
    incident: Incident,
    policy: EscalationPolicy,
    progress: Progress,
    actions: tuple[escalation.Action, ...],
    now: datetime,
) -> None:
    """Alert whom the actions name, save where the escalation is, and set the next look."""
    for action in actions:
        match action:
            case Alert(level=level, again=again):
                add_step(
                    incident,
                    "alerted_again" if again else "alerted",
                    now=now,
                    level=level,
                    role=policy.levels[level].role,
                )
                for target in policy.levels[level].targets:
                    if target.is_reachable:
                        alert(incident, target, now)
            case Skip(level=level):
                add_step(incident, "level_skipped", now=now, level=level, role=policy.levels[level].role)
            case RemindClaimant(claimant=ref):
                add_step(incident, "outcome_overdue", now=now, claimant=ref)
                claimant = policy.target(ref)
                if claimant is not None:
                    tell(incident, claimant, Told.REMINDER, now)
                    alert(incident, claimant, now)
    save_progress(incident, progress)
    look_at = escalation.next_look(policy, progress)
    if look_at <= now:
        look_at = now + PAUSE
    set_timer(kind=TIMER, subject_id=incident.pk, due_at=look_at, lane=Lane.ALARM)


def be_loud(incident: Incident, now: datetime) -> None:
    """More has happened than people were alerted for: say so at once. Under the incident's lock."""
    policy = EscalationPolicy.from_json(incident.policy)
    progress, actions = escalation.loud_now(policy, Progress.from_json(incident.progress), now)
    carry_out(incident, policy, progress, actions, now)


def save_progress(incident: Incident, progress: Progress) -> None:
    """Where the escalation is, on its row."""
    incident.progress = progress.as_json()
    incident.save(update_fields=["progress"])


def alert(incident: Incident, target: Target, now: datetime) -> None:
    """Ring and text somebody. A call that still waits is not queued twice; each call tries the next number."""
    calls = Message.objects.filter(host=HOST, subject_id=incident.pk, way=Way.CALL, reference__target=target.ref)
    if not calls.filter(state__in=Message.OPEN).exists():
        line = target.lines[calls.count() % len(target.lines)]
        _queue(incident, target, Way.CALL, line, now)
    for mobile in target.mobiles:
        if _has_not_left(incident, target, mobile):
            continue
        link = links.make(incident, target.ref, now)
        body = texts.alert(incident, link=link, language=target.language)
        _queue(incident, target, Way.TEXT, mobile, now, body=body)


def _has_not_left(incident: Incident, target: Target, mobile: str) -> bool:
    """Whether a text that alerts them still waits here, or nobody knows yet whether the carrier has it.

    While a carrier takes nothing, louder must not mean ten texts in a row when it is back.
    """
    alerts = Message.objects.filter(
        host=HOST, subject_id=incident.pk, way=Way.TEXT, line=mobile, reference__target=target.ref
    ).exclude(reference__has_key="tells")
    unknown = [Attempt.State.SENDING, Attempt.State.UNDECIDED]
    return alerts.filter(
        Q(state=Message.State.QUEUED) | Q(state=Message.State.UNDER_WAY, attempts__state__in=unknown)
    ).exists()


def tell(incident: Incident, target: Target, told: Told, now: datetime) -> None:
    """Text somebody about an incident, with a link of their own. People without a mobile are not texted."""
    for mobile in target.mobiles:
        link = links.make(incident, target.ref, now)
        body = texts.tell(incident, told, link=link, language=target.language)
        _queue(incident, target, Way.TEXT, mobile, now, body=body, tells=True)


def tell_claimant(incident: Incident, told: Told, now: datetime) -> None:
    """Text whoever has the incident, if anybody has and they stand on its ladder."""
    policy, progress = EscalationPolicy.from_json(incident.policy), Progress.from_json(incident.progress)
    claimant = policy.target(progress.claimant)
    if claimant is not None:
        tell(incident, claimant, told, now)


def call_to_tell(incident: Incident, target: Target, news: str, now: datetime) -> None:
    """Ring somebody with news about an incident that they have been alerted for."""
    if target.lines:
        _queue(incident, target, Way.CALL, target.lines[0], now, news=news)


def _queue(
    incident: Incident, target: Target, way: Way, line: str, now: datetime, *, body: str = "", **reference: object
) -> None:
    queueing.queue(
        organisation=incident.organisation,
        person=None,
        way=way,
        line=line,
        lane=Lane.ALARM,
        host=HOST,
        subject_id=incident.pk,
        reference={"target": target.ref, **reference},
        body=body,
        language=target.language,
        expires_at=now + ALERT_LIVES,
    )
