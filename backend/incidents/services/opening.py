"""Opening an incident: the policy is frozen, the first level alerted, the next look set, all in one transaction."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from backend.common.actors import SYSTEM, Actor
from backend.incidents.domain.escalation import Progress
from backend.incidents.domain.policy import EscalationPolicy
from backend.incidents.models import Incident, IncidentMember
from backend.incidents.services.closing import missing_again
from backend.incidents.services.escalating import be_loud, escalate, tell_claimant
from backend.incidents.services.timeline import add_step
from backend.incidents.texts import Told
from backend.people.models import Organisation, Person

NEWS_EVERY = timedelta(minutes=5)
"""How often whoever has a case hears by text that it concerns more people."""

LABEL_LENGTH = 120
"""Longer names are cut rather than let them keep an incident from being opened."""


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
        cause=_cause_now(kind, cause),
        defaults={
            "organisation": organisation,
            "kind": kind,
            "source_kind": source_kind,
            "source_id": source_id,
            "source_label": source_label[:LABEL_LENGTH],
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
        if kind == Incident.Kind.HELP:
            _cried_again(incident, actor=actor, now=now)
        elif kind == Incident.Kind.WORRIED:
            _worried_again(incident, actor=actor, now=now)
    return incident


def _cause_now(kind: Incident.Kind, cause: str) -> str:
    """A cry for help, a worry or a door that stays shut after its case was closed is a new case: it may be a fall."""
    if kind not in (Incident.Kind.HELP, Incident.Kind.WORRIED, Incident.Kind.NOT_AT_DOOR):
        return cause
    earlier = Incident.objects.filter(Q(cause=cause) | Q(cause__startswith=f"{cause}:again:"))
    closed = earlier.filter(state=Incident.State.CLOSED).count()
    return f"{cause}:again:{closed}" if closed else cause


def _cried_again(incident: Incident, *, actor: Actor, now: datetime) -> None:
    """Somebody asks for help while their case is open: whoever has it, and everybody alerted, hears so at once."""
    if incident.is_open:
        add_step(incident, "asked_again", now=now, actor=actor)
        be_loud(incident, now)


def _worried_again(incident: Incident, *, actor: Actor, now: datetime) -> None:
    """Somebody else worries, too, while the case is open: whoever has it hears so, at most once in five minutes."""
    if not incident.is_open:
        return
    recent = incident.steps.filter(what="worried_again", recorded_at__gt=now - NEWS_EVERY).exists()
    add_step(incident, "worried_again", now=now, actor=actor)
    if not recent:
        tell_claimant(incident, Told.WORRIED_AGAIN, now)


def add_members(incident: Incident, members: list[Person], *, now: datetime) -> None:
    """The same cause concerns more people, or again whoever the crew of a bus had seen: it is loud.

    Under the incident's lock; a closed incident takes nobody in.
    """
    if incident.is_open and _take_in(incident, members, now):
        be_loud(incident, now)


def add_members_quietly(incident: Incident, members: list[Person], *, now: datetime) -> None:
    """More people are concerned by what everybody alerted knows already: nobody is rung a second time for them.

    Whoever has the case gets a text, at most one in five minutes. Under the incident's lock.
    """
    if not incident.is_open:
        return
    recent = incident.steps.filter(what="member_added", recorded_at__gt=now - NEWS_EVERY).exists()
    if _take_in(incident, members, now) and not recent:
        tell_claimant(incident, Told.MORE_PEOPLE, now)


def _take_in(incident: Incident, members: list[Person], now: datetime) -> list[Person]:
    """Make these people part of the case; returns those who were not, or were off its list."""
    listed = members if incident.kind == Incident.Kind.RUN else []
    again = [person for person in listed if missing_again(incident, [person.pk])]
    for person in again:
        add_step(incident, "missing_again", now=now, member=incident.members.get(person=person).pk)
    known = set(IncidentMember.objects.filter(incident=incident).values_list("person_id", flat=True))
    added = [person for person in members if person.pk not in known]
    for person in added:
        IncidentMember.objects.get_or_create(incident=incident, person=person)
        add_step(incident, "member_added", now=now, member=person.pk)
    return added + again
