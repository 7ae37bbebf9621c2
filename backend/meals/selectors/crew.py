"""Reading about crews: who could help, who does, and where nobody does. A constant number of queries each."""

import logging
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from functools import partial

from django.db.models import Count, Q, QuerySet

from backend.common.offers import Terms
from backend.meals.crew_words import say
from backend.meals.domain.crew import JOBS, DinnerCrew, turn_of_regular
from backend.meals.models import CrewAsk, CrewPlace, Evening, MealVolunteer, Reservation
from backend.notifications.domain.quiet import Hours, next_allowed
from backend.notifications.selectors.hours import hours_of
from backend.people import crews
from backend.people.crews import Choice, papers_until
from backend.people.domain import crews as rules
from backend.people.domain.crews import CrewSettingError, Volunteer
from backend.people.domain.known import clock_time
from backend.people.domain.short_days import short, with_weekday
from backend.people.domain.telephone import format_for_people
from backend.people.models import Engagement, Organisation, Person
from backend.people.selectors import absent_on, usable_lines, zone_of

log = logging.getLogger(__name__)

SETTING = "resto_crew"


def policy_of(organisation: Organisation) -> DinnerCrew:
    """What the organisation has set; the defaults when that could not work: people must be asked all the same."""
    try:
        return DinnerCrew.of(organisation.settings.get(SETTING, {}))
    except (CrewSettingError, TypeError, ValueError, AttributeError):
        log.exception("Organisation %s has a crew setting that cannot be read; the defaults are used.", organisation.pk)
        return DinnerCrew()


def policy_for(evening: Evening) -> DinnerCrew:
    """The same, of the organisation whose evening it is."""
    return policy_of(evening.resto.organisation)


def helps(evening: Evening, person_id: int) -> bool:
    """Whether somebody is in the crew of an evening: what they reserved is for the others of their party only."""
    return evening.crew.filter(person=person_id).exists()


def times_of(place: CrewPlace) -> tuple[datetime, datetime]:
    """From when until when (UTC) somebody in this place helps."""
    evening = place.evening
    return policy_for(evening).times(place.job, evening.doors_at, evening.ends_at)


def missing(evening: Evening) -> tuple[str, ...]:
    """The key jobs that the evening has, and that nobody does yet."""
    keys = policy_for(evening).key_jobs
    counts = evening.crew.filter(job__in=keys).values("job").annotate(there=Count("pk", filter=Q(person__isnull=False)))
    open_ = {row["job"] for row in counts if not row["there"]}
    return tuple(job for job in JOBS if job in open_)


def open_places(evening: Evening, job: str) -> list[CrewPlace]:
    """The places of a job that are nobody's, in their order."""
    return list(evening.crew.filter(job=job, state=CrewPlace.State.OPEN).order_by("number", "pk"))


def members_for(organisation: Organisation, job: str) -> list[MealVolunteer]:
    """Everybody who does this job, by name; also those who do not any more."""
    found = MealVolunteer.objects.filter(organisation=organisation, job=job)
    people = found.select_related("person__organisation").prefetch_related("person__phones")
    return list(people.order_by("person__family_name", "person__given_name", "person_id"))


def volunteers(
    evening: Evening, job: str, members: Iterable[MealVolunteer], *, besides: CrewPlace | None = None
) -> dict[int, Volunteer]:
    """What is known of these people for one job of an evening, by their key.

    Their own places as guests of this evening do not stand in the way: who helps gives that up. `besides` is a place in
    the crew that does not count, because it is the one that it is about.
    """
    members, policy = list(members), policy_for(evening)
    keys = [member.person_id for member in members]
    papers = papers_until(keys)
    away = absent_on(evening.date, keys)
    begins, ends = policy.times(job, evening.doors_at, evening.ends_at)
    at_the_time = Engagement.objects.filter(person_id__in=keys, starts_at__lt=ends, ends_at__gt=begins)
    engaged = set(at_the_time.exclude(source__in=_own_sources(evening, keys)).values_list("person_id", flat=True))
    others = evening.crew.exclude(person=None).exclude(pk=besides.pk if besides is not None else 0)
    in_crew = set(others.values_list("person_id", flat=True))
    times = recent(evening, keys, timedelta(days=policy.fair_days))
    return {
        member.person_id: Volunteer(
            key=member.person_id,
            papers=papers.get(member.person_id, {}),
            in_use=member.in_use,
            is_standby=member.is_standby,
            is_away=member.person_id in away,
            is_engaged=member.person_id in engaged,
            has_other_task=member.person_id in in_crew,
            has_number=bool(usable_lines(member.person)),
            times=times.get(member.person_id, 0),
        )
        for member in members
    }


def source_of(place: CrewPlace) -> str:
    """What an engagement of the crew names as its source."""
    return f"meal_crew:{place.pk}"


def _own_sources(evening: Evening, keys: list[int]) -> list[str]:
    """What this evening itself engages people for, as guests or in the crew."""
    guests = Reservation.objects.filter(evening=evening, person_id__in=keys).values_list("pk", flat=True)
    return [f"reservation:{pk}" for pk in guests] + [source_of(place) for place in evening.crew.all()]


def recent(evening: Evening, keys: list[int], around: timedelta) -> dict[int, int]:
    """How often each of these people helps around the evening's date, this evening not counted."""
    rows = CrewPlace.objects.filter(
        person_id__in=keys, evening__date__range=(evening.date - around, evening.date + around)
    )
    rows = rows.exclude(evening=evening).exclude(evening__state=Evening.State.CANCELLED)
    return {row["person_id"]: row["n"] for row in rows.values("person_id").annotate(n=Count("pk")).order_by()}


def asks_about(evening: Evening, job: str) -> list[CrewAsk]:
    """What was asked about a job of an evening, in the order in which it was."""
    found = CrewAsk.objects.filter(place__evening=evening, place__job=job)
    return list(found.select_related("place", "person__organisation").order_by("offered_at", "pk"))


def choices(place: CrewPlace) -> list[Choice[CrewAsk]]:
    """Everybody who does this job, whose turn is first in front; those who cannot at the end."""
    evening, job = place.evening, place.job
    members, asks = members_for(evening.resto.organisation, job), asks_about(evening, job)
    return crews.choices(
        [member.person for member in members],
        volunteers(evening, job, members),
        {ask.person_id: ask for ask in asks},
        task=job,
        day=evening.date,
        policy=policy_for(evening),
        turn=turn_of(asks),
    )


def turn_of(asks: Iterable[CrewAsk]) -> rules.Turn:
    """In which order people are asked: when somebody had a place and dropped out, who stands by comes first."""
    dropped = any(
        ask.state == CrewAsk.State.ACCEPTED and ask.place.person_id != ask.person_id
        for ask in asks
        if ask.place.state == CrewPlace.State.OPEN
    )
    return rules.turn_of_substitute if dropped else turn_of_regular


HASTE = Hours(begin=time(8), end=time(21), sundays=True)
"""When somebody drops out shortly before, people are asked in these hours, on Sundays too."""


def terms_of(evening: Evening, places: int, cutoff: datetime, *, hours: Hours | None = None) -> Terms:
    """So many places, offered until `cutoff` (UTC), in the hours in which people may be disturbed."""
    organisation = evening.resto.organisation
    may_ask = partial(next_allowed, zone=zone_of(organisation), hours=hours or hours_of(organisation))
    return Terms(places=places, cutoff=cutoff, patience=policy_of(organisation).patience, may_ask=may_ask)


def with_evening(asks: "QuerySet[CrewAsk]") -> "QuerySet[CrewAsk]":
    """With all that is said about a question."""
    return asks.select_related("person__organisation", "place__person", "place__evening__resto__organisation")


def open_questions(person: Person, now: datetime) -> list[CrewAsk]:
    """What somebody was asked and may still answer, the soonest evening first."""
    found = CrewAsk.objects.filter(person=person, state=CrewAsk.State.OPEN, deadline_at__gt=now)
    return list(with_evening(found).order_by("place__evening__doors_at", "pk"))


def ended_questions(person: Person, since: datetime) -> list[CrewAsk]:
    """What somebody was asked and that is over since a moment (UTC), the latest first."""
    found = CrewAsk.objects.filter(person=person, ended_at__gt=since)
    return list(with_evening(found).order_by("-ended_at", "-pk"))


def places_of(person: Person, now: datetime) -> list[CrewPlace]:
    """Where somebody helps and that is not over, the soonest first."""
    found = CrewPlace.objects.filter(
        person=person, evening__ends_at__gt=now, evening__resto__organisation=person.organisation
    ).exclude(evening__state__in=(Evening.State.CANCELLED, Evening.State.CLOSED))
    return list(found.select_related("evening__resto__organisation").order_by("evening__doors_at", "pk"))


def could_help(person: Person, now: datetime, until: datetime) -> list[tuple[Evening, list[str]]]:
    """Evenings that still need somebody in one of a person's jobs, with those jobs; not those on which they help."""
    jobs = list(MealVolunteer.objects.filter(person=person, in_use=True).values_list("job", flat=True))
    rows = CrewPlace.objects.filter(
        job__in=jobs,
        state=CrewPlace.State.OPEN,
        evening__state=Evening.State.PLANNED,
        evening__doors_at__range=(now, until),
        evening__resto__organisation=person.organisation,
    ).exclude(evening__crew__person=person)
    found: dict[int, tuple[Evening, list[str]]] = {}
    for row in rows.select_related("evening__resto__organisation").order_by("evening__doors_at", "evening_id", "pk"):
        _evening, needed = found.setdefault(row.evening_id, (row.evening, []))
        if row.job not in needed:
            needed.append(row.job)
    return [(evening, [job for job in JOBS if job in needed]) for evening, needed in found.values()]


def in_words(place: CrewPlace, language: str) -> dict[str, str]:
    """The places of a text or call about a place in the crew, filled in: no name, no guest."""
    evening = place.evening
    organisation = evening.resto.organisation
    zone = zone_of(organisation)
    begins, ends = times_of(place)
    return {
        "day": with_weekday(evening.date, language),
        "short": short(evening.date, language),
        "begin": clock_time(begins, zone),
        "end": clock_time(ends, zone),
        "role": say(place.job, language),
        "resto": evening.resto.name,
        "organisation": organisation.name,
        "phone": format_for_people(organisation.duty_phone),
    }
