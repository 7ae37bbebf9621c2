"""Reading about people: who is away, who is on duty, who has this number."""

from datetime import date
from typing import TypedDict

from django.db.models import Q, QuerySet

from backend.people.models import Absence, Contact, DutyShift, Organisation, Person


def people_with_number(organisation: Organisation, line: str) -> "QuerySet[Person]":
    """Everybody in an organisation who is reached on a number: a couple shares one."""
    return Person.objects.filter(organisation=organisation, phones__e164=line).order_by("pk").distinct()


def in_force_on(day: date) -> Q:
    """Absences that hold on a local date: begun, not over, not withdrawn."""
    return (Q(last_day=None) | Q(last_day__gte=day)) & Q(first_day__lte=day, withdrawn_at=None)


def contacts_with_number(organisation: Organisation, line: str) -> "QuerySet[Contact]":
    """Everybody in an organisation who is known as somebody's contact on a number, once for each whom they are near."""
    found = Contact.objects.filter(person__organisation=organisation, phone=line) if line else Contact.objects.none()
    return found.select_related("person").order_by("person_id", "position")


def absent_on(day: date, person_ids: list[int]) -> dict[int, Absence]:
    """Which of these people are away on a local date, with the absence that says so."""
    rows = Absence.objects.filter(in_force_on(day), person_id__in=person_ids)
    return {absence.person_id: absence for absence in rows.order_by("pk")}


class OnDuty(TypedDict):
    """Who is on duty in each rank; None where nobody is."""

    primary: Person | None
    backup: Person | None
    coordinator: Person | None


def on_duty(scope: str, day: date) -> OnDuty:
    """Who is on duty for `scope` (such as circle:3) on a local date. A shift for the date replaces the weekday's."""
    shifts = (
        DutyShift.objects.filter(Q(date=day) | Q(weekday=day.weekday()), scope=scope)
        .select_related("person")
        .order_by("date")
    )
    duty: OnDuty = {"primary": None, "backup": None, "coordinator": None}
    for shift in shifts:  # those with a date come first: Postgres puts nulls last
        rank = shift.rank
        if rank == "primary":
            duty["primary"] = duty["primary"] or shift.person
        elif rank == "backup":
            duty["backup"] = duty["backup"] or shift.person
        else:
            duty["coordinator"] = duty["coordinator"] or shift.person
    return duty
