"""Somebody whom a host or a manager writes down: who has that name and number already, or somebody new."""

from collections.abc import Sequence

from django.db import transaction

from backend.common.errors import Conflict
from backend.meals.models import Guest
from backend.people.domain.names import read_full_name, same_name
from backend.people.models import Organisation, Person
from backend.people.selectors import people_with_number
from backend.people.services import registering


def somebody(organisation: Organisation, name: str, lines: Sequence[str]) -> Person:
    """Whoever has that name and one of these numbers (E.164) already, or somebody new. Runs in a transaction.

    Raises:
        Conflict: no name was given.
        RondjeError: a number is an emergency number.
    """
    read = read_full_name(name)
    if not read.family:
        raise Conflict("Type a name: a first name is enough.")
    for line in lines:
        for known in people_with_number(organisation, line):
            if same_name(read.given, read.family, known.given_name, known.family_name):
                return known
    return registering.register_person(
        organisation=organisation,
        title=read.title or "",
        given_name=read.given,
        family_name=read.family,
        phones=tuple(lines),
    )


@transaction.atomic
def register(*, organisation: Organisation, name: str, lines: Sequence[str]) -> Person:
    """Somebody for whom a place is about to be reserved: a guest from now on. Raises as `somebody`."""
    person = somebody(organisation, name, lines)
    Guest.objects.get_or_create(person=person)
    return person
