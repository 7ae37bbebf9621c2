"""The end of an incident: what was found, by whom, and when it really happened."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat

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


def mistaken(incident: Incident, *, actor: Actor, now: datetime) -> None:
    """It was opened by a slip of the finger: it ends, and whoever was alerted hears that nobody need go.

    Whoever has taken it already ends it themselves. Takes the incident's lock.
    """
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    if incident.state == Incident.State.OPEN:
        _tell_everybody_alerted(incident, Told.MISTAKEN, now)
        record_outcome(incident, member_id=None, outcome=Outcome.FALSE_ALARM, actor=actor, name="", now=now)


LISTS = (Incident.Kind.OUTAGE, Incident.Kind.RUN)
"""Cases that are a list of people: each who turns out to be well is taken off it."""

ENDED_BY_PROOF = (Incident.Kind.NO_ANSWER, Incident.Kind.NOT_AT_DOOR)
"""Cases that end by themselves when the person turns out to be well: in person, or by a call of their own."""

ENDS_BY_PROOF = (Told.STOOD_DOWN.value, Told.TURNED_UP.value, "reached_after_all")
"""Steps that say that a proof has ended it, or taken somebody off the list."""


def late_proof(
    incident: Incident,
    *,
    person_id: int,
    how: str,
    now: datetime,
    actor: Actor | None = None,
    at: datetime | None = None,
) -> None:
    """Somebody whom the incident is about has given proof of life after all; `actor`: who saw it, else they themselves.

    It ends only a *no-answer* or *not-at-the-door* incident in which nobody has recorded arrival or outcome; otherwise
    the proof is put on the timeline and told to the claimant, and a person ends it (architecture text). `at`: when it
    was given, if that was not now. Takes the incident's lock.
    """
    actor = actor or Actor(f"person:{person_id}", "call")
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    if not incident.is_open:
        return
    member = IncidentMember.objects.filter(incident=incident, person_id=person_id).first()
    if member is None:
        return
    if incident.kind in LISTS:
        _reached_after_all(incident, member, how=how, now=now, actor=actor, at=at)
        return
    untouched = incident.arrived_at is None and not incident.steps.filter(what="outcome").exists()
    if incident.kind in ENDED_BY_PROOF and untouched:
        rang = incident.kind == Incident.Kind.NO_ANSWER and actor.who == f"person:{person_id}"
        told = Told.STOOD_DOWN if rang else Told.TURNED_UP
        member.outcome, member.outcome_at, member.outcome_by = Outcome.ANSWERED_LATE, now, actor.who
        member.save()
        add_step(incident, told.value, now=now, actor=actor, at=at, how=how)
        _tell_everybody_alerted(incident, told, now)
        _close(incident, now)
    else:
        add_step(incident, "late_proof", now=now, actor=actor, at=at, how=how)
        _tell_claimant(incident, now)


def proof_taken_back(
    incident: Incident, *, person_id: int, how: str, at: datetime, actor: Actor, now: datetime
) -> None:
    """What was seen of somebody at `at` (UTC) was a mistake: the incident that it ended goes on, loud.

    Nothing follows when something else ended it, or a person has. Takes the incident's lock.
    """
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    ended = incident.steps.filter(what__in=ENDS_BY_PROOF, at=at, details__how=how).exists()
    if ended and missing_again(incident, [person_id]):
        if not incident.is_open:
            taken = Progress.from_json(incident.progress).claimant
            incident.state, incident.closed_at = Incident.State.CLAIMED if taken else Incident.State.OPEN, None
            incident.save(update_fields=["state", "closed_at"])
        add_step(incident, "proof_taken_back", now=now, actor=actor)
        queueing.cancel_queued(host=escalating.HOST, subject_id=incident.pk)
        escalating.be_loud(incident, now)


def missing_again(incident: Incident, person_ids: Iterable[int]) -> bool:
    """Whoever had been seen by somebody else is not accounted for any more; whether there was anybody such.

    Their own call stays proof that they are well. Under the incident's lock.
    """
    seen = IncidentMember.objects.filter(
        incident=incident, person_id__in=set(person_ids), outcome=Outcome.ANSWERED_LATE
    ).exclude(outcome_by=Concat(Value("person:"), F("person_id"), output_field=CharField()))
    return bool(seen.update(outcome="", outcome_at=None, outcome_by=""))


def _reached_after_all(
    incident: Incident, member: IncidentMember, *, how: str, now: datetime, actor: Actor, at: datetime | None
) -> None:
    """One of those whom an outage left open has been in touch, or one of whom it was not known whether they are home
    has been seen there. A person ends the case, also when nobody is left.
    """
    if member.outcome:
        return
    member.outcome, member.outcome_at, member.outcome_by = Outcome.ANSWERED_LATE, now, actor.who
    member.save()
    add_step(incident, "reached_after_all", now=now, actor=actor, at=at, how=how, member=member.pk)
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


def _tell_everybody_alerted(incident: Incident, news: Told, now: datetime) -> None:
    """Whoever was alerted hears that nobody needs to go; whoever claimed is rung as well, for they are on their way."""
    policy, progress = EscalationPolicy.from_json(incident.policy), Progress.from_json(incident.progress)
    messages = Message.objects.filter(host=escalating.HOST, subject_id=incident.pk)
    refs = set(messages.exclude(state=Message.State.QUEUED).values_list("reference__target", flat=True))
    queueing.cancel_queued(host=escalating.HOST, subject_id=incident.pk)
    told = set()
    for target in (target for level in policy.levels for target in level.targets):
        if target.ref in refs and target.ref not in told:
            told.add(target.ref)
            escalating.tell(incident, target, news, now)
            if target.ref == progress.claimant or not target.mobiles:
                escalating.call_to_tell(incident, target, news.value, now)


def _must_be_open(incident: Incident) -> None:
    if not incident.is_open:
        raise Conflict("This case is closed already. Nothing has been changed.")
