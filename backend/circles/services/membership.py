"""Making circles and giving people their place in them."""

from datetime import time
from typing import Any

from backend.circles.domain.call_list.entries import ContactEntry, MemberEntry
from backend.circles.domain.policy import MorningPolicy, check_start
from backend.circles.models import Circle, Membership
from backend.circles.services.ladders import ladder_for
from backend.common.errors import RondjeError
from backend.incidents.domain.policy import EscalationTimes
from backend.people.models import Organisation, Person
from backend.people.services.registering import NewContact, register_person


def create_circle(
    *, organisation: Organisation, name: str, start: time, weekdays: list[int], policy: dict[str, Any] | None = None
) -> Circle:
    """A circle that goes round at `start` (local wall time) on these weekdays (0 is Monday).

    Raises PolicyError for a start outside the allowed hours or a setting that could not work.
    """
    check_start(start)
    if not weekdays:
        raise RondjeError("A circle goes round on at least one weekday.")
    settings = policy or {}
    MorningPolicy.of(organisation.settings.get("morning", {}), settings.get("morning", {}))
    EscalationTimes(**settings.get("escalation", {}))
    circle = Circle(
        organisation=organisation, name=name, start_time=start, weekdays=sorted(set(weekdays)), policy=settings
    )
    circle.save()
    return circle


def check_reachable(circle: Circle, day: Any) -> None:
    """Raise PolicyReachesNobody when an incident of this circle could never reach anyone."""
    ladder_for(circle, day, [])


def add_member(circle: Circle, entry: MemberEntry) -> Membership:
    """A person and their place in the circle, as a call list describes them."""
    person = register_person(
        organisation=circle.organisation,
        title=entry.title or "",
        given_name=entry.given_name,
        family_name=entry.family_name,
        phones=[phone.e164 for phone in entry.phones],
        contacts=[_new_contact(contact) for contact in entry.contacts],
        address=entry.address,
        postcode=entry.postcode,
        place=entry.place,
        ring_longer=entry.ring_longer,
        notes=entry.notes,
    )
    return join(circle, person, entry)


def join(circle: Circle, person: Person, entry: MemberEntry) -> Membership:
    """A person's place: the one in the entry, or behind everybody who is there."""
    last = circle.memberships.order_by("-position").values_list("position", flat=True).first() or 0
    return Membership.objects.create(
        circle=circle,
        person=person,
        position=entry.position or last + 1,
        status=Membership.Status(entry.status.value),
        weekdays=sorted(entry.weekdays),
        can_ring=entry.can_ring,
    )


def _new_contact(contact: ContactEntry) -> NewContact:
    return NewContact(
        name=contact.name,
        relation=contact.relation,
        phone=contact.phone.e164 if contact.phone else "",
        has_key=contact.has_key,
        key_note=contact.key_note,
    )
