"""Reading about crews: who could do it, who does it, and where nobody does. A constant number of queries each."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Q, QuerySet

from backend.common.offers import Candidate, Offer, Terms
from backend.notifications.domain.quiet import Hours, next_allowed
from backend.people import crews
from backend.people.crews import Choice, papers_until
from backend.people.domain import crews as rules
from backend.people.domain.crews import CrewSettingError, Volunteer
from backend.people.domain.short_days import short, with_weekday
from backend.people.domain.telephone import format_for_people
from backend.people.models import Engagement, Organisation, Person
from backend.people.selectors import absent_on, usable_lines, zone_of
from backend.transport.domain.crew import CrewPolicy
from backend.transport.models import Availability, CrewDuty, CrewMember, CrewOffer, Trip
from backend.transport.models.crew import Task
from backend.transport.words_crew import say


def policy_of(organisation: Organisation) -> CrewPolicy:
    """What the organisation has set; the defaults when that could not work: people must be asked all the same."""
    try:
        return CrewPolicy.of(organisation.settings.get("crew", {}))
    except (CrewSettingError, TypeError):
        return CrewPolicy()


def missing(trip: Trip) -> tuple[Task, ...]:
    """The tasks for which nobody is confirmed. As long as there is one, the trip cannot be started."""
    confirmed = set(trip.crew.filter(state=CrewDuty.State.CONFIRMED).values_list("task", flat=True))
    return tuple(task for task in Task if task.value not in confirmed)


def members_for(trip: Trip, task: str) -> list[CrewMember]:
    """Everybody of the organisation who has this task, by name; also those who are not in use any more."""
    found = CrewMember.objects.filter(organisation_id=trip.organisation_id, task=task)
    people = found.select_related("person__organisation").prefetch_related("person__phones")
    return list(people.order_by("person__family_name", "person__given_name", "person_id"))


def volunteers(trip: Trip, task: str, members: Iterable[CrewMember], policy: CrewPolicy) -> dict[int, Volunteer]:
    """What is known of these people for one task of a trip, by their key."""
    members = list(members)
    keys = [member.person_id for member in members]
    papers = papers_until(keys)
    says = dict(Availability.objects.filter(person_id__in=keys, date=trip.date).values_list("person_id", "can"))
    away = absent_on(trip.date, keys)
    engaged = _engaged(trip, task, keys)
    other_task = set(trip.crew.exclude(task=task).exclude(person=None).values_list("person_id", flat=True))
    trips = recent_trips(trip, keys, timedelta(days=policy.fair_days))
    return {
        member.person_id: Volunteer(
            key=member.person_id,
            papers=papers.get(member.person_id, {}),
            says=says.get(member.person_id),
            in_use=member.in_use,
            is_standby=member.is_standby,
            is_away=member.person_id in away,
            is_engaged=member.person_id in engaged,
            has_other_task=member.person_id in other_task,
            has_number=bool(usable_lines(member.person)),
            times=trips.get(member.person_id, 0),
        )
        for member in members
    }


def source_of(trip_id: int, task: str) -> str:
    """What an engagement of a crew names as its source."""
    return f"crew:{trip_id}:{task}"


def _engaged(trip: Trip, task: str, keys: list[int]) -> set[int]:
    """Who is elsewhere at the time of the trip: on another one, as a passenger of this one, at a dinner."""
    own = source_of(trip.pk, task)
    at_the_time = Engagement.objects.filter(person_id__in=keys, starts_at__lt=trip.ends_at, ends_at__gt=trip.leaves_at)
    return set(at_the_time.exclude(source=own).values_list("person_id", flat=True))


def recent_trips(trip: Trip, keys: list[int], around: timedelta) -> dict[int, int]:
    """How often each of these people is crew around the trip's date, this trip not counted."""
    duties = CrewDuty.objects.filter(
        person_id__in=keys,
        state=CrewDuty.State.CONFIRMED,
        trip__date__range=(trip.date - around, trip.date + around),
    )
    counts: dict[int, int] = {}
    for person_id in (
        duties.exclude(trip=trip).exclude(trip__state=Trip.State.CANCELLED).values_list("person_id", flat=True)
    ):
        counts[person_id or 0] = counts.get(person_id or 0, 0) + 1
    return counts


def offers_of(duty: CrewDuty) -> list[Offer[int]]:
    """What was asked about a duty, as the rules want it, in the order in which it was."""
    return [offer.as_offer_to(offer.person_id) for offer in duty.offers.order_by("offered_at", "pk")]


def choices(duty: CrewDuty) -> list[Choice[CrewOffer]]:
    """Everybody with this task, whose turn is first in front; those who cannot at the end."""
    trip, policy = duty.trip, policy_of(duty.trip.organisation)
    members = members_for(trip, duty.task)
    return crews.choices(
        [member.person for member in members],
        volunteers(trip, duty.task, members, policy),
        {offer.person_id: offer for offer in duty.offers.order_by("offered_at", "pk")},
        task=duty.task,
        day=trip.date,
        policy=policy,
        turn=turn_of(duty),
    )


def turn_of(duty: CrewDuty) -> "rules.Turn":
    """In which order people are asked: when somebody had the duty and dropped out, who stands by comes first."""
    dropped_out = duty.offers.filter(state=CrewOffer.State.ACCEPTED).exists()
    return rules.turn_of_substitute if dropped_out else rules.turn


def candidates(found: Iterable[Volunteer], turn: "rules.Turn") -> list[Candidate[int]]:
    """Volunteers as candidates of an offer."""
    return [Candidate(one.key, turn(one)) for one in found]


def terms_of(trip: Trip, policy: CrewPolicy, cutoff: datetime) -> Terms:
    """One place, offered until `cutoff` (UTC), in the hours in which people may be disturbed."""
    may_ask = partial(next_allowed, zone=zone_of(trip.organisation), hours=Hours())
    return Terms(places=1, cutoff=cutoff, patience=policy.patience, may_ask=may_ask)


def open_questions(person: Person, now: datetime) -> list[CrewOffer]:
    """What somebody was asked and may still answer, the soonest trip first."""
    found = CrewOffer.objects.filter(person=person, state=CrewOffer.State.OPEN, deadline_at__gt=now)
    return list(with_trips(found).order_by("duty__trip__leaves_at", "pk"))


def ended_questions(person: Person, since: datetime) -> list[CrewOffer]:
    """What somebody was asked and that is over since a moment (UTC), the latest first."""
    found = CrewOffer.objects.filter(person=person, ended_at__gt=since)
    return list(with_trips(found).order_by("-ended_at", "-pk"))


def with_trips(offers: "QuerySet[CrewOffer]") -> "QuerySet[CrewOffer]":
    """With all that is said about a question."""
    return offers.select_related("person", "duty__person", "duty__trip__organisation", "duty__trip__destination")


def duties_of(person: Person, now: datetime) -> list[CrewDuty]:
    """The trips on which somebody is confirmed and that are not over, the soonest first."""
    found = CrewDuty.objects.filter(
        person=person, state=CrewDuty.State.CONFIRMED, trip__ends_at__gt=now, trip__organisation=person.organisation
    ).exclude(trip__state__in=(Trip.State.CANCELLED, Trip.State.CLOSED))
    return list(found.select_related("trip__organisation", "trip__destination").order_by("trip__leaves_at", "pk"))


def needing_crew(person: Person, first: date, last: date) -> list[Trip]:
    """Trips on which somebody could be crew between two local dates, both included, by time."""
    tasks = CrewMember.objects.filter(person=person, in_use=True).values_list("task", flat=True)
    if not tasks:
        return []
    trips = Trip.objects.filter(organisation=person.organisation, date__range=(first, last), state=Trip.State.PLANNED)
    return list(trips.select_related("destination").order_by("leaves_at", "pk"))


def in_words(duty: CrewDuty, language: str) -> dict[str, str]:
    """The places of a text or call about a duty, filled in: no name, no passenger."""
    trip = duty.trip
    zone = zone_of(trip.organisation)
    return {
        "day": with_weekday(trip.date, language),
        "short": short(trip.date, language),
        "begin": clock_time(trip.leaves_at.astimezone(zone)),
        "end": clock_time(trip.ends_at.astimezone(zone)),
        "role": say(duty.task, language),
        "trip": trip.name,
        "organisation": trip.organisation.name,
        "phone": format_for_people(trip.organisation.duty_phone),
    }


def clock_time(local: datetime) -> str:
    """A wall time as people write it: 9:30."""
    return f"{local.hour}:{local.minute:02}"


def with_gaps(trips: "QuerySet[Trip]") -> "QuerySet[Trip]":
    """Those of these trips that have no confirmed driver or no confirmed host."""
    confirmed = Q(crew__state=CrewDuty.State.CONFIRMED)
    driven = trips.filter(confirmed, crew__task=Task.DRIVER).values("pk")
    hosted = trips.filter(confirmed, crew__task=Task.HOST).values("pk")
    return trips.filter(~Q(pk__in=driven) | ~Q(pk__in=hosted))
