"""Putting somebody on duty for the bus, who is alerted first when something happens on the way."""

from datetime import date

from django.db import transaction

from backend.common.actors import Actor
from backend.common.errors import NotAllowed, RondjeError
from backend.incidents.services.ladders import bus_scope
from backend.people.models import DutyShift, Organisation, Person
from backend.people.selectors import usable_lines
from backend.people.services.duty import set_duty
from backend.people.services.registering import register_person


def put(
    organisation: Organisation,
    person: Person | None,
    *,
    rank: DutyShift.Rank,
    weekday: int | None = None,
    day: date | None = None,
    actor: Actor,
) -> None:
    """`person` is on duty on a weekday (0 is Monday), or on one local date; None: whoever stands there is taken off.

    Raises NotAllowed for a person of another organisation, RondjeError for one who cannot be rung.
    """
    if person is not None and person.organisation_id != organisation.pk:
        raise NotAllowed("This person is not one of your organisation's.")
    if person is not None and not usable_lines(person):
        raise RondjeError("This person has no telephone number that may be rung. Choose somebody else.")
    set_duty(person, scope=bus_scope(organisation), rank=rank, weekday=weekday, day=day, actor=actor)


@transaction.atomic
def put_newcomer(
    organisation: Organisation,
    *,
    given_name: str,
    family_name: str,
    phones: list[str],
    rank: DutyShift.Rank,
    weekday: int,
    actor: Actor,
) -> Person:
    """Somebody who was not known yet is on duty on a weekday (0 is Monday). Numbers are E.164."""
    person = register_person(organisation=organisation, given_name=given_name, family_name=family_name, phones=phones)
    put(organisation, person, rank=rank, weekday=weekday, actor=actor)
    return person
