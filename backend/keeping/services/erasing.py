"""Erasing a person: what is theirs goes, what others need stays without their name and number.

Rows that hang on a person (numbers, contacts, absences, sightings, …) are deleted: those are the ones that the database
would delete with the person. Rows that stand for themselves (a morning's seat, a closed case) stay, blanked. That is
one short transaction, for it locks cases and mornings. Then every text of the organisation is searched for the name and
the numbers (`forgetting.py`), which takes as long as it takes and holds up nobody.
"""

from collections import Counter
from collections.abc import Sequence, Set
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from backend.circles.models import Circle, Membership, Round, Seat
from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.events.services import record
from backend.incidents.models import Incident, Step
from backend.keeping.models import Erasure
from backend.keeping.selectors import traces
from backend.keeping.services import erasing_bus, erasing_meals, forgetting
from backend.notifications.models import Attempt, Callback, InboundText, Message
from backend.people.models import Contact, DutyShift, Organisation, Person, PhoneNumber

ERASED = "people.erased"
"""Payload: asked_by. The subject is the person."""


def erase(person: Person, *, asked_by: Erasure.AskedBy, actor: Actor, now: datetime) -> Erasure:
    """Erase a person; returns the record of it. `now` is UTC on the product's clock.

    Raises Conflict, saying what to do first, while their safety hangs on it: an open case, a morning that is going
    round, a place on the rota or in somebody else's list of contacts.

    What was committed stays erased when the search for words is interrupted; the workers then go on with it.
    """
    return forgetting.forget(_erase_rows(person, asked_by, actor, now))


@transaction.atomic(durable=True)
def _erase_rows(person: Person, asked_by: Erasure.AskedBy, actor: Actor, now: datetime) -> Erasure:
    _lock_what_is_open(person)
    person = Person.objects.select_for_update().select_related("organisation").get(pk=person.pk)
    if Erasure.objects.filter(person_id=person.pk).exists():
        raise Conflict("This person has been erased already.")
    contacts = list(person.contacts.all())
    own_lines = _only_theirs(person)
    known_by = {contact.phone for contact in contacts if contact.phone and _is_nobody_elses(contact)}
    _refuse_while_it_matters(person, own_lines, known_by, now)

    full = person.name
    names = [full, f"{person.family_name} {person.given_name}"] if person.given_name else [full]
    removed: Counter[str] = Counter()
    _blank_cases(person, removed)
    _remove_calls(person, own_lines, removed)
    _blank_mornings(person, removed)
    erasing_bus.blank_trips(person, removed)
    erasing_meals.blank_evenings(person, removed)
    words = {
        "spoken": [person.given_name, person.family_name],
        "names": [*names, *(contact.name for contact in contacts if " " in contact.name)],
        "lines": [*own_lines, *sorted(known_by)],
    }
    _remove_what_hangs_on(person, removed)
    _blank_person(person, now)
    record(
        kind=ERASED,
        subject_kind="person",
        subject_id=person.pk,
        organisation_id=person.organisation_id,
        actor=actor,
        payload={"asked_by": asked_by.value},
    )
    return Erasure.objects.create(
        organisation=person.organisation,
        person_id=person.pk,
        asked_by=asked_by,
        done_by=actor.who,
        channel=actor.channel,
        done_at=now,
        removed={name: rows for name, rows in sorted(removed.items()) if rows},
        words_left=words,
    )


def _lock_what_is_open(person: Person) -> None:
    """Rounds, trips and evenings, then incidents, then rows: nothing may start or open while we look."""
    circles = Circle.objects.filter(Q(memberships__person=person) | Q(rounds__volunteer=person))
    unclosed = Round.with_practice.filter(circle__in=circles).exclude(state=Round.State.CLOSED)
    list(unclosed.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    erasing_bus.lock_trips(person)
    erasing_meals.lock_evenings(person)
    cases = Incident.objects.filter(organisation_id=person.organisation_id).exclude(state=Incident.State.CLOSED)
    list(cases.order_by("pk").select_for_update().values_list("pk", flat=True))


def _refuse_while_it_matters(person: Person, own_lines: Sequence[str], known_by: Set[str], now: datetime) -> None:
    running = Round.with_practice.filter(state=Round.State.RUNNING).filter(
        Q(seats__person=person) | Q(volunteer=person)
    )
    if running.exists():
        raise Conflict("This person takes part in a morning that is going round. Wait until it has closed.")
    unclosed = Incident.objects.filter(organisation_id=person.organisation_id).exclude(state=Incident.State.CLOSED)
    if unclosed.filter(members__person=person).exists():
        raise Conflict("There is an open case about this person. Close it first.")
    ref = f"person:{person.pk}"
    if any(ref in _refs(case.policy) or _lines(case.policy) & {*own_lines, *known_by} for case in unclosed):
        raise Conflict("An open case may still alert this person. Close it first.")
    if Attempt.objects.filter(_theirs(person, own_lines), state__in=Attempt.LIVE).exists():
        raise Conflict("This person is being called or texted right now. Try again in a few minutes.")
    to_come = Q(weekday__isnull=False) | Q(date__gte=now.date())
    if DutyShift.objects.filter(to_come, person=person).exists():
        raise Conflict("This person is on the duty roster. Put somebody else on duty first.")
    named = Contact.objects.filter(person__organisation_id=person.organisation_id).exclude(person=person)
    if named.filter(Q(phone__in=own_lines) & ~Q(phone="")).exists():
        raise Conflict("This person is a contact of another member. Replace that contact first.")
    erasing_bus.refuse_while_it_matters(person, now)
    erasing_meals.refuse_while_it_matters(person, now)


def _theirs(person: Person, lines: Sequence[str]) -> Q:
    """Their calls and messages; not those of another organisation, whose key holder they may be on the same line."""
    return Q(person=person) | Q(organisation=person.organisation_id, line__in=lines)


def _refs(policy: dict[str, Any]) -> set[str]:
    return {target["ref"] for level in policy.get("levels", ()) for target in level["targets"]}


def _lines(policy: dict[str, Any]) -> set[str]:
    targets = [target for level in policy.get("levels", ()) for target in level["targets"]]
    return {line for target in targets for line in (*target["lines"], *target["mobiles"])}


def _only_theirs(person: Person) -> list[str]:
    """Their numbers without those on which others live, or on which an organisation answers."""
    lines = list(person.phones.values_list("e164", flat=True))
    shared = set(PhoneNumber.objects.filter(e164__in=lines).exclude(person=person).values_list("e164", flat=True))
    return [line for line in lines if line not in shared and not _is_of_an_organisation(line)]


def _is_nobody_elses(contact: Contact) -> bool:
    """Nobody else is reached on this number: no organisation, not another member, not as a contact of another."""
    others = Contact.objects.filter(phone=contact.phone).exclude(person_id=contact.person_id)
    used = others.exists() or PhoneNumber.objects.filter(e164=contact.phone).exists()
    return not used and not _is_of_an_organisation(contact.phone)


def _is_of_an_organisation(line: str) -> bool:
    return Organisation.objects.filter(Q(phone=line) | Q(duty_phone=line)).exists()


def _blank_cases(person: Person, removed: Counter[str]) -> None:
    """Closed cases about them, or in which they acted: references and outcomes stay, words go."""
    gone = {f"person:{person.pk}", *(f"contact:{pk}" for pk in person.contacts.values_list("pk", flat=True))}
    nobody = forgetting.nobody(person.organisation)
    named = Q()
    for ref in gone:
        named |= Q(policy__contains={"levels": [{"targets": [{"ref": ref}]}]})
    for incident in Incident.objects.filter(named, organisation_id=person.organisation_id):
        for target in (target for level in incident.policy["levels"] for target in level["targets"]):
            if target["ref"] in gone:
                target.update(name=nobody, lines=[], mobiles=[])
        incident.save(update_fields=["policy"])
        removed["cases"] += 1
    for incident in Incident.objects.filter(members__person=person, details__has_key="known"):
        del incident.details["known"]
        incident.save(update_fields=["details"])
    claimed = Q(claimed_by_person=person) | Q(claimed_by_contact__person=person)
    Incident.objects.filter(claimed).update(claimed_by_name=nobody)
    acted = Step.objects.filter(actor__in=gone).exclude(actor_name="")
    removed["timeline"] += acted.update(actor_name=nobody)


def _remove_calls(person: Person, lines: Sequence[str], removed: Counter[str]) -> None:
    """Every call and text to them or from them."""
    theirs = _theirs(person, lines)
    for name, rows in (
        ("callbacks", Callback.objects.filter(attempt__in=Attempt.objects.filter(theirs))),
        ("legs of calls", Attempt.objects.filter(theirs, parent__isnull=False)),
        ("calls and texts", Attempt.objects.filter(theirs)),
        ("messages", Message.objects.filter(theirs)),
        ("texts to us", InboundText.objects.filter(organisation=person.organisation, line__in=lines)),
    ):
        removed[name] += rows.delete()[0]


def _blank_mornings(person: Person, removed: Counter[str]) -> None:
    """Mornings stay countable; what was said in them about this person does not."""
    removed["mornings"] += Seat.objects.filter(person=person).update(lines=[])
    Membership.objects.filter(person=person).update(status=Membership.Status.LEFT)


def _remove_what_hangs_on(person: Person, removed: Counter[str]) -> None:
    for link in traces.links_to_people():
        if link.remote_field.on_delete is models.CASCADE:
            rows = link.model._base_manager.filter(**{link.name: person})
            removed[str(link.model._meta.verbose_name)] += rows.delete()[0]


def _blank_person(person: Person, now: datetime) -> None:
    """The row stays, because mornings and cases point to it; nothing in it tells who it was."""
    for field in traces.text_fields(Person):
        if field.name != "language":
            setattr(person, field.name, field.get_default() if field.has_default() else "")
    person.family_name = forgetting.nobody(person.organisation)
    person.max_ride_minutes = None
    person.erased_at = now
    person.save()
