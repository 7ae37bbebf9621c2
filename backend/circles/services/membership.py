"""Making circles and giving people their place in them."""

from dataclasses import fields, replace
from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from backend.circles.domain.call_list.entries import ContactEntry, MemberEntry, MemberStatus
from backend.circles.domain.modes import Mode
from backend.circles.domain.policy import MorningPolicy, PolicyError, check_start
from backend.circles.models import Circle, Membership
from backend.circles.selectors.settings import first_morning
from backend.circles.services.ladders import ladder_for
from backend.common.actors import SYSTEM, Actor
from backend.common.errors import Conflict, RondjeError
from backend.events.services import record
from backend.incidents.domain.policy import EscalationTimes
from backend.people.domain.names import normalised_name
from backend.people.models import Consent, Organisation, Person
from backend.people.selectors import consent_in_force, usable_lines
from backend.people.services import presence
from backend.people.services.registering import NewContact, add_number, register_person

CIRCLE_CREATED = "circles.circle_created"
"""The subject is the circle; no payload."""

MODE_CHANGED = "circles.mode_changed"
"""From the next morning that starts. The subject is the circle. Payload: the mode."""

JOINING_CHANGED = "circles.joining_changed"
"""From the next morning that starts. The subject is the circle. Payload: joining ("" is the usual way)."""

MEMBER_ADDED = "circles.member_added"
"""The subject is the membership. Payload: circle and person (keys)."""

MEMBER_GIVEN_NUMBER = "circles.member_given_number"
"""A member who could not be rung can be, from the next morning that starts. The subject is the membership."""


@transaction.atomic
def create_circle(
    *,
    organisation: Organisation,
    name: str,
    start: time,
    weekdays: list[int],
    policy: dict[str, Any] | None = None,
    mode: Mode = Mode.BRIDGED,
    status: Circle.Status = Circle.Status.ACTIVE,
    actor: Actor = SYSTEM,
) -> Circle:
    """A circle that goes round at `start` (local wall time) on these weekdays (0 is Monday).

    Raises PolicyError for a start outside the allowed hours or a setting that could not work, Conflict when the
    organisation has a circle of this name.
    """
    check_start(start)
    if not weekdays:
        raise RondjeError("A circle goes round on at least one weekday.")
    settings = policy or {}
    MorningPolicy.of(organisation.settings.get("morning", {}), settings.get("morning", {}))
    check_escalation(settings.get("escalation", organisation.settings.get("escalation", {})))
    circle = Circle(
        organisation=organisation,
        name=name,
        mode=mode,
        status=status,
        start_time=start,
        weekdays=sorted(set(weekdays)),
        policy=settings,
    )
    try:
        with transaction.atomic():
            circle.save()
    except IntegrityError as error:
        raise Conflict("There is a circle of this name already. Choose another name.") from error
    record(
        kind=CIRCLE_CREATED,
        subject_kind="circle",
        subject_id=circle.pk,
        organisation_id=organisation.pk,
        actor=actor,
    )
    return circle


@transaction.atomic
def change_mode(circle: Circle, mode: Mode, *, actor: Actor) -> None:
    """Let a circle go round in another way, from the next morning that starts; one that is going on stays as it is.

    The same mode again changes nothing.
    """
    held = Circle.objects.select_for_update(no_key=True).get(pk=circle.pk)
    if held.mode == mode:
        return
    held.mode = mode
    held.save(update_fields=["mode"])
    record(
        kind=MODE_CHANGED,
        subject_kind="circle",
        subject_id=circle.pk,
        organisation_id=circle.organisation_id,
        actor=actor,
        payload={"mode": mode.value},
    )


@transaction.atomic
def change_joining(circle: Circle, joining: str, *, actor: Actor) -> None:
    """How two members come to talk, from the next morning that starts: `one_ring`, `dialled`, or "" for the usual way.

    The same again changes nothing. Raises PolicyError for another word.
    """
    held = Circle.objects.select_for_update(no_key=True).get(pk=circle.pk)
    morning = {name: value for name, value in held.policy.get("morning", {}).items() if name != "joining"}
    if joining:
        morning["joining"] = joining
    if morning == held.policy.get("morning", {}):
        return
    MorningPolicy.of(morning)
    held.policy = {**held.policy, "morning": morning}
    held.save(update_fields=["policy"])
    record(
        kind=JOINING_CHANGED,
        subject_kind="circle",
        subject_id=circle.pk,
        organisation_id=circle.organisation_id,
        actor=actor,
        payload={"joining": joining},
    )


def set_first_morning(circle: Circle, now: datetime) -> date:
    """The local date on which a new circle goes round first: today, unless its start (local wall time) has passed.

    Without it a circle made in the afternoon would be taken for a morning missed by downtime, and be an incident.
    """
    circle.first_day = first_morning(circle, now)
    circle.save(update_fields=["first_day"])
    return circle.first_day


def check_reachable(circle: Circle, day: date) -> None:
    """Raise PolicyReachesNobody when an incident of this circle could never reach anyone on a local date.

    Raises PolicyError for a setting of the escalation that could not work.
    """
    check_escalation(circle.policy.get("escalation", circle.organisation.settings.get("escalation", {})))
    ladder_for(circle, day, []).check()


@transaction.atomic
def add_member(circle: Circle, entry: MemberEntry, *, actor: Actor = SYSTEM) -> Membership:
    """A person and their place in the circle, as a call list describes them.

    Raises RondjeError for a number that must never be rung, and without a number for somebody who is to take part.
    """
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
    _must_have_a_number(person, entry, [phone.e164 for phone in entry.phones])
    return _take_place(circle, person, entry, actor)


@transaction.atomic
def sign_up(circle: Circle, entry: MemberEntry, *, actor: Actor) -> Membership:
    """Somebody who would like to take part waits for a coordinator to give them their place.

    Raises Conflict when this circle has somebody of this name on one of these numbers, RondjeError for a number that
    must never be rung.
    """
    Circle.objects.select_for_update(no_key=True).get(pk=circle.pk)
    known = circle.memberships.filter(
        person__normalised_name=normalised_name(entry.given_name, entry.family_name),
        person__phones__e164__in=[phone.e164 for phone in entry.phones],
    )
    if known.exists():
        raise Conflict("This circle has somebody of this name on this number already.")
    return add_member(circle, replace(entry, position=None, status=MemberStatus.WAITING), actor=actor)


@transaction.atomic
def join(circle: Circle, person: Person, entry: MemberEntry, *, actor: Actor = SYSTEM) -> Membership:
    """A person's place: the one in the entry, or behind everybody who is there.

    Raises RondjeError without a number for somebody who is to take part, and Erased.
    """
    presence.hold(person)
    _must_have_a_number(person, entry, usable_lines(person))
    return _take_place(circle, person, entry, actor)


def _must_have_a_number(person: Person, entry: MemberEntry, lines: list[str]) -> None:
    """Who takes part is rung every morning. The numbers of somebody who has just been registered are known."""
    if entry.status is MemberStatus.ACTIVE and not lines:
        raise RondjeError(f"{person.name} has no telephone number, and cannot take part before there is one.")


def _take_place(circle: Circle, person: Person, entry: MemberEntry, actor: Actor) -> Membership:
    membership = Membership.objects.create(
        circle=circle,
        person=person,
        position=entry.position or next_place(circle),
        status=Membership.Status(entry.status.value),
        weekdays=sorted(entry.weekdays),
        can_ring=entry.can_ring,
    )
    record(
        kind=MEMBER_ADDED,
        subject_kind="membership",
        subject_id=membership.pk,
        organisation_id=circle.organisation_id,
        actor=actor,
        payload={"circle": circle.pk, "person": person.pk},
    )
    return membership


def next_place(circle: Circle) -> int:
    """The place behind everybody, also those who have left. Holds the circle, so that two who join get two places."""
    # NO KEY: a morning that is being planned or run refers to this row and must not wait for us.
    Circle.objects.select_for_update(no_key=True).get(pk=circle.pk)
    last = circle.memberships.aggregate(last=Max("position"))["last"] or 0
    return int(last) + 1


@transaction.atomic
def give_number(membership: Membership, line: str, *, actor: Actor) -> bool:
    """A number (E.164) for a member; who waited for one is in the ring from the next morning that starts.

    Says whether they still wait: without consent nobody new is rung (see `settle_places`). Giving it again changes
    nothing. Raises RondjeError for a number that must never be rung, and Erased.
    """
    person = membership.person
    presence.hold(person)
    # Whoever gives this person a number holds the same rows, so that nobody stays waiting for one.
    list(person.memberships.select_for_update(of=("self",)).order_by("pk"))
    if not person.phones.filter(e164=line).exists():
        add_number(person, line)
    return bool(settle_places(person, actor=actor))


@transaction.atomic
def settle_places(person: Person, *, actor: Actor) -> int:
    """Whoever waited for a number, and has one and has agreed, is in the ring from the next morning that starts.

    Says in how many circles they still wait.
    """
    places = list(
        person.memberships.select_for_update(of=("self",))
        .filter(status=Membership.Status.NEEDS_NUMBER)
        .select_related("circle")
        .order_by("pk")
    )
    if not usable_lines(person) or consent_in_force(person, Consent.Purpose.CIRCLE) is None:
        return len(places)
    for place in places:
        place.status = Membership.Status.ACTIVE
        place.save(update_fields=["status"])
        record(
            kind=MEMBER_GIVEN_NUMBER,
            subject_kind="membership",
            subject_id=place.pk,
            organisation_id=place.circle.organisation_id,
            actor=actor,
        )
    return 0


def check_escalation(settings: dict[str, Any]) -> None:
    """Raise RondjeError for a setting of the escalation that is unknown or could not work."""
    known = {field.name for field in fields(EscalationTimes)}
    if unknown := set(settings) - known:
        raise PolicyError(f"{min(unknown)}: no such setting. Known are {', '.join(sorted(known))}.")
    EscalationTimes(**settings)


def _new_contact(contact: ContactEntry) -> NewContact:
    return NewContact(
        name=contact.name,
        relation=contact.relation,
        phone=contact.phone.e164 if contact.phone else "",
        has_key=contact.has_key,
        key_note=contact.key_note,
    )
