"""Whom an incident of any programme reaches, and in which order."""

from collections.abc import Sequence
from datetime import date

from backend.incidents.domain.policy import EscalationPolicy, EscalationTimes, ladder
from backend.incidents.targets import contact_target, organisation_target, person_target, times_from
from backend.people.models import Organisation, Person
from backend.people.selectors import coordinators_on, on_duty


def ladder_of(
    organisation: Organisation,
    *,
    scope: str,
    day: date,
    members: Sequence[Person],
    times: EscalationTimes | None = None,
) -> EscalationPolicy:
    """Duty → backup → contacts → coordinator → organisation, as the roster of `scope` (circle:3) says for a local date.

    Contacts only when the incident is about one person. Whoever it is about cannot be the one who goes and looks.
    Numbers that may not be rung are left out: a wrong one stops no incident.
    """
    duty = on_duty(scope, day)
    contacts = list(members[0].contacts.all()) if len(members) == 1 else []
    return ladder(
        duty=person_target(None if duty["primary"] in members else duty["primary"]),
        backup=person_target(None if duty["backup"] in members else duty["backup"]),
        contacts=tuple(contact_target(contact, organisation) for contact in contacts),
        coordinator=person_target(None if duty["coordinator"] in members else duty["coordinator"]),
        organisation=organisation_target(organisation),
        times=times or times_from(organisation.settings.get("escalation", {}), f"organisation {organisation.pk}"),
    )


def ladder_of_the_bus(organisation: Organisation, *, day: date, members: Sequence[Person]) -> EscalationPolicy:
    """The same for the bus on a local date: the bus coordinator on duty, or any coordinator who is there that day."""
    return _or_who_coordinates(organisation, bus_scope(organisation), day, members)


def ladder_of_the_dinners(organisation: Organisation, *, day: date, members: Sequence[Person]) -> EscalationPolicy:
    """The same for the dinners on a local date: who has duty for them, or any coordinator who is there that day."""
    return _or_who_coordinates(organisation, dinner_scope(organisation), day, members)


def _or_who_coordinates(
    organisation: Organisation, scope: str, day: date, members: Sequence[Person]
) -> EscalationPolicy:
    policy = ladder_of(organisation, scope=scope, day=day, members=members)
    if any(level.targets for level in policy.levels if level.role in ("duty", "backup", "coordinator")):
        return policy
    there = [person for person in coordinators_on(organisation, day) if person not in members]
    contacts = list(members[0].contacts.all()) if len(members) == 1 else []
    return ladder(
        duty=person_target(there[0] if there else None),
        backup=person_target(there[1] if there[1:] else None),
        contacts=tuple(contact_target(contact, organisation) for contact in contacts),
        coordinator=None,
        organisation=organisation_target(organisation),
        times=policy.times,
    )


def bus_scope(organisation: Organisation) -> str:
    """The scope of duties (`people.DutyShift`) on which the bus coordinators of an organisation stand."""
    return f"bus:{organisation.pk}"


def dinner_scope(organisation: Organisation) -> str:
    """The scope of duties on which those stand who run the dinners of an organisation."""
    return f"dinner:{organisation.pk}"
