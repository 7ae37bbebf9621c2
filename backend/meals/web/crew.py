"""Crews as their pages show them: volunteers with their papers, the roster of four weeks, one place, one evening."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from backend.common.errors import NotFound
from backend.meals.domain.crew import JOBS
from backend.meals.models import CrewAsk, CrewPlace, Evening, Guest, Job, MealVolunteer
from backend.meals.selectors import crew as reading
from backend.meals.web import words
from backend.people import doors
from backend.people.domain.crews import CrewTimes
from backend.people.models import Organisation, Paper, Person, User
from backend.people.selectors import local_date
from backend.people.web.crews import choice_facts, paper_facts

WEEKS = 4
LIVE = (Evening.State.PLANNED, Evening.State.OPEN)


def first_day(asked: str, today: date) -> date:
    """The Monday of the week that an address names (2026-11-23), or of this one. Raises NotFound for no date."""
    try:
        day = date.fromisoformat(asked) if asked else today
    except ValueError as error:
        raise NotFound("This page does not exist") from error
    if not 2020 <= day.year <= 2100:
        raise NotFound("This page does not exist")
    return day - timedelta(days=day.weekday())


def people_of(organisation: Organisation, now: datetime) -> list[dict[str, Any]]:
    """Everybody who helps, with their papers, by name; who does not any more at the end."""
    members = MealVolunteer.objects.filter(organisation=organisation).select_related("person")
    by_person: dict[int, list[MealVolunteer]] = {}
    for member in members.order_by("person__family_name", "person__given_name", "person_id", "job"):
        by_person.setdefault(member.person_id, []).append(member)
    papers: dict[int, list[Paper]] = {}
    for paper in Paper.objects.filter(person_id__in=by_person):
        papers.setdefault(paper.person_id, []).append(paper)
    policy, today = reading.policy_of(organisation), local_date(organisation, now)
    rows = [_member(of_one, papers.get(pk, []), policy, today) for pk, of_one in by_person.items()]
    return sorted(rows, key=lambda row: not row["jobs"])


def would_help(organisation: Organisation) -> list[Person]:
    """Guests who said that they would like to help, by name."""
    guests = Guest.objects.filter(person__organisation=organisation, may_volunteer=True)
    people = Person.objects.filter(pk__in=guests.values("person_id")).exclude(meal_crew__in_use=True)
    return list(people.prefetch_related("phones").order_by("family_name", "given_name", "pk"))


def member_of(person: Person, now: datetime) -> dict[str, Any]:
    """One of them, with their papers and evenings."""
    members = list(MealVolunteer.objects.filter(person=person).select_related("person").order_by("job"))
    policy, today = reading.policy_of(person.organisation), local_date(person.organisation, now)
    return {**_member(members, list(person.papers.all()), policy, today), "places": _own_places(person, now)}


def _member(members: list[MealVolunteer], papers: list[Paper], policy: CrewTimes, today: date) -> dict[str, Any]:
    doing = [member for member in members if member.in_use]
    needed = {kind for member in doing for kind in policy.required(member.job)}
    seen = {paper.kind: paper for paper in papers}
    kinds = [kind for kind in Paper.Kind if kind in needed or (kind == Paper.Kind.HYGIENE and kind in seen)]
    soon = today + timedelta(days=policy.expiring_days)
    doing.sort(key=lambda member: JOBS.index(member.job))
    return {
        "person": members[0].person,
        "members": members,
        "jobs": [words.JOBS[Job(member.job)] for member in doing],
        "is_standby": any(member.is_standby for member in doing),
        "papers": [paper_facts(kind, seen.get(kind), today, soon) for kind in kinds],
    }


def roster(organisation: Organisation, first: date, now: datetime) -> list[dict[str, Any]]:
    """The evenings of four weeks from a local date on, with their crews. In a constant number of queries."""
    last = first + timedelta(weeks=WEEKS, days=-1)
    found = Evening.objects.filter(resto__organisation=organisation, date__range=(first, last))
    shown = found.exclude(state=Evening.State.CANCELLED).select_related("resto__organisation")
    evenings = list(shown.order_by("doors_at", "pk"))
    cells = _cells(evenings, now)
    today = local_date(organisation, now)
    return [
        {
            "evening": evening,
            "is_today": evening.date == today,
            "cells": cells.get(evening.pk, []),
            "gaps": gaps_in_words(cells.get(evening.pk, [])) if evening.state in LIVE else "",
        }
        for evening in evenings
    ]


def _cells(evenings: list[Evening], now: datetime) -> dict[int, list[dict[str, Any]]]:
    """The places of these evenings, by evening, in the order of the jobs."""
    by_pk = {evening.pk: evening for evening in evenings}
    asked: dict[int, int] = {}
    for place_id in CrewAsk.objects.filter(place__evening__in=evenings, state=CrewAsk.State.OPEN).values_list(
        "place_id", flat=True
    ):
        asked[place_id] = asked.get(place_id, 0) + 1
    found: dict[int, list[dict[str, Any]]] = {}
    places = CrewPlace.objects.filter(evening__in=evenings).select_related("person").order_by("number", "pk")
    for place in sorted(places, key=lambda place: JOBS.index(place.job)):
        place.evening = by_pk[place.evening_id]
        found.setdefault(place.evening_id, []).append(_cell(place, asked.get(place.pk, 0), now))
    return found


def _cell(place: CrewPlace, asked: int, now: datetime) -> dict[str, Any]:
    policy = reading.policy_for(place.evening)
    begins_at, ends_at = reading.times_of(place)
    is_gap = place.person is None
    is_urgent = is_gap and now >= policy.case_at(begins_at)
    if is_gap:
        look = "incident" if is_urgent else "ringing" if asked else "missed"
        state = _("nobody yet, being asked: %(n)s") % {"n": asked} if asked else _("nobody yet")
    else:
        look, state = "well", _("confirmed")
    return {
        "place": place,
        "job": words.JOBS[Job(place.job)],
        "begins_at": begins_at,
        "ends_at": ends_at,
        "name": place.person.name if place.person is not None else "",
        "state": state,
        "look": look,
        "is_gap": is_gap,
        "swap": bool(asked) and not is_gap,
    }


def gaps_in_words(cells: list[dict[str, Any]]) -> str:
    """Such as "Kitchen: 2, Bar: 1"; empty when every place is somebody's."""
    counts: dict[str, int] = {}
    for cell in cells:
        if cell["is_gap"]:
            counts[str(cell["job"])] = counts.get(str(cell["job"]), 0) + 1
    return ", ".join(f"{job}: {n}" for job, n in counts.items())


def evening_crew(evening: Evening, now: datetime) -> dict[str, Any]:
    """The crew of one evening, and what it still needs."""
    cells = _cells([evening], now).get(evening.pk, [])
    is_open = evening.state in LIVE and now < evening.ends_at
    return {"cells": cells, "gaps": gaps_in_words(cells), "is_open": is_open}


def place(one: CrewPlace, now: datetime) -> dict[str, Any]:
    """One place in a crew: how it stands, and everybody who could have it, whose turn is first in front."""
    evening = one.evening
    is_open = evening.state in LIVE and now < evening.ends_at
    asked = one.asks.filter(state=CrewAsk.State.OPEN).count()
    return {
        **_cell(one, asked, now),
        "evening": evening,
        "is_open": is_open,
        "choices": [
            choice_facts(choice, has_it=choice.person.pk == one.person_id, is_open=is_open)
            for choice in reading.choices(one)
        ],
    }


def _own_places(person: Person, now: datetime) -> list[dict[str, Any]]:
    found = reading.places_of(person, now)
    swaps = set(CrewAsk.objects.filter(place__in=found, state=CrewAsk.State.OPEN).values_list("place_id", flat=True))
    return [
        {
            "place": one,
            "evening": one.evening,
            "job": words.JOBS[Job(one.job)],
            "begins_at": reading.times_of(one)[0],
            "ends_at": reading.times_of(one)[1],
            "swap": one.pk in swaps,
            "can_swap": now < reading.times_of(one)[0],
        }
        for one in found
    ]


AHEAD = timedelta(days=56)
"""As far as evenings are planned ahead, by default."""


def own(person: Person, now: datetime) -> dict[str, Any]:
    """What somebody sees behind their link: what they are asked, their evenings, and where they could help."""
    questions = reading.open_questions(person, now)
    asked_about = {asked.place.evening_id for asked in questions}
    said_no = CrewAsk.objects.filter(person=person, state=CrewAsk.State.DECLINED, place__evening__ends_at__gt=now)
    declined = set(said_no.values_list("place__evening_id", flat=True))
    return {
        "person": person,
        "organisation": person.organisation,
        "questions": [
            {
                "place": asked.place,
                "evening": asked.place.evening,
                "job": words.JOBS[Job(asked.place.job)],
                "begins_at": reading.times_of(asked.place)[0],
                "ends_at": reading.times_of(asked.place)[1],
                "instead_of": asked.place.person.spoken_name if asked.place.person is not None else "",
            }
            for asked in questions
        ],
        "places": _own_places(person, now),
        "could_help": [
            {
                "evening": evening,
                "jobs": [(job, words.JOBS[Job(job)]) for job in jobs],
                "cannot": evening.pk in declined,
            }
            for evening, jobs in reading.could_help(person, now, now + AHEAD)
            if evening.pk not in asked_about
        ],
    }


AHEAD_ON_BOARD = timedelta(days=8)


def gaps_ahead(user: User, now: datetime) -> dict[str, Any]:
    """The panel of the board: dinners of the coming week, today's apart, whose crew is not complete."""
    organisations = doors.organisations_of(user, *doors.RESTO)
    coming = Evening.objects.filter(
        resto__organisation__in=organisations,
        state=Evening.State.PLANNED,
        doors_at__range=(now, now + AHEAD_ON_BOARD),
        crew__state=CrewPlace.State.OPEN,
    )
    found = list(coming.select_related("resto__organisation").distinct().order_by("doors_at", "pk"))
    cells = _cells(found, now)
    rows = [
        {"evening": evening, "cells": [cell for cell in cells[evening.pk] if cell["is_gap"]]}
        for evening in found
        if evening.date != local_date(evening.resto.organisation, now)
    ]
    return {"rows": rows} if rows else {}
