"""The panel of the board for the crew of the dinners: their evenings, and the way to door, kitchen and tables."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.meals.models import CrewPlace, Job
from backend.meals.selectors.crew_access import AFTER, BEFORE, coming_places, desk_of
from backend.meals.web.words import JOBS
from backend.people import doors
from backend.people.models import Role, User

SHOWN_AT_MOST = 20


def own_evenings(user: User, now: datetime) -> dict[str, Any]:
    """Today's evenings of whoever looks, and those to come. `now` is UTC; nothing for who is no crew."""
    if not doors.organisations_of(user, Role.Kind.CREW).exists():
        return {}
    places = coming_places(user, now - AFTER)[:SHOWN_AT_MOST]
    return {"rows": [_row(place, now) for place in places], "may_reserve": desk_of(user, now).exists()}


def _row(place: CrewPlace, now: datetime) -> dict[str, Any]:
    opens = place.evening.doors_at - BEFORE
    return {
        "place": place,
        "evening": place.evening,
        "job": JOBS[Job(place.job)],
        "pages": _pages(place) if opens <= now else [],
        "opens": opens,
    }


def _pages(place: CrewPlace) -> list[tuple[str, str]]:
    """What they may open, that of their own job in front."""
    named = [
        ("resto-door", _("At the door")),
        ("resto-kitchen", _("The kitchen")),
        ("resto-door-tables", _("Table plan")),
    ]
    if place.job in (Job.COOK, Job.KITCHEN, Job.SHOPPING):
        named.sort(key=lambda one: one[0] != "resto-kitchen")
    return [(reverse(name, args=[place.evening_id]), label) for name, label in named]
