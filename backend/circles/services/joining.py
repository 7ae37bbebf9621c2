"""Joining and leaving a circle: nobody is rung without their consent, and a free place goes to who waited longest."""

from datetime import datetime

from django.db import transaction

from backend.circles.models import Membership
from backend.circles.selectors import life as facts
from backend.circles.services.life import locked
from backend.circles.services.membership import next_place, settle_places
from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.events.services import record
from backend.people.models import Consent
from backend.people.selectors import consent_in_force, usable_lines
from backend.people.services import consents

MEMBERSHIP_CHANGED = "circles.membership_changed"
"""The subject is the membership. Payload: circle, person (keys), status."""


@transaction.atomic
def agree(
    membership: Membership, *, given_at: datetime, how: str, on_behalf_by: str, actor: Actor, now: datetime
) -> Consent:
    """The consent of a member, as it was given; who only waited for it is rung. Raises RondjeError for a time that lies
    ahead (UTC).
    """
    consent = consents.give(
        person=membership.person,
        purpose=Consent.Purpose.CIRCLE,
        given_at=given_at,
        how=how,
        on_behalf_by=on_behalf_by,
        actor=actor,
        now=now,
    )
    settle_places(membership.person, actor=actor)
    return consent


@transaction.atomic
def give_place(membership_id: int, *, actor: Actor) -> Membership:
    """Somebody who waits takes part from the next morning on, behind everybody who is there.

    Raises Conflict when they do not wait, when the circle is full, and without consent.
    """
    circle = locked(Membership.objects.values_list("circle_id", flat=True).get(pk=membership_id))
    membership = Membership.objects.select_for_update(of=("self",)).select_related("person").get(pk=membership_id)
    if membership.status not in (Membership.Status.WAITING, Membership.Status.LEFT):
        raise Conflict("This person has a place in the circle already.")
    if not facts.free_places(circle):
        raise Conflict("The circle is full. Somebody can join when a member has left.")
    if consent_in_force(membership.person, Consent.Purpose.CIRCLE) is None:
        raise Conflict("Without consent nobody is rung. Record the consent first.")
    has_number = bool(usable_lines(membership.person))
    membership.status = Membership.Status.ACTIVE if has_number else Membership.Status.NEEDS_NUMBER
    membership.position = next_place(circle)
    return _save(membership, actor)


@transaction.atomic
def leave(membership_id: int, *, actor: Actor) -> Membership:
    """A member does not take part any more, from the next morning that starts. Saying it again changes nothing."""
    membership = Membership.objects.select_for_update(of=("self",)).select_related("circle").get(pk=membership_id)
    if membership.status == Membership.Status.LEFT:
        return membership
    membership.status = Membership.Status.LEFT
    return _save(membership, actor)


@transaction.atomic
def withdraw_consent(membership_id: int, *, actor: Actor, now: datetime) -> None:
    """A member does not agree any more: they are not rung from the next morning on, and wait."""
    membership = Membership.objects.select_related("person").get(pk=membership_id)
    consents.withdraw(person=membership.person, purpose=Consent.Purpose.CIRCLE, actor=actor, now=now)
    places = Membership.objects.select_for_update(of=("self",)).filter(
        person=membership.person, status__in=(Membership.Status.ACTIVE, Membership.Status.NEEDS_NUMBER)
    )
    for place in places.select_related("circle").order_by("pk"):
        place.status = Membership.Status.WAITING
        _save(place, actor)


def _save(membership: Membership, actor: Actor) -> Membership:
    membership.save(update_fields=["status", "position"])
    record(
        kind=MEMBERSHIP_CHANGED,
        subject_kind="membership",
        subject_id=membership.pk,
        organisation_id=membership.circle.organisation_id,
        actor=actor,
        payload={"circle": membership.circle_id, "person": membership.person_id, "status": membership.status},
    )
    return membership
