"""Erasing a person: what is theirs goes, what others need stays without their name and number.

Rows that hang on a person (numbers, contacts, absences, sightings, …) are deleted: those are the ones that the database
would delete with the person. Rows that stand for themselves (a morning's seat, a closed case) stay, blanked. Then every
text of the organisation is searched for the name and the numbers.
"""

import re
from collections import Counter
from collections.abc import Sequence
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
from backend.notifications.models import Attempt, Callback, InboundText, Message
from backend.people.models import Contact, DutyShift, Person, PhoneNumber

ERASED = "people.erased"
"""Payload: asked_by. The subject is the person."""

NOBODY = {"nl": "(gewist)", "en": "(erased)"}


@transaction.atomic
def erase(person: Person, *, asked_by: Erasure.AskedBy, actor: Actor, now: datetime) -> Erasure:
    """Erase a person; returns the record of it. `now` is UTC on the product's clock.

    Raises Conflict, saying what to do first, while their safety hangs on it: an open case, a morning that is going
    round, a place on the rota or in somebody else's list of contacts.
    """
    _lock_what_is_open(person)
    person = Person.objects.select_for_update().select_related("organisation").get(pk=person.pk)
    if Erasure.objects.filter(person_id=person.pk).exists():
        raise Conflict("This person has been erased already.")
    lines = list(person.phones.values_list("e164", flat=True))
    shared = set(PhoneNumber.objects.filter(e164__in=lines).exclude(person=person).values_list("e164", flat=True))
    own_lines = [line for line in lines if line not in shared]
    _refuse_while_it_matters(person, own_lines, now)

    contacts = list(person.contacts.all())
    full = person.name
    names = [full, f"{person.family_name} {person.given_name}"] if person.given_name else [full]
    removed: Counter[str] = Counter()
    _blank_cases(person, removed)
    _remove_calls(person, own_lines, removed)
    _blank_mornings(person, removed)
    _forget_words(person, removed)
    _remove_what_hangs_on(person, removed)
    _blank_person(person)
    _sweep(
        person,
        [*names, *(contact.name for contact in contacts if " " in contact.name)],
        [*own_lines, *(contact.phone for contact in contacts if contact.phone and _is_only_theirs(contact))],
        removed,
    )
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
    )


def _lock_what_is_open(person: Person) -> None:
    """Rounds, then incidents, then rows: nothing may start or open between our look and our commit."""
    circles = Circle.objects.filter(Q(memberships__person=person) | Q(rounds__volunteer=person))
    unclosed = Round.with_practice.filter(circle__in=circles).exclude(state=Round.State.CLOSED)
    list(unclosed.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    cases = Incident.objects.filter(organisation_id=person.organisation_id).exclude(state=Incident.State.CLOSED)
    list(cases.order_by("pk").select_for_update().values_list("pk", flat=True))


def _refuse_while_it_matters(person: Person, own_lines: Sequence[str], now: datetime) -> None:
    running = Round.with_practice.filter(state=Round.State.RUNNING).filter(
        Q(seats__person=person) | Q(volunteer=person)
    )
    if running.exists():
        raise Conflict("This person takes part in a morning that is going round. Wait until it has closed.")
    unclosed = Incident.objects.filter(organisation_id=person.organisation_id).exclude(state=Incident.State.CLOSED)
    if unclosed.filter(members__person=person).exists():
        raise Conflict("There is an open case about this person. Close it first.")
    ref = f"person:{person.pk}"
    if any(ref in _refs(incident.policy) for incident in unclosed):
        raise Conflict("An open case may still alert this person. Close it first.")
    on_lines = Q(person=person) | Q(line__in=own_lines)
    if Attempt.objects.filter(on_lines, state__in=Attempt.LIVE).exists():
        raise Conflict("This person is being called or texted right now. Try again in a few minutes.")
    to_come = Q(weekday__isnull=False) | Q(date__gte=now.date())
    if DutyShift.objects.filter(to_come, person=person).exists():
        raise Conflict("This person is on the duty roster. Put somebody else on duty first.")
    named = Contact.objects.filter(person__organisation_id=person.organisation_id).exclude(person=person)
    if named.filter(Q(phone__in=own_lines) & ~Q(phone="")).exists():
        raise Conflict("This person is a contact of another member. Replace that contact first.")


def _refs(policy: dict[str, Any]) -> set[str]:
    return {target["ref"] for level in policy.get("levels", ()) for target in level["targets"]}


def _is_only_theirs(contact: Contact) -> bool:
    """Nobody else is reached on this number: not another member, not as a contact of another."""
    others = Contact.objects.filter(phone=contact.phone).exclude(person_id=contact.person_id)
    return not others.exists() and not PhoneNumber.objects.filter(e164=contact.phone).exists()


def _blank_cases(person: Person, removed: Counter[str]) -> None:
    """Closed cases about them, or in which they acted: references and outcomes stay, words go."""
    gone = {f"person:{person.pk}", *(f"contact:{pk}" for pk in person.contacts.values_list("pk", flat=True))}
    nobody = _nobody(person)
    for incident in Incident.objects.filter(organisation_id=person.organisation_id):
        if not gone & _refs(incident.policy):
            continue
        for target in (target for level in incident.policy["levels"] for target in level["targets"]):
            if target["ref"] in gone:
                target.update(name=nobody, lines=[], mobiles=[])
        incident.save(update_fields=["policy"])
        removed["cases"] += 1
    claimed = Q(claimed_by_person=person) | Q(claimed_by_contact__person=person)
    Incident.objects.filter(claimed).update(claimed_by_name=nobody)
    acted = Step.objects.filter(actor__in=gone).exclude(actor_name="")
    removed["timeline"] += acted.update(actor_name=nobody)


def _remove_calls(person: Person, lines: Sequence[str], removed: Counter[str]) -> None:
    """Every call and text to them or from them."""
    theirs = Q(person=person) | Q(line__in=lines)
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


def _forget_words(person: Person, removed: Counter[str]) -> None:
    """What was said and texted to others, and is over, serves nothing any more: it goes where it speaks of them.

    Also by given name alone, for so people are spoken of; elsewhere that could be somebody else's name.
    """
    pattern = traces.pattern_of([person.given_name, person.family_name], [])
    attempts = Attempt.objects.filter(organisation=person.organisation).exclude(state__in=Attempt.LIVE)
    told = Message.objects.filter(organisation=person.organisation).exclude(state__in=Message.OPEN)
    for name in ("script", "last_prompt"):
        spoken = traces.matching(attempts, name, pattern)
        removed["conversations"] += Attempt.objects.filter(pk__in=spoken.values("pk")).update(**{name: {}})
    texts = traces.matching(told, "body", pattern)
    removed["texts to others"] += Message.objects.filter(pk__in=texts.values("pk")).update(body="")


def _remove_what_hangs_on(person: Person, removed: Counter[str]) -> None:
    for link in traces.links_to_people():
        if link.remote_field.on_delete is models.CASCADE:
            rows = link.model._base_manager.filter(**{link.name: person})
            removed[str(link.model._meta.verbose_name)] += rows.delete()[0]


def _blank_person(person: Person) -> None:
    """The row stays, because mornings and cases point to it; nothing in it tells who it was."""
    for field in traces.text_fields(Person):
        if field.name != "language":
            setattr(person, field.name, field.get_default() if field.has_default() else "")
    person.family_name = _nobody(person)
    person.save()


def _sweep(person: Person, names: Sequence[str], lines: Sequence[str], removed: Counter[str]) -> None:
    """Search every text of the organisation, whichever programme wrote it."""
    pattern = traces.pattern_of(names, lines)
    if not pattern:
        return
    expression, nobody = traces.for_python(pattern), _nobody(person)
    for model in traces.product_models():
        path = traces.path_to_organisation(model)
        for field in traces.text_fields(model):
            rows = traces.matching(model._base_manager.all(), field.name, pattern)
            if path:
                rows = rows.filter(**{path: person.organisation_id})
            for row in rows:
                cleaned = _without(getattr(row, field.name), expression, nobody)
                model._base_manager.filter(pk=row.pk).update(**{field.name: cleaned})
                removed[f"words in {model._meta.verbose_name}"] += 1


def _without(value: Any, expression: re.Pattern[str], nobody: str) -> Any:
    """The same value, in which nothing matches any more."""
    if isinstance(value, str):
        return expression.sub(nobody, value)
    if isinstance(value, list):
        return [_without(one, expression, nobody) for one in value]
    if isinstance(value, dict):
        return {name: _without(one, expression, nobody) for name, one in value.items()}
    return value


def _nobody(person: Person) -> str:
    return NOBODY.get(person.organisation.language, NOBODY["en"])
