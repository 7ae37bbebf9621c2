"""Who is alerted about a circle's morning: the escalation policy as it is now, to be frozen on an incident."""

import logging
import re
from datetime import date

from backend.circles.models import Circle, Round
from backend.circles.selectors.settings import scope_of
from backend.common.errors import RondjeError
from backend.incidents.domain.policy import EscalationPolicy, EscalationTimes, Level, Target, ladder
from backend.people.domain.telephone import is_forbidden, kind_of
from backend.people.models import Contact, Organisation, Person
from backend.people.selectors import on_duty

log = logging.getLogger(__name__)

E164 = re.compile(r"\+[1-9]\d{4,14}")


def ladder_for(circle: Circle, day: date, members: list[Person]) -> EscalationPolicy:
    """Duty → backup → contacts → coordinator → organisation. Contacts only when the incident is about one person.

    `day` is the local date. Numbers that may not be rung are left out: a wrong one stops no incident.
    """
    duty = on_duty(scope_of(circle), day)
    organisation = circle.organisation
    contacts = list(members[0].contacts.all()) if len(members) == 1 else []
    return ladder(
        # Whoever the case is about cannot be the one who goes and looks.
        duty=person_target(None if duty["primary"] in members else duty["primary"]),
        backup=person_target(None if duty["backup"] in members else duty["backup"]),
        contacts=tuple(_contact_target(contact, organisation) for contact in contacts),
        coordinator=person_target(duty["coordinator"]),
        organisation=organisation_target(organisation),
        times=_times(circle),
    )


def ladder_of_organisation(organisation: Organisation, rounds: list[Round]) -> EscalationPolicy:
    """For what concerns many circles at once: everybody on duty in any of them, then every backup, and so on.

    Each person stands once on a level, however many circles are theirs: one call for all of them.
    """
    duties = [on_duty(scope_of(round_.circle), round_.date) for round_ in rounds]
    times = _times(rounds[0].circle) if rounds else EscalationTimes()
    return EscalationPolicy(
        levels=(
            Level("duty", _each_once([duty["primary"] for duty in duties]), times.duty_minutes),
            Level("backup", _each_once([duty["backup"] for duty in duties]), times.backup_minutes),
            Level("coordinator", _each_once([duty["coordinator"] for duty in duties]), times.coordinator_minutes),
            Level("organisation", (organisation_target(organisation),), times.coordinator_minutes),
        ),
        times=times,
    )


def _each_once(people: list[Person | None]) -> tuple[Target, ...]:
    distinct = {person.pk: person for person in people if person is not None}
    return tuple(target for target in map(person_target, distinct.values()) if target is not None)


def _times(circle: Circle) -> EscalationTimes:
    """The circle's times, or the defaults when its settings could not work: they must not swallow a case."""
    settings = circle.policy.get("escalation", circle.organisation.settings.get("escalation", {}))
    try:
        return EscalationTimes(**settings)
    except (TypeError, RondjeError):
        log.exception("Circle %s: its escalation settings cannot be used; the defaults are.", circle.pk)
        return EscalationTimes()


def person_target(person: Person | None) -> Target | None:
    """A volunteer or coordinator on their own numbers."""
    if person is None:
        return None
    return _target(f"person:{person.pk}", person.name, [phone.e164 for phone in person.phones.all()], person.language)


def _contact_target(contact: Contact, organisation: Organisation) -> Target:
    return _target(f"contact:{contact.pk}", contact.name, [contact.phone], organisation.language)


def organisation_target(organisation: Organisation) -> Target:
    """The number that answers day and night."""
    return _target(
        f"organisation:{organisation.pk}", organisation.name, [organisation.duty_phone], organisation.language
    )


def _target(ref: str, name: str, lines: list[str], language: str) -> Target:
    usable = tuple(line for line in lines if E164.fullmatch(line) and not is_forbidden(line))
    mobiles = tuple(line for line in usable if kind_of(line) == "mobile")
    return Target(ref=ref, name=name, lines=usable, mobiles=mobiles, language=language)
