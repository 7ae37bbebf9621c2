"""Links in texts to the list at the door: for hosts and who sits at the till, on the evening itself."""

from datetime import datetime, timedelta

from django.db import transaction

from backend.common.errors import Conflict
from backend.common.link_rows import gone
from backend.events.models import Lane, Timer
from backend.events.services import set_timer
from backend.meals.door_texts_words import say
from backend.meals.models import CrewPlace, Evening, Job
from backend.meals.services import evenings
from backend.notifications.models import Message, Way
from backend.notifications.services import queueing, speaking
from backend.people.models import DutyLink, Person
from backend.people.selectors import mobile_of, zone_of
from backend.people.services import duty_links

TIMER = "meals.door_links"
"""The subject is the evening."""

PAGE = "resto/a"

AT_THE_DOOR = (Job.HOST, Job.TILL)
"""Who is texted the list: nobody else of the crew needs the names of all guests."""

BEFORE = timedelta(hours=1)
"""So long before the doors open they are texted (our own inference: they are on their way)."""

AHEAD = timedelta(hours=36)
"""Evenings whose doors open within this time have a timer."""

GOES_ON = (Evening.State.PLANNED, Evening.State.OPEN)
"""Only then somebody needs the list."""

AFTER = timedelta(hours=4)
"""So long after the end the link still opens the list, to close the evening."""


def keep_watch(now: datetime) -> None:
    """Every evening that is near has a timer, until it is over. Called by planners, as often as they like."""
    watched = Timer.objects.filter(kind=TIMER).values("subject_id")
    near = Evening.objects.filter(state__in=GOES_ON, ends_at__gt=now, doors_at__lt=now + AHEAD)
    for pk, doors_at in near.exclude(pk__in=watched).values_list("pk", "doors_at"):
        set_timer(kind=TIMER, subject_id=pk, due_at=doors_at - BEFORE, lane=Lane.NOTICE)


def concerned(evening_id: int, now: datetime) -> None:
    """An evening is planned or at another time, or somebody helps at it: when it is near, it is looked at in time."""
    if Evening.objects.filter(pk=evening_id, doors_at__lt=now + AHEAD).exists():
        look(evening_id, now)


def look(evening_id: int, now: datetime) -> None:
    """The timer's handler: everybody at the door who has a mobile is texted once. Runs in a transaction.

    Whoever takes another's place is texted as soon as this is looked at again; all are, when the doors are at another
    time than they read.
    """
    evening = evenings.locked(evening_id)
    if evening.doors_at - BEFORE > now:
        set_timer(kind=TIMER, subject_id=evening.pk, due_at=evening.doors_at - BEFORE, lane=Lane.NOTICE)
    elif evening.state in GOES_ON and now < evening.ends_at:
        _send(evening, _not_told(evening), now)


@transaction.atomic
def send_again(*, evening_id: int, now: datetime) -> list[Person]:
    """Text a new link to everybody at the door; returns them. Earlier links go on working.

    Raises:
        Conflict: the evening is over or was cancelled; nobody there has a mobile.
    """
    evening = evenings.locked(evening_id)
    if evening.state not in GOES_ON or now >= evening.ends_at:
        raise Conflict("This evening is over or was cancelled: nobody needs its list any more.")
    told = _send(evening, _at_the_door(evening), now)
    if not told:
        raise Conflict("No host, and nobody at the till, has confirmed and has a mobile. Print the list instead.")
    return told


def evening_behind(token: str, evening_id: int, now: datetime) -> tuple[DutyLink, Evening]:
    """The link and its evening, while whoever was texted it still helps there. Raises NotFound."""
    link = duty_links.follow(token, now)
    places = CrewPlace.objects.filter(evening=evening_id, person=link.person, state=CrewPlace.State.CONFIRMED)
    evening = Evening.objects.select_related("resto__organisation", "series").filter(
        pk=evening_id, resto__organisation=link.person.organisation_id
    )
    found = evening.first() if places.exists() else None
    if found is None or now >= found.ends_at + AFTER:
        raise gone()
    return link, found


def address(evening: Evening, person: Person, now: datetime) -> str:
    """A new link to the list of this evening for one of its crew."""
    lives = max(evening.ends_at + AFTER - now, AFTER)
    return f"{duty_links.make(person, now, page=PAGE, lives=lives)}{evening.pk}/"


def _at_the_door(evening: Evening) -> list[CrewPlace]:
    places = evening.crew.filter(state=CrewPlace.State.CONFIRMED, job__in=AT_THE_DOOR).order_by("job", "number")
    return list(places.select_related("person__organisation").prefetch_related("person__phones"))


def _not_told(evening: Evening) -> list[CrewPlace]:
    """Those who were not texted the list of this evening yet, or another time of its doors."""
    places = _at_the_door(evening)
    texts = Message.objects.filter(
        host=speaking.HOST,
        person__in=[place.person_id for place in places],
        reference__evening=evening.pk,
        reference__doors=evening.doors_at.isoformat(),
    )
    told = set(texts.values_list("person_id", flat=True))
    return [place for place in places if place.person_id not in told]


def _send(evening: Evening, places: list[CrewPlace], now: datetime) -> list[Person]:
    told = []
    doors = evening.doors_at.astimezone(zone_of(evening.resto.organisation))
    for place in places:
        person = place.person
        mobile = mobile_of(person) if person else None
        if person is None or mobile is None:
            continue
        link = address(evening, person, now)
        queueing.queue(
            organisation=evening.resto.organisation,
            person=person,
            way=Way.TEXT,
            line=mobile,
            lane=Lane.NOTICE,
            host=speaking.HOST,
            subject_id=evening.resto.organisation_id,
            reference={"evening": evening.pk, "place": place.pk, "doors": evening.doors_at.isoformat()},
            body=say("door_link", person.language, resto=evening.resto.name, time=f"{doors:%H:%M}", link=link),
            language=person.language,
            expires_at=evening.ends_at,
            any_hour=True,
        )
        told.append(person)
    return told
