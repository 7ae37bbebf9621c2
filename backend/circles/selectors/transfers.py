"""Who goes along when a circle goes to another organisation, and whom the old one still counts on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as _

from backend.circles.models import Circle, Membership
from backend.circles.selectors.settings import scope_of, zone_of
from backend.people.models import DutyShift, Person
from backend.people.ties import Tied, ties_of

DUTY = _("duty for something else than this circle. Put somebody else on that roster.")


@dataclass(frozen=True)
class Bound:
    """Members who cannot go along yet, by name, and what binds them: words that follow names, in English."""

    why: str
    names: tuple[str, ...]


def everybody(circle: Circle) -> "QuerySet[Person]":
    """Its members, also those who have left."""
    return Person.objects.filter(memberships__circle=circle).distinct()


def members(circle: Circle) -> "QuerySet[Person]":
    """Those who have not left."""
    own = circle.memberships.exclude(status=Membership.Status.LEFT)
    return Person.objects.filter(pk__in=own.values("person"))


def volunteers_here(circle: Circle) -> "QuerySet[Person]":
    """Who has a duty in this circle, and in no other and for nothing else."""
    here = Person.objects.filter(duty_shifts__scope=scope_of(circle)).distinct()
    return here.exclude(pk__in=DutyShift.objects.exclude(scope=scope_of(circle)).values("person_id"))


def tied(circle: Circle, people: Collection[int], now: datetime) -> set[int]:
    """Those of these people (keys) on whom the bus or the dinners count, today or later."""
    return {key for one in ties_of(people, _today(circle, now)) for key in one.people}


def bound(circle: Circle, now: datetime) -> list[Bound]:
    """Members on whom the organisation still counts, today or later, though the circle itself could go."""
    names = {person.pk: person.name for person in members(circle)}
    return [Bound(one.why, tuple(sorted(names[key] for key in one.people))) for one in _ties(circle, names, now)]


def number_bound(circle: Circle, now: datetime) -> int:
    """How many members that are: for the other organisation, which is told nobody's name."""
    own = list(members(circle).values_list("pk", flat=True))
    return len({key for one in _ties(circle, own, now) for key in one.people})


def _ties(circle: Circle, people: Collection[int], now: datetime) -> list[Tied]:
    today = _today(circle, now)
    to_come = Q(weekday__isnull=False) | Q(date__gte=today)
    duties = DutyShift.objects.filter(to_come, person__in=people).exclude(scope=scope_of(circle))
    on_duty = Tied(DUTY, frozenset(duties.values_list("person_id", flat=True)))
    return [one for one in (*ties_of(people, today), on_duty) if one.people]


def _today(circle: Circle, now: datetime) -> date:
    return now.astimezone(zone_of(circle)).date()
