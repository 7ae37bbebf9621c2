"""What a circle holds, as a call list would say it: for comparing on importing again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from backend.circles.domain.call_list import ContactEntry, MemberEntry, MemberStatus, PhoneEntry
from backend.circles.models import Circle, Membership
from backend.people.domain.names import Title
from backend.people.domain.telephone import Kind, kind_of
from backend.people.models import Contact, Organisation


def members_of(circle: Circle) -> list[Membership]:
    """Everybody who is or was in the circle, in the order of their places, in a constant number of queries."""
    return list(
        circle.memberships.select_related("person")
        .prefetch_related("person__phones", "person__contacts")
        .order_by("position", "pk")
    )


def entry_of(membership: Membership) -> MemberEntry:
    """A member as the call list that was stored would describe them. Who has left has no place, as who waits."""
    person = membership.person
    in_ring = membership.status in {Membership.Status.ACTIVE, Membership.Status.NEEDS_NUMBER}
    return MemberEntry(
        position=membership.position if in_ring else None,
        title=cast("Title | None", person.title or None),
        given_name=person.given_name,
        family_name=person.family_name,
        phones=tuple(PhoneEntry(one.e164, cast("Kind", one.kind), one.e164) for one in person.phones.all()),
        address=person.address,
        postcode=person.postcode,
        place=person.place,
        weekdays=frozenset(membership.weekdays),
        contacts=tuple(_contact_entry(contact) for contact in person.contacts.all()),
        can_ring=membership.can_ring,
        ring_longer=person.ring_longer,
        notes=person.notes,
        status=MemberStatus(membership.status) if in_ring else MemberStatus.WAITING,
    )


def circles_of(organisation: Organisation, lines: Iterable[str], *, besides: Circle) -> dict[tuple[str, str], set[str]]:
    """The names of the other circles of which somebody with this (number, normalised name) is a member."""
    rows = (
        Membership.objects.filter(circle__organisation=organisation, person__phones__e164__in=set(lines))
        .exclude(circle=besides)
        .exclude(status=Membership.Status.LEFT)
        .values_list("person__phones__e164", "person__normalised_name", "circle__name")
    )
    found: dict[tuple[str, str], set[str]] = {}
    for line, name, circle in rows:
        found.setdefault((line, name), set()).add(circle)
    return found


def _contact_entry(contact: Contact) -> ContactEntry:
    return ContactEntry(
        name=contact.name,
        relation=contact.relation,
        phone=PhoneEntry(contact.phone, kind_of(contact.phone), contact.phone) if contact.phone else None,
        has_key=contact.has_key,
        key_note=contact.key_note,
    )
