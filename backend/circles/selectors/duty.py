"""Reading the rosters of circles: who is on duty on which morning, and where nobody is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backend.circles.domain import schedule
from backend.circles.models import Circle
from backend.circles.selectors.settings import scope_of, zone_of
from backend.people.domain.duty import Day, Duty, DutyPolicy, DutySettingError
from backend.people.models import DutyShift, Organisation, Person
from backend.people.selectors import Rosters, roster_of

OWN_DAYS = 42
"""Six weeks: people swap for a holiday."""


@dataclass(frozen=True)
class OwnDuty:
    """A duty on somebody's name, for a circle. `has_begun`: the morning has, and it can change hands no more."""

    circle: Circle
    duty: Duty
    has_begun: bool


@dataclass(frozen=True)
class Gap:
    """A morning of a circle on which nobody would be there as the first to be alerted. `day` is a local date."""

    circle: Circle
    day: Day


def duty_policy_of(organisation: Organisation) -> DutyPolicy:
    """How the organisation looks after its rosters; the defaults when its settings could not work."""
    try:
        return DutyPolicy.of(organisation.settings.get("duty", {}))
    except (DutySettingError, TypeError):
        return DutyPolicy()


def circles_with_roster(organisations: Iterable[Organisation]) -> list[Circle]:
    """The circles of these organisations that go round, by name."""
    found = Circle.objects.filter(organisation__in=list(organisations), status=Circle.Status.ACTIVE)
    return list(found.select_related("organisation").order_by("name", "pk"))


def goes_round(circle: Circle, day: date) -> bool:
    """Whether the circle goes round on a local date."""
    return schedule.goes_round(day, circle.weekdays, circle.first_day)


def starts(circle: Circle, day: date) -> datetime:
    """When (UTC) the circle's morning of a local date begins."""
    return schedule.instant(day, circle.starts_at, zone_of(circle))


def days_ahead(circle: Circle, now: datetime, count: int) -> list[date]:
    """The next `count` local dates, today included."""
    today = schedule.local_date(now, zone_of(circle))
    return [today + timedelta(days=ahead) for ahead in range(count)]


def roster_days(circle: Circle, days: Iterable[date]) -> tuple[list[Day], Rosters]:
    """The roster of the dates on which the circle goes round, and everybody who stands on it."""
    scope = scope_of(circle)
    found = roster_of([scope], [day for day in days if goes_round(circle, day)])
    return found.days[scope], found


def duties_of(person: Person, now: datetime) -> list[OwnDuty]:
    """The duties of the coming six weeks that stand on somebody's name, the soonest first. A closed circle has none."""
    scopes = DutyShift.objects.filter(person=person, scope__startswith="circle:").values_list("scope", flat=True)
    keys = {int(scope.partition(":")[2]) for scope in scopes}
    circles = Circle.objects.filter(pk__in=keys, organisation=person.organisation).exclude(status=Circle.Status.CLOSED)
    found = []
    for circle in circles.select_related("organisation").order_by("name", "pk"):
        for day in roster_days(circle, days_ahead(circle, now, OWN_DAYS))[0]:
            has_begun = starts(circle, day.day) <= now
            found += [OwnDuty(circle, duty, has_begun) for duty in day.duties if duty.person == person.pk]
    return sorted(found, key=lambda one: one.duty.day)


def gaps(circles: list[Circle], days: Iterable[date], now: datetime) -> list[Gap]:
    """Mornings on these local dates, still to come at `now` (UTC), on which nobody would be there. In two queries."""
    days = list(days)
    found = roster_of([scope_of(circle) for circle in circles], days)
    return [
        Gap(circle, day)
        for circle in circles
        for day in found.days[scope_of(circle)]
        if day.has_gap and goes_round(circle, day.day) and starts(circle, day.day) > now
    ]


def coordinators(circle: Circle, day: date) -> list[Person]:
    """Who coordinates the circle on a local date; where nobody does that day, everybody who does on another."""
    scope = scope_of(circle)
    found = roster_of([scope], [day + timedelta(days=ahead) for ahead in range(7)])
    serving = [each.duties[2].serves for each in found.days[scope]]
    first = [serving[0]] if serving[0] else [one for one in serving if one]
    return [found.people[pk] for pk in dict.fromkeys(first) if pk]
