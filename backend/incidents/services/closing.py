"""The end of an incident: what was found, by whom, and when it really happened."""

from datetime import datetime

from backend.common.actors import SYSTEM, Actor
from backend.common.errors import Conflict, NotFound, RondjeError
from backend.events.services import cancel_timer
from backend.incidents.domain import escalation
from backend.incidents.domain.escalation import Progress
from backend.incidents.domain.outcomes import ABOUT_THE_WHOLE
from backend.incidents.domain.policy import EscalationPolicy
from backend.incidents.models import Incident, IncidentMember, Outcome
from backend.incidents.services import escalating
from backend.incidents.services.timeline import add_step
from backend.incidents.texts import Told
from backend.notifications.models import Message
from backend.notifications.services import queueing

NOT_YET_AN_END = (Outcome.KEY_FAILED, Outcome.EMERGENCY_CALLED)
"""Recorded, but the person has not been found well or in good hands: the incident stays open."""


def record_arrival(incident: Incident, *, actor: Actor, name: str, now: datetime) -> None:
    """Somebody stands at the door. From here on only a person ends the incident. Under the lock."""
    _must_be_open(incident)
    if incident.arrived_at is None:
        incident.arrived_at = now
        incident.save(update_fields=["arrived_at"])
        add_step(incident, "arrived", now=now, actor=actor, actor_name=name)


def record_outcome(
    incident: Incident,
    *,
    member_id: int | None,
    outcome: Outcome,
    actor: Actor,
    name: str,
    now: datetime,
    at: datetime | None = None,
) -> None:
    """What was found, for one member (a row of `incident.members`) or, with None, for all. Under the lock.

    `at` is the true time (UTC) when it was not now; it may not lie ahead or before the incident. The incident closes
    when every member has an end. Raises Conflict, NotFound and RondjeError.
    """
    _must_be_open(incident)
    true_time = at or now
    if true_time > now or true_time < incident.opened_at:
        raise RondjeError("The time must lie between the opening of the case and now.")
    members = IncidentMember.objects.filter(incident=incident)
    if outcome in ABOUT_THE_WHOLE and members.filter(outcome="").exists():
        raise RondjeError("This case is about people: say for each of them what was found.")
    chosen = members if member_id is None else members.filter(pk=member_id)
    if member_id is not None and not chosen.exists():
        raise NotFound("This person is not part of the case.")
    add_step(
        incident,
        "outcome",
        now=now,
        at=true_time,
        actor=actor,
        actor_name=name,
        outcome=outcome.value,
        member=member_id,
    )
    if outcome in NOT_YET_AN_END:
        _send_somebody_else(incident, outcome, now)
        return
    chosen.filter(outcome="").update(outcome=outcome, outcome_at=true_time, outcome_by=actor.who)
    if not members.filter(outcome="").exists():
        _close(incident, now)


def late_proof(incident: Incident, *, person_id: int, how: str, now: datetime) -> None:
    """Somebody whom the incident is about has given proof of life after all.

    It ends only a *no-answer* incident in which nobody has recorded arrival or outcome; otherwise the proof is put
    on the timeline and told to the claimant, and a person ends it (architecture text). Takes the incident's lock.
    """
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    if not incident.is_open:
        return
    member = IncidentMember.objects.filter(incident=incident, person_id=person_id).first()
    if member is None:
        return
    if incident.kind == Incident.Kind.OUTAGE:
        _reached_after_all(incident, member, how=how, now=now)
        return
    untouched = incident.arrived_at is None and not incident.steps.filter(what="outcome").exists()
    if incident.kind == Incident.Kind.NO_ANSWER and untouched:
        member.outcome, member.outcome_at, member.outcome_by = Outcome.ANSWERED_LATE, now, f"person:{person_id}"
        member.save()
        add_step(incident, "stood_down", now=now, actor=Actor(f"person:{person_id}", "call"), how=how)
        _tell_everybody_alerted(incident, now)
        _close(incident, now)
    else:
        add_step(incident, "late_proof", now=now, actor=Actor(f"person:{person_id}", "call"), how=how)
        _tell_claimant(incident, now)


def _reached_after_all(incident: Incident, member: IncidentMember, *, how: str, now: datetime) -> None:
    """One of those whom an outage left open has been in touch. A person ends the case, also when nobody is left."""
    if member.outcome:
        return
    actor = Actor(f"person:{member.person_id}", "call")
    member.outcome, member.outcome_at, member.outcome_by = Outcome.ANSWERED_LATE, now, actor.who
    member.save()
    add_step(incident, "reached_after_all", now=now, actor=actor, how=how, member=member.pk)
    if not IncidentMember.objects.filter(incident=incident, outcome="").exists():
        escalating.tell_claimant(incident, Told.ALL_REACHED, now)


def _close(incident: Incident, now: datetime) -> None:
    incident.state = Incident.State.CLOSED
    incident.closed_at = now
    incident.save(update_fields=["state", "closed_at"])
    add_step(incident, "closed", now=now, actor=SYSTEM)
    cancel_timer(kind=escalating.TIMER, subject_id=incident.pk)
    Message.objects.filter(host=escalating.HOST, subject_id=incident.pk, state=Message.State.QUEUED).exclude(
        reference__has_key="tells"
    ).exclude(reference__has_key="news").update(state=Message.State.CANCELLED, outcome="cancelled")


def _send_somebody_else(incident: Incident, outcome: Outcome, now: datetime) -> None:
    """No end yet: the claimant has their time anew; when the key failed, the next level is alerted as well."""
    policy, progress = EscalationPolicy.from_json(incident.policy), Progress.from_json(incident.progress)
    actions: tuple[escalation.Action, ...] = ()
    if progress.claimant:
        progress = escalation.claimed(policy, progress, progress.claimant, now)
    if outcome == Outcome.KEY_FAILED:
        progress, actions = escalation.next_level_now(policy, progress, now)
    escalating.carry_out(incident, policy, progress, actions, now)


def _tell_claimant(incident: Incident, now: datetime) -> None:
    policy, progress = EscalationPolicy.from_json(incident.policy), Progress.from_json(incident.progress)
    claimant = policy.target(progress.claimant)
    if claimant is not None:
        escalating.tell(incident, claimant, Told.STOOD_DOWN, now)
        escalating.call_to_tell(incident, claimant, "late_proof", now)


def _tell_everybody_alerted(incident: Incident, now: datetime) -> None:
    """Whoever was alerted hears that nobody needs to go; whoever claimed is rung as well, for they are on their way."""
    policy, progress = EscalationPolicy.from_json(incident.policy), Progress.from_json(incident.progress)
    messages = Message.objects.filter(host=escalating.HOST, subject_id=incident.pk)
    refs = set(messages.exclude(state=Message.State.QUEUED).values_list("reference__target", flat=True))
    queueing.cancel_queued(host=escalating.HOST, subject_id=incident.pk)
    told = set()
    for target in (target for level in policy.levels for target in level.targets):
        if target.ref in refs and target.ref not in told:
            told.add(target.ref)
            escalating.tell(incident, target, Told.STOOD_DOWN, now)
            if target.ref == progress.claimant or not target.mobiles:
                escalating.call_to_tell(incident, target, "stood_down", now)


def _must_be_open(incident: Incident) -> None:
    if not incident.is_open:
        raise Conflict("This case is closed already. Nothing has been changed.")
