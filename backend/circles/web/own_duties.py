"""What somebody sees of their own duties: theirs, what they are asked, and who else is on duty."""

from datetime import datetime
from typing import Any

from backend.circles.models import Circle
from backend.circles.selectors import duty as rosters
from backend.circles.selectors.settings import scope_of
from backend.circles.services import swaps
from backend.circles.web import words
from backend.people.models import DutyShift, DutySwap, Person
from backend.people.selectors import roster_of

DAYS_SHOWN = 42
"""Six weeks: people swap for a holiday."""


def facts(person: Person, now: datetime) -> dict[str, Any]:
    """For the page: `duties` of the person, and `questions` that they may still answer."""
    circles = _circles(person)
    scopes = {scope_of(circle): circle for circle in circles}
    ahead = rosters.days_ahead(circles[0], now, DAYS_SHOWN) if circles else []
    found = roster_of(scopes, ahead)
    open_swaps = {
        (swap.scope, swap.rank, swap.date): swap
        for swap in DutySwap.objects.filter(owner=person, state=DutySwap.State.OPEN)
    }
    duties = [
        {
            "circle": circle,
            "day": day.day,
            "rank": duty.rank.value,
            "as": words.RANKS[duty.rank.value],
            "swap": open_swaps.get((scope, duty.rank.value, day.day)),
            "can_swap": rosters.starts(circle, day.day) > now,
            "is_exception": duty.is_exception,
        }
        for scope, circle in scopes.items()
        for day in found.days[scope]
        if rosters.goes_round(circle, day.day)
        for duty in day.duties
        if duty.person == person.pk
    ]
    questions = [{"swap": swap, "circle": swaps.circle_of(swap.scope)} for swap in swaps.open_for(person, now)]
    return {"person": person, "duties": sorted(duties, key=lambda one: one["day"]), "questions": questions}


def _circles(person: Person) -> list[Circle]:
    """The circles that go round for which the person has a duty."""
    scopes = DutyShift.objects.filter(person=person, scope__startswith="circle:").values_list("scope", flat=True)
    keys = {int(scope.partition(":")[2]) for scope in scopes}
    found = Circle.objects.filter(pk__in=keys, organisation=person.organisation).exclude(status=Circle.Status.CLOSED)
    return list(found.select_related("organisation").order_by("name"))
