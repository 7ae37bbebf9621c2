"""What a person records on a page about an incident: one transaction each, under the incident's lock."""

from datetime import datetime, timedelta

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import NotAllowed, NotFound
from backend.incidents.domain.policy import Target
from backend.incidents.models import Incident, Outcome
from backend.incidents.services import claiming, closing
from backend.incidents.services.timeline import add_step
from backend.incidents.web import cases
from backend.people.models import Contact

DOUBLE_TAP = timedelta(minutes=1)
"""The same thing recorded again by the same person within this time (product's clock) was one tap too many."""


@transaction.atomic
def claim(incident_id: int, *, target: Target, actor: Actor, now: datetime) -> None:
    """Take the case. Raises AlreadyClaimed and AlreadyClosed."""
    claiming.claim(claiming.locked(incident_id), target=target, actor=actor, now=now)


@transaction.atomic
def decline(incident_id: int, *, target: Target, actor: Actor, now: datetime) -> None:
    """Say that one cannot go. Raises AlreadyClaimed."""
    claiming.decline(claiming.locked(incident_id), target=target, actor=actor, now=now)


@transaction.atomic
def arrived(incident_id: int, *, actor: Actor, name: str, now: datetime) -> None:
    """Say that one is at the door. Raises Conflict when the case is closed."""
    closing.record_arrival(claiming.locked(incident_id), actor=actor, name=name, now=now)


@transaction.atomic
def outcome(
    incident_id: int,
    *,
    member_id: int | None,
    found: Outcome,
    actor: Actor,
    name: str,
    now: datetime,
    at: datetime | None = None,
) -> None:
    """Say what was found, now or at its true time (UTC). A double tap counts once.

    Raises Conflict when the case is closed, NotFound for a member of another case, RondjeError for an impossible time.
    """
    incident = claiming.locked(incident_id)
    if _was_just_recorded(incident, member_id, found, actor, now):
        return
    closing.record_outcome(incident, member_id=member_id, outcome=found, actor=actor, name=name, now=now, at=at)


@transaction.atomic
def key_note_seen(incident_id: int, contact_pk: int, *, actor: Actor, name: str, now: datetime) -> Contact:
    """Who has the case looks at where a key is: the contact with its note, and a line in the timeline.

    Raises NotAllowed for whoever does not have the case, NotFound for a contact of nobody in it.
    """
    incident = claiming.locked(incident_id)
    if not cases.is_held_by(incident, actor.who):
        raise NotAllowed("Where the key is, is shown only to who has the case. Take the case first.")
    contact = Contact.objects.filter(pk=contact_pk, person__incident_memberships__incident=incident).first()
    if contact is None:
        raise NotFound("This does not exist, or it is not one of your organisation's.")
    add_step(incident, "key_note_shown", now=now, actor=actor, actor_name=name, contact=contact.pk)
    return contact


def _was_just_recorded(incident: Incident, member_id: int | None, found: Outcome, actor: Actor, now: datetime) -> bool:
    same = incident.steps.filter(what="outcome", actor=actor.who, recorded_at__gt=now - DOUBLE_TAP)
    return same.filter(details__outcome=found.value, details__member=member_id).exists()
