"""Reading about people: who is away, who is on duty, who has this number."""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypedDict
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Q, QuerySet

from backend.common.clock import DEFAULT_ZONE
from backend.people.domain import moments
from backend.people.domain.duty import Day, Duty, Lack, Rank, Shift, Volunteer, roster
from backend.people.domain.known import Away, Engaged, LastKnown, Seen
from backend.people.domain.telephone import is_forbidden
from backend.people.models import (
    Absence,
    Aid,
    Consent,
    Contact,
    DutyShift,
    Engagement,
    Organisation,
    Person,
    PostcodePlace,
    Sighting,
)

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


def usable_lines(person: Person) -> list[str]:
    """A person's numbers (E.164) that may be rung, in order. A forbidden one that got into the rows stops nothing."""
    return [phone.e164 for phone in person.phones.all() if not is_forbidden(phone.e164)]


def mobile_of(person: Person) -> str | None:
    """The number (E.164) on which somebody is texted, or None."""
    mobiles = [phone.e164 for phone in person.phones.all() if phone.kind == "mobile" and not is_forbidden(phone.e164)]
    return mobiles[0] if mobiles else None


def people_with_number(organisation: Organisation, line: str) -> "QuerySet[Person]":
    """Everybody in an organisation who is reached on a number: a couple shares one."""
    return Person.objects.filter(organisation=organisation, phones__e164=line).order_by("pk").distinct()


def shares_line(person: Person, line: str) -> bool:
    """Whether somebody else of the organisation is reached on this number."""
    return people_with_number(person.organisation, line).exclude(pk=person.pk).exists()


def moment_named(
    organisation: Organisation, moment: datetime, language: str, now: datetime, *, written: bool = True
) -> str:
    """An instant as a day and a wall time: "vandaag 14.00"; `now` is UTC."""
    zone = zone_of(organisation)
    clock = moments.written_time if written else moments.spoken_time
    day = moments.day_named(moment.astimezone(zone).date(), local_date(organisation, now), language)
    return f"{day} {clock(moment, zone, language)}"


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


def middle_of(postcode: str) -> PostcodePlace | None:
    """The middle of a postcode however it is written, of its four digits where the letters are not known; or None."""
    plain = "".join(postcode.split()).upper()
    found = PostcodePlace.objects.in_bulk([plain, plain[:4]])
    return found.get(plain) or found.get(plain[:4])


def aids_of(person: Person) -> tuple[str, ...]:
    """Somebody's aids (`Aid.Kind`), in their order. None are kept without consent."""
    held = set(person.aids.values_list("kind", flat=True))
    return tuple(kind for kind in Aid.Kind.values if kind in held)


def named_most(keys: Iterable[int], at_most: int) -> list[Person]:
    """Of the people with these keys, each as often as they are named, those named most often, the first in front."""
    named = [pk for pk, _times in Counter(keys).most_common(at_most)]
    known = Person.objects.in_bulk(named)
    return [known[pk] for pk in named]


def last_known(person: Person, now: datetime, *, besides: str = "") -> LastKnown:
    """What is known of somebody from elsewhere at `now` (UTC), for whoever worries about them.

    Their latest sighting, an absence that holds today, and an engagement that has not ended today; `besides` is the
    source of one that is not news to the asker, such as booking:12.
    """
    zone = zone_of(person.organisation)
    today = now.astimezone(zone).date()
    sighting = Sighting.objects.filter(person=person, at__lte=now).order_by("-at").first()
    absence = absent_on(today, [person.pk]).get(person.pk)
    midnight = datetime.combine(today + timedelta(days=1), time(), zone)
    engaged = Engagement.objects.filter(person=person, ends_at__gt=now, starts_at__lt=midnight)
    engagement = engaged.exclude(source=besides).order_by("starts_at").first()
    return LastKnown(
        seen=Seen(sighting.at, sighting.source.rpartition(":")[2]) if sighting else None,
        away=Away(absence.last_day) if absence else None,
        engaged=Engaged(engagement.programme, engagement.starts_at, engagement.ends_at) if engagement else None,
    )


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


def engaged_between(person: Person, starts_at: datetime, ends_at: datetime) -> "QuerySet[Engagement]":
    """What somebody is engaged in at some moment between these two (UTC), the first to begin in front."""
    return Engagement.objects.filter(person=person, starts_at__lt=ends_at, ends_at__gt=starts_at).order_by(
        "starts_at", "pk"
    )


def engaged_among(person_ids: Sequence[int], starts_at: datetime, ends_at: datetime) -> dict[int, list[Engagement]]:
    """The same of many people, by the key of the person; who is engaged in nothing then is not in it."""
    found: dict[int, list[Engagement]] = {}
    rows = Engagement.objects.filter(person_id__in=person_ids, starts_at__lt=ends_at, ends_at__gt=starts_at)
    for engagement in rows.order_by("starts_at", "pk"):
        found.setdefault(engagement.person_id, []).append(engagement)
    return found


def people_with_numbers(organisation: Organisation, volunteers: Collection[int]) -> list[dict[str, Any]]:
    """Everybody of an organisation who can be rung, for a simulated town: who helps (`volunteers`, keys) first.

    Each with `part` (volunteer or member), `name`, `given_name` and `phones` (E.164).
    """
    everybody = Person.objects.filter(organisation=organisation).prefetch_related("phones").order_by("pk")
    found = [
        {
            "part": "volunteer" if person.pk in volunteers else "member",
            "name": person.name,
            "given_name": person.spoken_name,
            "phones": [phone.e164 for phone in person.phones.all()],
        }
        for person in everybody
    ]
    return sorted((one for one in found if one["phones"]), key=lambda one: one["part"] != "volunteer")
