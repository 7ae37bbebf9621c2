"""Whom a case alerts: people, contacts and organisations as targets of an escalation policy, for every programme."""

import logging
import re
from typing import Any

from backend.common.errors import RondjeError
from backend.incidents.domain.policy import EscalationTimes, Target
from backend.people.domain.telephone import is_forbidden, kind_of
from backend.people.models import Contact, Organisation, Person

log = logging.getLogger(__name__)

E164 = re.compile(r"\+[1-9]\d{4,14}")


def person_target(person: Person | None) -> Target | None:
    """A volunteer or coordinator on their own numbers."""
    if person is None:
        return None
    return _target(f"person:{person.pk}", person.name, [phone.e164 for phone in person.phones.all()], person.language)


def contact_target(contact: Contact, organisation: Organisation) -> Target:
    """Somebody near a participant, on the number that they gave."""
    return _target(f"contact:{contact.pk}", contact.name, [contact.phone], organisation.language)


def organisation_target(organisation: Organisation) -> Target:
    """The number that answers day and night."""
    return _target(
        f"organisation:{organisation.pk}", organisation.name, [organisation.duty_phone], organisation.language
    )


def times_from(settings: dict[str, Any], whose: str) -> EscalationTimes:
    """The times that were set, or the defaults when they could not work: they must not swallow a case.

    `whose` says in the log whose settings they are, without a name: "circle 3".
    """
    try:
        return EscalationTimes(**settings)
    except (TypeError, RondjeError):
        log.exception("The escalation settings of %s cannot be used; the defaults are.", whose)
        return EscalationTimes()


def _target(ref: str, name: str, lines: list[str], language: str) -> Target:
    usable = tuple(line for line in lines if E164.fullmatch(line) and not is_forbidden(line))
    mobiles = tuple(line for line in usable if kind_of(line) == "mobile")
    return Target(ref=ref, name=name, lines=usable, mobiles=mobiles, language=language)
