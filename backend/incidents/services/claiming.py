"""Who takes an incident. The first claim wins; who comes second is told who has it."""

from datetime import datetime

from backend.common.actors import Actor
from backend.common.errors import Conflict, NotAllowed
from backend.incidents.domain import escalation
from backend.incidents.domain.escalation import Progress
from backend.incidents.domain.policy import EscalationPolicy, Target
from backend.incidents.models import Incident
from backend.incidents.services import escalating
from backend.incidents.services.timeline import add_step
from backend.incidents.texts import Told
from backend.notifications.models import Message
from backend.notifications.services import queueing


class AlreadyClaimed(Conflict):
    """Somebody else has it."""


class AlreadyClosed(Conflict):
    """It is over."""


def locked(incident_id: int) -> Incident:
    """The incident, locked until the end of the transaction."""
    return Incident.objects.select_for_update().get(pk=incident_id)


def claim(incident: Incident, *, target: Target, actor: Actor, now: datetime) -> Incident:
    """`target` takes the incident (by key, by link or on a page). Under the incident's lock.

    Claiming again what one has changes nothing. Raises AlreadyClaimed and AlreadyClosed, naming who and when.
    """
    if not incident.is_open:
        raise AlreadyClosed("This case is closed already. You need do nothing.")
    policy, progress = EscalationPolicy.from_json(incident.policy), Progress.from_json(incident.progress)
    if progress.claimant == target.ref and escalation.is_held(progress, now):
        return incident
    if not escalation.may_claim(progress, target.ref, now):
        raise AlreadyClaimed(f"{incident.claimed_by_name} has taken this already.")
    progress = escalation.claimed(policy, progress, target.ref, now)
    kind, _, pk = target.ref.partition(":")
    incident.claimed_by_person_id = int(pk) if kind == "person" else None
    incident.claimed_by_contact_id = int(pk) if kind == "contact" else None
    incident.claimed_by_name = target.name[:120]
    incident.claimed_at = now
    incident.state = Incident.State.CLAIMED
    incident.save()
    add_step(incident, "claimed", now=now, actor=actor, actor_name=target.name, claimant=target.ref)
    queueing.cancel_queued(host=escalating.HOST, subject_id=incident.pk)
    escalating.tell(incident, target, Told.CLAIMED, now)
    for other in _others_alerted(incident, policy, target):
        escalating.tell(incident, other, Told.CLAIMED_BY_OTHER, now)
    escalating.carry_out(incident, policy, progress, (), now)
    return incident


def decline(incident: Incident, *, target: Target, actor: Actor, now: datetime) -> None:
    """`target` cannot go. When nobody is left on the level, the next is alerted at once. Under the lock.

    Raises AlreadyClaimed, naming who has it: then nobody waits for an answer, and nobody else is asked.
    """
    if not incident.is_open:
        return
    progress = Progress.from_json(incident.progress)
    if not escalation.may_claim(progress, target.ref, now):
        raise AlreadyClaimed(f"{incident.claimed_by_name} has taken this already.")
    if target.ref in progress.declined and progress.claimant != target.ref:
        return
    add_step(incident, "declined", now=now, actor=actor, actor_name=target.name, target=target.ref)
    if progress.claimant == target.ref:
        _give_back(incident)
    escalating.save_progress(incident, escalation.declined(progress, target.ref))
    escalating.escalate(incident, now)


def _give_back(incident: Incident) -> None:
    """The claimant cannot go after all: nobody has it."""
    incident.claimed_by_person_id = incident.claimed_by_contact_id = None
    incident.claimed_by_name, incident.claimed_at = "", None
    incident.state = Incident.State.OPEN
    incident.save()


def target_of(incident: Incident, ref: str) -> Target:
    """Somebody on the frozen ladder. Raises NotAllowed for anybody else."""
    target = EscalationPolicy.from_json(incident.policy).target(ref)
    if target is None:
        raise NotAllowed("You are not on the list for this case. Ring the coordinator.")
    return target


def _others_alerted(incident: Incident, policy: EscalationPolicy, claimant: Target) -> list[Target]:
    """Who else has been alerted and should know that somebody has it."""
    refs = set(
        Message.objects.filter(host=escalating.HOST, subject_id=incident.pk).values_list("reference__target", flat=True)
    )
    alerted = [t for level in policy.levels for t in level.targets if t.ref in refs and t.ref != claimant.ref]
    return list({target.ref: target for target in alerted}.values())
