"""Who rings: known by number, as far as anybody is."""

import re
from collections.abc import Iterable

from backend.notifications.registry import Caller
from backend.people.models import Organisation, Person
from backend.people.selectors import contacts_with_number, people_with_number

WITHHELD = frozenset(("+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253", "+464"))
"""What carriers put in place of a number that was withheld: ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN … on the keypad."""

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")


def number_of(line: str) -> str:
    """The caller's number (E.164), or "" when it was withheld or is none."""
    return line if _NUMBER.fullmatch(line) and line not in WITHHELD else ""


def callers_on(organisation: Organisation, line: str) -> list[Caller]:
    """Everybody who may be on the line: who has the number, then whoever is somebody's contact there."""
    if not line:
        return []
    people = [Caller(person) for person in people_with_number(organisation, line)]
    themselves = {caller.person.pk for caller in people}
    contacts = {contact.person_id: contact for contact in reversed(contacts_with_number(organisation, line))}
    return people + [
        Caller(contacts[person_id].person, contacts[person_id])
        for person_id in sorted(contacts)
        if person_id not in themselves
    ]


def language_of(organisation: Organisation, people: Iterable[Person]) -> str:
    """That of those who have a number, when they have one in common; else the organisation's."""
    languages = {person.language for person in people}
    return languages.pop() if len(languages) == 1 else organisation.language
