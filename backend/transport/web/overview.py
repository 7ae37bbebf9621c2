"""Trips as the overview, the board and a trip's page show them: in words."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from backend.people import doors
from backend.people.models import Organisation, User
from backend.people.selectors import local_date
from backend.transport.models import CrewDuty, Trip
from backend.transport.models.crew import Task
from backend.transport.selectors.overview import Glance, Taken, glances, trips_between
from backend.transport.web import words

DAYS_SHOWN = 14


def days(organisations: Iterable[Organisation], now: datetime) -> list[dict[str, Any]]:
    """Today and the coming two weeks: each day on which there are trips."""
    organisations = list(organisations)
    if not organisations:
        return []
    today = min(local_date(organisation, now) for organisation in organisations)
    found = glances(trips_between(organisations, today, today + timedelta(days=DAYS_SHOWN)))
    return [
        {"day": day, "is_today": day == today, "rows": [row(glance) for glance in group]}
        for day, group in groupby(found, key=lambda glance: glance.trip.date)
    ]


def row(glance: Glance) -> dict[str, Any]:
    """A trip with how it stands, in words."""
    state = Trip.State(glance.trip.state)
    return {
        "trip": glance.trip,
        "glance": glance,
        "state": words.STATES[state],
        "look": words.LOOKS[state],
        "because": words.why_cancelled(glance.trip),
        "ways": [{"way": words.WAYS[one.way], "taken": taken(one)} for one in glance.ways],
        "crew": [crew(duty) for duty in glance.crew],
        "lacks": lacks(glance),
    }


def taken(way: Taken) -> str:
    """Such as "5 people in 1 round: 5 of 6 seats, 1 of 1 wheelchairs"; what the bus has no room for is left out."""
    if not way.people:
        return _("nobody yet")
    rounds = max(way.rounds, 1)
    parts = [
        _("%(taken)s of %(room)s %(dimension)s")
        % {"taken": way.taken[name], "room": way.room[name] * rounds, "dimension": word}
        for name, word in words.DIMENSIONS.items()
        if way.room[name] or way.taken[name]
    ]
    told = {"people": way.people, "rounds": rounds, "parts": ", ".join(parts)}
    if way.people == 1:
        return _("1 person: %(parts)s") % told
    if rounds == 1:
        return _("%(people)s people in one round: %(parts)s") % told
    return _("%(people)s people in %(rounds)s rounds: %(parts)s") % told


def crew(duty: CrewDuty) -> dict[str, Any]:
    """Who drives or hosts, in words."""
    return {
        "task": words.TASKS[Task(duty.task)],
        "who": duty.person.name if duty.person else "",
        "state": words.DUTIES[CrewDuty.State(duty.state)],
        "is_sure": duty.state == CrewDuty.State.CONFIRMED,
    }


def lacks(glance: Glance) -> list[str]:
    """What a planner has to do before the bus can leave."""
    if glance.trip.state != Trip.State.PLANNED:
        return []
    found = []
    if glance.hindrance is not None:
        found.append(capfirst(words.why_left_out(glance.hindrance)))
    sure = {duty.task for duty in glance.crew if duty.state == CrewDuty.State.CONFIRMED}
    if Task.DRIVER not in sure:
        found.append(_("No driver who has confirmed"))
    if Task.HOST not in sure:
        found.append(_("No host who has confirmed"))
    if glance.unplanned:
        found.append(_("%(n)s booked without a ride") % {"n": glance.unplanned})
    if glance.calls:
        found.append(_("%(n)s calls to make") % {"n": glance.calls})
    return found


def todays_trips(user: User, now: datetime) -> dict[str, Any]:
    """The panel of the board: today's trips and what they lack."""
    near = now.date() - timedelta(days=1), now.date() + timedelta(days=1)  # of whatever time zone
    around = trips_between(doors.organisations_of(user, *doors.PLANNERS), *near)
    todays = [trip for trip in around if trip.date == local_date(trip.organisation, now)]
    return {"rows": [row(glance) for glance in glances(todays)]} if todays else {}
