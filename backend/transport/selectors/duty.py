"""Who is on duty for the bus: first to be alerted when something happens on the way, and on which days nobody is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from backend.incidents.services.ladders import bus_scope
from backend.people import doors
from backend.people.domain.duty import Day
from backend.people.models import DutyShift, Organisation, Person, Role
from backend.people.selectors import Rosters, local_date, roster_of, usable_lines
from backend.transport.models import CrewMember, Trip

DAYS_AHEAD = 14


@dataclass(frozen=True)
class Uncovered:
    """A local date on which the bus goes and nobody would be there as the first to be alerted."""

    organisation: Organisation
    day: Day


def roster_days(organisation: Organisation, now: datetime) -> tuple[list[Day], Rosters]:
    """The roster of today and the coming two weeks: the days on which the bus goes, and those with an exception."""
    scope = bus_scope(organisation)
    today = local_date(organisation, now)
    last = today + timedelta(days=DAYS_AHEAD)
    exceptions = DutyShift.objects.filter(scope=scope, date__range=(today, last)).values_list("date", flat=True)
    days = _trip_days([organisation], now)[organisation.pk] | {day for day in exceptions if day is not None}
    found = roster_of([scope], sorted(days))
    return found.days[scope], found


def uncovered(organisations: Sequence[Organisation], now: datetime) -> list[Uncovered]:
    """Where nobody would be there, soonest first: today and the coming two weeks. A constant number of queries."""
    days = _trip_days(organisations, now)
    found = roster_of([bus_scope(one) for one in organisations], sorted(set().union(*days.values())))
    gaps = [
        Uncovered(one, day)
        for one in organisations
        for day in found.days[bus_scope(one)]
        if day.has_gap and day.day in days[one.pk]
    ]
    return sorted(gaps, key=lambda gap: (gap.day.day, gap.organisation.name))


def _trip_days(organisations: Iterable[Organisation], now: datetime) -> dict[int, set[date]]:
    """The local dates, today and in the coming two weeks, on which the bus of each organisation goes."""
    todays = {one.pk: local_date(one, now) for one in organisations}
    days: dict[int, set[date]] = defaultdict(set)
    if not todays:
        return days
    span = (min(todays.values()), max(todays.values()) + timedelta(days=DAYS_AHEAD))
    over = (Trip.State.CANCELLED, Trip.State.CLOSED)
    trips = Trip.objects.filter(organisation__in=todays, date__range=span).exclude(state__in=over)
    for pk, day in trips.values_list("organisation_id", "date"):
        days[pk].add(day)
    return days


def choosable(organisation: Organisation) -> list[Person]:
    """Who may be put on duty for the bus, by name: its crew, who has a duty anywhere, and who runs a programme.

    All with a number that may be rung. A user is known as a person by their e-mail address.
    """
    of_them = {"person": OuterRef("pk")}
    staff = Role.objects.filter(organisation=organisation, kind__in={*doors.STAFF, *doors.PLANNERS})
    chosen = (
        Q(Exists(CrewMember.objects.filter(**of_them, in_use=True)))
        | Q(Exists(DutyShift.objects.filter(**of_them)))
        | Q(known_as__in=staff.exclude(user__email="").values_list(Lower("user__email"), flat=True))
    )
    people = Person.objects.alias(known_as=Lower("email")).filter(chosen, organisation=organisation)
    known = people.prefetch_related("phones").order_by("family_name", "given_name", "pk")
    return [person for person in known if usable_lines(person)]
