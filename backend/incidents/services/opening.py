"""Opening an incident: the policy is frozen, the first level alerted, the next look set, all in one transaction."""

from datetime import datetime
from typing import Any

from backend.common.actors import SYSTEM, Actor
from backend.incidents.domain.escalation import Progress
from backend.incidents.domain.policy import EscalationPolicy
from backend.incidents.models import Incident, IncidentMember
from backend.incidents.services.escalating import escalate
from backend.incidents.services.timeline import add_step
from backend.people.models import Organisation, Person


def open_incident(
    *,
    organisation: Organisation,
    kind: Incident.Kind,
    cause: str,
    members: list[Person],
    policy: EscalationPolicy,
    source_kind: str,
    source_id: int,
    source_label: str,
    now: datetime,
    actor: Actor = SYSTEM,
    details: dict[str, Any] | None = None,
) -> Incident:
    """Open an incident, or add to the one that this cause has already. One cause, one incident.

    Call it in the transaction that decides, with the source's lock held. Times are UTC. A policy that reaches nobody
    does not keep it from being opened.
    """
    incident, is_new = Incident.objects.get_or_create(
        cause=cause,
        defaults={
            "organisation": organisation,
            "kind": kind,
            "source_kind": source_kind,
            "source_id": source_id,
            "source_label": source_label,
            "details": details or {},
            "policy": policy.as_json(),
            "progress": Progress(opened_at=now).as_json(),
            "opened_at": now,
        },
    )
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    if is_new:
        for person in members:
            IncidentMember.objects.create(incident=incident, person=person)
        add_step(incident, "opened", now=now, actor=actor, kind=kind.value, **(details or {}))
        escalate(incident, now)
    else:
        add_members(incident, members, now=now)
    return incident


def add_members(incident: Incident, members: list[Person], *, now: datetime) -> None:
    """The same cause concerns more people. Under the incident's lock; a closed incident takes nobody in."""
    if not incident.is_open:
        return
    for person in members:
        _member, is_new = IncidentMember.objects.get_or_create(incident=incident, person=person)
        if is_new:
            add_step(incident, "member_added", now=now, member=person.pk)
