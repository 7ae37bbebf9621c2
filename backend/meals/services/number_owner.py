"""Whose a number is, once a code has confirmed it: who is known by it and by this name, else who was written down.

The same number with another name is somebody else, such as the other of a couple. Nobody is put together by guessing:
staff who see somebody twice leave one of the two.
"""

from backend.common import actors
from backend.common.actors import Actor
from backend.meals.models import NumberCheck, Reservation
from backend.meals.services import own_plates
from backend.people.domain.names import same_name
from backend.people.models import Contact, Person
from backend.people.selectors import contacts_with_number, people_with_number
from backend.people.services import presence, registering


def known(stranger: Person, line: str) -> Person | None:
    """The one person of the organisation with this number, or rung about on it, who has this name."""
    organisation = stranger.organisation
    near = [contact.person for contact in contacts_with_number(organisation, line)]
    by_key = {one.pk: one for one in (*people_with_number(organisation, line), *near)}
    found = [
        one
        for one in by_key.values()
        if one.pk != stranger.pk
        and same_name(one.given_name, one.family_name, stranger.given_name, stranger.family_name)
    ]
    return found[0] if len(found) == 1 else None


def stands_for(row: Reservation, known: Person, check: NumberCheck) -> None:
    """A known person takes the place of the one who was written down, with the plate that is known of them.

    Raises Erased.
    """
    presence.hold(known)
    stranger = row.person
    row.person = known
    row.save(update_fields=["person"])
    NumberCheck.objects.filter(person=stranger).update(person=known)
    check.refresh_from_db(fields=["person"])
    stranger.delete()
    own_plates.recognise(row)
    own_plates.put_on(row)


def gets_the_number(person: Person, line: str) -> None:
    """Theirs, or that of whoever reserved for them."""
    if person.contacts.update(phone=line) == 0:
        registering.add_number(person, line)


def actor(person: Person, line: str) -> Actor:
    """Who reserved: themselves, or somebody near them whose number was confirmed."""
    if person.phones.filter(e164=line).exists():
        return actors.person(person.pk, "page")
    contact = Contact.objects.filter(person=person, phone=line).order_by("position").first()
    if contact is None:
        return actors.person(person.pk, "page")
    return actors.contact(contact.pk, "page", on_behalf_of=f"person:{person.pk}")
