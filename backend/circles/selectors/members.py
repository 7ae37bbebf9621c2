"""Who belongs to a circle, and who takes part on a day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from backend.circles.domain import schedule
from backend.circles.domain.modes import Mode
from backend.circles.domain.policy import MorningPolicy
from backend.circles.models import Circle, Membership
from backend.circles.selectors.settings import scope_of, zone_of
from backend.people.models import DutyShift


def expected_members(circle: Circle, day: date) -> list[Membership]:
    """Who takes part on a local date, in ring order: active, on their weekday. Absences not yet seen.

    Also who has lost their number: a morning accounts for everybody who counts on it (see `decisions.cannot_be_rung`).
    """
    return [row for row in everybody(circle) if schedule.takes_part(day, row.weekdays)]


def chosen_times(
    circle: Circle, day: date, start: datetime, members: Sequence[Membership], policy: MorningPolicy
) -> dict[int, datetime]:
    """When members chose to be rung (UTC, by membership), where the platform rings each and theirs is a later time.

    Elsewhere the order of the ring holds: one member's choice would make all behind them wait.
    """
    if circle.mode != Mode.STAR or policy.star_by == "volunteer":
        return {}
    zone = zone_of(circle)
    times = {
        member.pk: schedule.instant(day, member.person.ring_from, zone)
        for member in members
        if member.person.ring_from is not None
    }
    return {pk: moment for pk, moment in times.items() if moment > start}


def everybody(circle: Circle) -> list[Membership]:
    """All members who take part, in ring order, whatever their weekdays."""
    rows = (
        circle.memberships.filter(status=Membership.Status.ACTIVE)
        .select_related("person")
        .prefetch_related("person__phones")
        .order_by("position", "pk")
    )
    return list(rows)


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
