"""Reading about people: who is away, who is on duty, who has this number."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Q, QuerySet

from backend.common.clock import DEFAULT_ZONE
from backend.people.domain.duty import Day, Duty, Lack, Rank, Shift, Volunteer, roster
from backend.people.domain.telephone import is_forbidden
from backend.people.models import Absence, Consent, Contact, DutyShift, Organisation, Person

log = logging.getLogger(__name__)


def zone_of(organisation: Organisation) -> ZoneInfo:
    """The zone of an organisation's wall times; the default one, and a line in the log, should its own be none."""
    try:
        return ZoneInfo(organisation.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        log.error("Organisation %s has a time zone that does not exist; %s is used.", organisation.pk, DEFAULT_ZONE)
        return ZoneInfo(DEFAULT_ZONE)


def local_date(organisation: Organisation, now: datetime) -> date:
    """The date on an organisation's wall."""
    return now.astimezone(zone_of(organisation)).date()


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


def absences_from(person: Person, day: date) -> "QuerySet[Absence]":
    """A person's absences that hold on a local date or later, the first to begin in front."""
    rows = Absence.objects.filter(Q(last_day=None) | Q(last_day__gte=day), person=person, withdrawn_at=None)
    return rows.order_by("first_day", "pk")


def absent_on(day: date, person_ids: list[int]) -> dict[int, Absence]:
    """Which of these people are away on a local date, with the absence that says so."""
    rows = Absence.objects.filter(in_force_on(day), person_id__in=person_ids)
    return {absence.person_id: absence for absence in rows.order_by("pk")}


def consent_in_force(person: Person, purpose: Consent.Purpose) -> Consent | None:
    """What somebody agreed to that holds now, or None."""
    return Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).order_by("-given_at").first()


class OnDuty(TypedDict):
    """Who is on duty in each rank; None where nobody is."""

    primary: Person | None
    backup: Person | None
    coordinator: Person | None


def on_duty(scope: str, day: date) -> OnDuty:
    """Who is there for `scope` (such as circle:3) on a local date: who stands on the roster and is not away."""
    return _filled(scope, day, lambda duty: duty.person if duty.lack is not Lack.AWAY else None)


def coordinators_on(organisation: Organisation, day: date) -> list[Person]:
    """Every coordinator who is there for any scope of an organisation on a local date. A constant number of queries."""
    shifts = DutyShift.objects.filter(organisation=organisation).order_by()
    found = roster_of(shifts.values_list("scope", flat=True).distinct(), [day])
    duties = [duty for days in found.days.values() for duty in days[0].duties if duty.rank is Rank.COORDINATOR]
    there = {duty.person for duty in duties if duty.person is not None and duty.lack is not Lack.AWAY}
    return [found.people[pk] for pk in sorted(there)]


def on_roster(scope: str, day: date) -> OnDuty:
    """Who stands on the roster of `scope` on a local date, away or not."""
    return _filled(scope, day, lambda duty: duty.person)


def _filled(scope: str, day: date, chosen: "Callable[[Duty], int | None]") -> OnDuty:
    found = roster_of([scope], [day])
    people = found.people
    filled = {duty.rank.value: people.get(chosen(duty) or 0) for duty in found.days[scope][0].duties}
    return OnDuty(primary=filled["primary"], backup=filled["backup"], coordinator=filled["coordinator"])


@dataclass(frozen=True)
class Rosters:
    """Rosters by scope, one entry a day, and everybody who stands on them by key."""

    days: dict[str, list[Day]]
    people: dict[int, Person]


def roster_of(scopes: Iterable[str], days: Iterable[date]) -> Rosters:
    """The rosters of these scopes on these local dates, in a constant number of queries."""
    days = list(days)
    shifts: dict[str, list[Shift]] = {scope: [] for scope in scopes}
    found = DutyShift.objects.filter(Q(date__in=days) | Q(date=None), scope__in=shifts).order_by("pk")
    # Few people have many duties: each is read once.
    keys: dict[int, None] = {}
    for scope, person_id, rank, weekday, day in found.values_list("scope", "person_id", "rank", "weekday", "date"):
        keys[person_id] = None
        shifts[scope].append(Shift(person_id, Rank(rank), weekday, day))
    known = Person.objects.select_related("organisation").prefetch_related("phones").in_bulk(list(keys))
    people = {key: known[key] for key in keys if key in known}
    volunteers = _volunteers(people)
    return Rosters({scope: roster(days, shifts[scope], volunteers) for scope in shifts}, people)


def _volunteers(people: dict[int, Person]) -> dict[int, Volunteer]:
    away: dict[int, list[tuple[date, date | None]]] = {pk: [] for pk in people}
    for absence in Absence.objects.filter(person_id__in=people, withdrawn_at=None):
        away[absence.person_id].append((absence.first_day, absence.last_day))
    return {
        pk: Volunteer(
            pk,
            tuple(away[pk]),
            has_number=any(not is_forbidden(phone.e164) for phone in person.phones.all()),
        )
        for pk, person in people.items()
    }


def volunteers_of(scope: str) -> list[Person]:
    """Everybody who has a duty for `scope`, by name."""
    found = Person.objects.filter(duty_shifts__scope=scope).distinct().prefetch_related("phones")
    return sorted(found, key=lambda person: (person.family_name, person.given_name, person.pk))
