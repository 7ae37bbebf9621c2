"""Registering organisations, people, their numbers and contacts, and who is on duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backend.common.errors import RondjeError
from backend.people.domain.names import normalised_name
from backend.people.domain.telephone import is_forbidden, kind_of
from backend.people.models import Contact, DutyShift, Organisation, Person, PhoneNumber, Role, User


@dataclass(frozen=True)
class NewContact:
    """Somebody near a participant. `phone` is E.164 or empty; `has_key` is None when nobody has asked."""

    name: str
    relation: str = ""
    phone: str = ""
    has_key: bool | None = None
    key_note: str = ""


def register_organisation(
    *, slug: str, name: str, phone: str, duty_phone: str, language: str = "nl", timezone: str = "Europe/Amsterdam"
) -> Organisation:
    """An organisation with the number that rings people and one that answers day and night (both E.164).

    Raises RondjeError when the latter is missing: then nobody might ever be reached.
    """
    if not duty_phone:
        raise RondjeError(f"{name} needs a telephone number that answers day and night, before it can run circles.")
    return Organisation.objects.create(
        slug=slug, name=name, phone=phone, duty_phone=duty_phone, language=language, timezone=timezone
    )


def register_person(
    *,
    organisation: Organisation,
    given_name: str,
    family_name: str,
    phones: Sequence[str],
    contacts: Sequence[NewContact] = (),
    title: str = "",
    address: str = "",
    postcode: str = "",
    place: str = "",
    language: str = "",
    ring_longer: bool = False,
    notes: str = "",
) -> Person:
    """A person with their numbers (E.164) in the order in which they are tried, and their contacts in theirs."""
    person = Person.objects.create(
        organisation=organisation,
        title=title,
        given_name=given_name,
        family_name=family_name,
        normalised_name=normalised_name(given_name, family_name),
        address=address,
        postcode=postcode,
        place=place,
        language=language or organisation.language,
        ring_longer=ring_longer,
        notes=notes,
    )
    for line in phones:
        add_number(person, line)
    for position, contact in enumerate(contacts, start=1):
        Contact.objects.create(person=person, position=position, **vars(contact))
    return person


def add_number(person: Person, line: str) -> PhoneNumber:
    """One more number for a person, tried after those there are. Raises RondjeError for emergency and service numbers."""
    if is_forbidden(line):
        raise RondjeError("An emergency or service number cannot be somebody's own number.")
    return PhoneNumber.objects.create(
        person=person, e164=line, kind=kind_of(line), position=person.phones.count() + 1
    )


def give_role(user: User, organisation: Organisation, kind: Role.Kind) -> Role:
    """Let a user do what this role may in an organisation."""
    role, _made = Role.objects.get_or_create(user=user, organisation=organisation, kind=kind)
    return role


def put_on_duty(
    *, person: Person, scope: str, rank: DutyShift.Rank, weekday: int | None = None, day: date | None = None
) -> DutyShift:
    """Somebody is on duty on a weekday (0 is Monday), or on one date; who stood there before is replaced."""
    shift, _made = DutyShift.objects.update_or_create(
        scope=scope,
        rank=rank,
        weekday=weekday,
        date=day,
        defaults={"person": person, "organisation": person.organisation},
    )
    return shift
