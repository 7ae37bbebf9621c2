"""Crews as their pages show them: people with their papers, the roster of a month, one place and who could have it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from backend.common.errors import NotFound
from backend.people import doors
from backend.people.models import Organisation, Paper, Person, User
from backend.people.selectors import local_date
from backend.people.web.crews import choice_facts, paper_facts
from backend.transport.domain.crew import CrewPolicy
from backend.transport.models import CrewDuty, CrewMember, CrewOffer, Trip
from backend.transport.models.crew import Task
from backend.transport.selectors import crew as reading
from backend.transport.web import words
from backend.transport.web.crew_words import DUTY_LOOKS, duty_in_words


@dataclass(frozen=True)
class Month:
    """A month of the calendar, in local dates."""

    first: date
    last: date

    @property
    def before(self) -> str:
        """The month before, as an address names it."""
        return (self.first - timedelta(days=1)).strftime("%Y-%m")

    @property
    def after(self) -> str:
        """The month after."""
        return (self.last + timedelta(days=1)).strftime("%Y-%m")


def month_of(asked: str, today: date) -> Month:
    """The month that an address names (2026-12), or this one. Raises NotFound for what is no month."""
    try:
        first = date.fromisoformat(f"{asked}-01") if asked else today.replace(day=1)
    except ValueError as error:
        raise NotFound("This page does not exist") from error
    if not 2020 <= first.year <= 2100:
        raise NotFound("This page does not exist")
    return Month(first, first.replace(day=monthrange(first.year, first.month)[1]))


def people_of(organisation: Organisation, now: datetime) -> list[dict[str, Any]]:
    """Everybody who drives or hosts, with their papers, by name; who does not any more at the end."""
    members = CrewMember.objects.filter(organisation=organisation).select_related("person")
    by_person: dict[int, list[CrewMember]] = {}
    for member in members.order_by("person__family_name", "person__given_name", "person_id", "task"):
        by_person.setdefault(member.person_id, []).append(member)
    papers: dict[int, list[Paper]] = {}
    for paper in Paper.objects.filter(person_id__in=by_person):
        papers.setdefault(paper.person_id, []).append(paper)
    policy, today = reading.policy_of(organisation), local_date(organisation, now)
    rows = [_member(of_one, papers.get(pk, []), policy, today) for pk, of_one in by_person.items()]
    return sorted(rows, key=lambda row: not row["tasks"])


def member_of(person: Person, now: datetime) -> dict[str, Any]:
    """One of them, with their papers and trips."""
    members = list(CrewMember.objects.filter(person=person).select_related("person").order_by("task"))
    policy, today = reading.policy_of(person.organisation), local_date(person.organisation, now)
    duties = [
        {"duty": duty, "trip": duty.trip, "task": words.TASKS[Task(duty.task)]}
        for duty in reading.duties_of(person, now)
    ]
    return {**_member(members, list(person.papers.all()), policy, today), "duties": duties}


def _member(members: list[CrewMember], papers: list[Paper], policy: CrewPolicy, today: date) -> dict[str, Any]:
    doing = [member for member in members if member.in_use]
    needed = {kind for member in doing for kind in policy.required(member.task)}
    seen = {paper.kind: paper for paper in papers}
    kinds = [kind for kind in Paper.Kind if kind in needed or kind in seen]
    soon = today + timedelta(days=policy.expiring_days)
    return {
        "person": members[0].person,
        "members": members,
        "tasks": [words.TASKS[Task(member.task)] for member in doing],
        "is_standby": any(member.is_standby for member in doing),
        "papers": [paper_facts(kind, seen.get(kind), today, soon) for kind in kinds],
    }


def roster(organisation: Organisation, month: Month, now: datetime) -> list[dict[str, Any]]:
    """The trips of a month with their driver and host. In a constant number of queries."""
    trips = Trip.objects.filter(organisation=organisation, date__range=(month.first, month.last))
    shown = trips.exclude(state=Trip.State.CANCELLED).select_related("destination", "organisation")
    found = list(shown.order_by("leaves_at", "pk"))
    duties: dict[tuple[int, str], CrewDuty] = {}
    for duty in CrewDuty.objects.filter(trip__in=found).select_related("person"):
        duties[duty.trip_id, duty.task] = duty
    swaps = set(
        CrewOffer.objects.filter(
            duty__in=duties.values(), state=CrewOffer.State.OPEN, duty__state=CrewDuty.State.CONFIRMED
        ).values_list("duty_id", flat=True)
    )
    today = local_date(organisation, now)
    case_in = timedelta(hours=reading.policy_of(organisation).case_hours)
    return [
        {
            "trip": trip,
            "is_today": trip.date == today,
            "has_gap": trip.state == Trip.State.PLANNED and any(cell["is_gap"] for cell in cells),
            "cells": cells,
        }
        for trip in found
        for cells in [[_cell(duties.get((trip.pk, task.value)), task, trip, swaps, now + case_in) for task in Task]]
    ]


def _cell(duty: CrewDuty | None, task: Task, trip: Trip, swaps: set[int], soon: datetime) -> dict[str, Any]:
    state = CrewDuty.State(duty.state) if duty is not None else CrewDuty.State.OPEN
    is_gap = state != CrewDuty.State.CONFIRMED
    is_urgent = is_gap and trip.state == Trip.State.PLANNED and trip.leaves_at <= soon
    return {
        "duty": duty,
        "task": words.TASKS[task],
        "name": duty.person.name if duty is not None and duty.person is not None else "",
        "state": duty_in_words(duty) if duty is not None else _("nobody yet"),
        "look": "incident" if is_urgent else DUTY_LOOKS[state],
        "is_gap": is_gap,
        "swap": duty is not None and duty.pk in swaps,
    }


def place(duty: CrewDuty, now: datetime) -> dict[str, Any]:
    """One place in a crew: how it stands, and everybody who could have it, whose turn is first in front."""
    trip = duty.trip
    is_open = trip.state == Trip.State.PLANNED and now < trip.ends_at
    owner = duty.person_id if duty.state == CrewDuty.State.CONFIRMED else None
    return {
        "duty": duty,
        "trip": trip,
        "task": words.TASKS[Task(duty.task)],
        "state": duty_in_words(duty),
        "look": DUTY_LOOKS[CrewDuty.State(duty.state)],
        "is_open": is_open,
        "choices": [
            {
                **choice_facts(choice, has_it=choice.person.pk == owner, is_open=is_open),
                "said": "" if choice.volunteer.says is None else _("can") if choice.volunteer.says else _("cannot"),
            }
            for choice in reading.choices(duty)
        ],
    }


def part_facts(trip: Trip, user: User, now: datetime) -> dict[str, Any]:  # noqa: ARG001 -- as parts of a page do
    """Driver and host on a trip's page."""
    soon = now + timedelta(hours=reading.policy_of(trip.organisation).case_hours)
    duties = {duty.task: duty for duty in trip.crew.select_related("person")}
    return {"cells": [_cell(duties.get(task.value), task, trip, set(), soon) for task in Task]}


def own(person: Person, now: datetime) -> dict[str, Any]:
    """What somebody sees behind their link: what they are asked, and their own trips."""
    duties = reading.duties_of(person, now)
    swaps = set(CrewOffer.objects.filter(duty__in=duties, state=CrewOffer.State.OPEN).values_list("duty_id", flat=True))
    return {
        "person": person,
        "organisation": person.organisation,
        "questions": [
            {
                "offer": offer,
                "trip": offer.duty.trip,
                "task": words.TASKS[Task(offer.duty.task)],
                "instead_of": offer.duty.person.spoken_name
                if offer.duty.state == CrewDuty.State.CONFIRMED and offer.duty.person is not None
                else "",
            }
            for offer in reading.open_questions(person, now)
        ],
        "duties": [
            {
                "duty": duty,
                "trip": duty.trip,
                "task": words.TASKS[Task(duty.task)],
                "swap": duty.pk in swaps,
                "can_change": duty.trip.state == Trip.State.PLANNED and now < duty.trip.leaves_at,
            }
            for duty in duties
        ],
    }


AHEAD_ON_BOARD = timedelta(days=8)


def gaps_ahead(user: User, now: datetime) -> dict[str, Any]:
    """The panel of the board: trips of the coming week, today's apart, without a confirmed driver or host."""
    organisations = doors.organisations_of(user, *doors.PLANNERS)
    coming = Trip.objects.filter(
        organisation__in=organisations, state=Trip.State.PLANNED, leaves_at__range=(now, now + AHEAD_ON_BOARD)
    )
    found = reading.with_gaps(coming).select_related("organisation", "destination").prefetch_related("crew__person")
    rows = [
        {"trip": trip, "cells": [_cell(duty, Task(duty.task), trip, set(), now) for duty in _by_task(trip)]}
        for trip in found.order_by("leaves_at", "pk")
        if trip.date != local_date(trip.organisation, now)
    ]
    return {"rows": rows} if rows else {}


def _by_task(trip: Trip) -> list[CrewDuty]:
    return sorted(
        (duty for duty in trip.crew.all() if duty.state != CrewDuty.State.CONFIRMED), key=lambda duty: duty.task
    )
