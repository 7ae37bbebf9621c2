"""Who belongs to a circle, and who takes part on a day."""

from datetime import date
from typing import Any

from backend.circles.domain import schedule
from backend.circles.models import Circle, Membership
from backend.circles.selectors.settings import scope_of
from backend.people.domain.telephone import is_forbidden
from backend.people.models import Absence, DutyShift, Person
from backend.people.selectors import absent_on


def expected_members(circle: Circle, day: date) -> list[Membership]:
    """Who takes part on a local date, in ring order: active, on their weekday. Absences not yet seen.

    Also who has lost their number: a morning accounts for everybody who counts on it (see `decisions.cannot_be_rung`).
    """
    return [row for row in everybody(circle) if schedule.takes_part(day, row.weekdays)]


def with_absences(members: list[Membership], day: date) -> list[tuple[Membership, Absence | None]]:
    """These members, each with the absence that keeps them away on a local date (None: they are expected)."""
    away = absent_on(day, [member.person_id for member in members])
    return [(member, away.get(member.person_id)) for member in members]


def everybody(circle: Circle) -> list[Membership]:
    """All members who take part, in ring order, whatever their weekdays."""
    rows = (
        circle.memberships.filter(status=Membership.Status.ACTIVE)
        .select_related("person")
        .prefetch_related("person__phones")
        .order_by("position", "pk")
    )
    return list(rows)


def usable_lines(person: Person) -> list[str]:
    """A person's numbers that may be rung. A forbidden one that got into the rows stops nobody's morning."""
    return [phone.e164 for phone in person.phones.all() if not is_forbidden(phone.e164)]


def people_around(circle: Circle) -> list[dict[str, Any]]:
    """Everybody who can be rung about a circle: members in the order of the ring, contacts, volunteers, the duty line.

    Each with `part` (member, contact, volunteer, organisation), `name`, `given_name` and `phones` (E.164).
    """

    def entry(part: str, name: str, given: str, phones: list[str]) -> dict[str, Any]:
        return {"part": part, "name": name, "given_name": given, "phones": phones}

    people = []
    members = circle.memberships.filter(status=Membership.Status.ACTIVE).select_related("person")
    for member in members.prefetch_related("person__phones", "person__contacts"):
        person = member.person
        people.append(entry("member", person.name, person.spoken_name, [one.e164 for one in person.phones.all()]))
        people += [
            entry("contact", contact.name, contact.name, [contact.phone])
            for contact in person.contacts.all()
            if contact.phone
        ]
    shifts = DutyShift.objects.filter(scope=scope_of(circle)).order_by("person_id").distinct("person_id")
    for shift in shifts.select_related("person").prefetch_related("person__phones"):
        person = shift.person
        people.append(entry("volunteer", person.name, person.spoken_name, [one.e164 for one in person.phones.all()]))
    organisation = circle.organisation
    people.append(entry("organisation", organisation.name, organisation.name, [organisation.duty_phone]))
    return people
