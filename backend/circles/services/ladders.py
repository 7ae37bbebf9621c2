"""Who is alerted about a circle's morning: the escalation policy as it is now, to be frozen on an incident."""

from datetime import date

from backend.circles.models import Circle
from backend.incidents.domain.policy import EscalationPolicy, EscalationTimes, Target, ladder
from backend.people.domain.telephone import kind_of
from backend.people.models import Contact, Organisation, Person
from backend.people.selectors import on_duty


def scope_of(circle: Circle) -> str:
    """What a duty shift for this circle names."""
    return f"circle:{circle.pk}"


def ladder_for(circle: Circle, day: date, members: list[Person]) -> EscalationPolicy:
    """Duty → backup → contacts → coordinator → organisation. Contacts only when the incident is about one person.

    `day` is the local date. Raises PolicyReachesNobody.
    """
    duty = on_duty(scope_of(circle), day)
    organisation = circle.organisation
    contacts = list(members[0].contacts.all()) if len(members) == 1 else []
    return ladder(
        duty=person_target(duty["primary"]),
        backup=person_target(duty["backup"]),
        contacts=tuple(_contact_target(contact, organisation) for contact in contacts),
        coordinator=person_target(duty["coordinator"]),
        organisation=_organisation_target(organisation),
        times=EscalationTimes(**circle.policy.get("escalation", organisation.settings.get("escalation", {}))),
    )


def person_target(person: Person | None) -> Target | None:
    """A volunteer or coordinator on their own numbers."""
    if person is None:
        return None
    phones = list(person.phones.all())
    return Target(
        ref=f"person:{person.pk}",
        name=person.name,
        lines=tuple(phone.e164 for phone in phones),
        mobiles=tuple(phone.e164 for phone in phones if phone.kind == "mobile"),
        language=person.language,
    )


def _contact_target(contact: Contact, organisation: Organisation) -> Target:
    lines = (contact.phone,) if contact.phone else ()
    return Target(
        ref=f"contact:{contact.pk}",
        name=contact.name,
        lines=lines,
        mobiles=tuple(line for line in lines if kind_of(line) == "mobile"),
        language=organisation.language,
    )


def _organisation_target(organisation: Organisation) -> Target:
    lines = (organisation.duty_phone,) if organisation.duty_phone else ()
    return Target(
        ref=f"organisation:{organisation.pk}",
        name=organisation.name,
        lines=lines,
        mobiles=tuple(line for line in lines if kind_of(line) == "mobile"),
        language=organisation.language,
    )
