"""Registering organisations, people, their numbers and contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.db.models import Max

from backend.common.clock import DEFAULT_ZONE
from backend.common.errors import Conflict, RondjeError
from backend.people.domain.names import normalised_name, split_full_name
from backend.people.domain.telephone import is_forbidden, kind_of
from backend.people.models import Contact, Organisation, Person, PhoneNumber, Role, User
from backend.people.services import presence


@dataclass(frozen=True)
class NewContact:
    """Somebody near a participant. `phone` is E.164 or empty; `has_key` is None when nobody has asked."""

    name: str
    relation: str = ""
    phone: str = ""
    has_key: bool | None = None
    key_note: str = ""


def register_organisation(
    *,
    slug: str,
    name: str,
    phone: str,
    duty_phone: str,
    language: str = "nl",
    timezone: str = DEFAULT_ZONE,
    email: str = "",
) -> Organisation:
    """An organisation with the number that rings people and one that answers day and night (both E.164).

    Raises RondjeError when the latter is missing, because then nobody might ever be reached, when either is an
    emergency or service number, and when the time zone does not exist; Conflict when the slug is taken.
    """
    if not duty_phone:
        raise RondjeError(f"{name} needs a telephone number that answers day and night, before it can run circles.")
    if timezone not in available_timezones():
        raise RondjeError(f"'{timezone}' is not a time zone. Give one such as {DEFAULT_ZONE}.")
    for line in (phone, duty_phone):
        _refuse_forbidden(line, "An emergency or service number cannot be an organisation's own number.")
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                slug=slug,
                name=name,
                phone=phone,
                duty_phone=duty_phone,
                language=language,
                timezone=timezone,
                email=email,
            )
    except IntegrityError as error:
        raise Conflict(f"There is an organisation '{slug}' already. Choose another slug, or use that one.") from error


@transaction.atomic
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
    email: str = "",
    language: str = "",
    ring_longer: bool = False,
    notes: str = "",
) -> Person:
    """A person with their numbers (E.164) in the order in which they are tried, and their contacts in theirs.

    Raises RondjeError for an emergency or service number, of the person or of a contact.
    """
    person = Person.objects.create(
        organisation=organisation,
        title=title,
        given_name=given_name,
        family_name=family_name,
        normalised_name=normalised_name(given_name, family_name),
        address=address,
        postcode=postcode,
        place=place,
        email=email,
        language=language or organisation.language,
        ring_longer=ring_longer,
        notes=notes,
    )
    lines = list(dict.fromkeys(phones))
    PhoneNumber.objects.bulk_create(_number(person, line, position) for position, line in enumerate(lines, start=1))
    for contact in contacts:
        _refuse_forbidden(contact.phone, "An emergency or service number cannot be a contact's number.")
    Contact.objects.bulk_create(
        Contact(person=person, position=position, **vars(contact)) for position, contact in enumerate(contacts, start=1)
    )
    return person


def find_or_register(organisation: Organisation, name: str, phones: Sequence[str]) -> Person:
    """Whoever has this full name already, a member of a circle for instance; else somebody new with these numbers.

    Raises RondjeError, as `register_person`.
    """
    given, family = split_full_name(name)
    found = organisation.people.filter(given_name=given, family_name=family).first()
    return found or register_person(organisation=organisation, given_name=given, family_name=family, phones=phones)


def add_number(person: Person, line: str) -> PhoneNumber:
    """One more number (E.164) for a person, tried after those there are.

    In a transaction. Raises RondjeError for an emergency or service number, Conflict for one that the person has
    already, Erased.
    """
    presence.hold(person)
    if person.phones.filter(e164=line).exists():
        raise Conflict("This person has that number already.")
    last = person.phones.aggregate(last=Max("position"))["last"] or 0
    number = _number(person, line, last + 1)
    number.save()
    return number


def _number(person: Person, line: str, position: int) -> PhoneNumber:
    _refuse_forbidden(line, "An emergency or service number cannot be somebody's own number.")
    return PhoneNumber(person=person, e164=line, kind=kind_of(line), position=position)


def _refuse_forbidden(line: str, sentence: str) -> None:
    if line and is_forbidden(line):
        raise RondjeError(sentence)


def give_role(user: User, organisation: Organisation, kind: Role.Kind) -> Role:
    """Let a user do what this role may in an organisation."""
    role, _made = Role.objects.get_or_create(user=user, organisation=organisation, kind=kind)
    return role
